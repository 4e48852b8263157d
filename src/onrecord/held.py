"""What a record that grows holds: events with the report that tells them, and what people said of them.

A record is many reports.  These are the nouns that the store gives out, the ledger compares and the
skins show; none of them knows where it is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, make_dataclass
from typing import Any, Final, Literal, NamedTuple, cast

from onrecord.record import Event, Status, event_from, party

Verdict = Literal["right", "wrong", "corrected"]
VERDICTS: Final[tuple[Verdict, ...]] = ("right", "wrong", "corrected")


@dataclass(frozen=True, slots=True)
class Head:
    """A report without its text.  ``voice`` is the id of the first report that it is a copy or an update of, or its own."""

    id: str
    voice: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One event as a record holds it, corrections applied.

    What rows are compared by first is at hand; ``event`` parses the whole row when it is asked for.
    ``actors`` and ``recipients`` are in the notation of parties: ``RUS.GOV``, ``NATO``, ``.REB``.
    """

    id: str
    head: Head
    type: str
    status: Status
    mode: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    earliest: str | None = None
    latest: str | None = None
    contact: str | None = None
    answers: str | None = None
    score: float | None = None
    confidence: float = 0.5
    flags: tuple[str, ...] = ()
    verdict: Verdict | None = None
    row: str | bytes = field(default="{}", repr=False)
    """The whole row as JSON (``Event.to_dict``), with the text of its sentence under ``sentence.text``."""

    @classmethod
    def of(cls, event: Event, head: Head, verdict: Verdict | None = None) -> Told:
        """An event just read, as a record would hold it."""
        return cls.from_dict(held_row(event), head, verdict)

    @classmethod
    def from_dict(cls, row: Mapping[str, Any], head: Head, verdict: Verdict | None = None) -> Told:
        """A row as ``held_row`` gives it; KeyError, TypeError or ValueError on data that no event wrote."""
        event = _event(row)
        return cls(
            id=row["id"],
            head=head,
            type=event.type,
            status=event.status,
            mode=event.mode,
            actors=tuple(party(e) for e in event.actors),
            recipients=tuple(party(e) for e in event.recipients),
            earliest=event.date.earliest if event.date else None,
            latest=event.date.latest if event.date else None,
            contact=event.contact,
            answers=event.answers,
            score=event.score,
            confidence=event.confidence,
            flags=event.flags,
            verdict=verdict,
            row=json.dumps(row),
        )

    @staticmethod
    def at_once(values: tuple[Any, ...]) -> Told:
        """From the values of all fields in their order: five times as fast as the constructor, for who makes 100,000."""
        told = _Unfrozen(*values)
        told.__class__ = Told
        return cast(Told, told)

    @property
    def event(self) -> Event:
        """The whole event; its ``sentence`` span has its words, so no report's text is needed."""
        return _event(json.loads(self.row))

    def to_dict(self) -> dict[str, Any]:
        """The row as it counts, JSON-ready, then the report that tells it and what a person said of it."""
        row = json.loads(self.row)
        head = {"title": self.head.title, "published": self.head.published, "publisher": self.head.publisher, "voice": self.head.voice}
        return {**row, **head, "verdict": self.verdict}

    @property
    def day(self) -> str | None:
        """The first day it may have happened on, else the day its report came out: for sorting and for periods."""
        return self.earliest or self.head.published

    def within(self, since: str | None, until: str | None) -> bool:
        """True when any day of the event (else the day of its report) lies from ``since`` to ``until``, both inclusive."""
        first, last = self.day, self.latest or self.day
        if first is None or last is None:
            return since is None and until is None
        return (until is None or first <= until) and (since is None or last >= since)

    def parties(self) -> Iterator[str]:
        """Everybody in the row, actors first, in the notation of parties."""
        yield from self.actors
        yield from self.recipients


# Of the same slots as Told, so that an instance can become one; to fill the slots of a frozen class is what takes long.
_Unfrozen: Final[Any] = make_dataclass("_Unfrozen", [field.name for field in fields(Told)], slots=True, eq=False)


def held_row(event: Event) -> dict[str, Any]:
    """An event's row with its sentence's words: what a record keeps."""
    row = event.to_dict()
    row["sentence"]["text"] = event.sentence.text
    return row


def _event(row: Mapping[str, Any]) -> Event:
    """The event of a held row."""
    return event_from(row, row["sentence"]["text"])


class Line(NamedTuple):
    """An item that was derived from many rows, as it is written: its JSON, and the ids of the rows that it rests on."""

    text: bytes
    rows: tuple[str, ...]
    gist: str = ""
    """By what it is known again: the same gist over reports that have not changed means the same text; "" for none."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person said of a row: never an overwriting of it.  ``at`` is ISO 8601 in UTC; ``by`` a name.

    ``changes`` maps a field of the row to its corrected value ("corrected" only): "status" to "planned",
    "actors" to a list of entities as rows have them.
    """

    row: str
    verdict: Verdict
    by: str
    at: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for; None asks for all.  Days are ISO dates, both ends inclusive.

    ``actor`` and ``recipient``: a party in notation (``RUS``, ``RUS.GOV``, ``NATO``) or part of a name
    ("Putin"), letters' case ignored; ``actor`` finds either side when ``recipient`` is None.
    """

    since: str | None = None
    until: str | None = None
    actor: str | None = None
    recipient: str | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    publisher: str | None = None
    source: str | None = None
    place: str | None = None
    words: str | None = None
    """Full-text search in title and sentence."""
    confidence: float = 0.0
    related: bool = False
    """Whether rows of related-story lines (another report's news) are wanted too."""
    limit: int | None = None
