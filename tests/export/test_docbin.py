"""DocBin: spaCy loads the docs with their span groups, and the rows come back whole."""

from __future__ import annotations

import io
import time
from dataclasses import replace

import spacy
from hypothesis import given, settings
from spacy.tokens import Doc, DocBin
from strange import readings

from onrecord.export import FORMATS, docbin
from onrecord.record import Reading

BLANK = spacy.blank("en")


def docs(*held: Reading) -> list[Doc]:
    out = io.BytesIO()
    FORMATS["docbin"](iter(held), out)
    return list(DocBin().from_bytes(out.getvalue()).get_docs(spacy.blank("en").vocab))


def test_a_doc_a_report_with_its_text(reading: Reading) -> None:
    other = replace(reading, report=replace(reading.report, id="other"))
    assert [doc.text for doc in docs(reading, other)] == [reading.report.text] * 2


def test_every_part_is_a_labelled_span(reading: Reading) -> None:
    doc = docs(reading)[0]
    event = reading.events[0]
    mine = [(span.text, span.label_, span.kb_id_) for span in doc.spans["onrecord"] if span.id_ == event.id]
    assert mine[:3] == [("rejected", "trigger", ""), ("Portugal", "actor", "PRT"), ("Spain", "recipient", "ESP.GOV")]


def test_triggers_are_labelled_with_their_types(reading: Reading) -> None:
    doc = docs(reading)[0]
    found = [(span.text, span.label_) for span in doc.spans["onrecord_events"]]
    assert found == [("rejected", "REJECT"), ("sent", "MOBILIZE")]


def test_the_reading_comes_back_whole(reading: Reading) -> None:
    doc = docs(reading)[0]
    assert docbin.unpacked(doc.user_data["onrecord"], doc.text) == reading


def test_the_same_readings_give_the_same_bytes(reading: Reading) -> None:
    one, other = io.BytesIO(), io.BytesIO()
    FORMATS["docbin"]([reading], one)
    FORMATS["docbin"]([reading], other)
    assert one.getvalue() == other.getvalue()


def test_no_report_is_an_empty_file() -> None:
    assert docs() == []


def test_a_run_without_a_space_is_one_token_and_costs_little() -> None:
    text = "He said " + "((" * 10_000 + " and left."
    before = time.process_time()
    doc = docbin.document(text, BLANK)
    assert doc.text == text and max(len(token) for token in doc) == 20_000
    assert time.process_time() - before < 5


@given(readings())
@settings(max_examples=40)
def test_spans_in_strange_texts_hold_their_words(held: Reading) -> None:
    doc = docs(held)[0]
    text = held.report.text.replace("\ud800", "\N{REPLACEMENT CHARACTER}")
    assert doc.text == text
    event = held.events[0]
    letters = [at for at in range(event.trigger.start, event.trigger.end) if text[at] != " "]
    assert all(span.start_char <= at < span.end_char for span in doc.spans["onrecord_events"] for at in letters)
    assert len(doc.spans["onrecord_events"]) == 1 or not letters
    back = docbin.unpacked(doc.user_data["onrecord"], doc.text)
    back.check()
    assert back.events[0].trigger.start == event.trigger.start
