"""Figures of forces over time: each number where it was told, a range as a bar; never added up, never joined by a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from onrecord.web.drawing import axes
from onrecord.web.drawing.axes import Days, Numbers
from onrecord.web.drawing.curves import Frame
from onrecord.web.drawing.families import counted, status
from onrecord.web.drawing.svg import Caption, Element, drawing, element, link, path, words_at

FRAME: Final = Frame(340, 190, 46, 14, 330, 152)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number told for an ISO day; ``low`` and ``high`` differ where a range is told."""

    day: str
    low: float
    high: float
    label: str
    status: str = "actual"
    href: str | None = None


def forces(name: str, amounts: Sequence[Amount], since: str, until: str) -> Element:
    """The amounts of one owner, place and kind in a period of ISO days; those outside it are counted in the description."""
    days = Days.of(since, until, FRAME.left, FRAME.right)
    shown = [(day, amount) for amount in amounts if (day := axes.day_of(amount.day)) is not None and days.holds(day)]
    most = axes.round_above(max((amount.high for _, amount in shown), default=0.0))
    scale = Numbers(0, most, FRAME.top, FRAME.bottom)
    stems = [_stem(day, amount, days, scale) for day, amount in sorted(shown, key=lambda one: (one[0], one[1].low, one[1].label))]
    body = (_levels(days, scale), axes.below(days, FRAME.top, FRAME.bottom), *stems)
    return drawing((FRAME.width, FRAME.height), Caption(name, _says(shown, len(amounts))), *body, kind="small")


def _says(shown: Sequence[tuple[date, Amount]], given: int) -> str:
    """The amounts in words, the last of them by themselves."""
    out = f" {counted(given - len(shown), 'figure')} outside the period not drawn." if given > len(shown) else ""
    if not shown:
        return "No figure in the period." + out
    low, high = min(amount.low for _, amount in shown), max(amount.high for _, amount in shown)
    return f"{counted(len(shown), 'figure')}, from {low:,.10g} to {high:,.10g}.{out}"


def _levels(days: Days, scale: Numbers) -> Element:
    """Lines at none, half and all of the highest round number."""
    levels = (0, scale.high / 2, scale.high)
    lines = path(*(step for level in levels for step in ("M", days.left, scale.y(level), "H", days.right)))
    said = [words_at(days.left - 6, scale.y(level) + 4.5, axes.short(level), "d-tick", "end") for level in levels]
    return element("g", element("path", d=lines, class_="d-grid"), *said)


def _stem(day: date, amount: Amount, days: Days, scale: Numbers) -> Element:
    """One amount: a fine stem from the ground, a dot where it stands, or a bar over its range."""
    x, high, low = days.middle(day), scale.y(amount.high), scale.y(amount.low)
    stem = element("path", d=path("M", x, scale.y(0), "V", low), class_="d-stem")
    shape = element("rect", x=x - 4.5, y=high - 4.5, width=9, height=low - high + 9, rx=4.5, class_=f"d-{status(amount.status)}")
    return link(amount.href, f"{axes.said(day)}: {amount.label}", stem, shape, class_="d-item d-amount")
