"""The picture and the page of a chain of duties: whole, safe to open, and with everybody who is bound."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from foedus.cli.main import exit_code
from foedus.errors import OutputError
from foedus.experiments import output
from foedus.report.cascade import cascade_html, write_cascade
from foedus.report.charts.duties import chain_svg, course_svg, would_svg
from foedus.terms.states import name_of
from foedus.treaties.cascade import Attack, chain, course
from foedus.treaties.cascade.events import DatedEvent

SVG = "{http://www.w3.org/2000/svg}"
SPITEFUL = 'Sarajevo <script>alert(1)</script> & "so on"'


def the_chain(by, on, day):
    return chain([Attack(by, on)], day)


@pytest.fixture(scope="module")
def july_1914():
    return the_chain("AUH", "SRB", date(1914, 7, 28))


@pytest.fixture(scope="module")
def poland_1939():
    return the_chain("DEU", "POL", date(1939, 9, 1))


@pytest.fixture(scope="module")
def estonia_2025():
    return the_chain("RUS", "EST", date(2025, 5, 9))


@pytest.fixture(scope="module")
def kuwait_1990():
    return the_chain("IRQ", "KWT", date(1990, 8, 2))


def dated(**told):
    return DatedEvent.model_validate(told)


@pytest.fixture(scope="module")
def crisis():
    return course(
        [
            dated(date="1914-06-28", event="assassination", place=SPITEFUL),
            dated(date="1914-07-28", event="war_declared", by="AUH", on="SRB"),
            dated(date="1914-07-30", event="general_mobilisation", by="RUS", against=["AUH", "DEU"]),
            dated(date="1914-08-01", event="war_declared", by="DEU", on="RUS"),
        ]
    )


def words(svg):
    """The text of a picture, as one line a box, so that wrapped lines are whole again."""
    boxes = ElementTree.fromstring(svg).iter(f"{SVG}g")
    told = [" ".join("".join(text.itertext()) for text in box.iter(f"{SVG}text")) for box in boxes]
    return [line.replace("- ", "-") for line in told]  # a line may be broken after a hyphen


class Page(HTMLParser):
    """The elements of a page, the text in them, and every address that it would open."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.addresses, self.text = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        opens = ("src", "href", "xlink:href", "data", "action", "poster", "srcset")
        self.addresses += [value for name, value in attributes if name in opens]

    def handle_data(self, data):
        self.text.append(data)


# The picture


@pytest.mark.parametrize("which", ["july_1914", "poland_1939", "estonia_2025"])
def test_the_picture_of_an_attack_is_well_formed_and_has_a_label(request, which):
    found = request.getfixturevalue(which)
    root = ElementTree.fromstring(chain_svg(found))
    assert root.tag == f"{SVG}svg"
    attack = found.attacks[0]
    assert f"{name_of(attack.by)} attacks {name_of(attack.on)}" in root.get("aria-label")
    assert root.get("role") == "img"


def holds(box, duty):
    """Whether a box, told whole, names a duty's party, to whom it is owed, against whom, and the treaty."""
    party, _, rest = box.partition("towards ")
    towards, _, against = rest.partition(", against ")
    return (
        name_of(duty.party) in party
        and name_of(duty.towards) in towards
        and name_of(duty.against) in against
        and f"{duty.treaty.short_name}, " in box
    )


def whole(svg):
    """The boxes with their full lists of names before what they show, where these are cut."""
    boxes = ElementTree.fromstring(svg).iter(f"{SVG}g")
    cut = [" ".join(title.text for title in box.iter(f"{SVG}title")) for box in boxes]
    return [f"{names} {shown}" if names else shown for names, shown in zip(cut, words(svg), strict=True)]


@pytest.mark.parametrize("which", ["july_1914", "poland_1939", "estonia_2025", "kuwait_1990"])
def test_the_picture_holds_each_bound_party_with_its_clause(request, which):
    found = request.getfixturevalue(which)
    boxes = whole(chain_svg(found))
    for duty in (*found.of_sort("help"), *found.of_sort("consult")):
        assert [box for box in boxes if holds(box, duty)], duty


def test_a_box_of_many_parties_names_the_first_five_counts_the_rest_and_holds_all(estonia_2025):
    bound = [duty.party for duty in estonia_2025.duties if duty.clause.id == "north-atlantic-treaty.art5"]
    assert len(bound) == 31
    (box,) = (box for box in words(chain_svg(estonia_2025)) if "NATO, article 5" in box)
    assert f"{', '.join(name_of(code) for code in bound[:5])} and 26 more towards Estonia" in box
    (all_told,) = (box for box in whole(chain_svg(estonia_2025)) if "NATO, article 5" in box)
    assert all(name_of(code) in all_told for code in bound)


@pytest.mark.parametrize("which", ["july_1914", "poland_1939", "estonia_2025", "kuwait_1990"])
def test_a_heading_has_names_and_no_bare_codes(request, which):
    svg = chain_svg(request.getfixturevalue(which))
    headings = [
        text.text for text in ElementTree.fromstring(svg).iter(f"{SVG}text") if text.get("class") == "h"
    ]
    assert headings
    assert not [heading for heading in headings if re.search(r"\b[A-Z]{3}\b", heading)]


def test_talks_about_one_foe_are_told_once_and_are_one_box_with_one_arrow(kuwait_1990):
    talks = kuwait_1990.of_sort("consult")
    assert len({duty.party for duty in talks}) > 10
    assert {duty.step for duty in talks} == {1}
    svg = chain_svg(kuwait_1990, with_would=False)
    assert len([box for box in words(svg) if "must consult" in box]) == len(
        {(duty.step, duty.clause.id, duty.against) for duty in kuwait_1990.of_sort("consult")}
    )
    assert len(words(svg)) == svg.count("marker-end") + 1


def test_duties_against_different_states_are_not_thrown_together(poland_1939):
    italian = [
        box for box in words(chain_svg(poland_1939)) if box.startswith("Italy") and "Pact of Steel" in box
    ]
    assert [box for box in italian if "towards Germany, against Poland" in box]
    assert [box for box in italian if "towards Germany, against France, United Kingdom, Romania" in box]


def test_three_steps_fit_a_window_of_1300_pixels_and_a_hint_stands_where_they_do_not(poland_1939):
    width = int(ElementTree.fromstring(chain_svg(poland_1939, with_would=False)).get("width"))
    assert width + 82 < 1300
    text = cascade_html(poland_1939)
    assert f"@media(max-width:{width + 82}px){{.hint{{display:block}}}}" in text
    assert "it scrolls sideways" in text


def test_in_print_the_picture_is_no_wider_than_the_page_and_may_stand_under_the_title(poland_1939):
    printed = cascade_html(poland_1939).rpartition("@media print{")[2]
    assert ".graph svg{max-width:100%;height:auto}" in printed
    assert "max-height:185mm" in printed
    assert "overflow:visible" in printed
    assert not re.search(r"break-(before|after):(page|always)", printed)


def test_the_page_of_events_has_a_picture_for_each_so_that_print_can_break_between_them(crisis):
    text = cascade_html(crisis)
    pictures = re.findall(r"<svg .*?</svg>", text, re.DOTALL)
    assert len(pictures) == len(crisis.answers)
    assert [box for svg in pictures for box in words(svg)] == words(course_svg(crisis))


def test_each_step_has_a_column_with_its_title(poland_1939):
    steps = {duty.step for duty in poland_1939.duties if duty.sort in ("help", "consult")}
    assert max(steps) >= 3
    svg = chain_svg(poland_1939)
    assert {int(number) for number in re.findall(r">Step (\d+)<", svg)} == set(range(1, max(steps) + 1))


def test_no_box_lies_outside_the_picture_or_over_another(poland_1939, estonia_2025):
    for found in (poland_1939, estonia_2025):
        root = ElementTree.fromstring(chain_svg(found))
        wide, high = float(root.get("width")), float(root.get("height"))
        edges = ("x", "y", "width", "height")
        boxes = [tuple(float(box.get(edge)) for edge in edges) for box in root.iter(f"{SVG}rect")]
        assert len(boxes) > 5
        for x, y, width, height in boxes:
            assert x >= 0
            assert y >= 0
            assert x + width <= wide
            assert y + height <= high
        for place, (x, y, width, height) in enumerate(boxes):
            for x2, y2, width2, height2 in boxes[place + 1 :]:
                assert x + width <= x2 or x2 + width2 <= x or y + height <= y2 or y2 + height2 <= y


def test_the_text_of_a_box_stands_inside_it(estonia_2025):
    for box in ElementTree.fromstring(chain_svg(estonia_2025)).iter(f"{SVG}g"):
        rect = box.find(f"{SVG}rect")
        left, top = float(rect.get("x")), float(rect.get("y"))
        lines = [(float(line.get("x")), float(line.get("y"))) for line in box.iter(f"{SVG}text")]
        assert lines
        assert all(left < x and top < y < top + float(rect.get("height")) for x, y in lines)
        assert all(later - earlier >= 15 for (_, earlier), (_, later) in pairwise(lines))


def test_the_same_chain_is_drawn_with_the_same_bytes():
    one, other = (the_chain("AUH", "SRB", date(1914, 7, 28)) for _ in range(2))
    assert chain_svg(one) == chain_svg(other)


def test_the_picture_of_events_has_a_box_for_each_and_for_whom_it_newly_binds(crisis):
    boxes = words(course_svg(crisis))
    for answer in crisis.answers:
        assert [box for box in boxes if str(answer.event.date) in box]
        for duty in answer.bound:
            if duty.sort == "help":
                towards = f"towards {name_of(duty.towards)}, against "
                assert [box for box in boxes if name_of(duty.party) in box and towards in box], duty
    assert len([box for box in boxes if "no treaty required it" in box]) == len(crisis.not_required)
    assert len(crisis.not_required) == 3


def test_the_picture_escapes_what_a_file_says(crisis):
    svg = course_svg(crisis)
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg
    ElementTree.fromstring(svg)


def test_the_picture_opens_no_outside_address(estonia_2025, crisis):
    for svg in (chain_svg(estonia_2025), course_svg(crisis)):
        assert set(re.findall(r"https?://[^\"'\s<)]+", svg)) == {"http://www.w3.org/2000/svg"}
        assert set(re.findall(r"url\(([^)]*)\)", svg)) <= {"#tip"}
        assert not re.search(r"@import|<(image|script|foreignObject|use|a)\b|\bon\w+=", svg)


# The page


@pytest.mark.parametrize("which", ["july_1914", "poland_1939", "estonia_2025", "crisis"])
def test_the_page_opens_no_outside_address_and_runs_no_script(request, which):
    page = Page(cascade_html(request.getfixturevalue(which)))
    assert set(page.addresses) <= {"data:,"}
    assert {"svg", "table", "h1", "title"} <= set(page.tags)
    assert not {"script", "img", "iframe", "object", "embed"} & set(page.tags)


def test_the_page_has_the_graph_and_a_row_for_every_duty(estonia_2025):
    text = cascade_html(estonia_2025)
    assert chain_svg(estonia_2025, with_would=False) in text
    assert would_svg(estonia_2025) in text
    told = r'<tr><th scope="row">([\w, ]+)</th><td>(\w+)</td><td>(\w+)</td><td>([^<]*)</td>'
    rows = {(party, *rest) for parties, *rest in re.findall(told, text) for party in parties.split(", ")}
    for duty in estonia_2025.duties:
        if duty.sort in ("help", "consult"):
            clause = f"{duty.treaty.short_name}, {duty.clause.cited}"
            assert (duty.party, duty.towards, duty.against, clause) in rows
    for line in estonia_2025.ends:
        assert line in " ".join(Page(text).text)


def test_the_page_tells_who_would_be_bound_and_who_is_not_with_the_reason(july_1914):
    told = " ".join(Page(cascade_html(july_1914)).text)
    for one in july_1914.conditionals:
        assert one.if_ in told
    for one in july_1914.unbound:
        assert one.why in told
    assert "unprovoked: true" in told


def test_the_page_of_events_has_a_part_for_each_with_its_verdict(crisis):
    text = cascade_html(crisis)
    told = " ".join(Page(text).text)
    for answer in crisis.answers:
        assert f"{answer.event.date}: {answer.event.told()}" in told
        if answer.why_not_required is not None:
            assert answer.why_not_required[1:] in told
    assert "28 June 1914 to 1 August 1914" in told


def test_the_page_escapes_what_a_file_says(crisis):
    text = cascade_html(crisis)
    assert SPITEFUL in "".join(Page(text).text)
    assert "<script" not in text


# Writing


@pytest.mark.parametrize("name", ["chain.html", "chain.svg", "new/folder/chain.svg"])
def test_a_page_or_a_picture_is_written_where_it_was_asked_for(july_1914, tmp_path, name):
    write_cascade(july_1914, tmp_path / name)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert text == (chain_svg(july_1914) if name.endswith("svg") else cascade_html(july_1914)) + "\n"
    assert [path.name for path in (tmp_path / name).parent.iterdir()] == [Path(name).name]


@pytest.mark.parametrize("name", ["chain.html", "chain.svg"])
def test_a_full_disk_leaves_the_earlier_file_and_no_trace(july_1914, tmp_path, monkeypatch, name):
    path = tmp_path / name
    path.write_text("earlier")

    def disk_full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output, "_sync", disk_full)
    with pytest.raises(OutputError, match="the disk is full"):
        write_cascade(july_1914, path)
    assert path.read_text() == "earlier"
    assert [found.name for found in tmp_path.iterdir()] == [name]


def test_a_fault_while_the_page_is_made_leaves_nothing(july_1914, tmp_path, monkeypatch):
    def fails(_):
        raise ZeroDivisionError

    monkeypatch.setattr("foedus.report.cascade.cascade_html", fails)
    with pytest.raises(ZeroDivisionError):
        write_cascade(july_1914, tmp_path / "chain.html")
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_the_page_and_says_where(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    arguments = ["cascade", "--attack", "AUH:SRB", "--as-of", "1914-07-28", "--out", "chain.html"]
    assert exit_code(arguments) == 0
    printed = capsys.readouterr()
    assert printed.err == "Written: chain.html\n"
    assert "Austria-Hungary attacks Serbia" in printed.out
    assert Path("chain.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_json_stands_alone_where_a_picture_is_written_too(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    arguments = ["cascade", "--attack", "AUH:SRB", "--as-of", "1914-07-28", "--out", "chain.svg", "--json"]
    assert exit_code(arguments) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["bound"]
    assert printed.err == ""
    ElementTree.parse("chain.svg")


@pytest.mark.parametrize(
    ("out", "line"),
    [
        ("chain.png", "chain.png: is neither .html nor .svg; give a name that ends in one of them"),
        ("folder.html", "folder.html: is a directory; give the name of a file"),
        (
            "file/chain.svg",
            "file/chain.svg: cannot be written: a part of the path is a file; give another path",
        ),
    ],
)
def test_a_place_that_cannot_be_written_is_told_and_left_as_it_was(tmp_path, capsys, monkeypatch, out, line):
    monkeypatch.chdir(tmp_path)
    Path("folder.html").mkdir()
    Path("file").write_text("precious")
    assert exit_code(["cascade", "--attack", "AUH:SRB", "--as-of", "1914-07-28", "--out", out]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", line + "\n")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder.html"]
    assert Path("file").read_text() == "precious"
