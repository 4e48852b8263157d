"""Parsing: blocks of text become our own tokens and sentences, whatever the parser makes of them."""

from __future__ import annotations

import pytest

from onrecord.page import Block, Sentence
from onrecord.record import InputError, Report
from onrecord.stages import grammar

TEXT = "LEAD\n\nFrance  watches the Russian military build-up near Narva. Its air-defence\nbuild-ups go on - slowly.\n\nSpain waits."
REPORT = Report(TEXT)
FIRST = Block("paragraph", 6, TEXT.index("\n\nSpain"), 1)
SECOND = Block("paragraph", TEXT.index("Spain"), len(TEXT), 2)


@pytest.fixture(scope="module")
def parsed() -> list[tuple[Report, Block, list[Sentence]]]:
    empty = Block("paragraph", 4, 6, 3)
    return list(grammar.parse([(REPORT, FIRST), (Report("Chad met Mali."), Block("paragraph", 0, 14)), (REPORT, SECOND), (REPORT, empty)]))


@pytest.fixture(scope="module")
def sentences(parsed: list[tuple[Report, Block, list[Sentence]]]) -> list[Sentence]:
    return parsed[0][2]


def words(sentence: Sentence) -> list[str]:
    return [token.text for token in sentence.tokens]


def test_a_hyphenated_compound_is_one_token(sentences: list[Sentence]) -> None:
    assert "build-up" in words(sentences[0])


def test_a_compounds_lemma_is_that_of_its_last_word(sentences: list[Sentence]) -> None:
    assert next(t for t in sentences[1].tokens if t.text == "build-ups").lemma == "build-up"


def test_a_dash_between_spaces_joins_nothing(sentences: list[Sentence]) -> None:
    assert "-" in words(sentences[1])


def test_white_space_is_no_token(sentences: list[Sentence]) -> None:
    assert all(word.strip() == word != "" for sentence in sentences for word in words(sentence))


def test_tokens_count_code_points_of_the_report(parsed: list[tuple[Report, Block, list[Sentence]]]) -> None:
    for report, _, found in parsed:
        assert all(report.text[t.start : t.end] == t.text for sentence in found for t in sentence.tokens)


def test_sentences_count_code_points_of_the_report(parsed: list[tuple[Report, Block, list[Sentence]]]) -> None:
    for report, _, found in parsed:
        assert all(sentence.span.matches(report.text) for sentence in found)


def test_heads_lie_inside_the_sentence_and_one_is_the_root(parsed: list[tuple[Report, Block, list[Sentence]]]) -> None:
    for sentence in (s for _, _, found in parsed for s in found):
        assert all(0 <= t.head < len(sentence) and sentence.tokens[t.i] is t for t in sentence.tokens)
        assert any(t.head == t.i for t in sentence.tokens)


def test_reports_parsed_together_keep_their_own_blocks(parsed: list[tuple[Report, Block, list[Sentence]]]) -> None:
    assert [(report.text == TEXT, block.number) for report, block, _ in parsed] == [(True, 1), (False, 0), (True, 2), (True, 3)]
    assert words(parsed[1][2][0])[0] == "Chad" and words(parsed[2][2][0])[0] == "Spain"


def test_sentences_are_numbered_within_their_block(sentences: list[Sentence]) -> None:
    assert [sentence.number for sentence in sentences] == [0, 1]


def test_a_block_of_white_space_has_no_sentence(parsed: list[tuple[Report, Block, list[Sentence]]]) -> None:
    assert parsed[3][2] == []


def test_lemmas_are_in_lower_case(sentences: list[Sentence]) -> None:
    assert all(token.lemma == token.lemma.lower() for sentence in sentences for token in sentence.tokens)


def test_a_model_is_loaded_once() -> None:
    assert grammar.load() is grammar.load()


def test_a_model_that_is_not_installed_is_named() -> None:
    with pytest.raises(InputError, match="no_such_model"):
        grammar.load("no_such_model")
