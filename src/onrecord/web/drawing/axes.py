"""Days and numbers laid along an edge, with ticks that fall on Mondays, months, years or round numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from onrecord.record import InputError
from onrecord.web.drawing.svg import Element, element, path, words_at

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ROOM: Final = 84
"""What a tick's label needs, in units of the drawing."""
DAY_STEPS: Final = (1, 2, 7, 14)
MONTH_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)
DAYS_A_MONTH: Final = 30.44


def day_of(iso: str | None) -> date | None:
    """The day of an ISO date; None for what is no date."""
    try:
        return None if iso is None else date.fromisoformat(iso)
    except ValueError:
        return None


def said(day: date, year: bool = True) -> str:
    """A day in words: ``3 Jan 2022``."""
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def said_days(first: date, last: date) -> str:
    """A stretch of days in words: ``3 Jan 2022``, ``3 to 9 Jan 2022`` written out."""
    return said(first) if first == last else f"{said(first, first.year != last.year)} to {said(last)}"


@dataclass(frozen=True, slots=True)
class Days:
    """Days from ``since`` to ``until``, both inclusive, laid from ``left`` to ``right``."""

    since: date
    until: date
    left: float
    right: float

    @classmethod
    def of(cls, since: str, until: str, left: float, right: float) -> Days:
        """Days from ISO dates; InputError where they are none, or run backwards."""
        first, last = day_of(since), day_of(until)
        if first is None or last is None or last < first:
            raise InputError(f"a drawing's period must run from one ISO day to the same or a later one, not from {since!r} to {until!r}")
        return cls(first, last, left, right)

    @property
    def count(self) -> int:
        """How many days there are."""
        return self.until.toordinal() - self.since.toordinal() + 1

    @property
    def width(self) -> float:
        """The width of one day."""
        return (self.right - self.left) / self.count

    def start(self, day: date) -> float:
        """Where a day begins; a day outside is moved to the edge."""
        return self.left + min(max(day.toordinal() - self.since.toordinal(), 0), self.count) * self.width

    def end(self, day: date) -> float:
        """Where a day ends."""
        return self.left + min(max(day.toordinal() + 1 - self.since.toordinal(), 0), self.count) * self.width

    def middle(self, first: date, last: date | None = None) -> float:
        """The middle of a day, or of the days of a stretch that lie inside."""
        return (self.start(first) + self.end(last or first)) / 2

    def holds(self, first: date, last: date | None = None) -> bool:
        """True when any day of the stretch lies inside."""
        return first <= self.until and (last or first) >= self.since

    def ticks(self, room: float = ROOM) -> list[tuple[date, str]]:
        """Days to be marked, with their labels, no nearer to each other than ``room``; the first says its year."""
        by_day = next((step for step in DAY_STEPS if step * self.width >= room), None)
        if by_day is not None:
            return _labelled(self._every(by_day), lambda day: said(day, False), lambda day: said(day))
        months = next((step for step in MONTH_STEPS if step * DAYS_A_MONTH * self.width >= room), MONTH_STEPS[-1])
        found = self._firsts(months)
        if months >= 12:
            return [(day, str(day.year)) for day in found]
        return _labelled(found, lambda day: MONTHS[day.month - 1], lambda day: f"{MONTHS[day.month - 1]} {day.year}")

    def _every(self, step: int) -> Iterator[date]:
        """Each so many days; of whole weeks the Mondays."""
        first = self.since.toordinal()
        first += (1 - first) % 7 if step >= 7 else 0
        return (date.fromordinal(day) for day in range(first, self.until.toordinal() + 1, step))

    def _firsts(self, months: int) -> Iterator[date]:
        """The first day of each so many months, counted from a January."""
        first = self.since.year * 12 + self.since.month - 1 + (self.since.day > 1)
        last = self.until.year * 12 + self.until.month - 1
        return (date(month // 12, month % 12 + 1, 1) for month in range(first + -first % months, last + 1, months))


def _labelled(days: Iterable[date], short: Callable[[date], str], long: Callable[[date], str]) -> list[tuple[date, str]]:
    """The long label where a year begins, the short one elsewhere."""
    found: list[tuple[date, str]] = []
    for day in days:
        found.append((day, long(day) if not found or found[-1][0].year != day.year else short(day)))
    return found


def below(days: Days, top: float, bottom: float) -> Element:
    """The axis under a drawing: a fine line from top to bottom at each tick, its label below."""
    ticks = days.ticks()
    lines = path(*(step for day, _ in ticks for step in ("M", days.start(day), top, "V", bottom)))
    labels = [words_at(days.start(day) + 3, bottom + 16, label, "d-tick") for day, label in ticks if days.start(day) < days.right - 30]
    return element("g", element("path", d=lines, class_="d-grid") if ticks else None, *labels)


def marker(days: Days, day: str | None, label: str, top: float, bottom: float) -> Element | None:
    """A line through the drawing after the last day that is reported, what comes after it shaded; None for a day outside."""
    last = day_of(day)
    if last is None or not days.holds(last):
        return None
    x = days.end(last)
    near = x > days.right - 120
    shade = element("rect", x=x, y=top, width=days.right - x, height=bottom - top, class_="d-future")
    line = element("path", d=path("M", x, top - 6, "V", bottom), class_="d-now")
    said_by = words_at(x - 5 if near else x + 5, top - 8, f"{label} {said(last, False)}", "d-now-label", "end" if near else None)
    return element("g", shade, line, said_by)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers from ``low`` at ``bottom`` to ``high`` at ``top``."""

    low: float
    high: float
    top: float
    bottom: float

    def y(self, value: float) -> float:
        """Where a number stands; one outside is moved to the edge."""
        inside = min(max(value, self.low), self.high)
        return self.bottom - (inside - self.low) / ((self.high - self.low) or 1) * (self.bottom - self.top)


def round_above(value: float) -> float:
    """The next of 1, 2, 2.5, 5 times a power of ten that is not smaller."""
    if not 0 < value < math.inf:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= value * (1 - 1e-9))


def short(value: float) -> str:
    """A number in few letters: ``950``, ``1.5k``, ``120k``, ``2M``."""
    for size, letter in ((1e12, "T"), (1e9, "bn"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.1f}".removesuffix(".0") + letter
    return f"{value:.10g}"
