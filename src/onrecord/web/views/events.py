"""Events: the rows of a record, filtered by the address, with counts by what they could be filtered by next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from onrecord.export.csv import Cell
from onrecord.held import Told, Wanted
from onrecord.keeping import Record
from onrecord.store import Excerpt, Leaf, Place
from onrecord.store.values import loads
from onrecord.web import answers, highlight
from onrecord.web.desk import Desk, desk_of
from onrecord.web.filters import LISTS, Query, cursor, parsed

router = APIRouter(include_in_schema=False)
FACETS: Final = {
    "type": "Type", "status": "Status", "actor": "Party", "recipient": "Toward", "source": "According to", "place": "Place",
    "publisher": "Publisher",
}  # fmt: skip
"""By what the list can be narrowed down, with the word for it."""
BULK: Final = 5_000
"""Rows that are fetched at once for a whole list."""
VALUES: Final = 10
"""Values of a facet that are shown; of types and statuses all."""
CODED: Final = ("actor", "recipient", "source")
"""Facets whose values are parties."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how many rows have it, whether it is chosen, and the address that chooses it or lets it go."""

    value: str
    count: int
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One property with the values that the rows found have of it, and how many values more there are."""

    name: str
    label: str
    values: tuple[Choice, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Found:
    """A row of the list with its words: of a search, with what was found marked."""

    told: Told
    words: str | Markup


@router.get("/events")
@router.get("/events.json")
@router.get("/events.csv")
def events(request: Request) -> Response:
    """The list of events."""
    desk, query = desk_of(request), parsed(request, paged=True)
    kind = answers.ending(request)
    html = kind == "html"
    with desk.record() as record:
        if kind == "csv" and query.after is None and not query.value("size"):
            return answers.as_csv(_all(record, query), COLUMNS, "events.csv")
        leaf = _leaf(record, query)
        shown: dict[str, Any] = {"query": query, "next": cursor(leaf.last) if leaf.last else None}
        if html:
            shown["rows"] = _rows(record, query, leaf.rows)
    if html:
        found, chosen = facets(desk, query)
        shown |= {"found": found, "facets": chosen, "best": _best(query)}
    return answers.listing(request, "events.html", leaf.rows, COLUMNS, **shown)


def _best(query: Query) -> bool:
    """Whether the list is asked for by how well rows fit the words; without words there is nothing to fit."""
    return query.value("order") == "best" and query.wanted.words is not None


def _leaf(record: Record, query: Query) -> Leaf:
    """One page of the list, in its order; the place in a list by fitness is how many rows stand before it."""
    if not _best(query):
        return record.store.page(query.wanted, query.size, query.after, query.newest)
    skip = query.after.start if query.after else 0
    rows, more = record.store.best(query.wanted, query.size, skip)
    return Leaf(rows, Place(None, "", skip + query.size, 0) if more else None)


def _all(record: Record, query: Query) -> Iterator[Told]:
    """The whole list, in its order: a table that somebody takes along is not cut after a page."""
    after: Place | None = None
    while True:
        leaf = _leaf(record, replace(query, size=BULK, after=after))
        yield from leaf.rows
        if (after := leaf.last) is None:
            return


def _rows(record: Record, query: Query, rows: Sequence[Told]) -> list[Found]:
    if query.wanted.words is None:
        return [Found(told, told.event.sentence.text) for told in rows]
    return [Found(told, highlight.excerpt(_plain(record.store.excerpt(query.wanted.words, told)))) for told in rows]


def _plain(found: Excerpt) -> Excerpt:
    """An excerpt whose line ends are spaces; its places stay."""
    return replace(found, words="".join(" " if letter.isspace() else letter for letter in found.words))


# ---------------------------------------------------------------- facets


def facets(desk: Desk, query: Query) -> tuple[int, list[Facet]]:
    """How many rows are found, and by what they can be narrowed down or were; the counts are kept until the record changes."""
    found, counts = desk.ledgers.kept(("facets", query.wanted), lambda record: counted(record, query.wanted))
    return found, [_facet(query, name, counts[name]) for name in FACETS]


def counted(record: Record, wanted: Wanted) -> tuple[int, dict[str, list[tuple[str, int]]]]:
    """How many rows are found, and the values of each facet.

    Types and statuses are counted as if none were chosen: one may be put to another.
    """
    # Whoever filters by one party finds it on either side; toward another, on the acting one.
    side = "party" if wanted.recipient is None else "actor"
    found, counts = record.store.facets([side if name == "actor" else name for name in FACETS], wanted)
    counts["actor"] = counts[side]
    if wanted.types:
        counts["type"] = record.store.facet("type", replace(wanted, types=()))
    if wanted.statuses:
        counts["status"] = record.store.facet("status", replace(wanted, statuses=()))
    return found, counts


def _facet(query: Query, name: str, counts: Sequence[tuple[str, int]]) -> Facet:
    chosen = query.values(name)
    shown = counts if name in LISTS else counts[:VALUES]
    return Facet(name, FACETS[name], tuple(_choice(query, name, chosen, *one) for one in shown), len(counts) - len(shown))


def _choice(query: Query, name: str, chosen: Sequence[str], value: str, count: int) -> Choice:
    """A value to be chosen, put to those chosen where there may be several, or let go again."""
    folded = [one.casefold() for one in chosen]
    typed = f'"{value}"' if name in CODED and not value.isalpha() else value
    if value.casefold() in folded or typed in chosen:
        rest = [one for one in chosen if one.casefold() != value.casefold() and one != typed]
        return Choice(value, count, True, query.url("/events", **{name: rest}))
    return Choice(value, count, False, query.url("/events", **{name: [*chosen, typed] if name in LISTS else typed}))


# ---------------------------------------------------------------- columns of the CSV


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
    "sentence": lambda told: " ".join(loads(told.row)["sentence"]["text"].split()),
}
