"""What can go wrong, and whose mistake it is.

``FoedusError`` (exit code 1: our fault)
    ``UserError`` (exit code 2: one line that names the place and the mend)
        ``CaseError``: a case, overlay or option that cannot be used
        ``OutputError``: results that cannot be written where they were asked for
    ``Interrupted`` (exit code 130: stopped by the user; says what was kept)
"""

from __future__ import annotations

from collections.abc import Sequence


class FoedusError(Exception):
    """A fault of foedus itself; the command line exits with 1."""

    exit_code = 1


class UserError(FoedusError):
    """A mistake that the reader can mend; the message is one line and says how."""

    exit_code = 2


class CaseError(UserError):
    """A case, overlay or option that cannot be used; one line for each mistake."""

    def __init__(self, lines: str | Sequence[str]) -> None:
        self.lines = [lines] if isinstance(lines, str) else list(lines)
        super().__init__("\n".join(self.lines))


class OutputError(UserError):
    """Results cannot be written where they were asked for."""


class Interrupted(FoedusError):
    """The user stopped the work; the message says what was kept."""

    exit_code = 130
