"""The days of a record, and the stretch of them that a page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from onrecord.web.desk import Desk
from onrecord.web.filters import Query

YEAR: Final = 365
STRETCHES: Final = ((30, "30 days"), (90, "90 days"), (YEAR, "a year"))
"""Days before the last report that a page offers to show, and what they are called."""


@dataclass(frozen=True, slots=True)
class Period:
    """From a first to a last ISO day, both inclusive."""

    first: str
    last: str

    @property
    def days(self) -> int:
        """How many days it has."""
        return _number(self.last) - _number(self.first) + 1

    def meets(self, first: str | None, last: str | None) -> bool:
        """True when any day of a stretch lies in it; a stretch without a day does not."""
        return first is not None and first <= self.last and (last or first) >= self.first


@dataclass(frozen=True, slots=True)
class Choice:
    """A stretch of days that a page offers, and whether it is the one shown."""

    name: str
    url: str
    chosen: bool


def published(desk: Desk) -> Period | None:
    """From the first to the last report; None where no report tells its day."""
    found = desk.ledgers.kept(("published",), lambda record: record.store.published())
    days = [day for day in found or () if _is_day(day)]
    return Period(days[0], days[-1]) if days else None


def shown(query: Query, whole: Period, ahead: int = 0, most: int | None = YEAR) -> Period:
    """The stretch that is asked for; what is not said of it is the record's, the last year at most, with so many days ahead."""
    wanted = query.wanted
    last = wanted.until or max(moved(whole.last, ahead), wanted.since or "")
    first = wanted.since or min(_latest(whole.first, moved(min(last, whole.last), 1 - most) if most else None), last)
    return Period(first, last)


def choices(query: Query, path: str, whole: Period) -> list[Choice]:
    """The stretches to choose from: those that are shorter than the record, and the whole of it."""
    asked = (query.wanted.since, query.wanted.until)
    spans = [(name, moved(whole.last, 1 - days), None) for days, name in STRETCHES if days < whole.days]
    spans.append(("the whole record", whole.first, None))
    return [Choice(name, query.url(path, "page", since=since, until=until), asked == (since, until)) for name, since, until in spans]


def moved(day: str, days: int) -> str:
    """The ISO day so many days later; the calendar's first and last day hold."""
    return date.fromordinal(min(max(_number(day) + days, 1), date.max.toordinal())).isoformat()


def _latest(first: str, other: str | None) -> str:
    return first if other is None else max(first, other)


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _is_day(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
