"""Forces: who has what where, by the figures that are told, over time; ranges are shown, nothing is added up."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from onrecord.export import words
from onrecord.ledger import Force
from onrecord.ledger.forces import Figure
from onrecord.ledger.tellings import Telling
from onrecord.web import answers, sheets
from onrecord.web.desk import desk_of
from onrecord.web.drawing import axes
from onrecord.web.drawing.forces import Amount
from onrecord.web.drawing.forces import forces as drawn
from onrecord.web.drawing.svg import Element, framed
from onrecord.web.filters import Query, parsed

router = APIRouter(include_in_schema=False)
OWN: Final = ("owner", "kind", "figures")
FIGURES: Final = ("yes", "no")
ROOM: Final = 16
"""One part in so many of a curve's days is left free at each of its ends."""


@router.get("/forces")
@router.get("/forces.json")
@router.get("/forces.csv")
def forces(request: Request) -> Response:
    """The forces by owner, place and kind."""
    desk, query = desk_of(request), parsed(request, own=(*OWN, "page", "size"))
    every: list[Force] = desk.ledgers.get("forces", query.wanted)
    found = chosen(every, query)

    def shown(part: sheets.Sheet[Force]) -> Response:
        more: dict[str, Any] = {
            "owners": by_owner(part.items),
            "counts": Counter(item.owner for item in every).most_common(),
            "kinds": sorted({item.kind for item in every}),
            "fresh": desk.ledgers.fresh(("forces",)),
        }
        return answers.page(request, "forces.html", sheet=part, query=query, figures=FIGURES, **more)

    return sheets.listing(request, query, found, COLUMNS, entries, shown)


def chosen(every: Iterable[Force], query: Query) -> list[Force]:
    """The forces that the page's own parameters ask for: by owner, those with figures first."""
    owner = sheets.party(query, "owner")
    kind, figures = query.value("kind").lower(), sheets.choice(query, "figures", FIGURES)
    found = [item for item in every if owner((item.owner,)) and kind in ("", item.kind) and figures in (None, FIGURES[not item.figures])]
    told = Counter({item.owner: 0 for item in found})
    for item in found:
        told[item.owner] += len(item.tellings)
    return sorted(found, key=lambda item: (-told[item.owner], item.owner, not item.figures, item.place or "", item.kind))


# ---------------------------------------------------------------- as shown


@dataclass(frozen=True, slots=True)
class Day:
    """The figures told for one day, and their range in words."""

    day: str | None
    range: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One force as the page shows it; ``curve`` where figures of more than one day can be drawn."""

    force: Force
    name: str
    days: tuple[Day, ...]
    range: str | None
    curve: Element | None
    uncounted: tuple[Telling, ...]
    """What is told of it without a number."""


def by_owner(items: Iterable[Force]) -> list[tuple[str, tuple[Line, ...]]]:
    """The forces of each owner, as they follow each other."""
    return [(owner, tuple(map(line, group))) for owner, group in itertools.groupby(items, lambda item: item.owner)]


def line(force: Force) -> Line:
    """One force as the page shows it."""
    name = f"{words.country(force.owner)}: {force.kind}" + (f", {force.place}" if force.place else "")
    counted = {figure.telling.row for figure in force.figures}
    return Line(
        force=force,
        name=name,
        days=tuple(_days(force.figures)),
        range=_range(force.figures) if force.figures else None,
        curve=curve(name, force.figures),
        uncounted=tuple(telling for telling in force.tellings if telling.row not in counted),
    )


def _days(figures: Iterable[Figure]) -> Iterator[Day]:
    """The figures by day, oldest first, those without one last."""
    order = sorted(figures, key=lambda figure: (figure.day or "9999", figure.value))
    for day, group in itertools.groupby(order, lambda figure: figure.day):
        told = tuple(group)
        yield Day(day, _range(told), told)


def _range(figures: Sequence[Figure]) -> str:
    """``2,000 troops``, ``90,000 to 120,000``: the smallest and the largest of some figures."""
    low, high = min(figure.value for figure in figures), max(figure.value for figure in figures)
    units = {figure.unit for figure in figures}
    unit = (units.pop() or "") if len(units) == 1 else ""
    told = f"{low:,.10g}" if low == high else f"{low:,.10g} to {high:,.10g}"
    return f"{told} {words.clean(unit)}".strip()


def curve(name: str, figures: Sequence[Figure]) -> Element | None:
    """The figures over time; None where they are of fewer than two days."""
    dated = [(figure.day, figure) for figure in figures if axes.day_of(figure.day) is not None and figure.day]
    days = sorted({day for day, _ in dated})
    if len(days) < 2:
        return None
    return framed(drawn(name, [_amount(day, figure) for day, figure in dated], *_period(days[0], days[-1])))


def _period(first: str, last: str) -> tuple[str, str]:
    """The days from the first figure to the last, with some room on either side."""
    since, until = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
    room = max(1, (until - since) // ROOM)
    return date.fromordinal(max(1, since - room)).isoformat(), date.fromordinal(min(date.max.toordinal(), until + room)).isoformat()


def _amount(day: str, figure: Figure) -> Amount:
    said = f"{_range([figure])}, says {words.country(figure.says)}"
    return Amount(day, figure.value, figure.value, said, figure.status, answers.report_link(figure.telling.report, figure.telling.row))


# ---------------------------------------------------------------- as a table of figures


@dataclass(frozen=True, slots=True)
class Entry:
    """One telling of a force, with one of its figures where it has any: a line of the CSV."""

    force: Force
    telling: Telling
    figure: Figure | None


def entries(items: Sequence[Force]) -> list[Entry]:
    """Every figure on a line of its own, then what is told without one."""
    counted = [Entry(force, figure.telling, figure) for force in items for figure in force.figures]
    numbered = {(entry.force.owner, entry.telling.row) for entry in counted}
    others = [Entry(force, one, None) for force in items for one in force.tellings if (force.owner, one.row) not in numbered]
    return counted + others


COLUMNS: Final[answers.Columns] = {
    "owner": lambda entry: entry.force.owner,
    "place": lambda entry: entry.force.place,
    "kind": lambda entry: entry.force.kind,
    "day": lambda entry: entry.figure.day if entry.figure else None,
    "value": lambda entry: entry.figure.value if entry.figure else None,
    "unit": lambda entry: entry.figure.unit if entry.figure else None,
    "says": lambda entry: entry.figure.says if entry.figure else None,
    "status": lambda entry: entry.telling.status,
    "words": lambda entry: " ".join((entry.figure.words if entry.figure else entry.telling.sentence).text.split()),
    "published": lambda entry: entry.telling.published,
    "publisher": lambda entry: entry.telling.publisher,
    "report": lambda entry: entry.telling.report,
    "row": lambda entry: entry.telling.row,
}
