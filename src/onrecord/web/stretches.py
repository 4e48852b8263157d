"""A long report in stretches: each a page with so much of the text, and the rows whose sentences begin in it.

A report of a usual length is one stretch.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import Final, NamedTuple

LENGTH, ROWS = 150_000, 400
"""Characters and rows of a stretch at most; it is more rows where one sentence has more."""
SPACE: Final = 2_000
"""Characters within which the end of a word is looked for."""


class Stretch(NamedTuple):
    """A piece of a text, from ``first`` to before ``last``."""

    first: int
    last: int


def stretches(text: str, starts: Sequence[int]) -> list[Stretch]:
    """A text cut at ends of lines, where it has any; ``starts`` are where the sentences of its rows begin, sorted."""
    made: list[Stretch] = []
    at = 0
    while not made or at < len(text):
        last = _last(text, starts, at)
        made.append(Stretch(at, last))
        at = last
    return made


def of(made: Sequence[Stretch], start: int) -> int:
    """The number, from 0, of the stretch in which an offset lies."""
    return max(0, bisect.bisect_right(made, start, key=lambda stretch: stretch.first) - 1)


def _last(text: str, starts: Sequence[int], at: int) -> int:
    """Where the stretch ends that begins here."""
    limit, full = at + LENGTH, _full(starts, at)
    if full is not None and full <= limit:
        line = text.rfind("\n", at + 1, full) + 1
        return line if line > at else full
    if limit >= len(text):
        return len(text)
    line = text.rfind("\n", at + 1, limit) + 1
    word = text.rfind(" ", limit - SPACE, limit) + 1
    return line or word or limit


def _full(starts: Sequence[int], at: int) -> int | None:
    """Where the first sentence begins whose row does not fit any more; None where all fit."""
    first = bisect.bisect_left(starts, at)
    k = first + ROWS
    while k < len(starts) and starts[k] <= max(at, starts[first]):
        k += 1
    return starts[k] if k < len(starts) else None
