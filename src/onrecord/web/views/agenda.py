"""Agenda: what is scheduled after a day, by month and as a list, and as a calendar to subscribe to."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, get_args

from fastapi import APIRouter, Request, Response

from onrecord import ledger
from onrecord.export import words
from onrecord.held import Wanted
from onrecord.ledger import Item
from onrecord.ledger.agenda import Standing
from onrecord.ledger.tellings import Telling
from onrecord.record import Span
from onrecord.web import answers, sheets
from onrecord.web.desk import Desk, desk_of
from onrecord.web.filters import BadQueryError, Query, day, parsed
from onrecord.web.views import memo

router = APIRouter(include_in_schema=False)
OWN: Final = ("from", "month", "standing")
STANDINGS: Final[tuple[str, ...]] = tuple(standing for standing in get_args(Standing) if standing != "held")
MONTH: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
SHORT: Final = 4
"""Days of an item at most that stands in the month's days; a longer one stands below them."""
CALENDAR: Final = "text/calendar; charset=utf-8"


@router.get("/agenda")
@router.get("/agenda.json")
@router.get("/agenda.csv")
def agenda(request: Request) -> Response:
    """What is to come, by month and as a list."""
    desk, query = desk_of(request), parsed(request, own=(*OWN, "page", "size"))
    after, found = chosen(desk, query)

    def shown(part: sheets.Sheet[Item]) -> Response:
        more: dict[str, Any] = {
            "after": after,
            "month": month(found, after, month_asked(query)),
            "address": f"{request.url.netloc}{query.url('/agenda.ics', 'month', 'page', 'size')}",
            "fresh": desk.ledgers.fresh(("agenda", ("after", after))),
        }
        return answers.page(request, "agenda.html", sheet=part, query=query, standings=STANDINGS, **more)

    return sheets.listing(request, query, found, COLUMNS, page=shown)


@router.get("/agenda.ics")
def subscription(request: Request) -> Response:
    """The same items as a calendar."""
    desk, query = desk_of(request), parsed(request, own=OWN)
    after, found = chosen(desk, query)
    needs = memo.ledger("agenda", query.wanted, after=after)
    text = memo.kept(desk, "agenda.ics", query, needs, lambda: ledger.ics(map(plain, found)))
    headers = {"content-disposition": 'attachment; filename="agenda.ics"', "cache-control": "no-cache"}
    return Response(text.encode("utf-8", "replace"), 200, headers, CALENDAR)


def chosen(desk: Desk, query: Query) -> tuple[str, list[Item]]:
    """The day after which is asked for, and the items that the parameters ask for: by day, then those without a fixed day."""
    after = day(query.own, "from") or last_day(desk)
    standing = sheets.choice(query, "standing", STANDINGS)
    month_asked(query)
    found = [item for item in coming(desk, after, query.wanted) if standing in (None, item.status)]
    return after, sorted(found, key=lambda item: days(item) > SHORT)


def coming(desk: Desk, after: str, wanted: Wanted) -> list[Item]:
    """What ``Record.agenda`` gives."""
    return desk.ledgers.get("agenda", wanted, after=after)


def last_day(desk: Desk) -> str:
    """The day of the record's last report: what came after it, no report tells.  Of a record without a dated report, today."""
    heads = desk.ledgers.kept(
        ("last day",), lambda record: max((head.published for head in record.reports() if head.published), default=None)
    )
    return heads or date.today().isoformat()  # noqa: DTZ011  # the reader's own day


def plain(item: Item) -> Item:
    """An item without characters that would spoil a calendar: no program that takes it in needs to be trusted to show them."""
    where = None if item.place is None else words.clean(item.place)
    return replace(item, what=words.clean(item.what), place=where, tellings=tuple(map(_plain, item.tellings)))


def _plain(telling: Telling) -> Telling:
    sentence = Span(words.clean(telling.sentence.text), telling.sentence.start, telling.sentence.end)
    publisher = None if telling.publisher is None else words.clean(telling.publisher)
    return replace(telling, sentence=sentence, publisher=publisher, report=words.clean(telling.report))


# ---------------------------------------------------------------- the month


@dataclass(frozen=True, slots=True)
class Square:
    """One day of the month's table; a day of a neighbouring month has no number and no items."""

    day: str
    number: int | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a table, weeks from Monday; ``whole`` has what is of no few days, ``before`` and ``next`` months with items."""

    month: str
    name: str
    weeks: tuple[tuple[Square, ...], ...]
    whole: tuple[Item, ...]
    before: str | None
    next: str | None


def month_asked(query: Query) -> str | None:
    """The month among the parameters; BadQueryError when it is none."""
    given = query.own.get("month")
    if given is not None and (not MONTH.fullmatch(given) or given < "0001"):
        raise BadQueryError("month", f"{given!r} is not a month (YYYY-MM)")
    return given


def month(items: Iterable[Item], after: str, asked: str | None = None) -> Month:
    """The items of one month on its days; the first month with an item of its own days where none is asked for."""
    fixed: list[Item] = []
    loose: list[Item] = []
    for item in items:
        (fixed if days(item) <= SHORT else loose).append(item)
    months = sorted({one for item in fixed for one in (item.first[:7], item.last[:7])} | {item.last[:7] for item in loose})
    own = [item.first[:7] for item in fixed if item.first > after]
    here = asked or next(iter(own or months), after[:7])
    return Month(
        month=here,
        name=name(here),
        weeks=tuple(tuple(_square(one, fixed) for one in week) for week in weeks(int(here[:4]), int(here[5:]))),
        whole=tuple(item for item in loose if item.first[:7] <= here <= item.last[:7]),
        before=max((one for one in months if one < here), default=None),
        next=min((one for one in months if one > here), default=None),
    )


def weeks(year: int, number: int) -> list[list[str]]:
    """The weeks of a month, from Monday, as ISO days; a day of another month is empty."""
    every = calendar.Calendar().monthdayscalendar(year, number)
    return [[f"{year:04}-{number:02}-{one:02}" if one else "" for one in week] for week in every]


def _square(day: str, items: Iterable[Item]) -> Square:
    return Square(day, int(day[8:]), tuple(item for item in items if item.first <= day <= item.last)) if day else Square(day, None, ())


def days(item: Item) -> int:
    """How many days an item may be on."""
    return date.fromisoformat(item.last).toordinal() - date.fromisoformat(item.first).toordinal() + 1


def name(month: str) -> str:
    """``2021-12`` as ``December 2021``."""
    return f"{calendar.month_name[int(month[5:])]} {int(month[:4])}"


COLUMNS: Final[answers.Columns] = {
    "id": lambda item: item.id,
    "first": lambda item: item.first,
    "last": lambda item: item.last,
    "time": lambda item: item.time,
    "timezone": lambda item: item.timezone,
    "type": lambda item: item.type,
    "standing": lambda item: item.status,
    "what": lambda item: " ".join(item.what.split()),
    "parties": lambda item: "; ".join(item.parties),
    "place": lambda item: item.place,
    "planned_for": lambda item: "; ".join(item.planned_for),
    "publishers": lambda item: "; ".join(sheets.tellers(item.tellings)),
    "rows": lambda item: "; ".join(item.rows),
}
