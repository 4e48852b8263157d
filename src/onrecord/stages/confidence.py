"""How sure a row is: an event and its draft in, the chance that the row is right out.  Fills ``confidence``.

A row bears some of a few signs.  Each sign has a weight in ``knowledge/english/confidence.yaml``; the
weights of a row's signs are added to a base, and the logistic curve makes a chance of the sum.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from onrecord.knowledge import table
from onrecord.page import Draft
from onrecord.record import Entity, Event, Span

NEAR: Final = 40
"""How many characters lie at most between a trigger and a party that stands close to it."""

LONG: Final = 40
"""A sentence of more words than this is hard to parse."""


def of(event: Event, draft: Draft) -> float:
    """The chance that the row is right, from 0 to 1 with two decimals."""
    return chance(signs(event, draft), table("english/confidence"))


def signs(event: Event, draft: Draft) -> tuple[str, ...]:
    """The names of the signs that the row bears."""
    return tuple(name for name, test in SIGNS.items() if test(event, draft))


def chance(names: Iterable[str], weights: Mapping[str, Any]) -> float:
    """The chance that goes with these signs: the logistic curve at the sum of the base and their weights."""
    total: float = weights["base"] + sum(weights["signs"][name] for name in names)
    return round(1 / (1 + math.exp(-total)), 2)


# ---------------------------------------------------------------- the signs


def _two_sides(event: Event, _: Draft) -> bool:
    """Somebody acts and somebody is acted upon, or several take part."""
    return len(event.actors) > 1 or bool(event.actors and event.recipients)


def _two_countries(event: Event, _: Draft) -> bool:
    """Its parties are of more than one country or organisation."""
    return len({e.country for e in _parties(event) if e.country}) > 1


def _state_acts(event: Event, _: Draft) -> bool:
    """A state or an organisation acts under its bare name."""
    return any(e.country and not e.sector for e in event.actors)


def _party_near(event: Event, _: Draft) -> bool:
    """A party stands close to the word that names the event."""
    return any(_gap(e.span, event.trigger) <= NEAR for e in _parties(event))


def _gap(one: Span, other: Span) -> int:
    """How many characters lie between two spans; below zero where they overlap."""
    return max(one.start, other.start) - min(one.end, other.end)


def _unreal(event: Event, _: Draft) -> bool:
    """It is only possible, or is denied."""
    return event.status in ("possible", "negated")


def _long(_: Event, draft: Draft) -> bool:
    """The sentence is long."""
    return len(draft.clause.sentence) > LONG


def _damaged(_: Event, draft: Draft) -> bool:
    """The sentence is cut or garbled."""
    return draft.clause.sentence.damaged


def _parties(event: Event) -> tuple[Entity, ...]:
    return event.actors + event.recipients


SIGNS: Final[Mapping[str, Callable[[Event, Draft], bool]]] = {
    "two_sides": _two_sides,
    "two_countries": _two_countries,
    "state_acts": _state_acts,
    "party_near": _party_near,
    "unreal": _unreal,
    "long": _long,
    "damaged": _damaged,
}
"""Every sign by the name that it has in the table of weights."""
