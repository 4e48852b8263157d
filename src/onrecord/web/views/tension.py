"""Tension: how hard two deal with each other over time, all pairs or one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, cast

from fastapi import APIRouter, Request, Response

from onrecord.export import words
from onrecord.ledger import Per, Tension
from onrecord.web import answers, sheets
from onrecord.web.desk import Desk, desk_of
from onrecord.web.drawing import curves as drawn
from onrecord.web.drawing.svg import framed
from onrecord.web.filters import BadQueryError, Query, parsed
from onrecord.web.views import memo, periods
from onrecord.web.views.memo import Written
from onrecord.web.views.periods import Period

router = APIRouter(include_in_schema=False)
OWN: Final = ("page", "per", "ways", "pair")
DIRECTED: Final = " → "
"""What stands between two of whom one acts toward the other."""
MUTUAL: Final = " – "
"""What stands between two of whom each acts toward the other."""
Ways = Literal["each", "both"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties with their score period by period; ``mean`` is over all events."""

    source: str
    target: str
    periods: tuple[Tension, ...]
    url: str

    @property
    def count(self) -> int:
        """How many events count, one a voice, type and day."""
        return sum(one.count for one in self.periods)

    @property
    def mean(self) -> float:
        """The mean score of all of them."""
        return sum(one.sum for one in self.periods) / self.count

    @property
    def key(self) -> str:
        """The pair as the address has it."""
        return f"{self.source},{self.target}"


@dataclass(frozen=True, slots=True)
class Table:
    """A page of pairs, the curve of each, and the first pairs drawn large, over which days; None where there is nothing to draw."""

    sheet: sheets.Sheet[Pair]
    sparks: tuple[Written, ...]
    drawing: Written | None
    period: Period | None


@router.get("/tension")
@router.get("/tension.json")
@router.get("/tension.csv")
def tension(request: Request) -> Response:
    """All pairs with their scores per day or week; ``pair=RUS,UKR`` shows one in both directions, ``ways=both`` makes them one."""
    desk, query = desk_of(request), parsed(request, own=OWN, paged=True)
    per = cast(Per, sheets.choice(query, "per", ("day", "week")) or "week")
    ways = cast(Ways, sheets.choice(query, "ways", ("each", "both")) or "each")
    chosen = _chosen(query)
    found = [one for one in _found(desk, query, per, ways) if not chosen or {one.source, one.target} == set(chosen)]
    if answers.ending(request) != "html":
        return sheets.listing(request, query, found, COLUMNS)
    needs = memo.ledger("tension", query.wanted, per=per, ordered=ways == "each")
    table = memo.kept(desk, "tension", query, needs, lambda: _table(desk, query, found, ways))
    whole = periods.published(desk)
    stretches = periods.choices(query, "/tension", whole) if whole else ()
    return answers.page(request, "tension.html", query=query, table=table, per=per, ways=ways, chosen=chosen, stretches=stretches)


def _table(desk: Desk, query: Query, found: Sequence[Tension], ways: Ways) -> Table:
    """The pairs of one page with their curves, and the first of all pairs drawn large."""
    whole, listed = periods.published(desk), pairs(query, found, ways)
    sheet = sheets.sheet(listed, query)
    if whole is None or not listed:
        return Table(sheet, (), None, None)
    period, arrow = periods.shown(query, whole), DIRECTED if ways == "each" else MUTUAL
    sparks = [drawn.spark(curve(query, pair, arrow), period.first, period.last) for pair in sheet.items]
    large = drawn.curves([curve(query, pair, arrow) for pair in listed[: drawn.TOGETHER]], period.first, period.last)
    return Table(sheet, tuple(map(memo.written, sparks)), memo.written(framed(large)), period)


def _found(desk: Desk, query: Query, per: Per, ways: Ways) -> list[Tension]:
    return desk.ledgers.get("tension", query.wanted, per=per, ordered=ways == "each")


def _chosen(query: Query) -> tuple[str, ...]:
    """The pair that is asked for; BadQueryError for what is none."""
    given = query.value("pair")
    found = tuple(part.strip().upper() for part in given.split(","))
    if given and (len(found) != 2 or not all(found) or found[0] == found[1]):
        raise BadQueryError("pair", f"{given!r} is not two codes with a comma between them, as in RUS,UKR")
    return found if given else ()


def pairs(query: Query, found: Iterable[Tension], ways: Ways = "each") -> list[Pair]:
    """The scores by pair, the pair with the most events first."""
    by_pair: dict[tuple[str, str], list[Tension]] = {}
    for one in found:
        by_pair.setdefault((one.source, one.target), []).append(one)
    made = [Pair(*pair, tuple(scores), _of_pair(query, pair, ways)) for pair, scores in by_pair.items()]
    return sorted(made, key=lambda pair: (-pair.count, pair.source, pair.target))


def within(found: Iterable[Tension], period: Period) -> list[Tension]:
    """The scores of the days and weeks that lie in a period."""
    return [one for one in found if period.meets(one.first, one.last)]


def weekly(desk: Desk, query: Query) -> list[Tension]:
    """How every two deal with each other, week by week, at any time: periods are cut from it."""
    return desk.ledgers.get("tension", replace(query.wanted, since=None, until=None), per="week", ordered=False)


def _of_pair(query: Query, pair: tuple[str, str], ways: Ways) -> str:
    """The page of a pair: the events of the one toward the other; of both ways their curves, since no list of events holds both."""
    if ways == "both":
        return query.url("/tension", "ways", "order", "size", pair=",".join(pair))
    return events_of(query, pair)


def events_of(query: Query, pair: tuple[str, str], since: str | None = None, until: str | None = None) -> str:
    """The address of the events of one toward the other, in some days."""
    days = {"since": since, "until": until} if since else {}
    status = query.values("status") or ("actual",)
    return query.url("/events", *OWN, "order", "size", actor=pair[0], recipient=pair[1], status=status, **days)


def curve(query: Query, pair: Pair, arrow: str = DIRECTED) -> drawn.Curve:
    """A pair's scores to be drawn; each point of one direction leads to its events."""
    both = pair.source, pair.target
    each = arrow == DIRECTED
    points = (
        drawn.Point(one.first, one.last, one.mean, one.count, events_of(query, both, one.first, one.last) if each else None)
        for one in pair.periods
    )
    return drawn.Curve(f"{words.country(pair.source)}{arrow}{words.country(pair.target)}", tuple(points), pair.url)


COLUMNS: Final[answers.Columns] = {
    "source": lambda one: one.source,
    "target": lambda one: one.target,
    "first": lambda one: one.first,
    "last": lambda one: one.last,
    "mean": lambda one: one.mean,
    "sum": lambda one: one.sum,
    "count": lambda one: one.count,
}
