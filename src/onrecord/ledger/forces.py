"""Who has what where, and who says so: the figures of build-ups and moves over time, never added up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from onrecord.held import Told, Wanted
from onrecord.ledger import wording
from onrecord.ledger.tellings import Row, Telling, countries, first_day, row_of, span_dict, span_of, teller, usable
from onrecord.record import Span


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as one report tells it: of what, on which ISO day, and who says so."""

    value: float
    unit: str | None
    day: str | None
    says: str
    status: str
    words: Span
    telling: Telling

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "value": self.value,
            "unit": self.unit,
            "day": self.day,
            "says": self.says,
            "status": self.status,
            "words": span_dict(self.words),
            "telling": self.telling.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Force:
    """What is told of one owner's forces of one kind at one place, oldest first; ``place`` None where none is told."""

    owner: str
    place: str | None
    kind: str
    figures: tuple[Figure, ...]
    tellings: tuple[Telling, ...]
    """Every row, also those without a number."""

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows that it rests on."""
        return tuple(telling.row for telling in self.tellings)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, whole."""
        return {
            "owner": self.owner,
            "place": self.place,
            "kind": self.kind,
            "figures": [figure.to_dict() for figure in self.figures],
            "tellings": [telling.to_dict() for telling in self.tellings],
            "rows": list(self.rows),
        }


NEEDED: Final = (Wanted(types=("MOBILIZE",)),)
"""The rows that ``forces`` looks at."""
UNCOUNTED: Final = "forces"
"""The kind of a row that gives no number of anything."""


def forces(tolds: Iterable[Told]) -> list[Force]:
    """Build-ups, moves and exercises by owner, place and kind of thing counted; what is denied is left out."""
    found: dict[tuple[str, str, str], list[tuple[Telling, tuple[Figure, ...]]]] = {}
    wanted = (told for told in usable(tolds) if told.type == "MOBILIZE" and told.status != "negated")
    for told in sorted(wanted, key=lambda told: (first_day(told), told.head.id, told.id)):
        row = row_of(told)
        telling = Telling.of(told, row)
        place = row["place"]["name"] if row["place"] else ""
        for owner in sorted(countries(told.actors)):
            for kind, figures in _by_kind(told, row, telling):
                found.setdefault((owner, place, kind), []).append((telling, figures))
    return [_force(*key, found[key]) for key in sorted(found)]


def _force(owner: str, place: str, kind: str, told: Iterable[tuple[Telling, tuple[Figure, ...]]]) -> Force:
    kept = list(told)
    return Force(owner, place or None, kind, tuple(f for _, figures in kept for f in figures), tuple(telling for telling, _ in kept))


def _by_kind(told: Told, row: Row, telling: Telling) -> Iterator[tuple[str, tuple[Figure, ...]]]:
    """A row's figures by the kind of thing that they count; a row without any is told without a number."""
    kinds: dict[str, list[Figure]] = {}
    for quantity in row["quantities"]:
        kind = kind_of(quantity["unit"], quantity["text"])
        if kind is not None:
            figure = Figure(quantity["value"], quantity["unit"], told.day, teller(told, row), told.status, span_of(quantity), telling)
            kinds.setdefault(kind, []).append(figure)
    if not kinds:
        yield UNCOUNTED, ()
    yield from ((kind, tuple(figures)) for kind, figures in sorted(kinds.items()))


def kind_of(unit: str | None, words: str) -> str | None:
    """What kind of force a quantity counts ("people", "vessels"); None for days, money and the like."""
    for text in (unit, words):
        if text:
            known = {kind: listed.last(text) for kind, listed in wording.groups("forces").items()}
            best = max(known, key=lambda kind: (known[kind], kind))
            if known[best]:
                return best
    return None
