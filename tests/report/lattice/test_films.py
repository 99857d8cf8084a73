"""Films and strips: which cities and moments are shown, and what stands beside them."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from films import city_frames, epstein_film
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import UserError
from foedus.report.charts import standalone
from foedus.report.lattice import at_hours, film_of, frame_scenes, paint, pick, strip_scene, strip_svg
from foedus.report.lattice.curves import round_up, telling
from foedus.report.lattice.fitting import in_columns, in_rows
from foedus.report.lattice.scene import Mosaic, Text
from foedus.streets import lattice


def texts(scene):
    return [part.text for part in scene.parts if isinstance(part, Text)]


def test_the_cities_with_the_most_active_are_shown_first():
    sizes = {"Large": 30, "Middle": 20, "Small": 10, "Tiny": 5}
    active = {"Small": [0, 60, 0, 0, 0], "Middle": [0, 0, 0, 40, 0]}
    film = film_of(city_frames(sizes, active=active), title="t", cities=3)
    assert list(film.panels) == ["Small", "Middle", "Large"]
    named = film_of(city_frames(sizes, active=active), title="t", named=["Tiny", "Large"])
    assert list(named.panels) == ["Tiny", "Large"]
    assert named.active.tolist() == [0, 60, 0, 40, 0]


def test_a_city_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(UserError, match="--city Atlantis: is no city of this case; give one of A, B"):
        film_of(city_frames({"A": 5, "B": 5}), title="t", named=["Atlantis"])


def test_a_city_too_large_for_a_picture_still_shows_its_one_active_citizen():
    film = film_of(city_frames({"Huge": 1500}, count=2, active={"Huge": [0, 1]}), title="t")
    quiet, one = (paint(scene) for scene in frame_scenes(film))
    assert film.block > 1
    assert max(film.shots[0].panels["Huge"].shape) <= 168
    square = np.asarray(quiet)[60:400] != np.asarray(one)[60:400]
    assert square.any()


def test_a_frame_says_when_how_many_and_which_sites_are_lost():
    frames = city_frames({"A": 10}, active={"A": [0, 3, 0, 0, 0]}, sites_lost=("akimat", "airport"))
    film = film_of(frames, title="A case", note="100 people an agent", sites=9)
    said = texts(list(frame_scenes(film))[1])
    assert "2 Jan 2022, 01:00" in said
    assert "0 civilians killed   3 active   0 jailed   0 officers" in said
    assert "2 of 9 sites lost: akimat, airport" in said
    assert {"A case", "100 people an agent", "A", "active", "quiet", "officer", "free site"} <= set(said)


def test_the_legend_names_every_colour_that_is_shown():
    for make, jailed in ((lattice.netlogo, "jailed"), (lattice.as_printed, "jailed: off the lattice")):
        film = epstein_film(make=make)
        for scene in (next(frame_scenes(film)), strip_scene(film, pick(film))):
            assert jailed in texts(scene)
            assert {"active", "quiet", "officer", "free site", "grievance 0", "0.18"} <= set(texts(scene))


def test_all_frames_have_one_even_size():
    sizes = {paint(scene).size for scene in frame_scenes(epstein_film(steps=4))}
    assert len(sizes) == 1
    assert all(px % 2 == 0 for px in sizes.pop())


def test_the_seed_and_every_edit_stand_whole_above_each_picture():
    edits = [f"alliance.members.STATE_{i}.pledge={i}000" for i in range(12)] + ["x" * 300]
    film = film_of(city_frames({"A": 40}), title="t", note=", ".join(["seed 123456789", *edits]))
    for scene in (next(frame_scenes(film)), strip_scene(film, pick(film))):
        said = "".join(texts(scene)).replace(" ", "")
        assert all(part in said for part in ("seed123456789", *edits))


def test_a_curve_of_very_many_points_keeps_what_can_be_seen_of_it():
    across = np.repeat(np.arange(50.0), 1000) + np.tile(np.arange(1000.0) / 1000.0, 50)
    high = np.random.default_rng(1).normal(size=across.size)
    kept = telling(across, high)
    assert len(kept) <= 4 * 50
    for pixel in range(50):
        of_pixel = np.floor(across) == pixel
        shown = np.isin(np.arange(across.size), kept) & of_pixel
        assert high[shown].max() == high[of_pixel].max()
        assert high[shown].min() == high[of_pixel].min()
    few = np.arange(30.0)
    assert np.array_equal(telling(few, few), np.arange(30))


def test_no_text_leaves_the_picture_and_no_two_texts_meet():
    from foedus.report.lattice.raster import text_width

    long = {f"City with a rather long name {i}": 20 + 7 * i for i in range(4)}
    cities = film_of(
        city_frames(long, sites_lost=tuple(f"regional administration {i}" for i in range(9))),
        title="A case whose title is much too long for the line that it is to stand in, and longer still",
        note="an agent: 100 people, seed 1, run 7, alliance.task.requested=500, and many more edits " * 3,
    )
    film = epstein_film()
    scenes = [next(frame_scenes(film)), next(frame_scenes(cities)), strip_scene(film, pick(film))]
    crowded = film_of(city_frames({"A": 200}, active={"A": [0, 39_000, 0, 20_000, 0]}), title="t", note="n")
    scenes += [strip_scene(cities, pick(cities)), strip_scene(film, pick(film, 3), 440)]
    scenes += [strip_scene(crowded, pick(crowded), width) for width in (440, 800)]
    close = epstein_film(steps=300)
    scenes += [
        strip_scene(close, at_hours(close, hours), 440) for hours in ([0, 1, 2, 3], [296, 297, 299, 300])
    ]
    for scene in scenes:
        boxes = []
        for part in scene.parts:
            if isinstance(part, Text) and part.text:
                wide = text_width(part.text, part.size, bold=part.bold)
                left = part.x - wide * {"start": 0, "middle": 0.5, "end": 1}[part.anchor]
                assert left >= 0
                assert left + wide <= scene.width, part.text
                boxes.append((left, part.y - part.size * 0.7, left + wide, part.y, part.text))
        for i, a in enumerate(boxes):
            for b in boxes[:i]:
                apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
                assert apart, (a[4], b[4])


def test_a_strip_shows_calm_peak_calm_and_the_end():
    active = {"A": [0, 0, 1, 50, 30, 2, 0, 0]}
    film = film_of(city_frames({"A": 10}, count=8, active=active), title="t")
    assert [shot.hour for shot in pick(film)] == [2, 3, 5, 7]
    assert [shot.hour for shot in pick(film, 3)] == [2, 3, 5]
    assert [shot.hour for shot in at_hours(film, [0, 6.4, 3])] == [0, 3, 6]


@given(st.lists(st.integers(0, 90), min_size=1, max_size=12))
def test_a_strip_always_holds_the_peak_and_never_a_moment_twice(active):
    film = film_of(city_frames({"A": 10}, count=len(active), active={"A": active}), title="t")
    shots = pick(film)
    hours = [shot.hour for shot in shots]
    assert hours == sorted(set(hours))
    assert max(shot.active for shot in shots) == max(active)
    assert len(shots) == min(4, len(active))


def test_moments_outside_the_run_or_too_many_are_told():
    film = epstein_film(steps=4)
    with pytest.raises(UserError, match="--at 9: is outside the run; give 0 to 4"):
        at_hours(film, [9])
    with pytest.raises(UserError, match="--at: 7 moments; give 1 to 6"):
        at_hours(film, [0] * 7)


def test_the_strip_of_a_report_is_inline_svg_in_the_colours_of_its_page():
    film = epstein_film()
    svg = strip_svg(film)
    assert svg == strip_svg(epstein_film())
    root = ElementTree.fromstring(svg)
    assert root.get("viewBox", "").startswith("0 0 440 ")
    assert set(re.findall(r"#[0-9a-f]{6}", svg)) == set()
    assert {"var(--without)", "var(--with)", "var(--ink)", "var(--muted)"} <= set(
        re.findall(r"var\(--\w+\)", svg)
    )
    assert "href" not in svg
    assert "src" not in svg
    assert ElementTree.fromstring(standalone(svg)) is not None
    assert "step" in root[1].text


def test_the_curve_tells_what_passed_between_frames():
    every = epstein_film(steps=12, every=1, seed=2)
    seldom = epstein_film(steps=12, every=6, seed=2)
    assert seldom.active.tolist() == every.active.tolist()
    assert seldom.hours.tolist() == list(range(13))
    assert len(seldom.shots) == 3


SIZES = st.lists(st.tuples(st.integers(3, 376), st.integers(3, 376)), min_size=1, max_size=6)


@given(SIZES)
def test_panels_fit_and_never_overlap(sizes):
    names = [15 * (i % 9) for i in range(len(sizes))]
    scale, places, height = in_rows(sizes, names, 688, 480, 22)
    assert scale.side >= 2
    boxes = [
        (place.x, place.y - 22, place.x + max(scale.px(columns), name), place.y + scale.px(rows))
        for (rows, columns), place, name in zip(sizes, places, names, strict=True)
    ]
    assert all(left >= 0 and top >= 0 and right <= 688 and down <= height for left, top, right, down in boxes)
    assert height <= 480
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


@given(SIZES, st.integers(60, 300))
def test_columns_fit_their_width(sizes, column):
    scale, tops, height = in_columns(sizes, column, 700, 22)
    assert all(scale.px(columns) <= column for _, columns in sizes)
    assert tops[-1] + scale.px(sizes[-1][0]) == height <= 700


@given(st.floats(0, 1e7))
def test_the_top_of_an_axis_is_round_and_no_lower(value):
    top = round_up(value)
    assert max(value, 1) <= top <= max(2 * value, 1) + 1e-9
    assert str(top).strip("0") in {"1", "2", "3", "4", "5", "6", "8"}


def test_mosaics_of_a_frame_share_one_scale():
    film = film_of(city_frames({"A": 60, "B": 30}), title="t")
    mosaics = [part for part in next(frame_scenes(film)).parts if isinstance(part, Mosaic)]
    assert len({part.side for part in mosaics}) == 1
    assert [part.squares.shape for part in mosaics] == [(60, 60), (30, 30)]
