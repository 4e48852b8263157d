"""Those whom a plural means: a talk so far in, the parties of "the two countries", "both sides" or "the leaders" out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final

from onrecord.knowledge import pointers, whoswho
from onrecord.knowledge.homes import Talk
from onrecord.record import Entity

STATES: Final = frozenset({"state", "government"})
THINGS: Final = frozenset({"state", "government", "organisation", "group"})


def meant(sort: str, talk: Talk, count: int, number: int = -1, apart: frozenset[str | None] = frozenset()) -> tuple[Entity, ...]:
    """Those whom a plural means: an earlier plural of as many, else those spoken of most and last; none of those ``apart``."""
    weights: Counter[str] = Counter()
    entities: dict[str, Entity] = {}
    beside = _beside(sort, talk, count, number)
    if beside:
        return beside
    latest = _latest_pair(talk, number, apart) if sort == "state" and count == PAIR else ()
    if latest:
        return latest
    if _crowd(sort, talk) > count:
        return ()
    for heard in talk.heard:
        party = [e for e in heard.mention.entities if _sorted_as(e, sort) and e.country not in apart]
        if len(party) == count and not heard.mention.adjective and party[0].country != party[-1].country:
            weights.clear()
            entities.clear()
        for entity in party:
            country = str(entity.country)
            weights[country] += (2 + 2 * heard.subject - heard.mention.adjective) * (3 if entity.kind == "person" else 1)
            entities[country] = entity if entity.kind == "person" or country not in entities else entities[country]
    best = [country for country, _ in weights.most_common(count)]
    if len(best) < count:
        return (_announced(talk) or _of_the_pair(talk, count, number)) if sort == "person" else ()
    return tuple(as_state(entities[c]) if sort == "state" else entities[c] for c in entities if c in best)


def _of_the_pair(talk: Talk, count: int, number: int) -> tuple[Entity, ...]:
    """The governments of the two states that were told of together just before "the two leaders"."""
    pair = _latest_pair(talk, number, frozenset()) if count == PAIR else ()
    return tuple(_leader(e, talk) for e in pair)


def _crowd(sort: str, talk: Talk) -> int:
    """Of how many states those are who were last told of together; 0 where nobody was."""
    together = ({e.country for e in h.mention.entities if _sorted_as(e, sort)} for h in reversed(talk.heard) if not h.mention.adjective)
    return next((len(_longest(countries, sort, talk)) for countries in together if len(countries) > 1), 0)


def _longest(countries: set[str | None], sort: str, talk: Talk) -> set[str | None]:
    """The longest list that a list heard so far is the beginning of."""
    heard = ({e.country for e in h.mention.entities if _sorted_as(e, sort)} for h in talk.heard)
    return max((c for c in heard if c >= countries), key=len, default=countries)


def _announced(talk: Talk) -> tuple[Entity, ...]:
    """The press office's own leader and the organisation he meets in, where its title names no other: he is among "the leaders"."""
    people = {e.name: e for h in talk.heard for e in h.mention.entities if e.kind == "person"}
    if len(people) != 1 or talk.heard[0].mention.sentence >= 0 or next(iter(people.values())).country != talk.host:
        return ()
    announced = (e for h in talk.heard if h.mention.sentence < 0 for e in h.mention.entities)
    return (*people.values(), *(e for e in announced if e.kind == "organisation"))


PAIR: Final = 2
NEAR: Final = 3
"""How many sentences back the last pair of states may have been named."""


def _latest_pair(talk: Talk, number: int, apart: frozenset[str | None]) -> tuple[Entity, ...]:
    """The two states of the latest sentence that tells of more than one; nobody where that tells of three or is too far back."""
    for sentence in range(number - 1, max(number - 1 - NEAR, -1), -1):
        here = (e for h in talk.heard if h.mention.sentence == sentence and not pointers.is_self(h.mention) for e in h.mention.entities)
        told = {e.country: e for e in here if _sorted_as(e, "state") and e.country not in apart}
        if len(told) > 1:
            return tuple(as_state(e) for e in told.values()) if len(told) == PAIR else ()
    return ()


def _beside(sort: str, talk: Talk, count: int, number: int) -> tuple[Entity, ...]:
    """The states named so far in the very sentence, when they are as many as are meant."""
    here = [h.mention for h in talk.heard if h.mention.sentence == number and not h.mention.adjective and not pointers.is_self(h.mention)]
    last = {e.country: e for m in here for e in m.entities if _sorted_as(e, "state") or _sorted_as(e, sort)}
    if len(last) != count or None in last:
        return ()
    return tuple(as_state(e) if sort == "state" else _leader(e, talk) if sort == "person" else e for e in last.values())


def _leader(entity: Entity, talk: Talk) -> Entity:
    """Who speaks for a state: the last of its government whom the report named, else its government."""
    if entity.kind in {"person", "role"}:
        return entity
    people = (e for h in reversed(talk.heard) for e in h.mention.entities if e.kind == "person" and e.country == entity.country)
    return next((e for e in people if e.sector == "GOV"), replace(entity, sector="GOV", kind="government"))


def as_state(entity: Entity) -> Entity:
    """The bare state to which a party belongs."""
    state = whoswho.load().states.get(entity.country or "")
    return Entity(entity.span, state.name, state.country, kind="state") if state is not None else entity


def _sorted_as(entity: Entity, sort: str) -> bool:
    if entity.country is None:
        return False
    if sort == "person":
        return entity.kind in {"person", "role"} and (entity.sector == "GOV" or (entity.kind == "person" and entity.sector is not None))
    if sort == "state":
        return entity.kind in STATES or entity.kind in {"person", "role"}
    return entity.kind in THINGS or entity.kind == "person"
