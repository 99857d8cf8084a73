"""Seconds of the law: a condition over a million draws, a question over all treaties on one day.

    python -m benchmarks.law [--quick]

What is compared is measured in turn: the diagram over draws against the tree walked world by world in plain
Python, on the same condition and beliefs.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from benchmarks.commands import foedus, spend

DAY = date(2022, 1, 6)


@dataclass(frozen=True, slots=True)
class LawSize:
    """How many draws, and how often each question is put, in this process and from a cold shell."""

    draws: int
    repeats: int
    starts: int


LAW_FULL = LawSize(draws=1_000_000, repeats=7, starts=5)
LAW_QUICK = LawSize(draws=1000, repeats=1, starts=1)


def law(size: LawSize) -> dict[str, Any]:
    """Every figure of the law [s]."""
    draws, repeats = size.draws, size.repeats
    clause, condition = largest_condition()
    chances = beliefs(condition, draws)
    few = {leaf: chance[:PLAIN_DRAWS] for leaf, chance in chances.items()}
    diagram = median_of(lambda: over_draws(condition, chances), repeats)
    plain = median_of(lambda: world_by_world(condition, few), 1) * draws / PLAIN_DRAWS
    return {
        "clause": clause,
        "facts": len(chances),
        "draws": draws,
        "seconds_over_draws": diagram,
        "plain_python_seconds": plain,
        "ratio": plain / diagram,
        "all_treaties_one_day_seconds": median_of(all_clauses, repeats),
        "chain_seconds": median_of(one_chain, repeats),
        "cold_treaties_seconds": statistics.median(
            spend(foedus("treaties", "--party", "RUS")).seconds for _ in range(size.starts)
        ),
    }


PLAIN_DRAWS = 200


def median_of(job: Callable[[], object], repeats: int) -> float:
    """Median seconds of a job, after one that does not count."""
    job()
    taken = []
    for _ in range(repeats):
        began = time.perf_counter()
        job()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def largest_condition() -> tuple[str, Any]:
    """The clause whose condition, by its sense, asks about the most facts where nobody has said anything."""
    from foedus.treaties.catalogue import catalogue
    from foedus.treaties.condition import leaves
    from foedus.treaties.reading import condition_of
    from foedus.treaties.situation import Situation

    found: list[tuple[int, str, Any]] = []
    for treaty in catalogue().values():
        for clause in treaty.clauses:
            begins = clause.valid.from_ or treaty.begins or treaty.signed
            at = datetime.combine(begins.last, datetime.min.time(), tzinfo=UTC)
            condition = condition_of(clause, Situation({}, "KAZ", at), "sense")
            found.append((len(set(leaves(condition))), clause.id, condition))
    _, name, condition = max(found, key=lambda one: one[0])
    return name, condition


def beliefs(condition: Any, draws: int) -> dict[Any, Any]:
    """Made-up draws of a probability for every fact of a condition."""
    from foedus.treaties.condition import leaves

    rng = np.random.default_rng(1)
    return {leaf: rng.uniform(0.01, 0.99, draws) for leaf in dict.fromkeys(leaves(condition))}


def over_draws(condition: Any, chances: Mapping[Any, Any]) -> Any:
    """The probability of the condition for every draw, as foedus computes it."""
    from foedus.treaties.likelihood import probability

    return probability(condition, chances.__getitem__)


def world_by_world(condition: Any, chances: Mapping[Any, Any]) -> list[float]:
    """The same by Shannon's expansion over the facts, draw by draw, in plain Python."""
    from foedus.terms import Status
    from foedus.treaties.condition import judge

    facts = list(chances)

    def expanded(known: dict[Any, Status], place: int, draw: int) -> float:
        value = judge(condition, lambda leaf: known.get(leaf, Status.UNKNOWN)).value
        if value is not None:
            return float(value)
        leaf = facts[place]
        chance = float(chances[leaf][draw])
        so = expanded({**known, leaf: Status.TRUE}, place + 1, draw)
        not_so = expanded({**known, leaf: Status.FALSE}, place + 1, draw)
        return chance * so + (1.0 - chance) * not_so

    size = len(next(iter(chances.values())))
    return [expanded({}, 0, draw) for draw in range(size)]


def all_clauses() -> int:
    """Every clause in force on a day, read by letter and sense for one attack."""
    from foedus.treaties.cascade import Attack, World
    from foedus.treaties.catalogue import catalogue
    from foedus.treaties.clause_assessment import assess_clause

    situation = World(DAY, (Attack("RUS", "EST"),)).situation("EST")
    read = 0
    for treaty in catalogue().values():
        for clause in treaty.clauses_on(DAY):
            assess_clause(treaty, clause, situation)
            read += 1
    return read


def one_chain() -> object:
    """A whole chain: every treaty, for every state in the hostilities."""
    from foedus.treaties.cascade import Attack, chain

    return chain([Attack("RUS", "EST")], DAY)


def table(found: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What was measured, the figure, and what is asked of it."""
    warm, cold = found["all_treaties_one_day_seconds"], found["cold_treaties_seconds"]
    return [
        (
            f"{found['draws']:,} draws through the largest clause ({found['facts']} facts)",
            f"{found['seconds_over_draws'] * 1e3:.0f} ms",
            _asked(found["seconds_over_draws"], 0.1),
        ),
        ("one assessment a draw instead, reckoned from 200", f"{found['plain_python_seconds']:,.0f} s",
         f"x {found['ratio']:,.0f}"),
        ("every clause in force on a day, warm", f"{warm * 1e3:.0f} ms", _asked(warm, 0.05)),
        ("a chain of duties, warm", f"{found['chain_seconds'] * 1e3:.0f} ms", ""),
        ("foedus treaties --party RUS, cold", f"{cold:.2f} s", _asked(cold, 1.0)),
    ]  # fmt: skip


def _asked(figure: float, limit: float) -> str:
    return f"{'under' if figure < limit else 'NOT under'} {limit:g} s"


def main() -> None:
    """Measure and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--quick", action="store_true", help="small sizes, to see that it still runs")
    quick = options.parse_args().quick
    for row in table(law(LAW_QUICK if quick else LAW_FULL)):
        print(f"{row[0]:<58}  {row[1]:>10}  {row[2]}".rstrip())


if __name__ == "__main__":
    main()
