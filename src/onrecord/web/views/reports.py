"""All reports of the record, searched by their words; and what could not be taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from onrecord.keeping import Record
from onrecord.store import Excerpt, Failed, Hit
from onrecord.web import answers, highlight
from onrecord.web.desk import Desk, desk_of
from onrecord.web.filters import BadQueryError, Query, parsed
from onrecord.web.sheets import PAGED, Sheet, choice, listing
from onrecord.web.shelf import Shelved, shelf

router = APIRouter(include_in_schema=False)
MOST: Final = 2_000
"""Reports that a search finds at most."""
ORDERS: Final = ("oldest", "newest", "best")
FIELDS: Final = ("since", "until", "publisher", "q", *PAGED)
"""What reports can be asked for by."""


@dataclass(frozen=True, slots=True)
class Found:
    """A report of the list; of a search, with the words around what was found."""

    report: Shelved
    words: Excerpt | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {**self.report.to_dict(), "excerpt": self.words.marked() if self.words else None}

    @property
    def marked(self) -> Markup | None:
        """The words, with what was found marked."""
        return highlight.excerpt(replace(self.words, words=self.words.words.replace("\n", " "))) if self.words else None


@router.get("/reports")
@router.get("/reports.json")
@router.get("/reports.csv")
def reports(request: Request) -> Response:
    """The list of reports: those of a time, of a publisher, with some words."""
    query = parsed(request, own=PAGED)
    choice(query, "order", ORDERS)
    _check(query)
    found = _found(desk_of(request), query)
    publishers = _publishers(desk_of(request))

    def page(sheet: Sheet[Found]) -> Response:
        return answers.page(request, "reports.html", query=query, sheet=sheet, publishers=publishers, orders=_orders(query))

    return listing(request, query, found, COLUMNS, page=page)


def _check(query: Query) -> None:
    """BadQueryError on what only events can be asked for by."""
    for name, _ in query.chosen:
        if name not in FIELDS:
            raise BadQueryError(name, f"reports are not asked for by it, but by {', '.join(FIELDS)}")


def _orders(query: Query) -> list[tuple[str, str, bool]]:
    """The orders that the list may have: name, words, whether it has it."""
    now = query.value("order") or ("best" if query.wanted.words else "oldest")
    named = (("oldest", "Oldest first"), ("newest", "Newest first"), ("best", "Best match"))
    return [(name, said, name == now) for name, said in named if name != "best" or query.wanted.words]


def _found(desk: Desk, query: Query) -> Sequence[Found]:
    wanted, fits = query.wanted, _fits(query)
    whole = shelf(desk)
    if wanted.words is None:
        found = [Found(one) for one in whole.reports if fits(one)]
    else:
        hits = desk.ledgers.kept(("hits", wanted.words), lambda record: _hits(record, str(wanted.words)))
        listed = (Found(whole.reports[whole.places[hit.head.id]], hit.excerpt) for hit in hits if hit.head.id in whole.places)
        found = [one for one in listed if fits(one.report)]
        if query.value("order") in ("oldest", "newest"):
            found.sort(key=lambda one: whole.places[one.report.head.id])
    return found[::-1] if query.value("order") == "newest" else found


def _hits(record: Record, typed: str) -> tuple[Hit, ...]:
    return tuple(record.store.search_reports(typed, MOST))


def _fits(query: Query) -> Callable[[Shelved], bool]:
    """Whether a report is of the publisher and the days that are wanted; one without a day is of no period."""
    since, until, publisher = query.wanted.since, query.wanted.until, (query.wanted.publisher or "").casefold()

    def fits(one: Shelved) -> bool:
        day = one.head.published
        in_time = (since is None and until is None) or (day is not None and (since or "") <= day <= (until or "9999"))
        return in_time and publisher in ("", (one.head.publisher or "").casefold())

    return fits


def _publishers(desk: Desk) -> list[str]:
    """Who published the reports, by name."""
    return desk.ledgers.kept(("publishers",), lambda record: sorted({head.publisher for head in record.reports() if head.publisher}))[:200]


COLUMNS: Final[answers.Columns] = {
    "id": lambda one: one.report.head.id,
    "published": lambda one: one.report.head.published,
    "publisher": lambda one: one.report.head.publisher,
    "title": lambda one: one.report.head.title,
    "events": lambda one: one.report.events,
    "statements": lambda one: one.report.statements,
    "language": lambda one: one.report.head.language,
    "url": lambda one: one.report.head.url,
    "voice": lambda one: one.report.head.voice,
    "excerpt": lambda one: one.words.marked() if one.words else None,
}


# ---------------------------------------------------------------- failures


@router.get("/failures")
@router.get("/failures.json")
@router.get("/failures.csv")
def failures(request: Request) -> Response:
    """What could not be taken in: where it stands, why, and since when."""
    query = parsed(request, own=PAGED)
    with desk_of(request).record() as record:
        found = tuple(record.failures())

    def page(sheet: Sheet[Failed]) -> Response:
        return answers.page(request, "failures.html", query=query, sheet=sheet)

    return listing(request, query, found, FAILED, page=page)


FAILED: Final[answers.Columns] = {
    "where": lambda failed: failed.where,
    "reason": lambda failed: failed.reason,
    "at": lambda failed: failed.at,
}
