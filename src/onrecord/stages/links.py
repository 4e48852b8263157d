"""How the rows of one report hang together: fills ``contact`` and ``answers``.

A contact is one call, meeting, round of talks or letter, however many sentences tell of it.  A row
joins the contact that it fits best among those with which its participants, its day, its town and its
sort (call, visit, letter) agree; else it opens a new one.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from onrecord.knowledge import table
from onrecord.page import Draft
from onrecord.record import Entity, Event, Status, digest

Drafted = tuple[Event, Draft]
Days = tuple[str, str]

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


VISIT: Final = "visit"
RECALL: Final = 6
"""How many sentences a bare "the attacks" may lie behind what it means."""
PAIR: Final = 2
"""The sides of most contacts: who else came to a larger one, a row that names one side does not tell."""
LOOK_BACK: Final = 60
"""Rows back within which a demand is answered, and contacts back that a row may join."""
FRESH: Final = timedelta(days=10)


def link(rows: Sequence[Drafted], published: date | None) -> list[Event]:
    """The same rows in the same order, with ``contact`` and ``answers`` filled.

    A bare "the call" takes its participants from the contact that it means, a bare "the attacks" its
    parties from the attack that was told of before; a row that stays without any party is left out.
    """
    drafts = [draft for _, draft in rows]
    told = _told_before(list(zip(_contacts(rows, published), drafts, strict=True)))
    told = _at_contact(list(zip(told, drafts, strict=True)))
    events = [event for event in told if event.actors or event.recipients]
    return [_answer(event, events[max(0, n - LOOK_BACK) : n]) for n, event in enumerate(events)]


# ---------------------------------------------------------------- contacts


@dataclass(slots=True)
class _Contact:
    """What the rows of one contact agree on so far."""

    id: str
    parties: set[str]
    sentence: int
    words: set[str]
    heads: set[tuple[int, int]] = field(default_factory=set)
    sort: str | None = None
    days: Days | None = None
    town: str | None = None
    status: Status = "actual"
    participants: tuple[Entity, ...] = ()

    def take(self, event: Event, draft: Draft) -> None:
        """Enter a row and learn from it what was not known."""
        self.parties |= _parties(event)
        if len(_parties(event)) > len({e.country for e in self.participants}):
            self.participants = tuple(e for e in event.actors if e.country)
        self.sort = self.sort or _sort(draft)
        self.days = self.days or _days(event)
        self.town = self.town or _town(event)
        self.words.add(draft.clause.lemma)
        self.heads.add((draft.clause.sentence.number, draft.clause.head))
        self.sentence = draft.clause.sentence.number


def _contacts(rows: Sequence[Drafted], published: date | None) -> list[Event]:
    known: list[_Contact] = []
    joined: dict[str, _Contact] = {}
    beside = _beside(rows)
    for event, draft in rows:
        if event.type != "CONSULT":
            continue
        contact = _best(known, event, draft, beside[draft.clause.sentence.number], published)
        if contact is None:
            contact = _Contact(digest(event.id, "contact"), set(), 0, set(), status=event.status)
            known.append(contact)
        contact.take(event, draft)
        joined[event.id] = contact
    return [_completed(event, draft, joined[event.id]) if event.id in joined else event for event, draft in rows]


def _beside(rows: Sequence[Drafted]) -> dict[int, set[str]]:
    """The countries that each sentence's rows name: whom a bare "the call" in it is likely to be between."""
    named: dict[int, set[str]] = {}
    for event, draft in rows:
        named.setdefault(draft.clause.sentence.number, set()).update(_parties(event))
    return named


def _completed(event: Event, draft: Draft, contact: _Contact) -> Event:
    """The row with its contact, and with the sides that it leaves out: nobody meets alone.

    A side taken over from another row points at the word that stands for the contact here.
    """
    told = _parties(event)
    complete = len(told) > 1 or (told and len(contact.parties) > PAIR)
    others = () if complete else tuple(replace(e, span=draft.trigger) for e in contact.participants if e.country not in told)
    own = tuple(e for e in event.actors if e.country or e.name) if others else event.actors
    return replace(event, contact=contact.id, actors=own + others)


def _best(known: Sequence[_Contact], event: Event, draft: Draft, beside: set[str], published: date | None) -> _Contact | None:
    """The contact that the row fits best: the same sides, those named beside it, the same word, the latest."""
    fitting = [c for c in known[-LOOK_BACK:] if _compatible(c, event, draft, published)]
    return max(fitting, key=lambda c: _affinity(c, event, draft, beside), default=None)


def _affinity(contact: _Contact, event: Event, draft: Draft, beside: set[str]) -> tuple[int, ...]:
    parties = _parties(event)
    town, days = _town(event), _days(event)
    return (
        town is not None and town == contact.town,
        days is not None and days == contact.days,
        parties == contact.parties,
        len(beside & contact.parties),
        event.status == contact.status,
        draft.clause.lemma in contact.words,
        contact.sentence,
    )


def _compatible(contact: _Contact, event: Event, draft: Draft, published: date | None) -> bool:
    """Nothing that is told of either speaks against their being one contact."""
    parties, sort, days = _parties(event), _sort(draft), _days(event)
    if _set_apart(draft) or _at_another_time(contact, draft) or not _same_sort(sort, contact.sort):
        return False
    if _town(event) is not None and contact.town is not None and _town(event) != contact.town:
        return False
    if days and not _meet(days, contact.days or _about(published, contact.status)):
        return False
    if not _points_back(draft) and (event.status == "actual") != (contact.status == "actual") and not (days and contact.days):
        return False
    if parties and contact.parties:
        return parties <= contact.parties or contact.parties <= parties or len(parties & contact.parties) >= PAIR
    near = draft.clause.sentence.number - contact.sentence <= REACH
    return near or len(contact.parties) > 1


def _at_another_time(contact: _Contact, draft: Draft) -> bool:
    """ "They will meet after the Geneva talks": what comes before or after something is not the same thing."""
    sentence = draft.clause.sentence
    below = draft.clause.head
    for place, function in draft.clause.governors:
        word = sentence.tokens[below].lower if function == "prep" else function
        if word in _apart() and (sentence.number, place) in contact.heads:
            return True
        below = place
    return False


@functools.cache
def _apart() -> frozenset[str]:
    return frozenset(table("english/links")["apart"])


def _same_sort(one: str | None, other: str | None) -> bool:
    """A word that names no sort fits any but a visit: what is said on a visit is another contact."""
    if VISIT in (one, other):
        return one == other
    return one is None or other is None or one == other


def _town(event: Event) -> str | None:
    """The town in which a contact is told to be held."""
    return event.place.name if event.place is not None and event.place.geonames is not None else None


def _meet(one: Days, other: Days | None) -> bool:
    """True when two stretches of days overlap, or one is not known."""
    return other is None or (one[0] <= other[1] and other[0] <= one[1])


def _about(published: date | None, status: Status) -> Days | None:
    """When an undated contact is taken to be: news tells of the days just before it came out."""
    if published is None or status != "actual":
        return None
    return ((published - FRESH).isoformat(), published.isoformat())


def _parties(event: Event) -> set[str]:
    return {e.country for e in (*event.actors, *event.recipients) if e.country}


def _sort(draft: Draft) -> str | None:
    return _sorts().get(draft.sense.key) or _sorts().get(draft.clause.lemma)


def _days(event: Event) -> Days | None:
    when = event.date
    return None if when is None or when.earliest is None or when.latest is None else (when.earliest, when.latest)


def _set_apart(draft: Draft) -> bool:
    """A word before the noun says that another contact is meant ("a second call", "recent talks")."""
    clause = draft.clause
    if clause.kind != "noun":
        return False
    return any(t.lower in _others() for t in clause.sentence.kids(clause.head, "amod", "det"))


# ---------------------------------------------------------------- what was told of before


def _told_before(rows: Sequence[Drafted]) -> list[Event]:
    """Rows whose trigger points back ("the attacks", "those protests") with the parties of what they point to."""
    out: list[Event] = []
    for n, (event, draft) in enumerate(rows):
        bare = not event.actors and not event.recipients and event.type != "CONSULT" and _may_point_back(draft)
        earlier = _antecedent(event, draft, [(e, d) for e, (_, d) in zip(out, rows[:n], strict=True)][-LOOK_BACK:]) if bare else None
        if earlier is not None:
            actors = tuple(replace(e, span=draft.trigger) for e in earlier.actors)
            event = replace(event, actors=actors, recipients=tuple(replace(e, span=draft.trigger) for e in earlier.recipients))
        out.append(event)
    return out


def _at_contact(rows: Sequence[Drafted]) -> list[Event]:
    """ "It was agreed …", "documents were signed" without saying by whom: by those who met just before."""
    out: list[Event] = []
    met: tuple[int, Event] | None = None
    for event, draft in rows:
        number = draft.clause.sentence.number
        if event.contact is not None and len(_parties(event)) > 1:
            met = (number, event)
        elif met is not None and number - met[0] <= REACH and _of_the_meeting(event, draft):
            event = replace(event, actors=tuple(replace(e, span=draft.trigger) for e in met[1].actors))
        out.append(event)
    return out


def _of_the_meeting(event: Event, draft: Draft) -> bool:
    """A joint act in the passive that names nobody."""
    return event.type in JOINT and draft.clause.passive and not event.actors and not event.recipients


JOINT: Final = frozenset({"AGREE", "SUPPORT"})
"""What those who meet do together."""


def _may_point_back(draft: Draft) -> bool:
    """A passive that names nobody, or a noun that is not told as something new ("an attack", "another raid")."""
    clause = draft.clause
    if clause.kind != "noun":
        return clause.passive
    return not any(t.lower in _new() for t in clause.sentence.kids(clause.head, "det", "amod", "nummod"))


@functools.cache
def _new() -> frozenset[str]:
    return frozenset(table("english/links")["new"])


def _points_back(draft: Draft) -> bool:
    """A noun with a definite article or a demonstrative."""
    clause = draft.clause
    return clause.kind == "noun" and any(t.lower in _definite() for t in clause.sentence.kids(clause.head, "det"))


@functools.cache
def _definite() -> frozenset[str]:
    return frozenset(table("english/links")["definite"])


def _antecedent(event: Event, draft: Draft, before: Sequence[Drafted]) -> Event | None:
    """The latest row of the same type with parties, not too far back."""
    number = draft.clause.sentence.number
    for other, theirs in reversed(before):
        if number - theirs.clause.sentence.number > RECALL:
            return None
        if other.type == event.type and (other.actors or other.recipients):
            return other
    return None


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
