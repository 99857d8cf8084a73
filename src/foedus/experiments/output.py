"""Results are written whole or not at all, and where they cannot be, that is known before the work."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from foedus.errors import OutputError

MARKER = ".foedus-results"
"""File that tells a directory of results from any other: only such a one is ever replaced."""

_REASONS = {
    errno.ENOSPC: ("the disk is full", "free some space, or give a place on another disk"),
    errno.EDQUOT: ("the disk quota is used up", "free some space, or give a place on another disk"),
    errno.EROFS: ("the disk is read-only", "give another place"),
    errno.EACCES: ("there is no permission to write there", "give a place where you may write"),
    errno.EPERM: ("there is no permission to write there", "give a place where you may write"),
    errno.ENOTDIR: ("a part of the path is a file", "give another path"),
    errno.EEXIST: ("a part of the path is a file", "give another path"),
    errno.ENAMETOOLONG: ("the name is too long", "give a shorter one"),
    errno.EIO: ("the disk fails", "give a place on another disk"),
    errno.EFBIG: ("a file would be too large for the disk", "give a place on another disk"),
}


def check_directory(path: Path) -> None:
    """Check that results can be written at a path; parents that are missing are made.

    Raises
    ------
    OutputError
        A file or a directory with other things in it is in the way, or one may not write there.
    """
    target = _target(path)
    with _told(path):
        if target.is_dir():
            if target == Path.cwd():
                raise OutputError(f"{path}: is the directory you are in; give a name for a new one")
            if any(target.iterdir()) and not (target / MARKER).exists():
                raise OutputError(f"{path}: holds other files; give a new or empty directory")
        elif target.exists():
            raise OutputError(f"{path}: a file is in the way; give another name for the directory")
        target.parent.mkdir(parents=True, exist_ok=True)
        _probe(target.parent)


def check_file(path: Path) -> None:
    """Check that a file can be written at a path; parents that are missing are made.

    Raises
    ------
    OutputError
        A directory is in the way, or one may not write there.
    """
    target = _target(path)
    with _told(path):
        if target.is_dir():
            raise OutputError(f"{path}: is a directory; give the name of a file")
        target.parent.mkdir(parents=True, exist_ok=True)
        if not _is_device(target):
            _probe(target.parent)


@contextmanager
def finished_directory(path: Path) -> Iterator[Path]:
    """Yield a directory to write into, which takes its place at ``path`` only when all is written.

    Earlier results there are replaced then, not before; whatever goes wrong, nothing half-written
    is left.

    Raises
    ------
    OutputError
        The place cannot be written to, or the disk fills while writing.
    """
    check_directory(path)
    target = _target(path)
    with _told(path):
        unfinished = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            (unfinished / MARKER).write_text("Results of foedus; a later run may replace them.\n")
            yield unfinished
            unfinished.chmod(0o777 & ~_umask())
            _swap(unfinished, target)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


@contextmanager
def finished_file(path: Path) -> Iterator[Path]:
    """Yield the name of a file to write, which takes its place at ``path`` only when all is written.

    Raises
    ------
    OutputError
        The place cannot be written to, or the disk fills while writing.
    """
    check_file(path)
    target = _target(path)
    if _is_device(target):
        with _told(path):
            yield target
        return
    with _told(path):
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=target.suffix, dir=target.parent)
        os.close(handle)
        unfinished = Path(name)
        try:
            yield unfinished
            _sync(unfinished)
            unfinished.chmod(0o666 & ~_umask())
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what the disk says no to into one line; other mistakes pass."""
    try:
        yield
    except OSError as error:
        code = error.errno
        if code is None and "No space left" in str(error):
            code = errno.ENOSPC
        if code not in _REASONS:
            raise
        what, mend = _REASONS[code]
        raise OutputError(f"{path}: cannot be written: {what}; {mend}") from error


def _target(path: Path) -> Path:
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError, ValueError):
        raise OutputError(f"{path}: is no path that can be written to; give another") from None


def _probe(directory: Path) -> None:
    """Write a little and take it away."""
    try:
        handle, name = tempfile.mkstemp(prefix=".foedus.", dir=directory)
    except FileNotFoundError:
        raise OutputError(f"{directory}: no file can be made there; give another place") from None
    try:
        os.write(handle, b"\0" * 4096)
    finally:
        os.close(handle)
        Path(name).unlink(missing_ok=True)


def _is_device(target: Path) -> bool:
    return target.exists() and not target.is_file() and not target.is_dir()


def _sync(path: Path) -> None:
    """Let the disk say now what it would otherwise say after the file took its place."""
    with path.open("rb") as written:
        os.fsync(written.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _swap(unfinished: Path, target: Path) -> None:
    """Put the finished directory in its place, and the earlier one back if that fails."""
    if not target.exists():
        unfinished.rename(target)
        return
    earlier = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    target.replace(earlier)
    try:
        unfinished.rename(target)
    except OSError:
        earlier.rename(target)
        raise
    shutil.rmtree(earlier, ignore_errors=True)
