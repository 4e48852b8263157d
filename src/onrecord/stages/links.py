"""How the rows of one report hang together: fills ``contact`` and ``answers``.

A contact is one call, meeting, round of talks or letter, however many sentences tell of it.  A row
joins the contact that it fits best among those with which its participants, its day, its town and its
sort (call, visit, letter) agree; else it opens a new one.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from onrecord.knowledge import lexicon, table
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
def _words(name: str) -> frozenset[str]:
    """One list of the table ``english/links``."""
    return frozenset(table("english/links")[name])


@functools.cache
def _answering() -> Mapping[str, frozenset[str]]:
    return {type_: frozenset(asked) for type_, asked in table("english/links")["answers"].items()}


RECALL: Final = 6
"""How many sentences a bare "the attacks" may lie behind what it means."""
PLURAL: Final = frozenset({"NNS", "NNPS"})
PAIR: Final = 2
"""The sides of most contacts: who else came to a larger one, a row that names one side does not tell."""
LOOK_BACK: Final = 60
"""Rows back within which a demand is answered, and contacts back that a row may join."""
FRESH: Final = timedelta(days=10)
SEASON: Final = timedelta(days=62)


def link(rows: Sequence[Drafted], published: date | None) -> list[Event]:
    """The same rows in the same order, with ``contact`` and ``answers`` filled.

    A bare "the call" takes its participants from the contact that it means, a bare "the attacks" its
    parties from the attack that was told of before; a row that stays without any party is left out.
    """
    drafts = [draft for _, draft in rows]
    told = _told_before(list(zip(_contacts(rows, published), drafts, strict=True)))
    told = _at_contact(list(zip(told, drafts, strict=True)))
    kept = [(event, draft) for event, draft in zip(told, drafts, strict=True) if event.actors or event.recipients]
    return [_answer(event, draft, kept[max(0, n - LOOK_BACK) : n]) for n, (event, draft) in enumerate(kept)]


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
    several: bool = False
    ordinal: str | None = None
    ranks: frozenset[str] = frozenset()
    participants: tuple[Entity, ...] = ()

    def take(self, event: Event, draft: Draft) -> None:
        """Enter a row and learn from it what was not known."""
        self.parties |= _parties(event)
        if len(_parties(event)) > len({e.country for e in self.participants}):
            self.participants = tuple(e for e in event.actors if e.country)
        self.sort = None if self.sort in _words("own_sorts") and _sort(draft) is None else self.sort or _sort(draft)
        self.days = _common(self.days, _days(event))
        self.town = self.town or _town(event)
        self.ordinal = self.ordinal or _ordinal(draft)
        self.ranks = self.ranks or _ranks(event)
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
            contact = _Contact(digest(event.id, "contact"), set(), 0, set(), status=event.status, several=_several(draft))
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
    same_word = draft.clause.lemma in contact.words
    return (
        town is not None and town == contact.town,
        days is not None and days == contact.days,
        bool(parties) and parties == contact.parties,
        len(beside & contact.parties),
        _points_back(draft) and same_word,
        event.status == contact.status,
        same_word,
        contact.sentence,
    )


def _compatible(contact: _Contact, event: Event, draft: Draft, published: date | None) -> bool:
    """Nothing that is told of either speaks against their being one contact."""
    parties, days = _parties(event), _days(event)
    if _set_apart(draft) or _at_another_time(contact, draft) or _spoken_of(contact, draft) or not _same_kind(contact, draft):
        return False
    if _town(event) is not None and contact.town is not None and _town(event) != contact.town:
        return False
    undone = "negated" in (event.status, contact.status)  # the day may be that of the calling off
    if days and not undone and not _meet(days, contact.days or _about(published, contact.status)):
        return False
    if not _points_back(draft) and (event.status == "actual") != (contact.status == "actual") and not (days and contact.days):
        return False
    if not _same_rank(contact.ranks, _ranks(event)) or _wider(parties, contact, draft):
        return False
    if parties and contact.parties:
        return parties <= contact.parties or contact.parties <= parties or len(parties & contact.parties) >= PAIR
    near = draft.clause.sentence.number - contact.sentence <= REACH
    return near or len(contact.parties) > 1


def _wider(parties: set[str], contact: _Contact, draft: Draft) -> bool:
    """True where a noun brings along all sides of the contact and more: talks of four are not the call of two of them."""
    return draft.clause.kind == "noun" and PAIR <= len(contact.parties) < len(parties) and contact.parties < parties


def _same_rank(one: frozenset[str], other: frozenset[str]) -> bool:
    """False where leaders met here and those below them there: their advisers' talks are not the leaders' call."""
    return not one or not other or one == other


def _ranks(event: Event) -> frozenset[str]:
    """Whether leaders or those below them take part, where all sides are told to be of one rank; else nothing."""
    told = {(e.country, _rank(e)) for e in event.actors if e.country}
    ranks = {rank for _, rank in told}
    return frozenset(ranks) if len(ranks) == 1 and None not in ranks and len(told) > 1 else frozenset()  # type: ignore[arg-type]


def _rank(entity: Entity) -> str | None:
    words = (entity.role or "").lower()
    if not _words("below_leaders").isdisjoint(word.rstrip("s") for word in words.split()):
        return "below"
    return "leader" if any(title in words for title in _words("leaders")) else None


def _at_another_time(contact: _Contact, draft: Draft) -> bool:
    """ "They will meet after the Geneva talks": what comes before or after something is not the same thing."""
    sentence = draft.clause.sentence
    below = draft.clause.head
    for place, function in draft.clause.governors:
        word = sentence.tokens[below].lower if function == "prep" else function
        if word in _words("apart") and (sentence.number, place) in contact.heads:
            return True
        below = place
    return False


def _spoken_of(contact: _Contact, draft: Draft) -> bool:
    """ "They discussed the results of the Geneva talks": what a contact is about is another one."""
    sentence = draft.clause.sentence
    return any(
        function in _words("about") and (sentence.number, place) in contact.heads and sentence.tokens[place].lemma not in _words("holding")
        for place, function in draft.clause.governors
    )


def _same_kind(contact: _Contact, draft: Draft) -> bool:
    """Alike in sort and number, or coordinated nouns for one thing ("dialogue and talks")."""
    clause = draft.clause
    coordinated = clause.kind == "noun" and clause.token.dep == "conj" and (clause.sentence.number, clause.token.head) in contact.heads
    return coordinated or (_same_sort(_sort(draft), contact.sort) and _same_number(contact, draft))


def _same_number(contact: _Contact, draft: Draft) -> bool:
    """Several calls are not the one call; a second round is not the first."""
    ordinal = _ordinal(draft)
    return _several(draft) == contact.several and (ordinal is None or contact.ordinal is None or ordinal == contact.ordinal)


def _several(draft: Draft) -> bool:
    """True when more contacts are told of than stand before us: "several meetings", "met twice"; not "talks", not "their meetings"."""
    clause = draft.clause
    sentence = clause.sentence
    if clause.kind != "noun":
        return any(t.lower in _words("often") for t in sentence.kids(clause.head, "advmod", "npadvmod"))
    told = clause.args.get("poss") or _points_back(draft)
    return clause.token.tag in PLURAL and clause.lemma not in _words("plural") and not told


def _ordinal(draft: Draft) -> str | None:
    """The number in a row of like contacts: "second" in "a second round of talks"."""
    return next((word for word in _before(draft) if word in _words("ordinals")), None)


def _same_sort(one: str | None, other: str | None) -> bool:
    """A word that names no sort fits any but those that stand for themselves: what is said on a visit is another contact."""
    if _words("own_sorts") & {one, other}:
        return one == other
    return one is None or other is None or one == other


def _town(event: Event) -> str | None:
    """The town in which a contact is told to be held."""
    return event.place.name if event.place is not None and event.place.geonames is not None else None


def _meet(one: Days, other: Days | None) -> bool:
    """True when two stretches of days overlap, or one is not known; what goes on for months is no part of a day's meeting."""
    if other is None or one == other:
        return True
    return one[0] <= other[1] and other[0] <= one[1] and not (_long(one) or _long(other))


def _long(days: Days) -> bool:
    """True for a stretch of days in which there is room for many contacts."""
    return date.fromisoformat(days[1]) - date.fromisoformat(days[0]) > SEASON


def _common(one: Days | None, other: Days | None) -> Days | None:
    """The days that two stretches share, or the one that is known."""
    if one is None or other is None:
        return one or other
    return (max(one[0], other[0]), min(one[1], other[1])) if _meet(one, other) else one


def _about(published: date | None, status: Status) -> Days | None:
    """When an undated contact is taken to be: news tells of the days just before it came out."""
    if published is None or status != "actual":
        return None
    return ((published - FRESH).isoformat(), published.isoformat())


def _parties(event: Event) -> set[str]:
    return _countries((*event.actors, *event.recipients))


def _sort(draft: Draft) -> str | None:
    """What sort of contact a row tells of: by its word, or by the means that it names ("spoke by phone")."""
    clause = draft.clause
    sort = _sorts().get(draft.sense.key) or _sorts().get(clause.lemma) or table("english/links")["modes"].get(draft.sense.mode)
    means = (clause.sentence.tokens[i].lemma for function in _words("by_means") for i in clause.args.get(function, ()))
    return sort or next((_sorts()[lemma] for lemma in means if _sorts().get(lemma) in _words("means")), None)


def _days(event: Event) -> Days | None:
    when = event.date
    return None if when is None or when.earliest is None or when.latest is None else (when.earliest, when.latest)


def _set_apart(draft: Draft) -> bool:
    """A word before the noun says that another contact is meant ("a second call", "recent talks")."""
    return any(word in _words("other") for word in _before(draft))


def _before(draft: Draft) -> list[str]:
    """The determiners and adjectives of a noun, with those of the round that it belongs to ("a previous round of talks")."""
    clause, sentence = draft.clause, draft.clause.sentence
    if clause.kind != "noun":
        return []
    above = sentence.head(clause.token.head)
    measured = sentence.head(clause.head).lower == "of" and above.lemma in _words("rounds")
    heads = [clause.head, above.i] if measured else [clause.head]
    return [t.lower for head in heads for t in sentence.kids(head, "amod", "det")]


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
    joint = lexicon.ontology(event.type).get("joint")
    return bool(joint) and draft.clause.passive and not event.actors and not event.recipients


def _may_point_back(draft: Draft) -> bool:
    """A passive that names nobody, or a noun that is not told as something new ("an attack", "another raid")."""
    clause = draft.clause
    if clause.kind != "noun":
        return clause.passive
    return not any(t.lower in _words("new") for t in clause.sentence.kids(clause.head, "det", "amod", "nummod"))


def _points_back(draft: Draft) -> bool:
    """A noun with a definite article or a demonstrative."""
    clause = draft.clause
    return clause.kind == "noun" and any(t.lower in _words("definite") for t in clause.sentence.kids(clause.head, "det"))


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


def _answer(event: Event, draft: Draft, before: Sequence[Drafted]) -> Event:
    """Point an acceptance, refusal or rebuttal at the nearest demand, accusation or threat that it can answer."""
    asked = _answering().get(event.type)
    if not asked or event.status not in ("actual", "planned"):
        return event
    named = _named(draft)
    for other, theirs in reversed(before):
        fits = other.type == named if named in asked else other.type in asked and not _below(draft, theirs)
        if fits and _replies(event, other):
            return replace(event, answers=other.id)
    return event


def _named(draft: Draft) -> str | None:
    """The type that the thing answered is called by: an accusation for "rejected the charge"; None where no word tells."""
    tokens = draft.clause.sentence.tokens
    lemmas = {tokens[i].lemma for i in draft.clause.args.get("obj", ())}
    return next((type_ for type_, words in table("english/links")["answered"].items() if not lemmas.isdisjoint(words)), None)


def _replies(event: Event, other: Event) -> bool:
    """True when the one who was asked acts, and toward nobody but whoever asked."""
    answerer, asker = _countries(event.actors), _countries(other.actors)
    toward = _countries(event.recipients) - answerer
    return bool(answerer & _countries(other.recipients)) and bool(asker) and not answerer & asker and (not toward or bool(toward & asker))


def _below(draft: Draft, above: Draft) -> bool:
    """ "Urged Russia to withdraw": what is demanded does not answer the demand."""
    same = draft.clause.sentence is above.clause.sentence
    return same and any(place == above.clause.head for place, _ in draft.clause.governors)


def _countries(entities: Iterable[Entity]) -> set[str]:
    return {entity.country for entity in entities if entity.country}
