"""What is to come: planned contacts and deeds after a day, with what was moved or called off, also as a calendar file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal
from zoneinfo import ZoneInfo

from onrecord.held import Told, Wanted
from onrecord.ledger import wording
from onrecord.ledger.contacts import Contact, contacts
from onrecord.ledger.tellings import Telling, countries, first_day, order, row_of, usable, voices
from onrecord.record import TYPES, digest

if TYPE_CHECKING:
    import icalendar

Standing = Literal["planned", "moved", "cancelled", "held"]
FOR_PLANS: Final = (Wanted(types=("CONSULT", "REJECT")),)
"""The rows that ``plans`` looks at: contacts, and refusals of them."""
FOR_DEEDS: Final = (Wanted(types=tuple(type_ for type_ in TYPES if type_ != "CONSULT"), statuses=("planned", "negated")),)
"""The rows that ``deeds`` looks at."""
NEEDED: Final = (*FOR_PLANS, *FOR_DEEDS)
"""The rows that ``agenda`` looks at."""
PRODUCT: Final = "-//onrecord//agenda//EN"
NO_DAY: Final = date(1970, 1, 1)
"""The stamp of what no dated report tells: a calendar entry must have one, and it must not depend on the clock."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to come.  ``first`` and ``last`` are ISO days; ``time`` is HH:MM in ``timezone`` as the report names it."""

    id: str
    type: str
    what: str
    parties: tuple[str, ...]
    status: Standing
    first: str
    last: str
    time: str | None
    timezone: str | None
    place: str | None
    planned_for: tuple[str, ...]
    tellings: tuple[Telling, ...]

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows that it rests on."""
        return tuple(telling.row for telling in self.tellings)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, whole."""
        return {
            "id": self.id,
            "type": self.type,
            "what": self.what,
            "parties": list(self.parties),
            "status": self.status,
            "first": self.first,
            "last": self.last,
            "time": self.time,
            "timezone": self.timezone,
            "place": self.place,
            "planned_for": list(self.planned_for),
            "voices": voices(self.tellings),
            "tellings": [telling.to_dict() for telling in self.tellings],
            "rows": list(self.rows),
        }


def agenda(tolds: Iterable[Told], after: str) -> list[Item]:
    """What is planned for days after the ISO day ``after``, by day; ValueError when that is no date.

    What a later report tells as held is left out; what one moves or calls off is kept and marked.
    """
    rows = list(usable(tolds))
    return sorted((*plans(contacts(rows), after), *deeds(rows, after)), key=lambda item: place(item.first, item.time, item.id))


def place(first: str, time: str | None, id_: str) -> tuple[str, str, str]:
    """Where an item stands in the agenda: by day, by the hour, those of the whole day first."""
    return first, time or "", id_


def plans(joined: Iterable[Contact], after: str = "") -> list[Item]:
    """The contacts that are planned, moved or called off, as items, in no order; those that end after an ISO day, or all."""
    return [_of_contact(contact) for contact in joined if contact.status in TO_COME and contact.last is not None and contact.last > after]


TO_COME: Final = frozenset({"planned", "moved", "cancelled"})


def _of_contact(contact: Contact) -> Item:
    names = ", ".join(participant.name for participant in contact.participants)
    clock = contact.time
    return Item(
        id=contact.id,
        type="CONSULT",
        what=f"{contact.sort}: {names}",
        parties=contact.sides,
        status="moved" if contact.status == "moved" else "cancelled" if contact.status == "cancelled" else "planned",
        first=contact.first or "",
        last=contact.last or "",
        time=clock[0] if clock else None,
        timezone=clock[1] if clock else None,
        place=contact.place,
        planned_for=contact.planned_for,
        tellings=contact.tellings,
    )


# ---------------------------------------------------------------- planned deeds

Key = tuple[str, frozenset[str], frozenset[str]]


def deeds(tolds: Iterable[Told], after: str) -> list[Item]:
    """Planned rows of other types than contacts, in no order: those of one type, the same parties and overlapping days are one.

    ValueError when ``after`` is no date.
    """
    date.fromisoformat(after)
    rows = (told for told in usable(tolds) if told.type != "CONSULT")
    planned: dict[Key, list[list[Told]]] = {}
    ended: dict[Key, list[Told]] = {}
    for told in sorted(rows, key=lambda told: (first_day(told), told.id)):
        key = (told.type, countries(told.actors), countries(told.recipients))
        if told.status == "negated":
            ended.setdefault(key, []).append(told)
        elif told.status == "planned" and told.latest is not None and told.latest > after:
            groups = planned.setdefault(key, [])
            if groups and _overlap(groups[-1][-1], told):
                groups[-1].append(told)
            else:
                groups.append([told])
    return [_of_deed(key, group, ended.get(key, ())) for key, groups in planned.items() for group in groups]


def _overlap(one: Told, other: Told) -> bool:
    return (one.earliest or "") <= (other.latest or "") and (other.earliest or "") <= (one.latest or "")


def _of_deed(key: Key, group: Sequence[Told], ended: Iterable[Told]) -> Item:
    later = [told for told in ended if (told.head.published or "") >= (group[-1].head.published or "") and _ends(told, group)]
    tellings = tuple(sorted((Telling.of(told) for told in (*group, *later)), key=order))
    first = group[0]
    row = row_of(first)
    when = row["date"] or {}
    moved = any(wording.says("moved", telling.sentence.text) for telling in tellings)
    return Item(
        id=digest("agenda", first.id),
        type=first.type,
        what=row["sentence"]["text"].strip(),
        parties=tuple(sorted(key[1] | key[2])),
        status="cancelled" if later else "moved" if moved else "planned",
        first=first.earliest or first.latest or "",
        last=max(told.latest or "" for told in group),
        time=when.get("time"),
        timezone=when.get("timezone"),
        place=row["place"]["name"] if row["place"] else None,
        planned_for=(),
        tellings=tellings,
    )


def _ends(told: Told, group: Sequence[Told]) -> bool:
    """A denial of the same day, or without one of its own."""
    return told.earliest is None or any(_overlap(told, plan) for plan in group)


# ---------------------------------------------------------------- as a calendar file


def ics(items: Iterable[Item]) -> str:
    """The items as an RFC 5545 calendar: the same items always give the same text.

    All-day entries where only the day is known, timed ones (in UTC) where the time and a known time zone are.
    """
    import icalendar  # late: only who exports a calendar pays for it

    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for item in items:
        calendar.add_component(_event(item))
    text: bytes = calendar.to_ical()
    return text.decode("utf-8")


def _event(item: Item) -> icalendar.Event:
    import icalendar

    event = icalendar.Event()
    event.add("uid", f"{item.id}@onrecord")
    event.add("dtstamp", _stamp(item))
    start = _start(item)
    if start is not None:
        event.add("dtstart", start)
    else:
        event.add("dtstart", date.fromisoformat(item.first))
        event.add("dtend", _day_after(item.last))
    event.add("summary", item.what)
    event.add("status", "CANCELLED" if item.status == "cancelled" else "CONFIRMED" if item.first == item.last else "TENTATIVE")
    if item.place:
        event.add("location", item.place)
    event.add("description", "\n".join(f"{telling.publisher or telling.report}: {telling.sentence.text}" for telling in item.tellings))
    return event


def _stamp(item: Item) -> datetime:
    """When the entry was last told: the day of its latest report, not that of the export."""
    latest = max((telling.published for telling in item.tellings if telling.published), default=None)
    return datetime.combine(date.fromisoformat(latest) if latest else NO_DAY, datetime.min.time(), UTC)


def _start(item: Item) -> datetime | None:
    """The moment it starts, in UTC; None unless day, time and time zone are all known."""
    zone = wording.words("zones").get((item.timezone or "").lower().removesuffix(" time"))
    if zone is None or item.time is None or item.first != item.last:
        return None
    hour, minute = item.time.split(":")[:2]
    day = date.fromisoformat(item.first)
    return datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _day_after(day: str) -> date:
    """A calendar's end day is not part of the entry; the calendar's last day is its own end."""
    last = date.fromisoformat(day)
    return last if last == date.max else last + timedelta(days=1)
