"""The spine: spans, ids, JSON and the one-line notation."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import (
    STATUSES,
    TYPES,
    Entity,
    Event,
    NotationError,
    Reading,
    Report,
    Source,
    Span,
    When,
    Where,
    check_report,
    digest,
    notation,
    parse_notation,
    party,
)

EVENT_KEYS = [
    "kind", "id", "report", "type", "mode", "status", "actors", "recipients", "content", "date", "place", "source", "trigger",
    "sentence", "quantities", "statement", "contact", "answers", "contexts", "score", "confidence", "flags",
]  # fmt: skip
STATEMENT_KEYS = [
    "kind", "id", "report", "speaker", "cue", "content", "form", "anonymous", "audience", "date", "negated", "sentence",
]  # fmt: skip


@given(st.text(), st.data())
def test_a_cut_span_quotes_its_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert Span.of(text, start, end).matches(text)


def test_a_span_contains_and_overlaps() -> None:
    whole, part, beside = Span("abcdef", 0, 6), Span("bc", 1, 3), Span("ghi", 6, 9)
    assert whole.contains(part) and not part.contains(whole)
    assert whole.overlaps(part) and not whole.overlaps(beside)


def test_a_report_without_id_gets_one_from_its_text() -> None:
    assert Report("same").id == Report("same", published="2024-01-01").id != Report("other").id


def test_a_digest_takes_lone_surrogates() -> None:
    assert len(digest("\ud800", 1)) == 16


def test_an_event_keeps_its_id_when_a_field_is_filled(reading: Reading) -> None:
    event = reading.events[0]
    bare = Event(event.report, event.type, event.trigger, event.sentence)
    assert bare.id == event.id


def test_ids_of_events_and_statements_are_distinct(reading: Reading) -> None:
    ids = [row.id for row in reading.rows()]
    assert len(set(ids)) == len(ids)


def test_rows_have_their_keys_in_the_order_of_the_format_page(reading: Reading) -> None:
    assert [list(row) for row in reading.to_dicts()] == [EVENT_KEYS] * 2 + [STATEMENT_KEYS] * 2


def test_an_entity_is_flat_with_its_words_first(reading: Reading) -> None:
    actor = reading.to_dicts()[0]["actors"][0]
    assert list(actor) == ["text", "start", "end", "name", "country", "sector", "role", "kind"]


def test_a_source_is_an_entity_with_how_it_is_said(reading: Reading) -> None:
    source = reading.to_dicts()[0]["source"]
    assert (source["name"], source["anonymous"], source["quoted"], source["cue"]["text"]) == ("Rui Mota", False, False, "said")


def test_every_json_line_reads_back_as_the_row(reading: Reading) -> None:
    lines = reading.to_jsonl().splitlines()
    assert [json.loads(line) for line in lines] == reading.to_dicts()


def test_a_lone_surrogate_comes_out_as_an_escape() -> None:
    text = "Rome met \ud800."
    event = Event("r", "CONSULT", Span.of(text, 5, 8), Span.of(text, 0, 11), content=Span.of(text, 9, 10))
    line = Reading(Report(text), (event,)).to_jsonl()
    assert line.encode("utf-8") and json.loads(line)["content"]["text"] == "\ud800"


def test_the_span_check_passes_exact_spans(reading: Reading) -> None:
    reading.check()


def test_the_span_check_names_a_span_that_is_off(reading: Reading) -> None:
    off = Event("hand", "AID", Span("nothing", 0, 7), reading.events[0].sentence)
    with pytest.raises(AssertionError, match="nothing"):
        Reading(reading.report, (off,)).check()


def test_a_party_shows_its_codes_or_its_words() -> None:
    span = Span("some men", 0, 8)
    cases = [Entity(span, country="RUS", sector="GOV"), Entity(span, country="NATO"), Entity(span, sector="REB"), Entity(span)]
    assert [party(case) for case in cases] == ["RUS.GOV", "NATO", ".REB", '"some men"']


def test_the_notation_says_the_whole_event(reading: Reading) -> None:
    assert str(reading.events[0]) == 'REJECT/meet actual PRT > ESP.GOV on 2024-03-11 says PRT.GOV "rejected"'


def test_a_parsed_notation_fits_its_event(reading: Reading) -> None:
    assert all(parse_notation(str(event)).fits(event) for event in reading.events)


def test_a_line_that_says_less_fits_too(reading: Reading) -> None:
    assert parse_notation('REJECT "rejected"').misfits(reading.events[0]) == ["recipients"]
    assert parse_notation('MOBILIZE "sent"').fits(reading.events[1])


def test_misfits_are_named_by_field(reading: Reading) -> None:
    line = parse_notation('REJECT/yield planned ESP > PRT on 2024-03-12 says anonymous "rejected"')
    assert line.misfits(reading.events[0]) == ["mode", "status", "actors", "recipients", "date", "source"]


@pytest.mark.parametrize("line", ["", "REJECT", 'NOTHING "x"', 'REJECT maybe RUS "x"', 'REJECT actual RUS > "x"'])
def test_what_is_no_notation_is_refused(line: str) -> None:
    with pytest.raises(NotationError):
        parse_notation(line)


CODES = st.sampled_from(["RUS", "USA", "NATO", None])
SECTORS = st.sampled_from(["GOV", "MIL", "REB", None])
WORDS = st.from_regex(r"[A-Za-z][A-Za-z ]{0,12}[a-z]", fullmatch=True)
ENTITIES = st.builds(lambda words, country, sector: Entity(Span(words, 0, len(words)), None, country, sector), WORDS, CODES, SECTORS)
DATES = st.builds(lambda a, b: When(Span("then", 0, 4), *sorted((a.isoformat(), b.isoformat()))), st.dates(), st.dates())
EVENTS = st.builds(
    lambda **slots: Event("r", trigger=Span("met", 0, 3), sentence=Span("met", 0, 3), **slots),
    type=st.sampled_from(TYPES),
    mode=st.sampled_from(["meet", "heavy-weapons", None]),
    status=st.sampled_from(STATUSES),
    actors=st.lists(ENTITIES, max_size=3).map(tuple),
    recipients=st.lists(ENTITIES, max_size=2).map(tuple),
    date=st.none() | DATES,
    place=st.none() | st.builds(lambda name: Where(Span(name, 0, len(name)), name), WORDS),
    source=st.none() | st.builds(lambda entity, unnamed: Source(entity, anonymous=unnamed), ENTITIES, st.booleans()),
)


@given(EVENTS)
def test_any_event_fits_its_own_notation(event: Event) -> None:
    assert parse_notation(notation(event)).misfits(event) == []


def test_a_report_with_a_wrong_date_is_told() -> None:
    assert list(check_report(Report("x", published="yesterday"))) == ["published is not an ISO date (YYYY-MM-DD): 'yesterday'"]
    assert list(check_report(Report("x", published="2024-02-01"))) == []


def test_a_reading_shows_itself_shortly() -> None:
    reading = Reading(Report("Iran met Iraq.", id="r"), (Event("r", "CONSULT", Span("met", 5, 8), Span("Iran met Iraq.", 0, 14)),))
    assert repr(reading) == "<Reading of r: 1 events, 0 statements, 0 notes>" and str(reading) == 'CONSULT actual - "met"'
