"""The field ``source`` and the statement rows, read by the whole flow on short texts of our own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge.cues import cues
from onrecord.reader import read, read_many
from onrecord.record import Event, Reading, Report, Source, Statement

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "sources.yaml").read_text(encoding="utf-8"))
PIECES = [
    "“We will stay,” he said. ", "said ", "“", "”", "The minister ", "that the talks had failed", ", ", ". ", "\n\n", "according to ",
    "Kyiv: ", "told reporters ", "officials say", "‘no’", '"', "''", "he “never” agreed ", "it is feared that ", "declined to comment. ",
]  # fmt: skip


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    """Every case's text, read in one batch."""
    texts = list(dict.fromkeys(case["text"] for case in CASES["statements"] + CASES["sources"]))
    reports = [Report(text, published="2021-12-20") for text in texts]
    return {reading.report.text: reading for reading in read_many(reports)}


def told(statement: Statement) -> dict[str, Any]:
    """A statement as a case writes it."""
    row: dict[str, Any] = {
        "speaker": statement.speaker and statement.speaker.span.text,
        "cue": statement.cue.text,
        "content": [span.text for span in statement.content],
        "form": statement.form,
        "anonymous": statement.anonymous,
        "negated": statement.negated,
        "audience": statement.audience and statement.audience.span.text,
    }
    return row


def shown(source: Source | None) -> str | None:
    """A source as a case writes it."""
    if source is None:
        return None
    words = f'{source.entity.country or "-"} "{source.entity.span.text}"'
    return words + " anonymous" * source.anonymous + " quoted" * source.quoted


def event_of(reading: Reading, trigger: str) -> Event:
    return next(event for event in reading.events if event.trigger.text == trigger)


@pytest.mark.parametrize("case", CASES["statements"], ids=lambda case: case["text"][:70].replace("\n", " "))
def test_a_text_says_what_its_speakers_say(case: dict[str, Any], readings: dict[str, Reading]) -> None:
    usual = {"form": "indirect", "anonymous": False, "negated": False, "audience": None}
    assert [told(s) for s in readings[case["text"]].statements] == [usual | row for row in case["says"]]


@pytest.mark.parametrize("case", CASES["sources"], ids=lambda case: f"{case['event']}: {case['text'][:60]}")
def test_an_event_has_the_source_that_tells_it(case: dict[str, Any], readings: dict[str, Reading]) -> None:
    assert shown(event_of(readings[case["text"]], case["event"]).source) == case["source"]


def test_an_event_in_a_statement_bears_its_id(readings: dict[str, Reading]) -> None:
    reading = readings["Zelensky said Russian troops had shelled a school."]
    assert event_of(reading, "shelled").statement == reading.statements[0].id


def test_an_event_within_nested_words_stands_in_the_outer_statement(readings: dict[str, Reading]) -> None:
    reading = readings["Putin said NATO believes that Russia will invade Ukraine."]
    assert len(reading.statements) == 1
    assert event_of(reading, "invade").statement == reading.statements[0].id


def test_a_related_story_makes_no_statement() -> None:
    reading = read(Report("Envoys meet\n\nEnvoys met on Friday.\n\nRead also: The king said the truce would hold\n\nThey left."))
    assert not reading.statements


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=14).map("".join))
def test_every_span_of_a_statement_quotes_the_text(text: str) -> None:
    reading = read(Report(text))
    for statement in reading.statements:
        assert all(span.matches(text) for span in statement.spans())
        assert all(one.end <= other.start for one, other in zip(statement.content, statement.content[1:], strict=False))
        assert not any(span.contains(statement.cue) for span in statement.content)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_statements_come_in_the_order_of_the_text_with_ids_of_their_own(text: str) -> None:
    statements = read(Report(text)).statements
    assert [s.cue.start for s in statements] == sorted(s.cue.start for s in statements)
    assert len({s.id for s in statements}) == len(statements)


def test_the_table_knows_several_hundred_cues() -> None:
    assert len(cues().verbs) >= 300
    assert len(cues().nouns) >= 80
    assert len(cues().adjectives) >= 50


def test_every_frame_is_made_of_known_parts() -> None:
    known = {"that", "to", "ing", "obj", "being", "around", "quote", "as*", "of", "for", "on", "about", "against", "at", "over"}
    frames = [frame for group in (cues().verbs, cues().nouns, cues().adjectives) for frames in group.values() for frame in frames]
    assert {part for frame in frames for part in frame} <= known


def test_a_turn_in_a_transcript_is_all_its_speakers() -> None:
    text = "Putin on energy\n\nThe forum met.\n\nVladimir Putin: Good evening. Ukraine shelled a school. We will help.\n\nThe forum closed."
    reading = read(Report(text, published="2021-12-20"))
    assert [s.speaker and s.speaker.name for s in reading.statements] == ["Vladimir Putin"]
    assert shown(event_of(reading, "shelled").source) == 'RUS "Vladimir Putin"'


def test_a_colon_before_a_figure_is_no_statement() -> None:
    assert not read(Report("Kramer: 54 percent.")).statements
