"""The timeline: every event once, however many reports tell it, as a list, as a drawing, as the items of a window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from onrecord.export import words
from onrecord.export.csv import Cell
from onrecord.ledger import Happening
from onrecord.web import answers, sheets
from onrecord.web.desk import Desk, desk_of
from onrecord.web.drawing import timeline as drawn
from onrecord.web.drawing.families import family
from onrecord.web.drawing.svg import Element, framed
from onrecord.web.filters import Query, parsed
from onrecord.web.views import memo, periods
from onrecord.web.views.memo import Written
from onrecord.web.views.periods import Period

router = APIRouter(include_in_schema=False)
OWN: Final = ("page", "top")
TOP: Final = 500
"""Items of a window at most: more cannot be told apart on a screen."""
AHEAD: Final = (7, 60)
"""Days after the last report that a drawing shows of what is planned: so many always, and so many where something is."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A happening in short, for a drawing: what it says, how many tell it, where it leads."""

    happening: Happening

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        one = self.happening
        return {
            "id": one.id,
            "type": one.type,
            "family": family(one.type),
            "status": status_of(one),
            "label": label(one),
            "first": one.first,
            "last": one.last,
            "voices": one.voices,
            "url": address(one),
        }


@router.get("/timeline")
@router.get("/timeline.json")
@router.get("/timeline.csv")
def timeline(request: Request) -> Response:
    """Every event by day; ``top=300``: in JSON the most told of a window, in short."""
    desk, query = desk_of(request), parsed(request, own=OWN, paged=True)
    found = happenings(desk, query)
    top = sheets.number(query, "top", TOP)
    if top is not None:
        told_most = sorted((one for one in found if one.first), key=lambda one: (-one.voices, one.first, one.id))
        found, total = told_most[:top], len(told_most)
        if answers.ending(request) == "json":
            return answers.as_json({"items": [Brief(one).to_dict() for one in found], "found": total, "next": None})
    elif query.newest:
        found = found[::-1]

    def page(sheet: sheets.Sheet[Happening]) -> Response:
        needs = memo.ledger("timeline", replace(query.wanted, since=None, until=None))
        drawing = memo.kept(desk, "timeline", replace(query, pairs=query.chosen), needs, lambda: _drawing(desk, query, found))
        return answers.page(request, "timeline.html", query=query, sheet=sheet, address=address, standing=status_of, drawing=drawing)

    return sheets.listing(request, query, found, COLUMNS, page=page)


def happenings(desk: Desk, query: Query) -> list[Happening]:
    """The events that are asked for; a period is cut from the kept list, so that another one costs no question to the record."""
    wanted = query.wanted
    found: list[Happening] = desk.ledgers.get("timeline", replace(wanted, since=None, until=None))
    if wanted.since is None and wanted.until is None:
        return found
    period = Period(wanted.since or "0001-01-01", wanted.until or "9999-12-31")
    return [one for one in found if period.meets(one.first, one.last)]


def status_of(one: Happening) -> str:
    """The status of rows for what stands in the ledger: a contact has words of its own."""
    return STANDINGS.get(one.status, one.status)


STANDINGS: Final = {"held": "actual", "moved": "planned", "cancelled": "negated", "denied": "negated"}


def label(one: Happening) -> str:
    """An event in a few words: ``Russia → Ukraine: accuses``."""
    sides = " → ".join(" + ".join(map(answers.notation, side)) for side in (one.actors, one.recipients) if side)
    return f"{sides or 'nobody named'}: {words.labels('types').get(one.type, {}).get('name', one.type)}"


def address(one: Happening) -> str:
    """The page of an event: its contact's, else its first telling's words."""
    if one.contact is not None:
        return f"/contact/{one.contact.id}"
    first = one.told[0]
    return answers.report_link(first.head.id, first.id)


def _drawing(desk: Desk, query: Query, found: Sequence[Happening]) -> Written | None:
    whole = periods.published(desk)
    if whole is None:
        return None
    return memo.written(draw(query, found, periods.shown(query, whole, ahead(found, whole.last), None), whole.last))


def ahead(found: Iterable[Happening], latest: str) -> int:
    """How many days after the last report are to be drawn, so that what is planned next can be seen."""
    end = periods.moved(latest, AHEAD[1])
    last = max((one.first for one in found if one.first is not None and latest < one.first <= end), default=latest)
    return max(AHEAD[0], Period(latest, last).days + 2)


def draw(query: Query, found: Sequence[Happening], period: Period, latest: str) -> Element:
    """The events of a period as lanes by family; what is after the ``latest`` report is to come."""
    here = [one for one in found if period.meets(one.first, one.last)]
    named = len(here) <= drawn.MOST  # a stack needs no names, and to find thousands of them takes long
    marks = [
        drawn.Mark(one.first or "", one.last, one.type, status_of(one), label(one) if named else "", address(one) if named else None)
        for one in here
    ]
    return framed(drawn.timeline(marks, period.first, period.last, latest, of_stack(query)))


def of_stack(query: Query) -> Callable[[str, str, str], str]:
    """The address of the events of a family in some days."""
    asked = set(query.values("type"))

    def url(name: str, since: str, until: str) -> str:
        types = [type_ for type_, said in words.labels("types").items() if said["family"] == name and (not asked or type_ in asked)]
        return query.url("/events", *OWN, type=types, since=since, until=until)

    return url


def _joined(parties: Sequence[str]) -> Cell:
    return "; ".join(parties)


COLUMNS: Final[answers.Columns] = {
    "id": lambda one: one.id,
    "type": lambda one: one.type,
    "status": lambda one: one.status,
    "actors": lambda one: _joined(one.actors),
    "recipients": lambda one: _joined(one.recipients),
    "first": lambda one: one.first,
    "last": lambda one: one.last,
    "voices": lambda one: one.voices,
    "contact": lambda one: one.contact.id if one.contact else None,
    "rows": lambda one: _joined(one.rows),
}
