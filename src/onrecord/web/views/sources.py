"""Sources: who is quoted by name and who is not, by which publisher, and how often others tell the same or deny it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from fastapi import APIRouter, Request, Response

from onrecord.export.csv import Cell
from onrecord.held import Wanted
from onrecord.ledger import Dispute, Happening
from onrecord.store.sums import Quoted
from onrecord.web import answers, sheets
from onrecord.web.desk import desk_of
from onrecord.web.filters import Query, parsed
from onrecord.web.views import memo, periods

router = APIRouter(include_in_schema=False)
OWN: Final = ("page", "how", "by")
How = Literal["named", "unnamed", "unclear"]
HOWS: Final[dict[How, str]] = {"named": "by name", "unnamed": "without a name", "unclear": "not known who"}
"""How a source is quoted: by name or office, on purpose without one, or in words of which it is not known whom they mean."""
Key = tuple[How, str, str | None]


@dataclass(frozen=True, slots=True)
class Quotable:
    """One source with the events for which it is quoted, and how these stand against what others tell."""

    name: str
    how: How
    party: str
    country: str | None
    sector: str | None
    role: str | None
    events: int
    reports: int
    borne_out: int
    """Events that others tell too."""
    denied: int
    """Events that somebody else denies."""
    denies: int
    """Events or accusations of others that it denies or turns down."""
    publishers: tuple[tuple[str, int], ...]
    last: str | None
    url: str

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        told = {name: getattr(self, name) for name in ("name", "how", "party", "country", "sector", "role", "events", "reports")}
        stands = {name: getattr(self, name) for name in ("borne_out", "denied", "denies")}
        return {**told, **stands, "publishers": dict(self.publishers), "last": self.last, "url": self.url}


@dataclass(frozen=True, slots=True)
class Habit:
    """How one publisher quotes: events with a source, by how it is quoted."""

    publisher: str | None
    events: int
    by: dict[How, int]

    def share(self, how: How) -> float:
        """The part of its quotations that is so."""
        return self.by.get(how, 0) / self.events


@dataclass(frozen=True, slots=True)
class Standing:
    """What the ledger says of rows: those that others tell too, and who by row asserts what others deny, or denies what others assert."""

    borne_out: frozenset[str]
    asserts: Mapping[str, str]
    denies: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cast:
    """All sources, the most quoted first, and the publishers' habits."""

    sources: Sequence[Quotable]
    habits: Sequence[Habit]


@router.get("/sources")
@router.get("/sources.json")
@router.get("/sources.csv")
def sources(request: Request) -> Response:
    """Everybody who is quoted; ``how=unnamed`` only those without a name; ``by`` sorts by events, borne_out, denied or denies."""
    desk, query = desk_of(request), parsed(request, own=OWN, paged=True)
    how, by = sheets.choice(query, "how", HOWS), sheets.choice(query, "by", ORDERS) or "events"
    key = ("quoted", query.wanted)
    needs = [key, *memo.ledger("timeline", Wanted())[:1], *memo.ledger("disputes", Wanted())[:1]]

    def made() -> Cast:
        rows = desk.ledgers.kept(key, lambda record: list(record.store.quoted(query.wanted)))
        return cast(query, rows, standing(desk.ledgers.get("timeline"), desk.ledgers.get("disputes")))

    found = memo.kept(desk, "sources", Query(query.wanted, pairs=query.chosen), needs, made)
    listed = sorted((one for one in found.sources if how in (None, one.how)), key=ORDERS[by])

    def page(sheet: sheets.Sheet[Quotable]) -> Response:
        whole = periods.published(desk)
        shown: dict[str, Any] = {"stretches": periods.choices(query, "/sources", whole) if whole else ()}
        shown |= {"habits": found.habits, "how": how, "by": by, "hows": HOWS, "most": max((one.events for one in listed), default=0)}
        return answers.page(request, "sources.html", query=query, sheet=sheet, **shown)

    return sheets.listing(request, query, listed, COLUMNS, page=page)


def _by(name: str) -> Callable[[Quotable], Any]:
    """An order by one number, the highest first."""
    return lambda one: (-getattr(one, name), -one.events, one.name, one.party)


ORDERS: Final = {name: _by(name) for name in ("events", "borne_out", "denied", "denies")}


def standing(timeline: Iterable[Happening], disputes: Iterable[Dispute]) -> Standing:
    """Which rows tell what others tell too, which are denied, which deny."""
    found = list(disputes)
    return Standing(
        frozenset(row for one in timeline if one.voices > 1 for row in one.rows),
        {voice.telling.row: voice.by for one in found for voice in one.asserted},
        {voice.telling.row: voice.by for one in found for voice in one.denied},
    )


def _own(rows: Iterable[Quoted], by: Mapping[str, str]) -> int:
    """In how many rows the source itself is the side; who only tells what others blame or deny is none."""
    return len({row.event for row in rows if by.get(row.event, "") in (row.source["country"] or "-", row.source["name"] or "-")})


def cast(query: Query, rows: Iterable[Quoted], stands: Standing) -> Cast:
    """The sources of some rows, and how the publishers quote."""
    cases: dict[Key, list[Quoted]] = {}
    habits: dict[str | None, Counter[How]] = {}
    for row in rows:
        how = how_of(row.source)
        cases.setdefault(_key(how, row), []).append(row)
        habits.setdefault(row.publisher, Counter())[how] += 1
    made = [_quotable(query, key, told, stands) for key, told in cases.items()]
    by_publisher = [Habit(publisher, by.total(), dict(by)) for publisher, by in habits.items()]
    return Cast(sorted(made, key=ORDERS["events"]), sorted(by_publisher, key=lambda one: (-one.events, one.publisher or "")))


def how_of(source: dict[str, Any]) -> How:
    """How a source is quoted; words without a name and a country tell nobody who is meant."""
    if source["anonymous"]:
        return "unnamed"
    return "named" if source["name"] or source["country"] else "unclear"


def _key(how: How, row: Quoted) -> Key:
    """What makes two sources one: by name the name and country, else the party in notation."""
    name = row.source["name"] if how == "named" else None
    return how, name or row.party, row.source["country"]


def _quotable(query: Query, key: Key, rows: Sequence[Quoted], stands: Standing) -> Quotable:
    how, name, country = key
    first = Counter((row.party, row.source["sector"]) for row in rows).most_common(1)[0][0]
    roles = Counter(row.source["role"] for row in rows if row.source["role"])
    ids = {row.event for row in rows}
    named = how == "named" and name != first[0]
    return Quotable(
        name=name if named else answers.notation(name),
        how=how,
        party=first[0],
        country=country,
        sector=first[1],
        role=roles.most_common(1)[0][0] if roles else None,
        events=len(ids),
        reports=len({row.report for row in rows}),
        borne_out=len(ids & stands.borne_out),
        denied=_own(rows, stands.asserts),
        denies=_own(rows, stands.denies),
        publishers=tuple(Counter(row.publisher for row in rows if row.publisher).most_common()),
        last=max((row.day for row in rows if row.day), default=None),
        url=query.url("/events", *OWN, "order", "size", source=name if named else first[0]),
    )


def _publishers(one: Quotable) -> Cell:
    return "; ".join(f"{name} ({count})" for name, count in one.publishers)


def _column(name: str) -> Callable[[Quotable], Cell]:
    return lambda one: getattr(one, name)


PLAIN: Final = ("name", "how", "party", "country", "sector", "role", "events", "reports", "borne_out", "denied", "denies", "last")
COLUMNS: Final[answers.Columns] = {**{name: _column(name) for name in PLAIN}, "publishers": _publishers}
