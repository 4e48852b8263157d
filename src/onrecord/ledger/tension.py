"""How hard two states deal with each other, over time: the mean PLOVER score of what one does to the other."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from onrecord.held import Told
from onrecord.ledger.tellings import countries, usable

Per = Literal["day", "week"]
ACTUAL: Final = ("actual",)


class Deed(NamedTuple):
    """What of a row counts here: cheaper than a whole one, for stores that can give it.  ``day`` is ISO."""

    day: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    type: str
    score: float | None
    voice: str
    status: str = "actual"


@dataclass(frozen=True, slots=True)
class Tension:
    """One pair's score in one period.  Between two states as one pair, ``source`` is the first by the alphabet.

    ``first`` and ``last`` are the period's ISO days; ``mean`` and ``sum`` are of PLOVER scores from -10 (conflict) to 10.
    """

    source: str
    target: str
    first: str
    last: str
    mean: float
    sum: float
    count: int

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "source": self.source,
            "target": self.target,
            "first": self.first,
            "last": self.last,
            "mean": self.mean,
            "sum": self.sum,
            "count": self.count,
        }


def tension(
    rows: Iterable[Told] | Iterable[Deed], per: Per = "week", ordered: bool = True, statuses: Collection[str] = ACTUAL
) -> list[Tension]:
    """The score of each pair in each period, by pair and period; weeks run Monday to Sunday.

    One voice's rows of one type, pair and day count once, with the strongest score of them.  ``ordered`` False
    gives what passes between two states in either direction as one.
    """
    strongest: dict[tuple[str, str, str, str, str], float] = {}
    for deed in _deeds(rows):
        if deed.score is None or deed.day is None or deed.status not in statuses:
            continue
        for source, target in _pairs(deed.actors, deed.recipients, ordered):
            key = (source, target, deed.day, deed.type, deed.voice)
            strongest[key] = max(strongest.get(key, 0.0), deed.score, key=lambda score: (abs(score), -score))
    periods: dict[tuple[str, str, str], list[float]] = {}
    for (source, target, day, _, _), score in strongest.items():
        first = _first(day, per)
        if first is not None:
            periods.setdefault((source, target, first), []).append(score)
    return [_tension(*key, periods[key], per) for key in sorted(periods)]


def _deeds(rows: Iterable[Told] | Iterable[Deed]) -> Iterator[Deed]:
    for row in rows:
        if isinstance(row, Told):
            yield from (Deed(t.day, t.actors, t.recipients, t.type, t.score, t.head.voice, t.status) for t in usable([row]))
        else:
            yield row


@functools.lru_cache(maxsize=50_000)
def _pairs(actors: tuple[str, ...], recipients: tuple[str, ...], ordered: bool) -> tuple[tuple[str, str], ...]:
    """Who does it to whom; what is done together, each does to each other.  Most parties come again and again."""
    here, there = sorted(countries(actors)), sorted(countries(recipients))
    pairs = itertools.product(here, there) if recipients else itertools.permutations(here, 2)
    found = ((source, target) if ordered or source < target else (target, source) for source, target in pairs if source != target)
    return tuple(dict.fromkeys(found))


@functools.lru_cache(maxsize=50_000)
def _first(day: str, per: Per) -> str | None:
    """The period's first day; None for what is no date."""
    try:
        when = date.fromisoformat(day)
    except ValueError:
        return None
    back = when.weekday() if per == "week" else 0
    return date.fromordinal(max(1, when.toordinal() - back)).isoformat()


def _tension(source: str, target: str, first: str, scores: list[float], per: Per) -> Tension:
    last = date.fromordinal(min(date.fromisoformat(first).toordinal() + (6 if per == "week" else 0), date.max.toordinal()))
    total = sum(sorted(scores))  # sorted: the same sum whatever the order of the rows
    return Tension(source, target, first, last.isoformat(), round(total / len(scores), 4), round(total, 4), len(scores))
