"""The report as a browser shows it: whole without a network, and no wider than the screen."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from the_command import finished

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
browser = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="browser: no chromium here"),
]
LOADING = {"src", "srcset", "data", "poster", "action", "background"}
MEASURE = """<script>addEventListener('load', () => setTimeout(() => parent.postMessage(
  document.documentElement.scrollWidth + ' of ' + document.documentElement.clientWidth, '*'), 300))
</script>"""
FRAME = """<!doctype html><html><body style="margin:0"><p id="told"></p>
<iframe src="{source}" style="border:0;width:{width}px;height:{height}px"></iframe>
<script>addEventListener('message', e => {{ document.getElementById('told').textContent = e.data }})</script>
</body></html>"""


class Elements(HTMLParser):
    """What a page would load from elsewhere, its styles and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.styles = ""
        self._in_style = False

    def handle_starttag(self, tag, attrs):
        self._in_style = tag == "style"
        for name, value in attrs:
            if name in LOADING or (tag in ("link", "use", "image") and name in ("href", "xlink:href")):
                self.loads.append(value or "")
            if name == "style":
                self.styles += value or ""

    def handle_data(self, data):
        if self._in_style:
            self.styles += data


def report() -> Path:
    return finished().out / "report.html"


def test_the_report_loads_nothing_from_elsewhere():
    page = Elements()
    page.feed(report().read_text(encoding="utf-8"))
    fetched = [what for what in page.loads if not what.startswith(("data:", "#"))]
    assert fetched == []
    assert re.findall(r"@import|url\((?!['\"]?(?:data:|#))", page.styles) == []


def test_the_report_is_small_enough_to_send():
    assert 50_000 < report().stat().st_size < 5_000_000


def chromium(page: Path, *options: str, folder: Path) -> str:
    done = subprocess.run(
        [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--hide-scrollbars",
            f"--user-data-dir={folder / 'profile'}",
            "--virtual-time-budget=3000",
            *options,
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout


def framed(folder: Path, width: int, height: int) -> Path:
    """A page that shows the report in a frame of a given width, and the width that it takes there."""
    measured = folder / "measured.html"
    measured.write_text(report().read_text(encoding="utf-8") + MEASURE, encoding="utf-8")
    frame = folder / "frame.html"
    frame.write_text(FRAME.format(source=measured.name, width=width, height=height), encoding="utf-8")
    return frame


class TestInABrowser:
    pytestmark = browser

    def test_the_answers_are_rendered(self, tmp_path):
        shown = chromium(report(), "--dump-dom", folder=tmp_path)
        text = " ".join(
            html.unescape(re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", shown, flags=re.S)).split()
        )
        for words in (
            "Kazakhstan, January 2022",
            "Was anyone bound to come?",
            "Civilians killed",
            "Russia",
            "Almaty",
            "held out",
            "seed 1",
        ):
            assert words in text, words
        assert shown.count("<svg") + shown.count("<img") >= 4

    @pytest.mark.parametrize("width", [420, 1400])
    def test_the_page_is_no_wider_than_its_window(self, tmp_path, width):
        shown = chromium(
            framed(tmp_path, width, 900), "--dump-dom", "--window-size=1500,1000", folder=tmp_path
        )
        told = re.search(r'id="told">(\d+) of (\d+)<', shown)
        assert told, "the frame was not measured"
        needs, has = map(int, told.groups())
        assert has == width
        assert needs <= has

    @pytest.mark.parametrize(("width", "height"), [(420, 3000), (1400, 2400)])
    def test_the_picture_is_not_empty(self, tmp_path, width, height):
        from matplotlib.image import imread

        file = tmp_path / "shot.png"
        chromium(
            framed(tmp_path, width, height),
            f"--screenshot={file}",
            f"--window-size={max(width, 500)},{height}",
            folder=tmp_path,
        )
        picture = imread(file)[:, :width, :3]
        assert picture.shape[:2] == (height, width)
        inked = (picture < 0.6).any(axis=2)
        assert 0.005 < inked.mean() < 0.6
        for part in np.array_split(inked, 4):
            assert part.any()

    def test_in_the_dark_it_is_dark(self, tmp_path):
        from matplotlib.image import imread

        brightness = {}
        for scheme, flag in (("light", 1), ("dark", 0)):
            file = tmp_path / f"{scheme}.png"
            chromium(
                report(),
                f"--blink-settings=preferredColorScheme={flag}",
                f"--screenshot={file}",
                "--window-size=1400,1000",
                folder=tmp_path,
            )
            brightness[scheme] = float(np.median(imread(file)[:, :, :3]))
        assert brightness["dark"] < 0.3
        assert brightness["light"] > 0.8
