"""The field ``quantities``: numbers with units found, and those that an event takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.page import Block, Sentence, Token
from onrecord.record import Report
from onrecord.stages import quantities
from onrecord.stages.grammar import parse

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "quantities.yaml").read_text(encoding="utf-8"))
FINDING = [case for case in CASES if "find" in case]
CHOOSING = [(case, want) for case in CASES for want in case.get("choose", ())]


@pytest.fixture(scope="module")
def parsed() -> dict[str, Sentence]:
    """Every case's sentence, parsed in one batch."""
    reports = [Report(case["text"]) for case in CASES]
    blocks = [(report, Block("paragraph", 0, len(report.text))) for report in reports]
    return {report.text: sentences[0] for report, _, sentences in parse(blocks)}


@pytest.mark.parametrize("case", FINDING, ids=lambda case: case["text"])
def test_numbers_have_their_value_and_unit(case: dict[str, Any], parsed: dict[str, Sentence]) -> None:
    found = [amount.quantity for amount in quantities.find(parsed[case["text"]])]
    got = [{"words": q.span.text, "value": q.value, "unit": q.unit} for q in found]
    assert got == case["find"]


@pytest.mark.parametrize(("case", "want"), CHOOSING, ids=lambda part: part.get("text") or part["event"])
def test_an_event_takes_the_quantities_of_its_clause(case: dict[str, Any], want: dict[str, Any], parsed: dict[str, Sentence]) -> None:
    sentence = parsed[case["text"]]
    head = next(t.i for t in sentence.tokens if t.text == want["event"])
    chosen = quantities.choose(sentence, head, quantities.find(sentence))
    assert [quantity.span.text for quantity in chosen] == want["words"]


def test_another_event_keeps_what_stands_below_it(parsed: dict[str, Sentence]) -> None:
    sentence = parsed["The strike killed 12 civilians."]
    strike, killed = (next(t.i for t in sentence.tokens if t.text == word) for word in ("strike", "killed"))
    amounts = quantities.find(sentence)
    assert quantities.choose(sentence, strike, amounts, others=[killed]) == ()
    assert quantities.choose(sentence, killed, amounts, others=[strike]) != ()


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 30


WORDS = (
    "a", "half", "dozen", "two", "twenty", "twenty-five", "hundred", "million", "bn", "m", "3bn", "$", "US", "€", "dlrs",
    "euros", "Canadian", "dollars", "%", "per", "cent", "100,000", "1,2", "1.5", "2014", "99999999999999999999999", "-", "to",
    "and", "or", "between", "in", "troops", "drones", "missiles", "people", "killed", "minutes", "ago", "square", "km",
    "15-minute", "5,000-tonne", "-5", "0", "²", "٣", "😀", "ſ",
)  # fmt: skip
PARTS = ("NOUN", "VERB", "AUX", "ADP", "NUM", "PROPN", "ADJ", "PUNCT", "SYM")
DEPS = ("nsubj", "dobj", "pobj", "prep", "conj", "nummod", "compound", "quantmod", "ROOT")


@st.composite
def made_sentences(draw: st.DrawFn) -> Sentence:
    """Number words and odd characters in any order, with any parse at all."""
    words = draw(st.lists(st.one_of(st.sampled_from(WORDS), st.text("a1é,😀", min_size=1, max_size=4)), min_size=1, max_size=12))
    offset, tokens, at = draw(st.integers(0, 50)), [], 0
    for i, word in enumerate(words):
        head, dep, pos = draw(st.integers(0, len(words) - 1)), draw(st.sampled_from(DEPS)), draw(st.sampled_from(PARTS))
        lemma = word.lower().rstrip("s") or word
        tokens.append(Token(i, offset + at, offset + at + len(word), word, word.lower(), lemma, pos, "NN", dep, head))
        at += len(word) + 1
    text = " ".join(words)
    return Sentence(tuple(tokens), offset, offset + len(text), Block("paragraph", 0, offset + len(text)), 0, text)


@settings(max_examples=300, deadline=None)
@given(made_sentences(), st.integers(0, 11))
def test_spans_are_exact_and_choices_are_findings_on_any_sentence(sentence: Sentence, place: int) -> None:
    amounts = quantities.find(sentence)
    for amount in amounts:
        assert amount.quantity.span == sentence.cut(amount.first, amount.last)
        assert amount.quantity.value >= 0 and amount.quantity.unit
    chosen = quantities.choose(sentence, place % len(sentence), amounts)
    assert set(chosen) <= {amount.quantity for amount in amounts}
