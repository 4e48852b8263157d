"""Actors: who does what to whom over a period, as a network and as a table of pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from onrecord.store.sums import Act
from onrecord.web import answers, sheets
from onrecord.web.desk import desk_of
from onrecord.web.drawing import network as drawn
from onrecord.web.drawing.svg import framed
from onrecord.web.filters import Query, parsed
from onrecord.web.views import memo, periods
from onrecord.web.views.memo import Written
from onrecord.web.views.periods import Period

router = APIRouter(include_in_schema=False)
OWN: Final = ("page",)
ARROWS: Final = 60
"""Arrows that are drawn: those with the most events."""


@dataclass(frozen=True, slots=True)
class Toward:
    """What one does toward another: how many events, and their mean score from -10 to 10 (None where none has one)."""

    source: str
    target: str
    count: int
    mean: float | None
    url: str

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, with the names of both."""
        return {
            "source": self.source,
            "source_name": name(self.source),
            "target": self.target,
            "target_name": name(self.target),
            "count": self.count,
            "mean": self.mean,
            "url": self.url,
        }


@dataclass(frozen=True, slots=True)
class Web:
    """All pairs of a period, the most frequent first, the most frequent of them drawn, and how many parties there are."""

    pairs: Sequence[Toward]
    drawing: Written | None
    parties: int


@router.get("/actors")
@router.get("/actors.json")
@router.get("/actors.csv")
def actors(request: Request) -> Response:
    """The network of a period."""
    desk, query = desk_of(request), parsed(request, own=OWN, paged=True)
    bare = replace(query.wanted, since=None, until=None, types=(), statuses=())
    acts = desk.ledgers.kept(("acts", bare), lambda record: record.store.acts(bare))
    web = memo.kept(desk, "actors", replace(query, pairs=query.chosen), [("acts", bare)], lambda: _web(query, acts))

    def page(sheet: sheets.Sheet[Toward]) -> Response:
        whole = periods.published(desk)
        shown: dict[str, Any] = {"whole": whole, "stretches": periods.choices(query, "/actors", whole) if whole else ()}
        return answers.page(request, "actors.html", query=query, sheet=sheet, web=web, most=web.pairs[0].count if web.pairs else 0, **shown)

    return sheets.listing(request, query, web.pairs, COLUMNS, page=page)


def name(party: str) -> str:
    """A country, organisation or party in words."""
    return answers.notation(party)


def chosen(acts: Iterable[Act], query: Query) -> list[Act]:
    """The acts of a period, of some types and statuses."""
    wanted = query.wanted
    period = Period(wanted.since or "0001-01-01", wanted.until or "9999-12-31") if wanted.since or wanted.until else None
    return [
        act
        for act in acts
        if (period is None or period.meets(act.day, act.last))
        and (not wanted.types or act.type in wanted.types)
        and (not wanted.statuses or act.status in wanted.statuses)
    ]


def towards(acts: Iterable[Act], query: Query) -> list[Toward]:
    """Who does how much toward whom, the most frequent pairs first; what is done together, each does toward the other."""
    sums: dict[tuple[str, str], list[float]] = {}
    for act in acts:
        for pair in act.pairs():
            found = sums.setdefault(pair, [0, 0.0, 0])
            found[0] += act.times
            found[1] += act.total
            found[2] += act.scored
    made = [_toward(query, pair, *found) for pair, found in sums.items()]
    return sorted(made, key=lambda one: (-one.count, one.source, one.target))


def _toward(query: Query, pair: tuple[str, str], count: float, total: float, scored: float) -> Toward:
    url = query.url("/events", *OWN, "order", "size", actor=pair[0], recipient=pair[1])
    return Toward(*pair, int(count), round(total / scored, 2) if scored else None, url)


def _web(query: Query, acts: Iterable[Act]) -> Web:
    here = chosen(acts, query)
    pairs, weights = towards(here, query), _weights(here)
    if not pairs:
        return Web((), None, 0)
    leaving = (*OWN, "order", "size", "actor", "recipient")
    nodes = [drawn.Node(code, name(code), weight, query.url(f"/actor/{code}", *leaving)) for code, weight in weights.items()]
    edges = [drawn.Edge(one.source, one.target, one.count, one.mean or 0.0, one.url) for one in pairs]
    return Web(pairs, memo.written(framed(drawn.network(nodes, edges, ARROWS))), len(weights))


def _weights(acts: Iterable[Act]) -> dict[str, float]:
    """In how many events each stands."""
    weights: dict[str, float] = {}
    for act in acts:
        for code in {*act.actors, *act.recipients}:
            weights[code] = weights.get(code, 0) + act.times
    return weights


COLUMNS: Final[answers.Columns] = {
    "source": lambda one: one.source,
    "source_name": lambda one: name(one.source),
    "target": lambda one: one.target,
    "target_name": lambda one: name(one.target),
    "count": lambda one: one.count,
    "mean": lambda one: one.mean,
}
