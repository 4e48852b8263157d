"""The field ``contexts``: what an event is about, from its sentence and its paragraph."""

from __future__ import annotations

from typing import Any

import pytest

import rows
from onrecord.knowledge import table
from onrecord.page import Block, Sentence, Token
from onrecord.record import Report
from onrecord.stages import contexts
from onrecord.stages.grammar import parse

CASES = rows.load("contexts")
TABLE: dict[str, list[str]] = table("english/contexts")


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[str, ...]]:
    blocks = [(Report(case["text"]), Block("paragraph", 0, len(case["text"]))) for case in CASES]
    return {report.text: contexts.find(sentences)[0] for report, _, sentences in parse(blocks)}


@pytest.mark.parametrize("case", CASES, ids=rows.title)
def test_a_sentence_speaks_of_its_contexts(case: dict[str, Any], found: dict[str, tuple[str, ...]]) -> None:
    assert list(found[case["text"]]) == case["contexts"]


def test_every_context_has_a_case() -> None:
    assert {context for case in CASES for context in case["contexts"]} == set(TABLE)


def sentence(number: int, block: int, *lemmas: str) -> Sentence:
    """A sentence made by hand: only its lemmas and its block count here."""
    tokens = tuple(Token(i, i, i + 1, lemma, lemma, lemma, "NOUN", "NN", "dep", i) for i, lemma in enumerate(lemmas))
    return Sentence(tokens, 0, len(tokens), Block("paragraph", block, block + 9), number, "")


def test_one_word_elsewhere_in_the_paragraph_does_not_count() -> None:
    assert contexts.find([sentence(0, 0, "bribery", "be", "bad"), sentence(1, 0, "noon")])[1] == ()


def test_the_last_word_of_a_sentence_counts_once() -> None:
    assert contexts.find([sentence(0, 0, "bribery"), sentence(1, 0, "noon")])[1] == ()


def test_two_words_elsewhere_in_the_paragraph_count() -> None:
    assert contexts.find([sentence(0, 0, "bribery", "and", "graft", "be", "bad"), sentence(1, 0, "noon")])[1] == ("corruption",)


def test_another_paragraph_does_not_count() -> None:
    assert contexts.find([sentence(0, 0, "bribery", "and", "graft", "be", "bad"), sentence(1, 50, "noon")])[1] == ()


def test_a_phrase_of_three_lemmas_is_found() -> None:
    assert contexts.find([sentence(0, 0, "they", "search", "and", "rescue", "all")])[0] == ("disasters",)


def test_a_phrase_that_is_broken_up_is_not_found() -> None:
    assert contexts.find([sentence(0, 0, "search", "late", "and", "rescue")])[0] == ()


def test_contexts_come_once_and_in_the_order_of_the_alphabet() -> None:
    assert contexts.find([sentence(0, 0, "spy", "embassy", "diplomat")])[0] == ("diplomatic", "intelligence")


@pytest.mark.parametrize("context", sorted(TABLE))
def test_a_contexts_words_are_twenty_to_eighty_sorted_lemmas(context: str) -> None:
    words = TABLE[context]
    assert 20 <= len(words) <= 80 and words == sorted(set(words))
    assert all(word == word.lower() and 1 <= len(word.split()) <= contexts.LONGEST for word in words)


def test_the_contexts_are_those_of_the_ontology() -> None:
    assert len(TABLE) == 37
