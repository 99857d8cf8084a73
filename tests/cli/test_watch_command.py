"""``foedus watch``: what it writes, that it repeats, and how it says what went wrong."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from foedus.cli.main import exit_code
from foedus.experiments import watching
from foedus.experiments.frames import Frame
from foedus.report.lattice import raster, writing
from foedus.report.lattice.scene import Scene

SMALL = ("--size", "20", "--set", "vision=4", "--set", "police_vision=4", "--preset", "netlogo")
QUICK = ("epstein", *SMALL, "--steps", "6")
CASE = str(Path(__file__).parent.parent / "cases" / "small.yaml")


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., str]:
    """Run a command that must fail in one line with exit code 2, and leave nothing."""

    def said(*arguments: str) -> str:
        before = sorted(tmp_path.rglob("*"))
        assert exit_code(["watch", *arguments]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert len(err.strip().splitlines()) == 1
        assert sorted(tmp_path.rglob("*")) == before
        return err

    return said


@pytest.fixture
def cities(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand-in for a case on the lattice: two cities, in one of which the unrest grows."""

    def frames(case: object, *, seed: int, run: int, people_per_agent: int, every: int) -> Iterator[Frame]:
        for count, hour in enumerate(range(0, case.meta.clock.hours, every)):  # type: ignore[attr-defined]
            quiet, stirred = np.ones((12, 9), np.int8), np.ones((15, 15), np.int8)
            stirred.flat[: 3 * count + seed] = 2
            yield Frame(
                hour=hour + 1,
                cities={"Quiet": quiet, "Stirred": stirred},
                active=3 * count + seed,
                jailed=0,
                killed=count,
                police=0,
                sites_lost=("akimat",),
                people_per_agent={"Quiet": 1, "Stirred": people_per_agent},
            )

    monkeypatch.setattr(watching, "case_frames", frames)


def shown(path: Path) -> list[np.ndarray]:
    """All frames of an animation, as colours."""
    with Image.open(path) as image:
        frames = []
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            frames.append(np.asarray(image.convert("RGB")))
        return frames


def test_the_animation_has_a_frame_for_the_start_and_for_every_so_many_steps(tmp_path: Path) -> None:
    assert exit_code(["watch", *QUICK, "--every", "2", "--fps", "5", "--out", "a.gif"]) == 0
    with Image.open("a.gif") as image:
        assert image.format == "GIF"
        assert image.is_animated
        assert image.n_frames == 4
        assert image.info["duration"] == 200
        assert image.info["loop"] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.gif"]


def test_an_animation_shows_just_the_frames_that_are_written_one_by_one() -> None:
    assert exit_code(["watch", *QUICK, "--out", "a.gif", "--frames", "frames"]) == 0
    frames = sorted(Path("frames").glob("*.png"))
    assert [path.name for path in frames] == [f"frame-{n:04d}.png" for n in range(7)]
    for moving, alone in zip(shown(Path("a.gif")), frames, strict=True):
        assert (moving == shown(alone)[0]).all()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    for name, seed in (("a", "5"), ("b", "5"), ("c", "6")):
        out = ("--out", f"{name}.gif", "--strip", f"{name}.svg", "--frames", name)
        assert exit_code(["watch", *QUICK, "--seed", seed, *out]) == 0
        assert exit_code(["watch", *QUICK, "--seed", seed, "--strip", f"{name}.png"]) == 0
    for kind in ("gif", "svg", "png"):
        a, b, c = (Path(f"{name}.{kind}").read_bytes() for name in "abc")
        assert a == b
        assert a != c
    for path in Path("a").iterdir():
        assert path.read_bytes() == (Path("b") / path.name).read_bytes()


def test_where_no_file_is_named_the_animation_has_the_name_of_what_is_watched(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert exit_code(["watch", *QUICK]) == 0
    assert len(shown(Path("epstein.gif"))) == 7
    assert capsys.readouterr().err == "Written: epstein.gif\n"


def test_the_default_animation_is_small_enough_to_send() -> None:
    assert exit_code(["watch", "epstein"]) == 0
    assert Path("epstein.gif").stat().st_size < 2_000_000
    first = shown(Path("epstein.gif"))[0]
    assert first.shape[1] <= 800


def test_a_case_is_watched_by_its_cities(cities: None) -> None:
    out = ("--every", "12", "--out", "a.gif", "--strip", "a.svg", "--seed", "3")
    assert exit_code(["watch", CASE, *out, "--people-per-agent", "50"]) == 0
    assert len(shown(Path("a.gif"))) > 2
    svg = Path("a.svg").read_text(encoding="utf-8")
    assert svg.index(">Stirred 1:50<") < svg.index(">Quiet 1:1<")
    assert "seed 3, 1:n is one agent for n people" in svg
    assert exit_code(["watch", CASE, *out, "--city", "Quiet"]) == 0
    assert ">Stirred" not in Path("a.svg").read_text(encoding="utf-8")


def test_a_run_of_a_case_is_watched_and_repeats() -> None:
    for name in ("a", "b"):
        out = ("--every", "24", "--out", f"{name}.gif", "--people-per-agent", "200", "--seed", "2")
        assert exit_code(["watch", CASE, *out]) == 0
    assert Path("a.gif").read_bytes() == Path("b.gif").read_bytes()
    assert len(shown(Path("a.gif"))) > 1


def test_a_city_that_the_case_has_not_is_told(cities: None, refused: Callable[..., str]) -> None:
    assert "--city Atlantis: is no city of this case; give one of Quiet, Stirred" in refused(
        CASE, "--city", "Atlantis"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--out", "a.avi"), "a.avi: is neither .gif nor .mp4; give a name that ends in one of them"),
        (("--strip", "a.jpg"), "a.jpg: is neither .png nor .svg; give a name that ends in one of them"),
        (("--preset", "repast"), "there is no preset 'repast'; give one of printed, mesa, netlogo"),
        (("--set", "cops=1"), "there is no 'cops'; give one of height, width"),
        (("--size", "10"), "vision is 7.0; give at least 1 site, and less than half of the smaller side"),
        (("--steps", "500000"), "--every 1 makes 500,001 frames; give 251 or more"),
        (("--steps", "-1"), "Invalid value for '--steps'"),
        (("--at", "3"), "--at chooses moments of a strip; give --strip FILE too"),
        (("--at", "soon", "--strip", "a.png"), "--at soon: is no list of steps or hours"),
        (("--at", "99", "--strip", "a.png"), "--at 99: is outside the run; give 0 to 60"),
        (("--city", "Almaty"), "--city is for cases; Epstein's lattice has --size"),
        (("--steps", "5", "--every", "9"), "every is 9; give 5 or less: a run has no more steps"),
        (("--every", "99999999999999999999"), "Invalid value for '--every'"),
        (("--out", "a.gif", "--frames", "a.gif"), "two of them name the same place; give each its own"),
        (("--out", "."), ".: is neither .gif nor .mp4"),
        (("--frames", "."), ".: is the directory you are in; give a name for a new one"),
    ],
)
def test_a_mistake_is_told_in_one_line_before_anything_is_written(
    arguments: tuple[str, ...], said: str, refused: Callable[..., str]
) -> None:
    assert said in refused("epstein", *arguments)


@pytest.mark.parametrize("option", ["--preset", "--size", "--steps"])
def test_options_of_epstein_are_not_for_a_case(option: str, refused: Callable[..., str]) -> None:
    value = "mesa" if option == "--preset" else "20"
    assert f"{option} is for `foedus watch epstein`" in refused(CASE, option, value)


def test_a_run_or_a_step_that_a_case_has_not_is_told(refused: Callable[..., str]) -> None:
    assert "run is 1000000000; give 99999 or less" in refused(CASE, "--run", "1000000000")
    assert "every is 5000; give" in refused(CASE, "--every", "5000")


def test_pictures_that_no_memory_holds_are_refused(
    refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foedus.memory.memory_of_machine", lambda: 10_000)
    assert "pictures of 1,600 sites take" in refused("epstein")


def test_a_case_that_is_not_there_is_told(refused: Callable[..., str]) -> None:
    assert "epstien" in refused("epstien")


def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path, refused: Callable[..., str]) -> None:
    (tmp_path / "taken").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "a.gif").mkdir()
    assert "taken/a.gif: cannot be written: a part of the path is a file" in refused(
        *QUICK, "--out", "taken/a.gif"
    )
    assert "a.gif: is a directory; give the name of a file" in refused(*QUICK, "--out", "a.gif")
    assert "full: holds other files; give a new or empty directory" in refused(*QUICK, "--frames", "full")
    assert (tmp_path / "full" / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_a_run_stopped_while_writing_leaves_what_was_there(
    error: BaseException,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert exit_code(["watch", *QUICK, "--out", "a.gif", "--frames", "frames"]) == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    capsys.readouterr()
    painted = 0

    def paint(scene: Scene) -> Image.Image:
        nonlocal painted
        painted += 1
        if painted == 4:
            raise error
        return raster.paint(scene)

    monkeypatch.setattr(writing, "paint", paint)
    for out in (("--out", "a.gif"), ("--frames", "frames")):
        painted = 0
        code = exit_code(["watch", *QUICK, "--seed", "9", *out])
        said = capsys.readouterr().err
        assert code == (130 if isinstance(error, KeyboardInterrupt) else 2)
        assert len(said.strip().splitlines()) == 1
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_mp4_without_ffmpeg_is_told_before_the_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, refused: Callable[..., str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "a.mp4: MP4 needs ffmpeg, which is not installed here; install it, or give .gif" in refused(
        *QUICK, "--out", "a.mp4"
    )


def _stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """An ffmpeg that does what the script says; its last argument is the file to write."""
    programs = tmp_path / "programs"
    programs.mkdir()
    program = programs / "ffmpeg"
    program.write_text(f'#!/bin/sh\nfor last; do :; done\nprintf "%s " "$@" > arguments\n{script}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


def test_mp4_hands_ffmpeg_the_very_pixels_of_the_frames(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _stand_in(tmp_path, monkeypatch, 'cat > "$last"')
    assert exit_code(["watch", *QUICK, "--out", "a.mp4", "--frames", "frames", "--fps", "7"]) == 0
    frames = [shown(path)[0] for path in sorted(Path("frames").glob("*.png"))]
    height, width, _ = frames[0].shape
    raw = np.frombuffer(Path("a.mp4").read_bytes(), np.uint8).reshape(-1, height, width, 4)
    assert (raw[..., :3] == np.array(frames)).all()
    said = Path("arguments").read_text()
    assert f"-s {width}x{height} " in said
    assert "-framerate 7 " in said
    assert "yuv420p" in said


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (
            'cat > /dev/null; echo "first" >&2; echo "Unknown encoder h264" >&2; exit 1',
            "Unknown encoder h264",
        ),
        ("exit 3", "it ended early"),
    ],
)
def test_an_ffmpeg_that_fails_is_told_and_leaves_nothing(
    script: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _stand_in(tmp_path, monkeypatch, script)
    assert exit_code(["watch", *QUICK, "--out", "a.mp4"]) == 2
    assert capsys.readouterr().err == f"MP4: ffmpeg failed: {said}; give .gif, or mend ffmpeg\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["arguments", "programs"]


def test_a_user_who_stops_an_mp4_is_told_so_whatever_ffmpeg_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _stand_in(tmp_path, monkeypatch, 'cat > /dev/null; echo "Exiting on signal 2" >&2; exit 255')
    stops = iter([False, False, True])

    def paint(scene: Scene) -> Image.Image:
        if next(stops):
            raise KeyboardInterrupt
        return raster.paint(scene)

    monkeypatch.setattr(writing, "paint", paint)
    assert exit_code(["watch", *QUICK, "--out", "a.mp4"]) == 130
    assert capsys.readouterr().err == "foedus: stopped; nothing was written\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["arguments", "programs"]


def test_a_picture_says_inside_what_it_shows() -> None:
    assert exit_code(["watch", *QUICK, "--out", "a.gif", "--strip", "a.png", "--frames", "a"]) == 0
    made = "Epstein's Model I, NetLogo's rules; seed 1, vision=4, police_vision=4, 20 × 20 sites; foedus"
    for path, key in (("a.gif", "comment"), ("a.png", "Description"), ("a/frame-0003.png", "Description")):
        with Image.open(path) as image:
            image.load()
            told = image.info[key]
        assert (told.decode() if isinstance(told, bytes) else told).startswith(made)
