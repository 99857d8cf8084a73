"""What grades and verbal probabilities are worth."""

from __future__ import annotations

from math import exp

import pytest
from said import START

from foedus.cases.schema.events import Grade
from foedus.errors import CaseError
from foedus.evidence import range_of, scales, weights


def ratio(grade):
    return exp(weights().of(Grade(at=START, reliability=grade[0], credibility=int(grade[1]))).mean)


@pytest.mark.parametrize("letter", "ABCDEF")
def test_better_information_weighs_more_from_any_source(letter):
    ratios = [ratio(f"{letter}{digit}") for digit in (5, 4, 6, 3, 2, 1)]
    assert ratios == sorted(ratios)


@pytest.mark.parametrize("digit", [1, 2, 3])
def test_a_better_source_weighs_more(digit):
    ratios = [ratio(f"{letter}{digit}") for letter in "EFDCBA"]
    assert ratios == sorted(ratios)


@pytest.mark.parametrize("letter", "ABCDE")
def test_doubtful_and_improbable_information_speaks_against_what_it_claims(letter):
    assert ratio(f"{letter}5") < ratio(f"{letter}4") < 1.0


@pytest.mark.parametrize("letter", "ABCDEF")
def test_information_that_cannot_be_judged_says_nothing(letter):
    assert ratio(f"{letter}6") == 1.0


def test_a_source_that_cannot_be_judged_says_next_to_nothing():
    assert ratio("F3") == pytest.approx(1.0, abs=0.1)
    assert ratio("F2") < 1.5


def test_every_block_of_weights_says_that_it_is_an_assumption_and_why():
    table = weights()
    for block in (table.credibility, table.reliability, table.interested, table.bounds, table.priors):
        assert block.basis == "assumption"
        assert len(block.source) > 40


def test_all_grades_of_both_scales_are_weighed():
    assert sorted(weights().credibility.grades) == [1, 2, 3, 4, 5, 6]
    assert sorted(weights().reliability.grades) == list("ABCDEF")


def test_likely_is_55_to_80_in_icd_203():
    assert scales()["icd203"].phrases["likely"] == [0.55, 0.80]


def test_a_phrase_of_several_yardsticks_spans_them_all():
    likely = range_of("Likely")
    assert (likely.low, likely.high) == (0.55, 0.80)
    assert likely.scales == ("icd203", "phia")
    unlikely = range_of("unlikely")
    assert (unlikely.low, unlikely.high) == (0.20, 0.45)


def test_dutch_words_are_read_by_the_survey_where_it_covers_them_and_by_assumption_elsewhere():
    large = range_of("grote kans")
    assert large.scales == ("willems2020",)
    assert (large.low, large.high) == (0.60, 0.95)
    assert range_of("waarschijnlijk").scales == ("willems2020-unchecked",)
    assert range_of("hoogst  onwaarschijnlijk").scales == ("dutch-assumed",)
    assert scales()["dutch-assumed"].basis == "assumption"


def test_what_is_checked_names_where_it_was_seen_and_what_was_not_says_why():
    for scale in scales().values():
        assert bool(scale.seen) is scale.checked
        assert all(address.startswith("http") for address in scale.seen)
        assert scale.note
    assert {name for name, scale in scales().items() if scale.checked} == {"icd203", "phia", "willems2020"}


def test_a_phrase_stands_once_in_the_dutch_scales():
    """A figure of the survey is not widened by a guess of ours."""
    dutch = [phrase for scale in scales().values() if scale.language == "nl" for phrase in scale.phrases]
    assert len(dutch) == len(set(dutch))


def test_no_phrase_of_any_yardstick_reaches_0_or_1():
    ends = [end for scale in scales().values() for pair in scale.phrases.values() for end in pair]
    assert 0.0 < min(ends) < max(ends) < 1.0


@pytest.mark.parametrize(
    ("phrases", "low", "high"),
    [
        (["almost no chance", "remote"], 0.01, 0.05),
        (["very unlikely", "highly improbable"], 0.05, 0.20),
        (["unlikely", "improbable"], 0.20, 0.45),
        (["roughly even chance", "roughly even odds"], 0.45, 0.55),
        (["likely", "probable"], 0.55, 0.80),
        (["very likely", "highly probable"], 0.80, 0.95),
        (["almost certain", "nearly certain"], 0.95, 0.99),
    ],
)
def test_both_rows_of_words_of_icd_203_stand_for_its_seven_bands(phrases, low, high):
    table = scales()["icd203"].phrases
    assert all(table[phrase] == [low, high] for phrase in phrases)


def test_the_uk_yardstick_leaves_gaps_between_its_bands():
    table = scales()["phia"].phrases
    bands = sorted({tuple(band) for band in table.values()})
    assert bands == [
        (0.01, 0.05),
        (0.10, 0.20),
        (0.25, 0.35),
        (0.40, 0.50),
        (0.55, 0.75),
        (0.80, 0.90),
        (0.95, 0.99),
    ]


def test_phrases_of_one_yardstick_are_ordered_as_language_has_them():
    order = [
        "remote chance",
        "highly unlikely",
        "unlikely",
        "realistic possibility",
        "likely",
        "highly likely",
    ]
    phrases = scales()["phia"].phrases
    ends = [end for phrase in order for end in phrases[phrase]]
    assert ends == sorted(ends)


def test_a_phrase_on_no_yardstick_gets_one_line_that_names_those_that_are():
    with pytest.raises(
        CaseError, match=r"^likelihood 'who knows' is on no yardstick; give one of: almost certain,"
    ):
        range_of("who knows")
