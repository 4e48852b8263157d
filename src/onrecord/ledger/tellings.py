"""What every item of the ledger rests on: the rows, and for each who tells it, where, and in which words."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

from onrecord.held import Told, Wanted
from onrecord.knowledge import press
from onrecord.record import Span

Row = Mapping[str, Any]
"""A whole row as the JSON has it: cheaper to look into than an ``Event``."""

LEFT_OUT: Final = "related-link"
EVERY: Final = (Wanted(),)
"""All rows: what a question needs that compares every one of them; related-story lines count nowhere."""


def usable(tolds: Iterable[Told]) -> Iterator[Told]:
    """The rows that count: not those judged wrong, and not another report's news."""
    return (told for told in tolds if told.verdict != "wrong" and LEFT_OUT not in told.flags)


def row_of(told: Told) -> Row:
    """The whole row's data."""
    return _parsed(told.row)


@functools.lru_cache(maxsize=2_000)
def _parsed(row: str | bytes) -> Row:
    """A row's JSON; what is worked on at one time looks into the same rows again and again.  orjson knows no lone surrogates."""
    try:
        data: Row = orjson.loads(row)
    except orjson.JSONDecodeError:
        data = json.loads(row)
    return data


@dataclass(frozen=True, slots=True)
class Telling:
    """One row as one report tells it, with the words to click to.  Offsets count the report's own text."""

    row: str
    report: str
    voice: str
    type: str
    status: str
    trigger: Span
    sentence: Span
    content: Span | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None

    @classmethod
    def of(cls, told: Told, row: Row | None = None) -> Telling:
        """The row as its report tells it; ``row`` is its data where that is already at hand."""
        row = row_of(told) if row is None else row
        head, sentence = told.head, row["sentence"]
        return cls(
            row=told.id,
            report=head.id,
            voice=head.voice,
            type=told.type,
            status=told.status,
            trigger=span_of(row["trigger"]),
            sentence=Span(sentence["text"], sentence["start"], sentence["end"]),
            content=span_of(row["content"]) if row["content"] else None,
            title=head.title,
            published=head.published,
            publisher=head.publisher,
        )

    @property
    def words(self) -> Span:
        """What it is about: the content, else the sentence."""
        return self.content or self.sentence

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "row": self.row,
            "report": self.report,
            "voice": self.voice,
            "publisher": self.publisher,
            "title": self.title,
            "published": self.published,
            "type": self.type,
            "status": self.status,
            "trigger": span_dict(self.trigger),
            "sentence": span_dict(self.sentence),
            "content": span_dict(self.content),
        }


def span_of(value: Row) -> Span:
    """The span that a row's data has under one of its keys."""
    return Span(value["text"], value["start"], value["end"])


def span_dict(span: Span | None) -> dict[str, Any] | None:
    """A span as JSON-ready data."""
    return None if span is None else {"text": span.text, "start": span.start, "end": span.end}


def tellings(tolds: Iterable[Told]) -> tuple[Telling, ...]:
    """The rows as their reports tell them, oldest first, in the order of each text."""
    return tuple(sorted((Telling.of(told) for told in tolds), key=order))


def order(telling: Telling) -> tuple[str, str, int, str]:
    """Oldest report first, then by the place in its text."""
    return (telling.published or "9999", telling.report, telling.trigger.start, telling.row)


def voices(found: Iterable[Telling]) -> int:
    """How many tell it, copies of one wire story counted once."""
    return len({telling.voice for telling in found})


@functools.lru_cache(maxsize=50_000)
def countries(parties: tuple[str, ...]) -> frozenset[str]:
    """The states and organisations of parties in notation: ``RUS.GOV`` is RUS; who is of none is left out."""
    found = (party.partition(".")[0] for party in parties if not party.startswith('"'))
    return frozenset(country for country in found if country)


def first_day(told: Told) -> str:
    """The day to sort by; rows without any come last."""
    return told.day or "9999-12-31"


def about(row: Row) -> Span:
    """What a row is about: its content, else its sentence."""
    return span_of(row["content"] or row["sentence"])


def teller(told: Told, row: Row) -> str:
    """Who says it: the source that the report names, else the publisher (a press office's state), else the report."""
    source = row["source"]
    if source is None and row["statement"] is not None:
        source = row["actors"][0] | {"anonymous": False} if row["actors"] else None  # who speaks of his own deed is no source
    if source is not None and not source["anonymous"] and (source["country"] or source["name"]):
        return str(source["country"] or source["name"])
    publisher = told.head.publisher
    return told.head.id if publisher is None else press.press_office(publisher) or publisher
