"""Rows in words for people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export import words
from onrecord.record import FLAGS, STATUSES, TYPES, Entity, Event, Quantity, Reading, Source, Span, When, Where

SPAN = Span("then", 0, 4)


def test_every_code_of_the_record_has_its_words() -> None:
    assert set(words.labels("types")) == set(TYPES)
    assert set(words.labels("statuses")) == set(STATUSES)
    assert set(words.labels("flags")) == set(FLAGS)
    assert {entry["family"] for entry in words.labels("types").values()} == set(words.labels("families"))


@pytest.mark.parametrize(
    ("entity", "shown"),
    [
        (Entity(SPAN, "Russia", "RUS", "GOV"), "Russia (government)"),
        (Entity(SPAN, "Russia", "RUS"), "Russia"),
        (Entity(SPAN, "Ann Lee", "XYZ", "GOV"), "Ann Lee (XYZ, government)"),
        (Entity(SPAN, "North Atlantic Treaty Organization", "NATO"), "North Atlantic Treaty Organization (NATO)"),
        (Entity(SPAN, None, None, "NEW"), "then (NEW)"),
        (Entity(SPAN), "then"),
    ],
)
def test_a_party_is_readable(entity: Entity, shown: str) -> None:
    assert words.party(entity) == shown


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        (When(SPAN, "2024-03-11", "2024-03-11"), "2024-03-11"),
        (When(SPAN, "2024-03-11", "2024-03-11", "15:30", "Moscow"), "2024-03-11 15:30 Moscow"),
        (When(SPAN, "2024-01-01", "2024-12-31"), "2024-01-01 to 2024-12-31"),
        (When(SPAN, None, "2024-12-31"), "… to 2024-12-31"),
        (When(SPAN), "“then”"),
    ],
)
def test_a_date_shows_its_days_or_its_words(date: When, shown: str) -> None:
    assert words.when(date) == shown


def test_a_place_shows_its_country_once() -> None:
    assert words.where(Where(SPAN, "Faro", "PRT")) == "Faro (Portugal)"
    assert words.where(Where(SPAN, "Portugal", "PRT")) == "Portugal"


def test_a_source_says_how_it_is_told() -> None:
    assert words.source(Source(Entity(SPAN, None, "USA"), anonymous=True, quoted=True)) == "then (United States), unnamed, quoted"


def test_a_quantity_is_readable() -> None:
    assert words.quantity(Quantity(100000, "troops", SPAN)) == "100,000 troops"
    assert words.quantity(Quantity(2.5, None, SPAN)) == "2.5"


def test_an_event_without_parties_says_so(reading: Reading) -> None:
    assert words.parties(reading.events[1]) == "nobody named"


def test_a_recipient_alone_keeps_its_side() -> None:
    event = Event("r", "AID", SPAN, SPAN, recipients=(Entity(SPAN, "Haiti", "HTI"),))
    assert words.parties(event) == "nobody named → Haiti"


def test_a_long_sentence_is_shortened_around_the_trigger() -> None:
    text = "word " * 60 + "rejected" + " word" * 60
    before, trigger, after = words.around(Span.of(text, 0, len(text)), Span.of(text, 300, 308), 60)
    assert trigger == "rejected" and before.startswith("… ") and after.endswith(" …")
    assert len(before + trigger + after) <= 60


def test_clean_text_is_one_line() -> None:
    assert words.clean("a\nb\x00\u2028c") == "a b\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}c"


@given(st.text(max_size=300), st.integers(0, 300), st.integers(1, 20), st.integers(12, 120))
def test_words_around_any_trigger_stay_within_the_width(text: str, at: int, size: int, width: int) -> None:
    trigger = Span.of(text, min(at, len(text)), min(at + size, len(text)))
    shown = "".join(words.around(Span.of(text, 0, len(text)), trigger, width))
    assert len(shown) <= max(width, len(words.clean(trigger.text)) + 12) + 4


def test_paragraphs_are_the_lines_with_words() -> None:
    lines = words.paragraphs("Head\n\n  One.\n \nTwo.")
    assert [words.paragraph(lines, at) for at in (0, 8, 17)] == [0, 1, 2]
