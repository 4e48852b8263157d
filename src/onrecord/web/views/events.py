"""Events: the rows of a record, filtered by the address, with counts by what they could be filtered by next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request, Response

from onrecord.export.csv import Cell
from onrecord.web import answers
from onrecord.web.desk import Desk, desk_of
from onrecord.web.filters import Query, cursor, parsed

router = APIRouter(include_in_schema=False)
FACETS: Final = ("type", "status", "actor", "recipient", "source", "place", "publisher")
VALUES: Final = 12
"""Values of a facet that are shown."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One property with the values that the rows found have of it, and how often."""

    name: str
    values: tuple[tuple[str, int], ...]


@router.get("/events")
@router.get("/events.json")
@router.get("/events.csv")
def events(request: Request) -> Response:
    """The list of events."""
    desk, query = desk_of(request), parsed(request, paged=True)
    with desk.record() as record:
        leaf = record.store.page(query.wanted, query.size, query.after, query.newest)
        found = record.store.count(query.wanted)
    shown = {"query": query, "found": found, "next": cursor(leaf.last) if leaf.last else None}
    if answers.ending(request) == "html":
        shown["facets"] = facets(desk, query)
    return answers.listing(request, "events.html", leaf.rows, COLUMNS, **shown)


def facets(desk: Desk, query: Query) -> list[Facet]:
    """By what the rows found can be narrowed down; kept until the record changes."""

    def counted(name: str) -> tuple[tuple[str, int], ...]:
        return desk.ledgers.kept(("facet", name, query.wanted), lambda record: tuple(record.store.facet(name, query.wanted)[:VALUES]))

    return [Facet(name, counted(name)) for name in FACETS]


def _joined(parties: tuple[str, ...]) -> Cell:
    return "; ".join(parties)


COLUMNS: Final[answers.Columns] = {
    "id": lambda told: told.id,
    "report": lambda told: told.head.id,
    "publisher": lambda told: told.head.publisher,
    "published": lambda told: told.head.published,
    "type": lambda told: told.type,
    "mode": lambda told: told.mode,
    "status": lambda told: told.status,
    "actors": lambda told: _joined(told.actors),
    "recipients": lambda told: _joined(told.recipients),
    "earliest": lambda told: told.earliest,
    "latest": lambda told: told.latest,
    "confidence": lambda told: told.confidence,
    "verdict": lambda told: told.verdict,
    "sentence": lambda told: " ".join(told.event.sentence.text.split()),
}
