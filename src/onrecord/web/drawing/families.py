"""What a thing's colour and shape say: the family of its type, its status, the sign of a score."""

from __future__ import annotations

import functools
from typing import Final

from onrecord.export import words
from onrecord.record import STATUSES

FAMILIES: Final = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")
"""The quad classes, in the order of the lanes."""
OTHER: Final = "other"
"""The family of a type that the labels do not know."""
EVEN: Final = 0.5
"""Scores nearer to zero than this lean to neither side."""


@functools.cache
def family(type_: str) -> str:
    """The family of a type: words or acts, of cooperation or of conflict."""
    known = words.labels("types").get(type_, {}).get("family")
    return known if known in FAMILIES else OTHER


def says_family(family: str) -> str:
    """The family in words."""
    return str(words.labels("families").get(family, family))


def status(known: str) -> str:
    """The status if it is one of the four; an unknown one claims the least: possible."""
    return known if known in STATUSES else "possible"


def tone(score: float) -> str:
    """The side that a score from -10 to 10 leans to."""
    if abs(score) < EVEN:
        return "even"
    return "cooperation" if score > 0 else "conflict"


def signed(score: float) -> str:
    """A score with its sign: ``+4.5``, ``−3.1``, ``0``."""
    shown = f"{abs(score):.1f}".removesuffix(".0")
    return shown if shown == "0" else ("+" if score > 0 else "\N{MINUS SIGN}") + shown


def counted(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun: ``1 event``, ``1,200 events``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
