"""Rivals are scored on what was held out alone, and on common sets; what is not predicted is said."""

import json

import numpy as np
import pytest
from made_studies import instant, observed_document
from typer.testing import CliRunner

from foedus.cases import load_case
from foedus.cli.main import app
from foedus.errors import CaseError
from foedus.experiments.posterior import observation_key
from foedus.experiments.rivals import contest
from foedus.experiments.rivals.contest import OURS, RIVALS, column, untold
from foedus.experiments.rivals.known import what_was_known
from foedus.experiments.rivals.tally import tally
from foedus.experiments.rivals.wave_fit import WavePlan
from foedus.experiments.score import crps_to_range
from foedus.report.terminal.rivals import outcome
from two_cities import as_case, number

QUICK = WavePlan(particles=60, moves=1, refresh=1)
BEFORE = instant("2022-01-05T12:00:00+06:00")


@pytest.fixture(scope="module")
def small():
    """The small case as of noon of the fourth day: participants known, arrests and deaths to come."""
    return contest(as_case(observed_document()), runs=30, as_of=BEFORE, plan=QUICK)["fits"][0]


@pytest.fixture(scope="module")
def seed_case():
    return contest(load_case("kazakhstan-2022"), runs=20, plan=QUICK)


def test_what_was_fitted_is_never_among_the_scored(seed_case):
    for block in seed_case["fits"]:
        keys = {row["key"] for row in block["rows"]}
        assert keys.isdisjoint(block["fitted"])
        for name in ("wave", "wave_linear"):
            assert set(block[name]["fitted"]) <= set(block["fitted"])


def test_both_posteriors_are_set_beside_the_rivals(seed_case):
    assert [block["fit"] for block in seed_case["fits"]] == ["standard", "forecast"]
    standard, forecast = seed_case["fits"]
    assert len(standard["wave"]["fitted"]) == 5
    assert len(forecast["wave"]["fitted"]) == 3


def test_the_wave_has_no_sites_no_dead_and_no_arrests(seed_case):
    for block in seed_case["fits"]:
        told = {row["quantity"] for row in block["rows"] if row["wave"] is not None}
        assert told == {"participants", "peak_at", "calm_at"}


def test_a_mean_is_taken_over_what_both_speak_of(seed_case):
    for block in seed_case["fits"]:
        for ours, pairs in block["scores"]["against"].items():
            for rival, pair in pairs.items():
                both = [
                    row["key"] for row in block["rows"] if row[ours] is not None and row[rival] is not None
                ]
                assert pair["keys"] == both
                assert pair["common"] == len(both)
                assert pair["crowd_nearer"] + pair["rival_nearer"] <= pair["common"]


def test_the_crowd_is_scored_as_on_the_page_of_results(seed_case):
    import foedus

    rows = foedus.run("kazakhstan-2022", runs=20).summary()["observed"]
    by_key = {row["key"]: row for row in rows}
    standard = seed_case["fits"][0]
    plain = [row for row in standard["rows"] if row["key"] in by_key]
    assert len(plain) == len(standard["rows"])
    for row in plain:
        assert row["crowd"]["crps"] == by_key[row["key"]]["crps"]
        if row["persistence"] is not None:
            assert row["persistence"]["crps"] == by_key[row["key"]]["crps_persistence"]


def test_killings_are_open_only_where_no_dead_were_known(seed_case, small):
    standard, forecast = seed_case["fits"]
    assert "any_killings" not in {row["quantity"] for row in standard["rows"]}
    assert "any_killings" in {row["quantity"] for row in forecast["rows"]}
    assert "any_arrests" not in {row["quantity"] for row in forecast["rows"]}
    assert {"any_killings", "any_arrests"} <= {row["quantity"] for row in small["rows"]}


def test_the_score_of_a_yes_or_no_is_the_brier_score_and_the_crps_of_its_ensemble(small):
    row = next(row for row in small["rows"] if row["quantity"] == "any_killings")
    chance = row["crowd"]["median"]
    assert row["crowd"]["crps"] == pytest.approx((1.0 - chance) ** 2)
    ensemble = np.arange(30) < round(chance * 30)
    assert crps_to_range(ensemble.astype(float), 1.0, 1.0, 1e9) == pytest.approx(row["crowd"]["crps"])


def test_untold_leaves_what_began_before_and_takes_the_rest():
    case = as_case(observed_document())
    kept = untold(case, BEFORE).events
    assert [event.id for event in kept] == [event.id for event in case.events if event.at <= BEFORE]
    assert len(kept) > 0
    assert {"request", "shock"} <= {event.id for event in kept}
    assert untold(case, instant("2022-01-02T00:00:00+06:00")).events == []


def test_without_an_hour_the_wave_is_on_its_priors_and_nothing_persists():
    (block,) = contest(as_case(observed_document()), runs=10, plan=QUICK)["fits"]
    assert block["fit"] == "priors"
    assert block["wave"]["fitted"] == []
    assert all(row["persistence"] is None and row["crowd_untold"] is None for row in block["rows"])
    assert len(block["rows"]) == 3 + 2


def test_a_case_without_a_shock_is_scored_without_a_wave():
    document = observed_document()
    document["events"] = [event for event in document["events"] if event["kind"] != "shock"]
    (block,) = contest(as_case(document), runs=10, as_of=BEFORE, plan=QUICK)["fits"]
    assert block["wave"] is None
    assert all(row["wave"] is None for row in block["rows"])
    assert block["scores"]["against"]["crowd"]["wave"]["common"] == 0


def test_a_case_that_observes_nothing_is_refused():
    document = observed_document() | {"observed": []}
    with pytest.raises(CaseError, match="observed: is empty"):
        contest(as_case(document), runs=5, plan=QUICK)


def test_the_packaged_class_is_silent_for_a_case_that_it_may_have_seen():
    case = load_case("kyrgyzstan-2010")
    block = contest(case, runs=5, plan=QUICK)["fits"][0]
    assert block["protests"]["like"] is None
    assert "--data" in block["protests"]["silent_because"]
    assert all(row["protests"] is None for row in block["rows"])


def test_ten_episodes_are_silent_for_a_case_that_may_be_one_of_them():
    hour = instant("2010-06-12T12:00:00+06:00")
    block = contest(load_case("kyrgyzstan-2010"), runs=5, as_of=hour, plan=QUICK)["fits"][0]
    assert all(row["episodes"] is None for row in block["rows"])


def test_a_states_attack_is_no_protest():
    block = contest(load_case("armenia-2022"), runs=5, plan=QUICK)["fits"][0]
    assert block["protests"]["silent_because"] == "a state's attack is no protest"


def test_violence_is_known_only_where_it_was_told():
    case = load_case("kazakhstan-2022")
    early = what_was_known(case, (), instant("2022-01-04T23:59:00+06:00"), None, None)
    later = what_was_known(case, (), BEFORE, None, None)
    assert early.violent is None
    assert later.violent is True
    assert (early.size, later.size, later.lasted) == ("1000-1999", "1000-1999", 4)
    given = what_was_known(case, (), BEFORE, ">10000", False)
    assert (given.size, given.violent) == (">10000", False)
    named = {observation_key(o) for o in case.observed if o.low == 36831.0}
    assert what_was_known(case, named, BEFORE, None, None).size == ">10000"


def made_row(**columns):
    names = [*OURS, *RIVALS]
    cells = {name: None if columns.get(name) is None else {"crps": columns[name]} for name in names}
    return {"key": str(columns), **cells}


def test_the_tally_counts_and_means_are_those_of_hand():
    rows = [made_row(crowd=2.0, wave=1.0), made_row(crowd=1.0, wave=4.0), made_row(crowd=3.0)]
    told = tally(rows, OURS, RIVALS)
    pair = told["against"]["crowd"]["wave"]
    assert told["covered"]["crowd"] == 3
    assert told["covered"]["wave"] == 2
    assert (pair["common"], pair["crowd_nearer"], pair["rival_nearer"]) == (2, 1, 1)
    assert pair["ratio"] == pytest.approx(0.5**0.5)
    assert pair["mean_skill_of_crowd"] == pytest.approx((-1.0 + 0.75) / 2)


def test_a_score_of_nothing_counts_but_enters_no_mean():
    pair = tally([made_row(crowd=0.0, wave=1.0)], OURS, RIVALS)["against"]["crowd"]["wave"]
    assert (pair["crowd_nearer"], pair["in_means"], pair["ratio"]) == (1, 0, None)


@pytest.mark.parametrize(
    ("nearer", "farther", "ratio", "skill", "words"),
    [
        (5, 2, 0.5, 0.2, "It wins by every measure."),
        (2, 5, 2.0, -0.2, "It LOSES by every measure."),
        (4, 1, 0.5, -2.0, "It LOSES by mean skill, and wins by count and geometric mean."),
        (1, 0, 0.5, 0.2, "It wins by every measure. So few say little."),
    ],
)
def test_a_loss_is_called_one(nearer, farther, ratio, skill, words):
    pair = {
        "common": nearer + farther, "crowd_nearer": nearer, "rival_nearer": farther, "ratio": ratio,
        "mean_skill_of_crowd": skill,
    }  # fmt: skip
    assert outcome(pair) == words


def test_a_time_that_is_not_reached_counts_as_the_end_of_the_window():
    told = column(np.array([np.nan, np.nan, np.nan]), 10.0, 20.0, 240.0)
    assert told["crps"] == 220.0
    assert not told["inside"]


@pytest.fixture
def case_file(tmp_path):
    file = tmp_path / "small.yaml"
    file.write_text(json.dumps(observed_document()), encoding="utf-8")
    return file


FAST = ["--runs", "8", "--particles", "50", "--as-of", "2022-01-05T12:00"]


def test_the_command_prints_every_column_and_how_many_quantities_it_covers(case_file):
    done = CliRunner().invoke(app, ["rivals", str(case_file), *FAST], env={"COLUMNS": "160"})
    assert done.exit_code == 0, done.output
    for words in ("crowd untold", "linear wave", "protests", "persistence", "all covered", "of 4"):
        assert words in done.output


@pytest.mark.parametrize("width", ["60", "80", "200"])
def test_no_column_is_squeezed_out_of_a_narrow_terminal(case_file, width):
    done = CliRunner().invoke(app, ["rivals", str(case_file), *FAST], env={"COLUMNS": width})
    assert done.exit_code == 0, done.output
    # A cell of each of the seven columns, and of the four in the table of the rest.
    lines = [line for line in done.output.splitlines() if line.strip().startswith("all covered")]
    assert sum(line.count(" of 4") for line in lines) == 7


def test_the_command_prints_json_and_the_same_bits_again(case_file, tmp_path):
    outs = []
    for name in ("a.json", "b.json"):
        done = CliRunner().invoke(
            app, ["rivals", str(case_file), *FAST, "--json", "--out", str(tmp_path / name)]
        )
        assert done.exit_code == 0, done.output
        outs.append((tmp_path / name).read_text(encoding="utf-8"))
        assert json.loads(done.stdout)["case"] == "two-cities"
    assert outs[0] == outs[1]


def test_size_and_violence_can_be_given_to_any_case(case_file):
    given = ["--size", ">10000", "--violent", "--json"]
    done = CliRunner().invoke(app, ["rivals", str(case_file), *FAST, *given])
    assert done.exit_code == 0, done.output
    like = json.loads(done.stdout)["fits"][0]["protests"]["like"]
    assert (like["size"], like["violent"], like["lasted_at_least"]) == (">10000", True, 4)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--size", "huge"], "is no class of the data"),
        (["--data", "/nowhere"], "no such file"),
        (["--size", "huge", "--as-of", "2022-01-02T00:00"], "is no class of the data"),
        (["--out", "scores.txt"], "is no .json"),
    ],
)
def test_a_mistake_ends_in_one_line(case_file, options, words, capsys):
    from foedus.cli.main import exit_code

    assert exit_code(["rivals", str(case_file), *FAST, *options]) == 2
    told = capsys.readouterr().err.strip()
    assert words in told
    assert "\n" not in told


def test_numbers_of_a_case_may_be_of_any_size():
    document = observed_document()
    document["country"]["cities"][0]["population"] = number(900.0)
    (block,) = contest(as_case(document), runs=5, as_of=BEFORE, plan=QUICK)["fits"]
    assert all(np.isfinite(row["wave"]["crps"]) for row in block["rows"] if row["wave"])
