"""Contacts: the log of calls, meetings, visits and letters; one contact as each of its tellers tells it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, get_args

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from onrecord import knowledge
from onrecord.export import words
from onrecord.held import Head
from onrecord.ledger import Contact
from onrecord.ledger.contacts import Participant, Sort, Standing
from onrecord.ledger.sides import Item, Side
from onrecord.web import answers, sheets
from onrecord.web.desk import Desk, desk_of
from onrecord.web.filters import Query, parsed

router = APIRouter(include_in_schema=False)
OWN: Final = ("sort", "standing", "told", "about")
MANY: Final = 99
"""Publishers that may be asked for at most."""
LENGTH: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
UNITS: Final = ("day", "hour", "minute", "second")


@dataclass(frozen=True, slots=True)
class Line:
    """One contact as the log shows it."""

    id: str
    first: str | None
    last: str | None
    sort: Sort
    standing: Standing
    planned_for: tuple[str, ...]
    sides: tuple[str, ...]
    participants: tuple[Participant, ...]
    initiator: str | None
    time: tuple[str, str | None] | None
    duration: str | None
    place: str | None
    topics: tuple[str, ...]
    tellers: tuple[str, ...]
    voices: int
    reports: tuple[str, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """What those who took part are, each once."""
        return tuple(dict.fromkeys(role for role in map(standing_of, self.participants) if role))

    @property
    def length(self) -> str | None:
        """How long it was, in words."""
        return length(self.duration)

    @property
    def haystack(self) -> str:
        """What a search for a participant or a topic looks into."""
        named = (part for one in self.participants for part in (one.name, one.role, one.country, words.country(one.country)))
        return " ".join(part for part in (*named, self.place, *self.topics) if part).lower()


def line(contact: Contact) -> Line:
    """A contact as the log shows it; nothing of it stays with the contact, of which there may be 100,000."""
    fresh = replace(contact)
    return Line(
        id=contact.id,
        first=contact.first,
        last=contact.last,
        sort=contact.sort,
        standing=contact.status,
        planned_for=contact.planned_for,
        sides=contact.sides,
        participants=fresh.participants,
        initiator=fresh.initiator,
        time=fresh.time,
        duration=fresh.duration,
        place=fresh.place,
        topics=fresh.topics,
        tellers=tellers(contact),
        voices=contact.voices,
        reports=contact.reports,
    )


def tellers(contact: Contact) -> tuple[str, ...]:
    """The publishers that tell of it, each once; a report without one by its id."""
    return tuple(dict.fromkeys(account.head.publisher or account.head.id for account in contact.told))


def standing_of(who: Participant) -> str | None:
    """What somebody who took part is: title and country; None for a state or organisation that stands for itself."""
    itself = knowledge.table("world/organisations").get(who.country, {}).get("name")
    land = words.country(who.country)
    if who.role:
        return who.role if not land or land in who.role else f"{who.role}, {land}"
    return None if who.name in (land, itself) else land


def length(duration: str | None) -> str | None:
    """``PT1H20M`` as ``1 hour 20 minutes``; as it is where it is written otherwise."""
    found = LENGTH.fullmatch(duration or "")
    if not duration or found is None:
        return duration
    told = [(int(amount), unit) for amount, unit in zip(found.groups(), UNITS, strict=True) if amount]
    return " ".join(f"{amount} {unit}{'s' * (amount != 1)}" for amount, unit in told) or duration


# ---------------------------------------------------------------- the log


@router.get("/contacts")
@router.get("/contacts.json")
@router.get("/contacts.csv")
def contacts(request: Request) -> Response:
    """The log."""
    desk, query = desk_of(request), parsed(request, own=(*OWN, *sheets.PAGED))
    found = chosen(desk, query)

    def log(part: sheets.Sheet[Contact]) -> Response:
        desk.ledgers.soon(INDEX, lambda _: index(desk))
        shown: dict[str, Any] = {
            "months": by_month(part.items),
            "calendar": calendar(found, query.size),
            "sorts": Counter(contact.sort for contact in found).most_common(),
            "standings": Counter(contact.status for contact in found).most_common(),
            "fresh": desk.ledgers.fresh(("contacts",)),
        }
        return answers.page(request, "contacts.html", sheet=part, query=query, choices=CHOICES, **shown)

    return sheets.listing(request, query, found, COLUMNS, lambda items: lines(desk, items), log)


CHOICES: Final[Mapping[str, tuple[str, ...]]] = {"sort": get_args(Sort), "standing": get_args(Standing)}


def chosen(desk: Desk, query: Query) -> list[Contact]:
    """The contacts that are asked for, the newest first (or the oldest), those without a day last."""
    fits = [*_conditions(desk, query)]
    found = [contact for contact in desk.ledgers.get("contacts", query.wanted) if all(fit(contact) for fit in fits)]
    if sheets.choice(query, "order", sheets.ORDERS) == "oldest":
        return found
    dated = [contact for contact in found if contact.first]
    return [*reversed(dated), *(contact for contact in found if not contact.first)]


def _conditions(desk: Desk, query: Query) -> Iterator[Callable[[Contact], bool]]:
    """What the page's own parameters ask of a contact."""
    sort, standing = (sheets.choice(query, name, known) for name, known in CHOICES.items())
    told, about = sheets.number(query, "told", MANY), query.value("about").lower().split()
    if sort:
        yield lambda contact: contact.sort == sort
    if standing:
        yield lambda contact: contact.status == standing
    if told and told > 1:
        yield lambda contact: len(contact.told) >= told <= len(tellers(contact))
    if about:
        haystacks = desk.ledgers.kept(INDEX, lambda _: index(desk)).haystacks
        yield lambda contact: all(word in haystacks.get(contact.id, "") for word in about)


@dataclass(frozen=True, slots=True)
class Index:
    """All contacts as the log shows them, and what a search looks into, by their ids."""

    lines: Mapping[str, Line]
    haystacks: Mapping[str, str]


def index(desk: Desk) -> Index:
    """The index of all contacts, which are joined already."""
    found = {contact.id: line(contact) for contact in desk.ledgers.now("contacts")}
    return Index(found, {id_: one.haystack for id_, one in found.items()})


INDEX: Final = ("contacts", "index")


def lines(desk: Desk, items: Sequence[Contact]) -> list[Line]:
    """Some contacts as the log shows them: of many, all are put into words once and kept."""
    known = desk.ledgers.kept(INDEX, lambda _: index(desk)).lines if len(items) > sheets.BULK else {}
    return [known.get(contact.id) or line(contact) for contact in items]


SHORT: Final = 4
"""Days at most over which a contact may have been for the log to give it a day of its own."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the log: its days with what was on each (None: no one day); ``month`` is ``2021-12``, None for what has none."""

    month: str | None
    days: tuple[tuple[str | None, tuple[Line, ...]], ...]


def by_month(items: Iterable[Contact]) -> list[Month]:
    """A stretch of the log by month and day."""
    made = map(line, items)
    months = itertools.groupby(made, lambda one: one.first and one.first[:7])
    return [Month(month, tuple((day, tuple(ones)) for day, ones in itertools.groupby(group, on_day))) for month, group in months]


def on_day(one: Line) -> str | None:
    """The day that a contact stands at in the log; None where it may have been on any of many."""
    if one.first is None or one.last is None:
        return one.first
    return one.first if date.fromisoformat(one.last) - date.fromisoformat(one.first) < timedelta(days=SHORT) else None


def calendar(found: Sequence[Contact], size: int) -> list[tuple[str, int, int]]:
    """Every month that the log has, with its number of contacts and the page on which it begins."""
    begins: dict[str, int] = {}
    count = Counter(contact.first[:7] for contact in found if contact.first)
    for place, contact in enumerate(found):
        if contact.first:
            begins.setdefault(contact.first[:7], place // size + 1)
    return [(month, count[month], page) for month, page in begins.items()]


COLUMNS: Final[answers.Columns] = {
    "id": lambda one: one.id,
    "first": lambda one: one.first,
    "last": lambda one: one.last,
    "sort": lambda one: one.sort,
    "standing": lambda one: one.standing,
    "sides": lambda one: "; ".join(one.sides),
    "participants": lambda one: "; ".join(f"{who.name} ({who.role})" if who.role else who.name for who in one.participants),
    "initiator": lambda one: one.initiator,
    "time": lambda one: one.time[0] if one.time else None,
    "timezone": lambda one: one.time[1] if one.time else None,
    "duration": lambda one: one.duration,
    "place": lambda one: one.place,
    "topics": lambda one: "; ".join(one.topics),
    "planned_for": lambda one: "; ".join(one.planned_for),
    "publishers": lambda one: "; ".join(one.tellers),
    "voices": lambda one: one.voices,
    "reports": lambda one: "; ".join(one.reports),
}


# ---------------------------------------------------------------- one contact


@router.get("/contact/{id}")
@router.get("/contact/{id}.json")  # registered first, and so matched first: the decorator below is applied before the one above
def contact(request: Request, id: str) -> Response:
    """One contact, its tellings side by side."""
    query = parsed(request)
    found = the_one(desk_of(request), id)
    if answers.ending(request) == "json":
        return answers.as_json(found.to_dict())
    sides = replace(found).accounts
    shown: dict[str, Any] = {"tellers": [teller(side, found) for side in sides], "topics": topics(sides), "line": line(found)}
    return answers.page(request, "contact.html", query=query, **shown)


def the_one(desk: Desk, start: str) -> Contact:
    """The contact whose id starts so; a page that is not found where there is none, or more than one."""
    found: list[Contact] = [contact for contact in desk.ledgers.get("contacts") if contact.id.startswith(start)]
    if len(found) == 1:
        return found[0]
    count = len(found) or "no"
    raise HTTPException(
        404, f"This record has {count} contact{'s' * (len(found) != 1)} with an id that starts with {words.clean(start)!r}."
    )


@dataclass(frozen=True, slots=True)
class Source:
    """One report of a teller; ``copy_of`` is the report whose words it mostly repeats, if any."""

    head: Head
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class Teller:
    """One publisher's account as the page shows it: its reports, what it tells by kind, and what it alone tells."""

    side: Side
    reports: tuple[Source, ...]
    kinds: tuple[tuple[str, tuple[Item, ...]], ...]
    alone: frozenset[Item]


def teller(side: Side, found: Contact) -> Teller:
    """A publisher's account, its things by kind, in the order in which they are first told."""
    heads = {account.head.id: account.head for account in found.told}
    reports = dict.fromkeys(telling.report for telling in side.tellings)
    kinds: dict[str, list[Item]] = {}
    for item in side.items:
        kinds.setdefault(item.kind, []).append(item)
    return Teller(
        side=side,
        reports=tuple(Source(heads[id_], None if heads[id_].voice == id_ else heads[id_].voice) for id_ in reports),
        kinds=tuple((kind, tuple(items)) for kind, items in kinds.items()),
        alone=frozenset(side.only),
    )


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic with what each teller has of it, in the tellers' order; ``only`` is the publisher that alone tells of it."""

    label: str
    cells: tuple[Item | None, ...]
    only: str | None


def topics(sides: Sequence[Side]) -> list[Topic]:
    """Topic by teller, those that most tell first."""
    cells: dict[str, list[Item | None]] = {}
    for place, side in enumerate(sides):
        for item in side.items:
            if item.kind == "topic":
                row = cells.setdefault(item.label, [None] * len(sides))
                row[place] = row[place] or item
    found = [Topic(label, tuple(row), _alone(row, sides)) for label, row in cells.items()]
    return sorted(found, key=lambda topic: (-sum(cell is not None for cell in topic.cells), topic.label.lower()))


def _alone(row: Sequence[Any], sides: Sequence[Side]) -> str | None:
    """The one publisher that has a cell, where there are others that could have one."""
    telling = [side.publisher for cell, side in zip(row, sides, strict=True) if cell is not None]
    return telling[0] if len(telling) == 1 and len(sides) > 1 else None
