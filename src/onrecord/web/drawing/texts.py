"""Where words may stand: how wide they are, cut to a width, and moved apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from onrecord.export import words

LETTER: Final = 7.2
"""The width of an ordinary letter at the drawings' size of text (13 units): wide fonts are reckoned with."""
LINE: Final = 16.0
"""The height of a line."""


class Box(NamedTuple):
    """A rectangle that something takes up."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        """True when the two have a point in common."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def inside(self, other: Box) -> bool:
        """True when no part of it stands out of the other."""
        return other.left <= self.left and self.right <= other.right and other.top <= self.top and self.bottom <= other.bottom


def width(text: str) -> float:
    """About how wide the text is; letters of East Asia are twice as wide."""
    if text.isascii():
        return len(text) * LETTER
    return sum(LETTER * (2 if unicodedata.east_asian_width(c) in "WF" else 1) for c in text)


def cut(text: str, letters: int) -> str:
    """The text on one line, no longer than so many letters."""
    line = words.clean(text)
    return line if len(line) <= letters else line[: max(1, letters - 1)].rstrip() + "…"


def two_lines(text: str) -> tuple[str, str]:
    """The text with its last word on a line of its own."""
    first, _, last = text.rpartition(" ")
    return first, last


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Heights for labels, in the order of those wanted, each at least ``gap`` below the one before, within low and high if they fit."""
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    placed = dict.fromkeys(order, low)
    free = low
    for i in order:
        placed[i] = max(wanted[i], free)
        free = placed[i] + gap
    free = max(high, low + gap * (len(order) - 1))
    for i in reversed(order):
        placed[i] = min(placed[i], free)
        free = placed[i] - gap
    return [placed[i] for i in range(len(wanted))]
