"""Scores over time, from conflict (−10) below to cooperation (+10) above: several in one drawing, one small, or a line among words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from onrecord.export import words
from onrecord.ledger import Tension
from onrecord.web.drawing import axes, texts
from onrecord.web.drawing.axes import Days, Numbers
from onrecord.web.drawing.families import counted, signed, tone
from onrecord.web.drawing.svg import Caption, Element, drawing, element, link, path, words_at

HIGHEST: Final = 10.0
TOGETHER: Final = 6
"""So many curves can be told apart in one drawing."""


@dataclass(frozen=True, slots=True)
class Point:
    """The mean score of one period of ISO days, of how many events, and the page that shows them."""

    first: str
    last: str
    mean: float
    count: int
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """What one pair's scores are, period by period."""

    name: str
    points: tuple[Point, ...]
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing's size, and the edges of the field in which its curves run."""

    width: int
    height: int
    left: float
    top: float
    right: float
    bottom: float


LARGE: Final = Frame(960, 360, 44, 20, 752, 320)
SMALL: Final = Frame(320, 150, 36, 26, 314, 126)
SPARK: Final = Frame(120, 28, 3, 3, 117, 25)


@dataclass(frozen=True, slots=True)
class Dot:
    """A point where it is drawn."""

    x: float
    y: float
    point: Point


def between(tensions: Iterable[Tension], arrow: str = " → ") -> list[Curve]:
    """The ledger's tension as curves, a pair each, the pair with the most events first."""
    pairs: dict[tuple[str, str], list[Point]] = {}
    for one in tensions:
        pairs.setdefault((one.source, one.target), []).append(Point(one.first, one.last, one.mean, one.count))
    made = [Curve(f"{words.country(a)}{arrow}{words.country(b)}", tuple(points)) for (a, b), points in pairs.items()]
    return sorted(made, key=lambda curve: (-sum(point.count for point in curve.points), curve.name))


def curves(series: Sequence[Curve], since: str, until: str) -> Element:
    """Up to six curves in one drawing, each named at its end; those left out are counted in the description."""
    days, scale = Days.of(since, until, LARGE.left, LARGE.right), Numbers(-HIGHEST, HIGHEST, LARGE.top, LARGE.bottom)
    shown = series[:TOGETHER]
    dots = [_dots(curve, days, scale) for curve in shown]
    lines = [_line(curve, found, f"d-series d-series-{i}") for i, (curve, found) in enumerate(zip(shown, dots, strict=True))]
    rest = f" {counted(len(series) - len(shown), 'more pair')} not drawn." if len(series) > len(shown) else ""
    caption = Caption(f"Tension, {axes.said_days(days.since, days.until)}", " ".join(map(_says, shown)) + rest)
    ground = (_sides(days, scale), _levels(days, scale, 5), axes.below(days, LARGE.top, LARGE.bottom))
    return drawing((LARGE.width, LARGE.height), caption, *ground, *lines, _names(shown, dots))


def small(curve: Curve, since: str, until: str) -> Element:
    """One curve in a small drawing, for many beside each other: points in the colour of their side, the field to zero filled."""
    days, scale = Days.of(since, until, SMALL.left, SMALL.right), Numbers(-HIGHEST, HIGHEST, SMALL.top, SMALL.bottom)
    dots = _dots(curve, days, scale)
    name = link(curve.href, curve.name, words_at(2, 14, texts.cut(curve.name, 34), "d-name"))
    last = words_at(SMALL.right, 14, signed(dots[-1].point.mean), f"d-name d-say-{tone(dots[-1].point.mean)}", "end") if dots else None
    body = (_levels(days, scale, 10), *_fields(dots, scale.y(0)), *_steps(dots), *(_dot(dot, curve.name) for dot in dots))
    return drawing((SMALL.width, SMALL.height), Caption(curve.name, _says(curve)), name, last, *body, _ends(days), kind="small")


def spark(curve: Curve, since: str, until: str) -> Element:
    """One curve as small as a word, without labels: its way, zero, and where it ends."""
    days, scale = Days.of(since, until, SPARK.left, SPARK.right), Numbers(-HIGHEST, HIGHEST, SPARK.top, SPARK.bottom)
    dots = _dots(curve, days, scale)
    zero = element("path", d=path("M", 0, scale.y(0), "H", SPARK.width), class_="d-zero")
    end = element("circle", cx=dots[-1].x, cy=dots[-1].y, r=2.5, class_=f"d-dot d-{tone(dots[-1].point.mean)}") if dots else None
    return drawing((SPARK.width, SPARK.height), Caption(curve.name, _says(curve)), zero, *_steps(dots), end, kind="spark")


def _says(curve: Curve) -> str:
    """The curve in words: where it ends, where it was lowest and highest."""
    if not curve.points:
        return f"{curve.name}: nothing told."
    low, high = (pick(curve.points, key=lambda p: p.mean) for pick in (min, max))
    last, events = curve.points[-1], sum(point.count for point in curve.points)
    ends = f"last {signed(last.mean)}, lowest {signed(low.mean)} ({_days(low)}), highest {signed(high.mean)} ({_days(high)})"
    return f"{curve.name}: {ends}, of {counted(events, 'event')}."


def _days(point: Point) -> str:
    """A point's days in words; as they are written where they are no ISO days."""
    first, last = axes.day_of(point.first), axes.day_of(point.last)
    return axes.said_days(first, last) if first and last else point.first


def _dots(curve: Curve, days: Days, scale: Numbers) -> list[Dot]:
    """The points that lie in the period, by day."""
    found = []
    for point in sorted(curve.points, key=lambda point: point.first):
        first, last = axes.day_of(point.first), axes.day_of(point.last)
        if first is not None and last is not None and days.holds(first, last):
            found.append(Dot(days.middle(first, last), scale.y(point.mean), point))
    return found


def _runs(dots: Sequence[Dot]) -> Iterator[tuple[Dot, Dot, bool]]:
    """Neighbours, and whether a period without events lies between them."""
    for one, other in pairwise(dots):
        last, first = axes.day_of(one.point.last), axes.day_of(other.point.first)
        yield one, other, last is not None and first is not None and (first - last).days > 1


def _steps(dots: Sequence[Dot]) -> list[Element]:
    """The line through the points, fine and broken over periods without events."""
    found: list[Element] = []
    for gap, kind in ((False, "d-curve"), (True, "d-curve d-gap")):
        d = " ".join(path("M", a.x, a.y, "L", b.x, b.y) for a, b, gaping in _runs(dots) if gaping is gap)
        found += [element("path", d=d, class_=kind)] if d else []
    return found


def _line(curve: Curve, dots: Sequence[Dot], class_: str) -> Element:
    """One of several curves: its steps, its points."""
    return element("g", *_steps(dots), *(_dot(dot, curve.name) for dot in dots), class_=class_)


def _dot(dot: Dot, name: str) -> Element:
    """A point, larger the more events it stands for."""
    point = dot.point
    size = min(5.5, 2.2 + point.count**0.5 / 2.5)
    said = f"{name}, {_days(point)}"
    circle = element("circle", cx=dot.x, cy=dot.y, r=size, class_=f"d-dot d-{tone(point.mean)}")
    return link(point.href, f"{said}: {signed(point.mean)}, {counted(point.count, 'event')}", circle, class_="d-item")


def _fields(dots: Sequence[Dot], zero: float) -> list[Element]:
    """The field between the curve and zero, above it and below it."""
    above: list[str] = []
    below: list[str] = []
    for one, other, gaping in _runs(dots):
        if not gaping:
            for a, b in _parted((one.x, one.y), (other.x, other.y), zero):
                side = above if a[1] + b[1] < 2 * zero else below
                side.append(path("M", a[0], zero, "L", *a, "L", *b, "L", b[0], zero, "Z"))
    kinds = ((above, "cooperation"), (below, "conflict"))
    return [element("path", d=" ".join(side), class_=f"d-field d-{kind}") for side, kind in kinds if side]


At = tuple[float, float]


def _parted(a: At, b: At, zero: float) -> Iterator[tuple[At, At]]:
    """A step, cut in two where it crosses zero."""
    if (a[1] - zero) * (b[1] - zero) >= 0:
        yield a, b
        return
    share = (zero - a[1]) / (b[1] - a[1])
    cross = (a[0] + share * (b[0] - a[0]), zero)
    yield a, cross
    yield cross, b


def _sides(days: Days, scale: Numbers) -> Element:
    """The half of cooperation and the half of conflict, each named."""
    zero, wide = scale.y(0), days.right - days.left
    return element(
        "g",
        element("rect", x=days.left, y=scale.top, width=wide, height=zero - scale.top, class_="d-half d-cooperation"),
        element("rect", x=days.left, y=zero, width=wide, height=scale.bottom - zero, class_="d-half d-conflict"),
        words_at(days.left + 6, scale.top + 16, "cooperation", "d-tick"),
        words_at(days.left + 6, scale.bottom - 7, "conflict", "d-tick"),
    )


def _levels(days: Days, scale: Numbers, step: int) -> Element:
    """Lines at round scores, zero strongest."""
    levels = range(-int(HIGHEST), int(HIGHEST) + 1, step)
    fine = path(*(s for level in levels if level for s in ("M", days.left, scale.y(level), "H", days.right)))
    zero = path("M", days.left, scale.y(0), "H", days.right)
    said = [words_at(days.left - 5, scale.y(level) + 4.5, signed(level), "d-tick", "end") for level in levels]
    return element("g", element("path", d=fine, class_="d-grid"), element("path", d=zero, class_="d-zero"), *said)


def _ends(days: Days) -> Element:
    """A small drawing's first and last day."""
    first = words_at(days.left, SMALL.height - 8, axes.said(days.since), "d-tick")
    return element("g", first, words_at(days.right, SMALL.height - 8, axes.said(days.until), "d-tick", "end"))


def _names(shown: Sequence[Curve], dots: Sequence[Sequence[Dot]]) -> Element:
    """The curves' names right of them, apart from each other, each with a fine line to where its curve ends."""
    ending = [(i, curve, found[-1]) for i, (curve, found) in enumerate(zip(shown, dots, strict=True)) if found]
    heights = texts.spread([dot.y for _, _, dot in ending], texts.LINE + 2, LARGE.top + 6, LARGE.bottom)
    found = []
    for (i, curve, dot), y in zip(ending, heights, strict=True):
        lead = element("path", d=path("M", dot.x + 7, dot.y, "L", LARGE.right + 4, y, "h", 6), class_="d-lead")
        said = words_at(LARGE.right + 14, y + 4.5, texts.cut(curve.name, 23), "d-name")
        found.append(link(curve.href, curve.name, lead, said, class_=f"d-series d-series-{i}"))
    return element("g", *found)
