"""What ``foedus run --json`` prints is what the published schema says."""

import json
from importlib.resources import files

import jsonschema
import pytest
from pages import DOCS

import foedus
from foedus.cases.new import starting_case

TEXT = (files("foedus.experiments") / "summary.schema.json").read_text(encoding="utf-8")
SCHEMA = json.loads(TEXT)
CHECK = jsonschema.Draft202012Validator(SCHEMA)

# What was promised from the start, with its places; a schema that forgets one of them is refused here.
PROMISED = {
    "": "foedus case mode as_of seed runs seconds obligation response course effect aftermath observed "
    "situation assumptions",
    "obligation": "treaty clause by_reading requested invoked activated first_activation permission why",
    "response": "members troops first_arrival closure theatres",
    "member": "joins troops observed tag",
    "theatre": "floor left holds",
    "course": "deaths_civilian deaths_forces deaths arrests peak_active cities_in_unrest hours_to_calm calm "
    "state_falls",
    "difference": "outcome_differed deaths_civilian hours_to_calm state_falls",
    "mean": "difference p05 p95",
    "interval": "p05 median p95",
    "index": "with without unit definition",
    "observation": "quantity role observed low high p05 median p95 inside crps crps_persistence",
    "answer": "line tag answer",
    "assumption": "parameter basis source",
}


def printed(case, **options):
    return json.loads(json.dumps(foedus.run(case, runs=8, **options).summary(), allow_nan=False))


@pytest.fixture(scope="module")
def kazakhstan():
    return printed("kazakhstan-2022")


def mistakes(summary):
    return [
        f"{'.'.join(map(str, error.absolute_path))}: {error.message[:120]}"
        for error in CHECK.iter_errors(summary)
    ]


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("part", PROMISED)
def test_the_schema_asks_for_every_promised_key(part):
    section = SCHEMA["$defs"][part] if part else SCHEMA
    assert set(PROMISED[part].split()) <= set(section["required"])


def test_a_replay_fits_the_schema(kazakhstan):
    assert mistakes(kazakhstan) == []
    assert len(kazakhstan["situation"]) == 20


def test_free_mode_fits_the_schema():
    free = printed("kazakhstan-2022", mode="free")
    assert mistakes(free) == []
    assert free["banner"]


def test_a_case_in_which_nobody_is_asked_fits_the_schema():
    assert mistakes(printed("kazakhstan-2022", without=["request"])) == []


def test_a_case_without_treaty_fits_the_schema(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(starting_case("own", "BOL"), encoding="utf-8")
    assert mistakes(printed(path)) == []


@pytest.mark.parametrize("key", PROMISED[""].split())
def test_a_summary_that_lacks_a_key_is_refused(kazakhstan, key):
    assert mistakes({name: value for name, value in kazakhstan.items() if name != key})


def test_a_wrong_tag_role_or_share_is_refused(kazakhstan):
    for path, wrong in (
        (("situation", 0, "tag"), "guessed"),
        (("observed", 0, "role"), "liked"),
        (("course", "with", "calm"), 1.5),
        (("course", "with", "deaths", "median"), "many"),
        (("obligation", "by_reading", "letter", "reading"), "yes"),
    ):
        changed = json.loads(json.dumps(kazakhstan))
        here = changed
        for step in path[:-1]:
            here = here[step]
        here[path[-1]] = wrong
        assert mistakes(changed), path


def test_the_page_names_every_key_of_the_summary(kazakhstan):
    text = (DOCS / "summary.md").read_text(encoding="utf-8")
    keys = {*kazakhstan, *kazakhstan["response"], *kazakhstan["effect"], *kazakhstan["observed"][0]}
    keys |= {*kazakhstan["course"]["with"], *kazakhstan["situation"][0], *kazakhstan["assumptions"][0]}
    assert sorted(key for key in keys if f"`{key}`" not in text) == []
