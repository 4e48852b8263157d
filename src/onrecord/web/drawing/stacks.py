"""Counts by day, week or month as stacked bars, each a link to its events."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from onrecord.record import STATUSES
from onrecord.web.drawing import axes
from onrecord.web.drawing.axes import Days, Numbers
from onrecord.web.drawing.families import says_family
from onrecord.web.drawing.svg import Element, element, link, path, words_at

MOST: Final = 160
"""No more bars than this stand beside each other."""

Stretch = tuple[date, date]
Counts = dict[Stretch, Counter[str]]


def stretches(days: Days) -> list[Stretch]:
    """The period's days, else its weeks from Monday, else its months, quarters, years: the first that are few enough."""
    if days.count <= MOST:
        cuts = list(range(days.since.toordinal(), days.until.toordinal() + 1))
    elif days.count <= MOST * 7:
        first = days.since.toordinal()
        cuts = [first, *range(first + 7 - (first - 1) % 7, days.until.toordinal() + 1, 7)]
    else:
        cuts = _months(days)
    last = days.until.toordinal() + 1
    return [(date.fromordinal(a), date.fromordinal(b - 1)) for a, b in zip(cuts, [*cuts[1:], last], strict=True)]


def _months(days: Days) -> list[int]:
    """The first days of whole months or years, the period's own first day before them."""
    step = next(n for n in (1, 3, 12, 60, 120, 240, 600, 1200) if days.count <= MOST * n * axes.DAYS_A_MONTH or n == 1200)
    first = days.since.year * 12 + days.since.month - 1
    last = days.until.year * 12 + days.until.month - 1
    starts = (date(month // 12, month % 12 + 1, 1).toordinal() for month in range(first + step - first % step, last + 1, step))
    return [days.since.toordinal(), *starts]


def each(found: Sequence[Stretch]) -> str:
    """What one bar stands for."""
    length = max((last.toordinal() - first.toordinal() + 1 for first, last in found), default=1)
    return next(name for most, name in ((1, "day"), (7, "week"), (31, "month"), (92, "quarter"), (10**7, "period")) if length <= most)


def count(told: Mapping[tuple[date, str], int], found: Sequence[Stretch]) -> Counts:
    """How many of each status begin in each stretch; what began before counts in the first."""
    starts = [first for first, _ in found]
    counts: Counts = {}
    for (day, status), many in told.items():
        stretch = found[max(0, bisect.bisect_right(starts, day) - 1)]
        counts.setdefault(stretch, Counter())[status] += many
    return counts


Leads = Callable[[str, str, str], str | None] | None


def stacks(counts: Counts, days: Days, room: tuple[float, float], family: str, address: Leads) -> Element:
    """One lane's bars between its top and bottom, with a line at the highest; over each bar a field that leads to its events."""
    highest = max((bars.total() for bars in counts.values()), default=0)
    scale = Numbers(0, max(highest, 4), *room)
    line = element("path", d=path("M", days.left, scale.y(highest), "H", days.right), class_="d-grid") if highest else None
    said = words_at(days.left + 4, scale.y(highest) - 3, f"{highest:,}", "d-tick") if highest else None
    bars = _bars(counts, days, scale)
    fields = [_field(stretch, counts[stretch], days, scale, _led(stretch, family, address)) for stretch in sorted(counts)]
    return element("g", line, *bars, said, *fields, class_=f"d-{family}")


def _bars(counts: Counts, days: Days, scale: Numbers) -> list[Element]:
    """A path a status, of all its bars: what is actual at the foot, above it what is planned, possible, denied."""
    found: dict[str, list[str]] = {known: [] for known in STATUSES}
    for stretch in sorted(counts):
        left, right = days.start(stretch[0]), days.end(stretch[1])
        gap = min(1.0, (right - left) / 6)
        wide = max(1.5, right - left - 2 * gap)
        below = 0
        for known, steps in found.items():
            if many := counts[stretch][known]:
                high, low = scale.y(below + many), scale.y(below)
                steps.append(f"M{left + gap:.1f} {high:.1f}h{wide:.1f}v{max(1.0, low - high - 0.5):.1f}h{-wide:.1f}z")
                below += many
    return [element("path", d="".join(steps), class_=f"d-{known}") for known, steps in found.items() if steps]


def _led(stretch: Stretch, family: str, address: Leads) -> tuple[str, str | None]:
    """What a bar's events are called, and where they are listed."""
    href = address(family, stretch[0].isoformat(), stretch[1].isoformat()) if address else None
    return says_family(family).lower(), href


def _field(stretch: Stretch, bar: Counter[str], days: Days, scale: Numbers, led: tuple[str, str | None]) -> Element:
    """The field over one bar, as high as the lane: it says what the bar counts."""
    named, href = led
    left, right = days.start(stretch[0]), days.end(stretch[1])
    told = ", ".join(f"{bar[known]:,} {known}" for known in STATUSES if bar[known])
    hit = element("rect", x=left, y=scale.top, width=right - left, height=scale.bottom - scale.top, class_="d-hit")
    return link(href, f"{axes.said_days(*stretch)}: {named}: {told}", hit, class_="d-item")
