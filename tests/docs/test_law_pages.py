"""The pages on the law: generated ones are up to date, and what the others show is so."""

import shlex

import pytest
import typer
from pages import DOCS, ROOT, blocks, script
from typer.testing import CliRunner

from foedus.cli.main import app
from foedus.treaties.cascade import course, events_in
from foedus.treaties.catalogue import catalogue
from foedus.treaties.record import agreement, episodes, episodes_in, second_codings_in
from foedus.treaties.vocabulary import groups, predicates

GENERATED = ("catalogue.md", "text-checks.md", "predicates.md", "record-results.md")
BY_HAND = ("cascade.md", "record.md")
TREE = "│├└─ "
EVENTS = ROOT / "examples" / "july-1914.yaml"


def shown(name):
    """The commands of a page, as lists of words."""
    lines = [line for block in blocks(DOCS / name, "bash") for line in block.splitlines()]
    return [shlex.split(line) for line in lines if line.strip()]


def text_of(name):
    return (DOCS / name).read_text(encoding="utf-8")


def test_the_script_writes_these_pages_and_no_other():
    assert tuple(script("make_law_pages").PAGES) == GENERATED


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_page_is_up_to_date(name):
    made = script("make_law_pages").PAGES[name]()
    assert text_of(name) == made, "run python docs/make_law_pages.py"


def test_every_treaty_has_one_row():
    rows = text_of("catalogue.md").splitlines()
    assert [name for name in catalogue() if sum(row.startswith(f"| `{name}` |") for row in rows) != 1] == []


def test_every_check_stands_on_the_page_once():
    lines = text_of("text-checks.md").splitlines()
    wanted = [
        f"- `{check.clause}`, {check.on}: {check.result}."
        for treaty in catalogue().values()
        for check in treaty.text_checks
    ]
    for start in wanted:
        assert sum(line.startswith(start) for line in lines) == wanted.count(start), start


def test_every_fact_and_every_group_has_a_row():
    text = text_of("predicates.md")
    assert [name for name in (*predicates(), *groups()) if f"| `{name}` |" not in text] == []


def test_every_disagreement_has_its_section_and_no_other_episode_has():
    titles = [line[4:] for line in text_of("record-results.md").splitlines() if line.startswith("### ")]
    assert titles == [one.id for one in agreement(episodes()).disagreements()]


def test_a_meaning_is_given_for_no_difference_that_is_gone():
    held = {(d.id, d.recorded.value, d.read.value) for d in agreement(episodes()).disagreements()}
    gone = sorted(set(script("record_page").MEANINGS) - held)
    assert not gone, "take these out of docs/record-meanings.yaml, or say anew what they turn on"


@pytest.mark.parametrize("name", [*BY_HAND, "record-results.md"])
def test_every_command_that_is_shown_parses(name):
    foedus = typer.main.get_command(app)
    assert shown(name)
    for words in shown(name):
        assert words[0] == "foedus"
        command = foedus.commands[words[1]]
        with command.make_context(words[1], words[2:]):
            pass


def test_the_output_shown_of_chains_is_the_output(monkeypatch):
    monkeypatch.setenv("COLUMNS", "500")
    monkeypatch.chdir(ROOT)
    printed = []
    for words in shown("cascade.md"):
        if "--json" not in words:
            done = CliRunner().invoke(app, words[1:])
            assert done.exit_code == 0, done.output[-500:]
            printed += [line.lstrip(TREE) for line in done.output.splitlines()]
    cut = [line.lstrip(TREE) for block in blocks(DOCS / "cascade.md", "text") for line in block.splitlines()]
    assert len(cut) > 15
    assert [line for line in cut if not line.endswith(" …") and line not in printed] == []
    going_on = [line.removesuffix(" …") for line in cut if line.endswith(" …")]
    assert [
        line
        for line in going_on
        if not any(whole.startswith(line) and len(whole) > len(line) for whole in printed)
    ] == []


def test_the_layout_of_a_list_of_events_can_be_read(tmp_path):
    (text,) = blocks(DOCS / "cascade.md", "yaml")
    (tmp_path / "events.yaml").write_text(text, encoding="utf-8")
    assert events_in(tmp_path / "events.yaml")[0].facts == {"unprovoked": "contested"}


def test_the_layout_of_a_record_file_can_be_read(tmp_path):
    episode, coding = blocks(DOCS / "record.md", "yaml")
    (tmp_path / "mine.yaml").write_text(episode, encoding="utf-8")
    (tmp_path / "theirs.yaml").write_text(coding, encoding="utf-8")
    second = second_codings_in(tmp_path / "theirs.yaml")
    found = agreement(episodes_in(tmp_path / "mine.yaml"), second)
    assert [one.episode.id for one in found.readings] == ["somewhere-1931"] == list(second)


def test_two_of_eighteen_acts_of_1914_were_required_by_a_treaty():
    answers = course(events_in(EVENTS)).as_dict()
    acts = [one for one in answers if one["required"] is not None]
    required = [one["told"] for one in acts if one["required"]]
    assert len(acts) == 18
    assert required == ["France orders general mobilisation", "United Kingdom declares war on Germany"]
    assert "So of the 18 acts in the list, two were required." in text_of("cascade.md")
