"""The whole fit on an invented record: shape, determinism, what is held out, files that are of no use."""

from __future__ import annotations

import json

import numpy as np
import pytest
from invented_record import ATTACKED, IDLE, STATA, WARS, pact, tables, write_record

from foedus.cli.main import exit_code
from foedus.errors import CaseError
from foedus.experiments.decisions import fit_decisions
from foedus.experiments.decisions.fitted import read_data
from foedus.experiments.decisions.logit import fit
from foedus.experiments.decisions.rows import OURS, PLAIN
from foedus.experiments.decisions.validation import out_of_fold

QUICK = {"draws": 100, "refits": 20}
ARGUMENTS = ["--draws", "100", "--refits", "20"]
SCORES = {"auc", "brier", "brier_skill", "log_loss"}


def listed(folder, text, name="listed.yaml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_answer_has_the_promised_shape(record, capsys):
    assert exit_code(["fit", "decisions", "--data", str(record), *ARGUMENTS, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    for name in ("wars", "disputes"):
        assert set(told[name]) >= SCORES
        assert set(told[name]["plain"]) >= SCORES
        assert set(told[name]["difference"]["log_loss"]) == {"p05", "median", "p95"}
        assert 0 <= told[name]["difference"]["better"] <= 1
    assert "invited" in told
    assert set(told["honoured"]) >= {"auc", "plain"}
    assert set(told["honoured"]["plain"]) == {"auc"}
    assert "holdout" not in told


def test_the_terminal_tells_of_every_set(record, capsys):
    assert exit_code(["fit", "decisions", "--data", str(record), *ARGUMENTS]) == 0
    told = capsys.readouterr().out
    for words in (
        "Wars",
        "Disputes",
        "forward in time",
        "Honoured or violated",
        "Conflicts at home",
        "log loss",
    ):
        assert words in told


def test_the_same_seed_gives_the_same_numbers(record):
    first, again = (fit_decisions(record, seed=3, **QUICK).as_dict() for _ in range(2))
    assert first == again


def test_another_seed_gives_another_bootstrap(record):
    first, other = (fit_decisions(record, seed=seed, **QUICK).as_dict() for seed in (3, 4))
    assert first["wars"]["difference"] != other["wars"]["difference"]
    assert first["wars"]["auc"] == other["wars"]["auc"]


def test_conflicts_held_out_are_not_in_the_fit(record, tmp_path):
    """Turning the outcomes of held-out wars round changes their score, and no coefficient."""
    held = listed(tmp_path, "wars: [10, 12, 15]\n")
    before = fit_decisions(record, holdout=held, **QUICK)
    among = {365, ATTACKED}
    turned = [
        row for row in tables()["cow_war_inter"]
        if row["warnum"] not in (10, 12, 15) or {row["ccode1"], row["ccode2"]} <= among
    ]  # fmt: skip
    write_record(record, cow_war_inter=turned)
    after = fit_decisions(record, holdout=held, **QUICK)
    assert before.models["wars"] == after.models["wars"]
    assert before.sets["wars"] == after.sets["wars"]
    assert before.holdout["wars"]["came"] > after.holdout["wars"]["came"] == 0
    assert before.holdout["wars"]["log_loss"] != after.holdout["wars"]["log_loss"]


def test_what_is_held_out_is_scored_in_the_same_shape(record, tmp_path):
    found = fit_decisions(record, holdout=listed(tmp_path, "wars: [10, 12]\ndisputes: [101]\n"), **QUICK)
    held = found.as_dict()["holdout"]
    for name, conflicts in (("wars", [10, 12]), ("disputes", [101])):
        assert held[name]["listed"] == conflicts
        assert set(held[name]) >= SCORES | {"plain", "difference"}
    assert found.as_dict()["wars"]["conflicts"] == len(WARS) - 2


def test_a_set_of_which_nothing_is_listed_has_no_score(record, tmp_path):
    held = fit_decisions(record, holdout=listed(tmp_path, "wars: [10]\n"), **QUICK).as_dict()["holdout"]
    assert held["disputes"]["listed"] == []
    assert held["disputes"]["auc"] is held["disputes"]["difference"]["log_loss"] is None


def test_a_war_in_which_nobody_had_an_ally_may_be_listed(record, tmp_path):
    free = [row for row in tables()["atop_alliance"] if not 1830 < row["year"] < 1834]
    write_record(record, atop_alliance=free)
    held = fit_decisions(record, holdout=listed(tmp_path, "wars: [11, 12]\n"), **QUICK).as_dict()["holdout"]
    assert held["wars"]["without_rows"] == [11]
    assert held["wars"]["conflicts"] == 1


@pytest.mark.parametrize(
    ("text", "wars", "disputes"),
    [
        ("[11, 12]", {11, 12}, set()),
        ("11\n12\n", {11, 12}, set()),
        ("11, 12  # two wars", {11, 12}, set()),
        ("[10, 101]", set(), {10, 101}),  # 10 is a war too, 101 is none, both are disputes
        ("[11, 101]", {11}, {101}),
        ("wars: [11]\ndisputes:\n  - 10\n", {11}, {10}),
        ('{"disputes": [10]}', set(), {10}),
        ("war 11\ndispute 10\n", {11}, {10}),
        ("disputes\n10\n101\n", set(), {10, 101}),
    ],
)
def test_a_list_of_conflicts_is_read_as_people_write_it(tmp_path, text, wars, disputes):
    from foedus.experiments.decisions.holdout import read_holdout

    found = read_holdout(listed(tmp_path, text), WARS, {10, *range(100, 124)})
    assert (found.wars, found.disputes) == (wars, disputes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[11, 9999]", "9999 is no war and no dispute"),
        ("wars: [101]", "101 is no war"),
        ("battles: [11]", "no key of a list"),
        ("eleven", "no number of a conflict"),
        ("[11.5]", "no number of a conflict"),
        ("", "names no conflict"),
        (f"wars: {sorted(WARS)}", "holds out every war"),
    ],
)
def test_a_list_that_cannot_be_used_ends_in_one_line(record, tmp_path, capsys, text, said):
    path = listed(tmp_path, text)
    assert exit_code(["fit", "decisions", "--data", str(record), "--holdout", str(path), *ARGUMENTS]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert path.name in line


@pytest.mark.parametrize("name", sorted(tables()))
def test_a_table_that_is_missing_ends_in_one_line_that_names_it(record, capsys, name):
    next(record.glob(f"{name}.*")).unlink()
    assert exit_code(["fit", "decisions", "--data", str(record), *ARGUMENTS]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert name in line


@pytest.mark.parametrize("name", sorted(tables()))
def test_a_table_that_is_cut_off_in_a_line_ends_in_one_line_that_names_it(record, capsys, name):
    path = next(record.glob(f"{name}.*"))
    content = path.read_bytes().rstrip()
    path.write_bytes(content[: len(content) // 2] if name == STATA else content[: content.rindex(b",")])
    assert exit_code(["fit", "decisions", "--data", str(record), *ARGUMENTS]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert path.name in line


@pytest.mark.parametrize(
    ("name", "other"), [("cow_war_onsets", "cow_war_inter"), ("cow_war_inter", "cow_war_onsets")]
)
def test_a_table_of_wars_that_lost_whole_lines_is_found_out(record, name, other):
    write_record(record, **{name: [row for row in tables()[name] if row["warnum"] != 21]})
    with pytest.raises(CaseError, match=rf"{name}.*lacks war 21"):
        read_data(record)


def test_a_damaged_parquet_file_ends_in_one_line(record, capsys):
    import pandas as pd

    (record / "cow_nmc.csv").unlink()
    path = record / "cow_nmc.parquet"
    pd.DataFrame(tables()["cow_nmc"]).to_parquet(path)
    content = bytearray(path.read_bytes())
    content[8:60] = bytes(52)
    path.write_bytes(bytes(content))
    assert exit_code(["fit", "decisions", "--data", str(record), *ARGUMENTS]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "cow_nmc.parquet" in line


def test_a_word_where_a_number_belongs_is_named_with_its_line(record):
    rows = tables()["cow_states"]
    rows[2] = rows[2] | {"styear": "early"}
    write_record(record, cow_states=rows)
    with pytest.raises(CaseError, match=r"cow_states\.csv:4: styear is 'early'"):
        read_data(record)


def test_a_folder_that_is_not_there_ends_in_one_line(tmp_path, capsys):
    assert exit_code(["fit", "decisions", "--data", str(tmp_path / "no")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_results_are_written_where_they_were_asked_for_and_hold_every_model(record, tmp_path):
    out = tmp_path / "results.json"
    assert exit_code(["fit", "decisions", "--data", str(record), "--out", str(out), *ARGUMENTS]) == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    assert str(tmp_path) not in out.read_text(encoding="utf-8")
    for name in ("wars", "disputes"):
        for model, covariates in (("plain", PLAIN), ("ours", OURS)):
            body = told["models"][name][model]
            assert set(body["coefficients"]) == {"intercept", *covariates}
            for covariance in ("covariance", "covariance_clustered"):
                matrix = np.array(body[covariance])
                assert matrix.shape == (len(covariates) + 1,) * 2
                assert np.allclose(matrix, matrix.T)
                assert np.linalg.eigvalsh(matrix).min() > -1e-9
    assert set(told["scores"]["about"]["data"]) == set(tables())


def test_results_in_a_file_of_another_kind_are_refused_before_the_work(record, tmp_path, capsys):
    assert exit_code(["fit", "decisions", "--data", str(record), "--out", str(tmp_path / "x.txt")]) == 2
    assert ".json" in capsys.readouterr().err


def test_the_fit_is_that_of_scikit_learn(record):
    linear = pytest.importorskip("sklearn.linear_model")
    rows = read_data(record).sets["disputes"]
    ours = fit(rows, PLAIN, "joined")
    design = ours.standardised(rows[list(PLAIN)].to_numpy(dtype=float))[:, 1:]
    theirs = linear.LogisticRegression(C=0.3, tol=1e-12, max_iter=10_000).fit(design, rows["joined"])
    assert ours.coefficients[1:] == pytest.approx(theirs.coef_[0], abs=1e-4)
    assert ours.coefficients[0] == pytest.approx(theirs.intercept_[0], abs=1e-4)


def test_a_forecast_out_of_the_fold_does_not_know_its_own_outcome(record):
    rows = read_data(record).sets["wars"]
    folds = rows["conflict"].to_numpy()
    before = out_of_fold(rows, OURS, folds)
    here = rows["conflict"] == 12
    turned = rows.assign(joined=np.where(here, 1 - rows["joined"], rows["joined"]))
    after = out_of_fold(turned, OURS, folds)
    assert np.array_equal(before.chance[here], after.chance[here])
    assert not np.array_equal(before.chance[~here], after.chance[~here])


def test_a_covariate_that_is_missing_everywhere_stops_nothing(record):
    write_record(record, cow_nmc=[row | {"cinc": ""} for row in tables()["cow_nmc"]])
    found = fit_decisions(record, **QUICK)
    assert found.models["wars"]["plain"]["coefficients"]["ln_cinc_ally"] == pytest.approx(0.0)


def test_base_rates_of_conflicts_at_home_are_counted(record):
    told = fit_decisions(record, **QUICK).internal
    assert (told["allies"]["came"], told["allies"]["rows"], told["allies"]["conflicts"]) == (1, 30, 10)
    assert told["allies"]["interval"]["p05"] <= told["allies"]["rate"] <= told["allies"]["interval"]["p95"]
    consulting = [*tables()["atop_alliance"], *pact(325, ATTACKED, range(1816, 2003), consul=1)]
    write_record(record, atop_alliance=consulting)
    told = fit_decisions(record, **QUICK).internal
    assert (told["allies"]["rows"], told["defence_allies"]["rows"]) == (40, 30)
    assert IDLE in set(read_data(record).sets["wars"]["ally"])


def test_fit_alone_shows_what_can_be_fitted(capsys):
    assert exit_code(["fit"]) == 0
    assert "decisions" in capsys.readouterr().out
