"""The story day by day: each event once, however many reports tell it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from onrecord.held import Told
from onrecord.ledger.contacts import Contact, contacts
from onrecord.ledger.tellings import EVERY, Telling, countries, tellings, usable

NEEDED: Final = EVERY
"""The rows that ``timeline`` looks at."""


@dataclass(frozen=True)
class Happening:
    """One event: ``first`` and ``last`` are ISO days (None where neither the event nor its reports have one)."""

    id: str
    type: str
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    first: str | None
    last: str | None
    rows: tuple[str, ...]
    voices: int
    """How many tell it, copies of one wire story counted once."""
    contact: Contact | None = None
    told: tuple[Told, ...] = field(default=(), repr=False, compare=False)

    @cached_property
    def tellings(self) -> tuple[Telling, ...]:
        """Every row, oldest report first."""
        return self.contact.tellings if self.contact is not None else tellings(self.told)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, whole; of a contact its id, under which ``contacts`` has the rest."""
        return {
            "id": self.id,
            "type": self.type,
            "status": self.status,
            "actors": list(self.actors),
            "recipients": list(self.recipients),
            "first": self.first,
            "last": self.last,
            "voices": self.voices,
            "contact": self.contact.id if self.contact else None,
            "tellings": [telling.to_dict() for telling in self.tellings],
            "rows": list(self.rows),
        }


def timeline(tolds: Iterable[Told], joined: Iterable[Contact] | None = None) -> list[Happening]:
    """All events by day, those without a day last: contacts joined as ``contacts`` joins them, others by type, parties and day.

    ``joined`` are the contacts of the same rows, where they are at hand.
    """
    rows = list(usable(tolds))
    items = [_of_contact(contact) for contact in (contacts(rows) if joined is None else joined)]
    items += _others(told for told in rows if told.type != "CONSULT")
    return sorted(items, key=lambda item: (item.first or "9999", item.last or "9999", item.id))


def _of_contact(contact: Contact) -> Happening:
    heads = {row.head.voice for account in contact.told for row in account.rows}
    return Happening(
        id=contact.id,
        type="CONSULT",
        status=contact.status,
        actors=contact.sides,
        recipients=(),
        first=contact.first,
        last=contact.last,
        rows=contact.rows,
        voices=len(heads),
        contact=contact,
    )


def _others(rows: Iterable[Told]) -> list[Happening]:
    """Rows of one type, status, parties and day are one event; who names no state has only itself."""
    found: dict[tuple[object, ...], list[Told]] = {}
    for told in rows:
        actors, recipients = _parties(told.actors), _parties(told.recipients)
        days = (told.earliest, told.latest) if told.earliest else (told.head.published, told.head.published)
        alone = told.id if not any(days) or not (actors or recipients) else None
        found.setdefault((told.type, told.status, actors, recipients, days, alone), []).append(told)
    return [_happening(group) for group in found.values()]


def _parties(parties: tuple[str, ...]) -> tuple[str, ...]:
    """The states and organisations, or the notation where there is none."""
    return tuple(sorted(countries(parties) or set(parties)))


def _happening(group: list[Told]) -> Happening:
    group = sorted(group, key=lambda told: (told.head.published or "9999", told.head.id, told.id))
    first = group[0]
    return Happening(
        id=first.id,
        type=first.type,
        status=first.status,
        actors=_parties(first.actors),
        recipients=_parties(first.recipients),
        first=first.day,
        last=first.latest or first.day,
        rows=tuple(told.id for told in group),
        voices=len({told.head.voice for told in group}),
        told=tuple(group),
    )
