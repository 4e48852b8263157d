"""One actor: what it is, who speaks for it, with whom it deals and how, what it did, met, demanded, and how it is quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from onrecord import knowledge
from onrecord.export import words
from onrecord.held import Told, Wanted
from onrecord.keeping import Record
from onrecord.knowledge import whoswho
from onrecord.knowledge.whoswho import Office
from onrecord.ledger import Contact, Demand
from onrecord.store.sums import Dealing
from onrecord.web import answers
from onrecord.web.desk import Desk, desk_of
from onrecord.web.drawing import curves
from onrecord.web.filters import Query, parsed
from onrecord.web.views import memo, periods, tension
from onrecord.web.views.memo import Written
from onrecord.web.views.periods import Period

router = APIRouter(include_in_schema=False)
LEANING: Final = 0.5
"""From this mean score on, of either sign, a counterpart is an ally or an adversary."""
OTHERS: Final = 8
"""Allies and adversaries that are shown."""
ITEMS: Final = 8
"""Events, contacts, demands that are shown."""
QUOTES: Final = 5


@dataclass(frozen=True, slots=True)
class About:
    """What the world's tables know of a party: its name in words, other names, seat, members, what it is."""

    code: str
    name: str
    country: str | None
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """An office with who held it on days of the record, from when to when as far as is known."""

    role: str
    holder: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Counterpart:
    """With whom a party deals: how many events, by it, toward it (what is done together counts in both), and their mean score."""

    other: str
    name: str
    count: int
    by: int
    toward: int
    mean: float | None
    spark: Written | None = None

    @property
    def weight(self) -> float:
        """How much speaks for friend or foe: many events of a low score as much as few of a high one."""
        return (self.mean or 0.0) * self.count


@dataclass(frozen=True, slots=True)
class Circle:
    """A party's counterparts: all by number of events, and those on either side."""

    all: tuple[Counterpart, ...]
    allies: tuple[Counterpart, ...]
    adversaries: tuple[Counterpart, ...]

    @property
    def most(self) -> int:
        """Events with the most frequent of them."""
        return max((one.count for one in self.all), default=0)


@dataclass(frozen=True, slots=True)
class Said:
    """How a party is quoted: in how many events, by whom, and the last of them."""

    count: int
    publishers: tuple[tuple[str, int], ...]
    last: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the ledger has of a party, the latest first."""

    contacts: Sequence[Contact]
    demands: Sequence[Demand]
    demanded: Sequence[Demand]


@router.get("/actor/{given:path}")
def actor(request: Request, given: str) -> Response:
    """The page of one party in notation: ``RUS``, ``RUS.GOV``, ``NATO``, ``.REB``, or a name in double quotes."""
    desk, query = desk_of(request), parsed(request)
    code = given if given.startswith('"') else given.upper()
    with desk.record() as record:
        stands = record.store.stands(code)
    known = about(code)
    if not stands and not _in_the_world(code):
        raise HTTPException(404, f"Neither this record nor the world's tables know a party {words.clean(given)}.")
    whole = periods.published(desk)
    wanted = replace(query.wanted, actor=code)
    return answers.page(
        request,
        "actor.html",
        query=query,
        about=known,
        stands=stands,
        whole=whole,
        posts=posts(code, whole) if whole else (),
        circle=circle(desk, query, code, whole),
        last=desk.ledgers.kept(("last", wanted), lambda record: _last(record, wanted, whole)),
        deeds=_deeds(desk, query, code, whole),
        said=desk.ledgers.kept(("said", query.wanted, code), lambda record: _said(record, replace(query.wanted, source=code))),
    )


# ---------------------------------------------------------------- what the world knows


def about(code: str) -> About:
    """What is known of a party; of one that no table has, its code is all."""
    if code.startswith('"'):
        return About(code, code.strip('"'), None, ("a party that the record knows by its name only",))
    land, _, sector = code.partition(".")
    told = (*_state(land), *_organisation(land))
    body = [f"its {words.sector(sector)}"] if land and sector else [f"{words.sector(sector)}, whose state is not told"] if sector else []
    return About(code, answers.notation(code) if land not in _table("organisations") else _name(land, sector), land or None, (*body, *told))


def _name(organisation: str, sector: str) -> str:
    """An organisation's acronym with its full name."""
    full = _table("organisations")[organisation]["name"]
    return f"{organisation} ({full})" if not sector else f"{full} ({words.sector(sector)})"


def _state(code: str) -> list[str]:
    row = _table("states").get(code)
    if row is None:
        return []
    return [f"capital {row['capital'][0]}"] if row.get("capital") else []


def _organisation(code: str) -> list[str]:
    members = _table("organisations").get(code, {}).get("members") or ()
    return [f"{len(members)} members"] if members else []


def _table(name: str) -> dict[str, Any]:
    """One of the world's tables; empty where an installation has none."""
    found: dict[str, Any] = knowledge.table(f"world/{name}") if f"world/{name}" in knowledge.names("world") else {}
    return found


def _in_the_world(code: str) -> bool:
    """Whether the tables know the country or organisation, and the sector."""
    land, _, sector = code.partition(".")
    known = not land or land in _table("states") or land in _table("organisations")
    return bool(land or sector) and known and (not sector or sector in words.labels("sectors")) and not code.endswith(".")


def posts(code: str, period: Period) -> list[Post]:
    """The offices of a party with those who held them in a period, in the order of the tables."""
    land, _, sector = code.partition(".")
    found: dict[Post, None] = {}
    for (country, _role), people in whoswho.load().holders.items():
        if country == land and land:
            for person in people:
                for office in person.offices:
                    if office.role.lower() == _role and sector in ("", office.sector) and _in(office, period):
                        found[Post(office.role, person.name, office.start, office.end)] = None
    return list(found)


def _in(office: Office, period: Period) -> bool:
    """Whether an office was held on any day of a period; its dates may be as short as a year."""
    began = office.start <= period.last[: len(office.start)]
    return began and (not office.end or office.end >= period.first[: len(office.end)])


# ---------------------------------------------------------------- with whom it deals


def circle(desk: Desk, query: Query, code: str, whole: Period | None) -> Circle:
    """The counterparts with their curves."""
    wanted = query.wanted
    needs = [("dealings", code, wanted), *memo.ledger("tension", replace(wanted, since=None, until=None), per="week", ordered=False)]
    return memo.kept(desk, f"actor {code}", query, needs, lambda: _circle(desk, query, code, whole))


def _circle(desk: Desk, query: Query, code: str, whole: Period | None) -> Circle:
    wanted = query.wanted
    dealings = desk.ledgers.kept(("dealings", code, wanted), lambda record: record.store.dealings(code, wanted))
    others = counterparts(dealings)
    often = [one for one in others if one.count > 1] or others
    allies = sorted((one for one in often if (one.mean or 0) >= LEANING), key=lambda one: (-one.weight, one.other))[:OTHERS]
    adversaries = sorted((one for one in often if (one.mean or 0) <= -LEANING), key=lambda one: (one.weight, one.other))[:OTHERS]
    if whole is None or "." in code or code.startswith('"'):
        return Circle(tuple(others), tuple(allies), tuple(adversaries))
    period = periods.shown(query, whole, most=None)
    drawn = _sparks(desk, query, code, [*allies, *adversaries], period)
    return Circle(tuple(others), *(tuple(replace(one, spark=drawn.get(one.other)) for one in side) for side in (allies, adversaries)))


def counterparts(dealings: Sequence[Dealing]) -> list[Counterpart]:
    """The others, those with most events first."""
    by_other: dict[str, list[Dealing]] = {}
    for one in dealings:
        by_other.setdefault(one.other, []).append(one)
    made = [_counterpart(other, ways) for other, ways in by_other.items()]
    return sorted(made, key=lambda one: (-one.count, one.other))


def _counterpart(other: str, ways: Sequence[Dealing]) -> Counterpart:
    counts = {way: sum(one.times for one in ways if one.way == way) for way in ("to", "from", "mutual")}
    scored = [(one.mean, one.times) for one in ways if one.mean is not None]
    mean = sum(mean * count for mean, count in scored) / sum(count for _, count in scored) if scored else None
    by, toward = counts["to"] + counts["mutual"], counts["from"] + counts["mutual"]
    return Counterpart(other, answers.notation(other), sum(counts.values()), by, toward, mean)


def _sparks(desk: Desk, query: Query, code: str, others: Sequence[Counterpart], period: Period) -> dict[str, Written]:
    """The weekly tension with each of the others, as small as a word."""
    names = {one.other for one in others}
    scores = [one for one in tension.weekly(desk, query) if code in (one.source, one.target) and names & {one.source, one.target}]
    found = {}
    for pair in tension.pairs(query, tension.within(scores, period), "both"):
        other = pair.target if pair.source == code else pair.source
        found[other] = memo.written(curves.spark(tension.curve(query, pair, tension.MUTUAL), period.first, period.last))
    return found


# ---------------------------------------------------------------- what it did and said


def _last(record: Record, wanted: Wanted, whole: Period | None) -> tuple[Told, ...]:
    """The last events up to the last report."""
    until = wanted.until or (whole.last if whole else None)
    return tuple(record.store.page(replace(wanted, until=until), ITEMS, None, True).rows)


def _deeds(desk: Desk, query: Query, code: str, whole: Period | None) -> Deeds:
    """Contacts and demands; those of a country's organ or of somebody without a country are those that rest on its rows."""
    wanted, latest = query.wanted, whole.last if whole else "9999"
    land = code if "." not in code and not code.startswith('"') else None
    asked = wanted if land else replace(wanted, actor=code)
    contacts = [one for one in desk.ledgers.get("contacts", asked) if land is None or land in one.sides]
    demands = [one for one in desk.ledgers.get("demands", asked) if (one.since or "") <= latest]
    held = [one for one in contacts if one.first and one.first <= latest]
    party = land or code.partition(".")[0]
    return Deeds(
        contacts=sorted(held, key=lambda one: (one.first, one.id), reverse=True)[:ITEMS],
        demands=_newest(one for one in demands if party in one.by),
        demanded=_newest(one for one in demands if party in one.of),
    )


def _newest(demands: Any) -> list[Demand]:
    return sorted(demands, key=lambda one: (one.since or "", one.id), reverse=True)[:ITEMS]


def _said(record: Record, wanted: Wanted) -> Said:
    store = record.store
    last = store.page(wanted, QUOTES, None, True).rows
    return Said(store.count(wanted), tuple(store.facet("publisher", wanted)), tuple(last))
