from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from foedus.report.phrases import phrases, read_words

# Words that English takes as they stand in the data, or that only one language needs.
OF_ONE_LANGUAGE = {"predicates", "clauses", "countries"}


def _sentences(words: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in words.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            if name not in OF_ONE_LANGUAGE:
                yield from _sentences(value, f"{name}.")
        elif isinstance(value, str):
            yield name, value


def _fields(sentence: str) -> set[tuple[str, str]]:
    return {(field, spec or "") for _, field, spec, _ in Formatter().parse(sentence) if field}


def test_dutch_has_the_same_sentences_with_the_same_numbers_as_english() -> None:
    english, dutch = (dict(_sentences(read_words(lang))) for lang in ("en", "nl"))
    assert set(english) == set(dutch)
    for name, sentence in english.items():
        assert _fields(sentence) == _fields(dutch[name]), name


def test_words_that_take_no_side() -> None:
    for lang in ("en", "nl"):
        text = " ".join(sentence for _, sentence in _sentences(read_words(lang))).lower()
        for word in ("rioter", "terrorist", "order restored", "relschopper", "opstandeling"):
            assert word not in text


def test_every_general_question_stands_in_both_languages() -> None:
    for question in read_words("questions")["questions"]:
        assert question["text"]
        assert question["text_nl"]
        assert question["text"] != question["text_nl"]


def test_countries_are_named_in_the_language_of_the_brief() -> None:
    assert phrases("en").country("BLR") == "Belarus"
    assert phrases("nl").country("BLR") == "Wit-Rusland"
    assert phrases("nl").country("RUS") == "Rusland"


def test_a_list_reads_as_a_sentence_does() -> None:
    assert phrases("en").listed(["a", "b", "c"]) == "a, b and c"
    assert phrases("nl").listed(["a", "b"]) == "a en b"
    assert phrases("en").listed([]) == ""
