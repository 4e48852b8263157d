"""What happened when: a lane a family of types, what is past solid, what is planned hollow.

A few hundred marks are drawn each for itself; more are stacked by day, week or month.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from onrecord.record import STATUSES
from onrecord.web.drawing import axes, stacks, texts
from onrecord.web.drawing.axes import Days
from onrecord.web.drawing.families import FAMILIES, OTHER, counted, family, says_family, status
from onrecord.web.drawing.svg import Caption, Element, drawing, element, link, path, words_at

WIDTH: Final = 960
LEFT: Final = 156
RIGHT: Final = 946
TOP: Final = 28
FOOT: Final = 54
MOST: Final = 400
"""More marks than this are stacked."""
LABELLED: Final = 36
"""So few marks have their labels beside them."""
ROWS: Final = 22
"""A lane with more rows than this is too high: the marks are stacked."""
ROW: Final = 14.0
LABEL_ROW: Final = 20.0
R: Final = 5.0
LETTERS: Final = 34

Address = Callable[[str, str, str], str | None]
"""From a family and the first and last ISO day of a stack to the page of its events."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One event: its first ISO day, its last if it has another, its type and status, what it says, where it leads."""

    first: str
    last: str | None
    type: str
    status: str
    label: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many events of a type and status begin on an ISO day."""

    day: str
    type: str
    status: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark with the days that it takes up and, in a lane of single marks, where it stands."""

    mark: Mark
    first: date
    last: date
    left: float = 0.0
    right: float = 0.0
    row: int = 0


def timeline(marks: Iterable[Mark], since: str, until: str, latest: str | None = None, address: Address | None = None) -> Element:
    """The marks of a period of ISO days in lanes by family; ``latest`` is the day of the last report.

    Marks outside the period or without a day are counted in the description.  InputError for a period that is none.
    """
    days = Days.of(since, until, LEFT, RIGHT)
    given = list(marks)
    lanes = _lanes(given, days)
    shown = sum(map(len, lanes.values()))
    told = {name: _counted(lane) for name, lane in lanes.items()}
    caption = Caption(_title(days), _says(told, len(given) - shown))
    labelled = shown <= LABELLED
    placed = {} if shown > MOST else {name: _packed(lane, days, labelled) for name, lane in lanes.items()}
    if shown > MOST or any(_rows(lane) > ROWS for lane in placed.values()):
        return _stacked(told, days, caption, latest, address)
    return _single(placed, days, caption, latest, labelled)


def _lanes(marks: Iterable[Mark], days: Days) -> dict[str, list[Placed]]:
    """The marks of the period by family; a lane of unknown types only where there is one."""
    found: dict[str, list[Placed]] = {name: [] for name in (*FAMILIES, OTHER)}
    for mark in marks:
        first = axes.day_of(mark.first)
        last = axes.day_of(mark.last) or first
        if first is not None and last is not None and days.holds(first, max(first, last)):
            found[family(mark.type)].append(Placed(mark, first, max(first, last)))
    return {name: lane for name, lane in found.items() if lane or name != OTHER}


def _title(days: Days) -> str:
    return f"Timeline, {axes.said_days(days.since, days.until)}"


def _says(lanes: Mapping[str, Counter[tuple[date, str]]], out: int) -> str:
    """What is drawn, in words."""
    parts = []
    for name, lane in lanes.items():
        by_status: Counter[str] = Counter()
        for (_, known), count in lane.items():
            by_status[known] += count
        told = ", ".join(f"{by_status[known]:,} {known}" for known in STATUSES if by_status[known])
        parts.append(f"{says_family(name)}: {told or 'none'}.")
    rest = [f"{counted(out, 'event')} without a day or outside the period not drawn."] if out else []
    return " ".join(parts + rest)


# ---------------------------------------------------------------- each mark for itself


def _packed(lane: Iterable[Placed], days: Days, labelled: bool) -> list[Placed]:
    """Each mark in the first row where it has room, by day."""
    ends: list[float] = []
    found = []
    for placed in sorted(lane, key=lambda p: (p.first, p.last, p.mark.type, p.mark.label)):
        left, right = _reach(placed, days)
        near, far = _with_label(placed, left, right) if labelled else (left, right)
        row = next((row for row, end in enumerate(ends) if end + 2 <= near), len(ends))
        ends[row:] = [far, *ends[row + 1 :]]
        found.append(Placed(placed.mark, placed.first, placed.last, left, right, row))
    return found


def _reach(placed: Placed, days: Days) -> tuple[float, float]:
    """From where to where the mark goes: a dot, or a bar over its days."""
    middle = days.middle(placed.first, placed.last)
    if placed.first == placed.last:
        return middle - R, middle + R
    return min(days.start(placed.first), middle - R), max(days.end(placed.last), middle + R)


def _with_label(placed: Placed, left: float, right: float) -> tuple[float, float]:
    """The same with the label beside it: on the right, or on the left where the edge is near."""
    room = texts.width(texts.cut(placed.mark.label, LETTERS)) + 14
    return (left, right + room) if right + room <= RIGHT else (left - room, right)


def _rows(lane: Sequence[Placed]) -> int:
    return max((placed.row for placed in lane), default=-1) + 1


def _single(lanes: dict[str, list[Placed]], days: Days, caption: Caption, latest: str | None, labelled: bool) -> Element:
    """The drawing with each mark for itself."""
    step = LABEL_ROW if labelled else ROW
    heights = [max(46.0, _rows(lane) * step + 16) for lane in lanes.values()]
    bottom = TOP + sum(heights)
    children: list[Element | None] = []
    top = float(TOP)
    for (name, lane), height in zip(lanes.items(), heights, strict=True):
        children.append(lane_head(name, len(lane), top, height))
        middle = top + (height - (_rows(lane) - 1) * step) / 2
        marks = [_mark(placed, middle + placed.row * step, labelled) for placed in lane]
        children.append(element("g", *marks, class_=f"d-{name}"))
        top += height
    return _finished(days, caption, latest, bottom, children)


def lane_head(name: str, count: int, top: float, height: float) -> Element:
    """A lane's ground, and its family and count at its left."""
    first, second = texts.two_lines(says_family(name))
    return element(
        "g",
        element("rect", x=LEFT, y=top + 1, width=RIGHT - LEFT, height=height - 2, class_="d-lane"),
        element("rect", x=0, y=top + 1, width=4, height=height - 2, class_=f"d-edge-bar d-{name}"),
        words_at(12, top + 18, first, "d-lane-name"),
        element("text", second, " ", element("tspan", f"{count:,}", class_="d-muted"), x=12, y=top + 34, class_="d-lane-name"),
    )


def _mark(placed: Placed, y: float, labelled: bool) -> Element:
    """One mark, with its label beside it if there is room, under its link."""
    mark = placed.mark
    days = axes.said_days(placed.first, placed.last)
    shape = glyph(status(mark.status), placed.left, placed.right, y)
    return link(mark.href, f"{days}: {mark.label} ({status(mark.status)})", shape, _label(placed, y) if labelled else None, class_="d-item")


def _label(placed: Placed, y: float) -> Element:
    near, _ = _with_label(placed, placed.left, placed.right)
    at, anchor = (placed.right + 6, None) if near == placed.left else (placed.left - 6, "end")
    return words_at(at, y + 4.5, texts.cut(placed.mark.label, LETTERS), "d-text", anchor)


def glyph(known: str, left: float, right: float, y: float) -> Element:
    """The sign of a status: solid, hollow, dotted, crossed; a dot or a bar with round ends."""
    wide = right - left
    box = element("rect", x=left, y=y - R, width=wide, height=2 * R, rx=R, class_=f"d-{known}")
    if known != "negated":
        return box
    x = (left + right) / 2
    cross = path("M", x - 3, y - 3, "L", x + 3, y + 3, "M", x - 3, y + 3, "L", x + 3, y - 3)
    return element("g", box, element("path", d=cross, class_="d-cross"))


# ---------------------------------------------------------------- stacked


Lane = Counter[tuple[date, str]]
"""How many of each first day and status."""


def tallied(tallies: Iterable[Tally], since: str, until: str, latest: str | None = None, address: Address | None = None) -> Element:
    """The same drawing, always stacked, from counts: for records whose rows are too many to be looked at one by one."""
    days = Days.of(since, until, LEFT, RIGHT)
    lanes: dict[str, Lane] = {name: Counter() for name in (*FAMILIES, OTHER)}
    out = 0
    for tally in tallies:
        day = axes.day_of(tally.day)
        if day is None or not days.holds(day):
            out += tally.count
        else:
            lanes[family(tally.type)][day, status(tally.status)] += tally.count
    shown = {name: lane for name, lane in lanes.items() if lane or name != OTHER}
    return _stacked(shown, days, Caption(_title(days), _says(shown, out)), latest, address)


def _counted(lane: Iterable[Placed]) -> Lane:
    return Counter((placed.first, status(placed.mark.status)) for placed in lane)


def _stacked(lanes: Mapping[str, Lane], days: Days, caption: Caption, latest: str | None, address: Address | None) -> Element:
    """The drawing with counts by day, week or month, each lane on a scale of its own."""
    stretches = stacks.stretches(days)
    height = 86.0
    children: list[Element | None] = []
    for i, (name, lane) in enumerate(lanes.items()):
        top = TOP + i * height
        children.append(lane_head(name, lane.total(), top, height))
        counts = stacks.count(lane, stretches)
        children.append(stacks.stacks(counts, days, (top + 16, top + height - 2), name, address))
    each = f" Stacked by {stacks.each(stretches)}."
    return _finished(days, Caption(caption.title, caption.says + each), latest, TOP + height * len(lanes), children)


def _finished(days: Days, caption: Caption, latest: str | None, bottom: float, children: Sequence[Element | None]) -> Element:
    """The lanes with what stands around them: axis, the day of the last report, what the signs mean."""
    ahead = axes.marker(days, latest, "last report", TOP, bottom)
    size = (WIDTH, round(bottom + FOOT))
    return drawing(size, caption, *children[::2], ahead, axes.below(days, TOP, bottom), *children[1::2], _legend(bottom + FOOT - 10))


def _legend(y: float) -> Element:
    """The signs of the statuses."""
    signs: list[Element] = []
    x = float(LEFT)
    for known in STATUSES:
        signs += [glyph(known, x, x + 2 * R, y - 4), words_at(x + 16, y, known, "d-tick")]
        x += texts.width(known) + 36
    return element("g", *signs, class_="d-legend")
