"""The overview: how much there is, what happened when, how hard who deals with whom, what is new, coming, and disputed."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fastapi import APIRouter, Request, Response

from onrecord.held import Head, Wanted
from onrecord.keeping import Record
from onrecord.ledger import Contact, Demand, Dispute, Item
from onrecord.web import answers
from onrecord.web.desk import Desk, desk_of
from onrecord.web.drawing import curves
from onrecord.web.filters import Query, parsed
from onrecord.web.views import agenda, memo, periods, tension, timeline
from onrecord.web.views.memo import Written
from onrecord.web.views.periods import Period

router = APIRouter(include_in_schema=False)
PAIRS: Final = 8
"""Pairs whose tension is shown."""
NEWS: Final = 6
"""Items of what is new, coming, or disputed."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much a record holds, and how many events each publisher tells."""

    counts: dict[str, int]
    publishers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Story:
    """What the page tells of a period: its events drawn, who deals how with whom, what is new."""

    period: Period
    drawing: Written
    tension: Sequence[Dealt]
    news: News


@dataclass(frozen=True, slots=True)
class Dealt:
    """One pair's tension, drawn, and for each direction who, toward whom, and the address of the events."""

    drawing: Written
    ways: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class News:
    """What came last, what is to come (first what begins after the last report), and what is disputed."""

    reports: Sequence[Head]
    contacts: Sequence[Contact]
    demands: Sequence[Demand]
    coming: Sequence[Item]
    disputes: Sequence[Dispute]


@router.get("/")
def overview(request: Request) -> Response:
    """The first page."""
    desk, query = desk_of(request), parsed(request)
    numbers = _today(desk, desk.ledgers.kept(("numbers",), _numbers))
    whole = periods.published(desk)
    if not numbers.counts["reports"] or whole is None:
        return answers.page(request, "overview_empty.html", query=query, numbers=numbers)
    story = memo.kept(desk, "overview", query, _needs(query, whole), lambda: _story(desk, query, whole))
    stretches = periods.choices(query, "/", whole)
    return answers.page(request, "overview.html", query=query, numbers=numbers, whole=whole, story=story, stretches=stretches)


def _needs(query: Query, whole: Period) -> list[Hashable]:
    """What the story is made of."""
    bare = replace(query.wanted, since=None, until=None)
    questions = [memo.ledger(name, bare) for name in ("timeline", "contacts", "demands", "disputes")]
    questions.append(memo.ledger("tension", bare, per="week", ordered=False))
    questions.append(memo.ledger("agenda", bare, after=whole.last))
    return [key for keys in questions for key in keys]


def _story(desk: Desk, query: Query, whole: Period) -> Story:
    found = timeline.happenings(desk, query)
    period = periods.shown(query, whole, timeline.ahead(found, whole.last))
    drawing = memo.written(timeline.draw(query, found, period, whole.last))
    return Story(period, drawing, _tension(desk, query, whole, period), _news(desk, query, whole))


def _numbers(record: Record) -> Numbers:
    return Numbers(record.store.counts(), tuple(record.store.facet("publisher")))


def _today(desk: Desk, numbers: Numbers) -> Numbers:
    """The numbers with the failures of now: what could not be taken in changes no row, and so makes nothing old."""
    with desk.record() as record:
        return replace(numbers, counts={**numbers.counts, "failures": sum(1 for _ in record.failures())})


def _tension(desk: Desk, query: Query, whole: Period, period: Period) -> list[Dealt]:
    """The pairs that deal most with each other in the period, a small drawing each."""
    drawn = Period(period.first, min(period.last, whole.last)) if period.first <= whole.last else period
    found = tension.pairs(query, tension.within(tension.weekly(desk, query), drawn), "both")[:PAIRS]
    return [_dealt(query, pair, drawn) for pair in found]


def _dealt(query: Query, pair: tension.Pair, drawn: Period) -> Dealt:
    both = (pair.source, pair.target)
    ways = [(one, other, tension.events_of(query, (one, other), drawn.first, drawn.last)) for one, other in (both, both[::-1])]
    drawing = curves.small(tension.curve(query, pair, tension.MUTUAL), drawn.first, drawn.last)
    return Dealt(memo.written(drawing), tuple(ways))


def _news(desk: Desk, query: Query, whole: Period) -> News:
    """What came last up to the last report, and what comes after it, each for whoever is asked for."""
    wanted = replace(query.wanted, since=None, until=None)
    get = desk.ledgers.get
    contacts = [one for one in get("contacts", wanted) if one.status == "held" and one.first and one.first <= whole.last]
    demands = [one for one in get("demands", wanted) if one.since and one.since <= whole.last]
    return News(
        reports=desk.ledgers.kept(("newest", NEWS), lambda record: record.store.newest(NEWS)) if wanted == Wanted() else (),
        contacts=sorted(contacts, key=lambda one: (one.first, one.id), reverse=True)[:NEWS],
        demands=sorted(demands, key=lambda one: (one.since, one.id), reverse=True)[:NEWS],
        coming=sorted(agenda.coming(desk, whole.last, wanted), key=lambda one: (one.first <= whole.last, one.first))[:NEWS],
        disputes=get("disputes", wanted)[: -NEWS - 1 : -1],
    )
