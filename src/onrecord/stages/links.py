"""How the rows of one report hang together: fills ``contact`` and ``answers``.

A contact is one call, meeting, round of talks or letter, however many sentences tell of it.  A row
joins the latest contact with which its participants, its day and its sort (call, meeting, letter)
agree; else it opens a new one.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from onrecord.knowledge import table
from onrecord.page import Draft
from onrecord.record import Entity, Event, Status, digest

Drafted = tuple[Event, Draft]

REACH: Final = 3
"""How many sentences a bare "the talks" may lie behind what it means, and an answer behind its demand."""


@functools.cache
def _sorts() -> Mapping[str, str]:
    return {word: sort for sort, words in table("english/links")["contact_sorts"].items() for word in words}


@functools.cache
def _others() -> frozenset[str]:
    return frozenset(table("english/links")["other"])


@functools.cache
def _answering() -> Mapping[str, frozenset[str]]:
    return {type_: frozenset(asked) for type_, asked in table("english/links")["answers"].items()}


def link(rows: Sequence[Drafted]) -> list[Event]:
    """The same rows in the same order, with ``contact`` and ``answers`` filled.

    A bare "the call" takes its participants from the contact that it means; a row that stays
    without any party is left out.
    """
    events = [event for event in _contacts(rows) if event.actors or event.recipients]
    return [_answer(event, events[:n]) for n, event in enumerate(events)]


# ---------------------------------------------------------------- contacts


@dataclass(slots=True)
class _Contact:
    """What the rows of one contact agree on so far."""

    id: str
    parties: set[str]
    sentence: int
    sort: str | None = None
    days: tuple[str, str] | None = None
    status: Status = "actual"
    participants: tuple[Entity, ...] = ()

    def take(self, event: Event, draft: Draft) -> None:
        """Enter a row and learn from it what was not known."""
        self.parties |= _parties(event)
        if len(event.actors) > len(self.participants):
            self.participants = event.actors
        self.sort = self.sort or _sort(draft)
        self.days = self.days or _days(event)
        self.sentence = draft.clause.sentence.number


def _contacts(rows: Sequence[Drafted]) -> list[Event]:
    known: list[_Contact] = []
    out = []
    for event, draft in rows:
        if event.type != "CONSULT":
            out.append(event)
            continue
        contact = next((c for c in reversed(known) if _same(c, event, draft)), None)
        if contact is None:
            contact = _Contact(digest(event.id, "contact"), set(), 0, status=event.status)
            known.append(contact)
        contact.take(event, draft)
        out.append(replace(event, contact=contact.id, actors=event.actors or _as_told(contact.participants, draft)))
    return out


def _as_told(participants: tuple[Entity, ...], draft: Draft) -> tuple[Entity, ...]:
    """The participants of a contact, each pointing at the words that stand for them here: the contact's own."""
    return tuple(replace(entity, span=draft.trigger) for entity in participants)


def _same(contact: _Contact, event: Event, draft: Draft) -> bool:
    parties, sort, days = _parties(event), _sort(draft), _days(event)
    if sort and contact.sort and sort != contact.sort:
        return False
    if days and contact.days and (days[0] > contact.days[1] or contact.days[0] > days[1]):
        return False
    if (event.status == "actual") != (contact.status == "actual") and not (days and contact.days):
        return False
    if _set_apart(draft):
        return False
    if parties and contact.parties:
        return parties <= contact.parties or contact.parties <= parties
    near = draft.clause.sentence.number - contact.sentence <= REACH
    return near or (len(contact.parties) > 1 and sort is not None and sort == contact.sort)


def _parties(event: Event) -> set[str]:
    return {e.country or e.name or e.span.text for e in (*event.actors, *event.recipients)}


def _sort(draft: Draft) -> str | None:
    return _sorts().get(draft.sense.key) or _sorts().get(draft.clause.lemma)


def _days(event: Event) -> tuple[str, str] | None:
    date = event.date
    return None if date is None or date.earliest is None or date.latest is None else (date.earliest, date.latest)


def _set_apart(draft: Draft) -> bool:
    """A word before the noun says that another contact is meant ("a second call", "recent talks")."""
    clause = draft.clause
    if clause.kind != "noun":
        return False
    return any(t.lower in _others() for t in clause.sentence.kids(clause.head, "amod", "det"))


# ---------------------------------------------------------------- answers


def _answer(event: Event, before: Sequence[Event]) -> Event:
    """Point an acceptance, refusal or rebuttal at the nearest demand, accusation or threat that it can answer."""
    asked = _answering().get(event.type)
    if not asked:
        return event
    answerer = {e.country for e in event.actors if e.country}
    for other in reversed(before):
        if other.type in asked and answerer & {e.country for e in other.recipients} and not answerer & {e.country for e in other.actors}:
            return replace(event, answers=other.id)
    return event
