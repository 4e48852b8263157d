"""Rows and reports by the API: events, a report with its text and rows, searches, counts."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.exceptions import HTTPException

from onrecord.held import Head, Wanted
from onrecord.record import Note
from onrecord.store import FACETS, Kept
from onrecord.web.api import asked, shapes
from onrecord.web.api.answer import FAULTS, MISSING, given
from onrecord.web.api.asked import SIZE, After, Rows, Size
from onrecord.web.desk import desk_of
from onrecord.web.filters import BadQueryError, cursor, place

router = APIRouter(responses=FAULTS)
Id = Annotated[str, Path(max_length=2000)]
LINKS = (
    "events", "reports", "contacts", "demands", "warnings", "agenda", "disputes", "forces", "timeline", "tension", "failures",
)  # fmt: skip


@router.get("/", response_model=shapes.Summary, summary="What the record holds, and where to go on")
def summary(request: Request) -> Response:
    """Counts, period, links."""
    desk = desk_of(request)
    counts = desk.ledgers.kept(("api", "counts"), lambda record: record.store.counts())
    with desk.record() as record:
        counts = counts | {"failures": sum(1 for _ in record.failures())}  # they come without a change of rows
    days = desk.ledgers.kept(("api", "months"), lambda record: [month for month, _ in record.store.facet("month", Wanted(related=True))])
    links = {name: f"/api/v1/{name}" for name in LINKS} | {"openapi": "/api/v1/openapi.json", "read": "/api/v1/read"}
    about = {"record": desk.path.name, "version": version("onrecord"), "counts": counts}
    return given(request, {**about, "first": min(days, default=None), "last": max(days, default=None), "links": links})


@router.get("/events", response_model=shapes.Page[shapes.Event], summary="Events, by day")
def events(
    request: Request,
    query: Rows,
    after: After = None,
    size: Size = SIZE,
    order: Annotated[str, Query(pattern="^(oldest|newest)$")] = "oldest",
) -> Response:
    """The events that are wanted, page by page."""
    with desk_of(request).record() as record:
        found = record.store.page(query.wanted, size, place(after) if after else None, order == "newest")
    return given(request, {"items": [told.to_dict() for told in found.rows], "next": cursor(found.last) if found.last else None})


@router.get("/events/{id}", response_model=shapes.Event, responses=MISSING, summary="One event")
def event(request: Request, id: Id) -> Response:
    """One event by its id."""
    with desk_of(request).record() as record:
        told = record.store.event(id)
    if told is None:
        raise HTTPException(404, f"there is no event {id!r}")
    return given(request, told.to_dict())


@router.get("/facets/{name}", response_model=shapes.Page[shapes.Value], summary="Counts of events by a property")
def facet(request: Request, name: Annotated[str, Path(pattern=f"^({'|'.join(FACETS)})$")], query: Rows) -> Response:
    """The values of one property among the events that are wanted."""
    found = desk_of(request).ledgers.kept(("api", name, query.wanted), lambda record: record.store.facet(name, query.wanted))
    return given(request, {"items": [{"value": value, "count": count} for value, count in found], "next": None})


@router.get("/reports", response_model=shapes.Page[shapes.Head], summary="Reports, by day")
def reports(request: Request, after: After = None, size: Size = SIZE) -> Response:
    """All reports without their texts."""
    _only(request, "after", "size")
    heads = desk_of(request).ledgers.kept("heads", lambda record: tuple(record.reports()))
    found = asked.leaf(heads, after, size)
    return given(request, {"items": [_head(head) for head in found.items], "next": found.next})


@router.get("/search", response_model=shapes.Page[shapes.Hit], summary="Reports with all these words, the best first")
def search(
    request: Request,
    q: Annotated[str, Query(min_length=1, max_length=400, pattern=r"^[^\x00]*$")],
    size: Size = SIZE,
) -> Response:
    """Full-text search in reports; for events use /events?q=."""
    _only(request, "q", "size")
    with desk_of(request).record() as record:
        hits = list(record.store.search_reports(q, size))
    found = [
        {"report": _head(hit.head), "excerpt": {"words": hit.excerpt.words, "found": [[*at] for at in hit.excerpt.found]}} for hit in hits
    ]
    return given(request, {"items": found, "next": None})


@router.get("/failures", response_model=shapes.Page[shapes.Failure], summary="What could not be taken in")
def failures(request: Request, after: After = None, size: Size = SIZE) -> Response:
    """Where, why, when."""
    _only(request, "after", "size")
    with desk_of(request).record() as record:
        found = asked.leaf(list(record.failures()), after, size)
    return given(request, {"items": [one.to_dict() for one in found.items], "next": found.next})


@router.get("/reports/{id:path}", response_model=shapes.Report, responses=MISSING, summary="One report with its text and rows")
def report(request: Request, id: Id) -> Response:
    """One report."""
    with desk_of(request).record() as record:
        kept = record.report(id)
    return given(request, _report(kept))


def _only(request: Request, *known: str) -> None:
    """BadQueryError on a parameter that the address does not have."""
    for name in request.query_params:
        if name not in known:
            raise BadQueryError(name, f"there is no such parameter; known are {', '.join(known)}")


def _head(head: Head) -> dict[str, Any]:
    return {name: getattr(head, name) for name in Head.__slots__}


def note(one: Note) -> dict[str, Any]:
    """A note, JSON-ready."""
    span = one.span
    return {
        "code": one.code,
        "message": one.message,
        "span": None if span is None else {"text": span.text, "start": span.start, "end": span.end},
    }


def _report(kept: Kept) -> dict[str, Any]:
    return {
        **_head(kept.head),
        "text": kept.report.text,
        "events": [told.to_dict() for told in kept.events],
        "statements": [spoken.statement.to_dict() for spoken in kept.statements],
        "notes": [note(one) for one in kept.notes],
        "judgements": [said.to_dict() for said in kept.judgements],
        "copies": list(kept.copies),
    }
