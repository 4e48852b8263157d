"""onrecord in a spaCy pipeline: a Doc that ran through it has its Reading and its spans, also when saved and loaded."""

from __future__ import annotations

from datetime import date

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import onrecord
import onrecord.pipe
from onrecord.record import InputError

TEXT = "France urged Iran on Thursday to free two detained teachers."


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("en")
    made.add_pipe("onrecord", config={"published": "2024-05-10"})
    return made


def test_a_doc_has_the_reading_of_its_text(nlp: Language) -> None:
    assert nlp(TEXT)._.onrecord == onrecord.read(TEXT, "2024-05-10")


def test_its_parts_are_spans(nlp: Language) -> None:
    doc = nlp(TEXT)
    found = [(span.text, span.label_, span.kb_id_) for span in doc.spans["onrecord"]]
    assert {("urged", "trigger", ""), ("France", "actor", "FRA"), ("Iran", "recipient", "IRN")} <= set(found)


def test_a_doc_may_say_when_it_was_published(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.published = date(2021, 12, 31)
    read = nlp.get_pipe("onrecord")(doc)._.onrecord
    assert read.report.published == "2021-12-31" and read.events[0].date.earliest == "2021-12-30"


def test_many_docs_are_read_in_order(nlp: Language) -> None:
    texts = [TEXT, "Nothing to tell.", "Peru expelled two Chilean diplomats."]
    assert [doc._.onrecord for doc in nlp.pipe(texts, batch_size=2)] == [onrecord.read(text, "2024-05-10") for text in texts]


def test_a_saved_doc_keeps_its_reading(nlp: Language) -> None:
    doc = nlp(TEXT)
    again = Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())
    kept = next(DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab))
    assert again._.onrecord == kept._.onrecord == doc._.onrecord
    assert [span.label_ for span in kept.spans["onrecord_events"]] == ["REQUEST"]


def test_a_doc_that_did_not_run_through_it_has_none() -> None:
    assert spacy.blank("en")(TEXT)._.onrecord is None


def test_the_groups_may_have_another_name() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord", config={"spans_key": "news"})
    assert {"news", "news_events"} == set(nlp(TEXT).spans)


def test_a_day_that_is_none_is_refused() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord", config={"published": "May 10"})
    with pytest.raises(InputError, match="May 10"):
        nlp(TEXT)


def test_strange_texts_break_nothing(nlp: Language) -> None:
    text = "\u202eFrance\x00 urged 😀 Iran\r\n\tto talk."
    doc = nlp(text)
    doc._.onrecord.check()
    assert doc.text == text
