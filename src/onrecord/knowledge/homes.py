"""Whose a party without a country is: a talk so far and a sentence in, the state of "the police" or "the mayor" out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from onrecord.knowledge import pointers, sightings, titles, whoswho
from onrecord.knowledge.titles import Noun
from onrecord.page import Mention, Sentence
from onrecord.record import Entity


@dataclass(slots=True)
class Heard:
    """A party that was spoken of: where, and whether as a subject."""

    mention: Mention
    subject: bool
    plural: bool
    block: int


@dataclass(slots=True)
class Talk:
    """What has been said so far in the report."""

    day: str | None
    home: str | None
    heard: list[Heard] = field(default_factory=list)
    author: Mention | None = None
    speaker: Mention | None = None
    label: Mention | None = None
    """Who speaks in a paragraph that opens with a name and a colon."""
    genders: dict[str, str] = field(default_factory=dict)
    belongs: dict[str, str] = field(default_factory=dict)
    """Whose the people are whom the report first named without a country."""
    host: str | None = None
    """The state whose own press office wrote the report."""
    ahead: dict[int, Mention] = field(default_factory=dict)
    """Who, by the cast, speaks a quotation that only a later sentence closes, by the numbers of its sentences."""


LATEST: Final = 40
"""How many parties back any word looks."""


def belonging(sentence: Sentence, mention: Mention, person: Entity, mentions: Sequence[Mention], talk: Talk) -> Entity:
    """A person without a country takes that of the role told before ("Russia's ambassador … Ambassador X")."""
    if person.country is not None or person.name is None:
        return person
    known = talk.belongs.get(person.name) or _shared(sentence, mention, mentions)
    if known is not None:
        talk.belongs[person.name] = known
        return replace(person, country=known)
    word = (person.role or "").rsplit(" ", 1)[-1].lower()
    for heard in reversed(talk.heard):
        entity = heard.mention.entities[0]
        if word and entity.kind == "role" and entity.name is None and entity.country and word in (entity.role or "").lower().split():
            talk.belongs[person.name] = entity.country
            return replace(person, country=entity.country, sector=person.sector or entity.sector)
    country = only_state(sentence, person, mentions, talk) or (talk.host if _serves_at_home(person) else None)
    if country is not None:
        talk.belongs[person.name] = country
    return replace(person, country=country)


def _serves_at_home(person: Entity) -> bool:
    """True for "Assistant to the President X" and "Head of the Office of the President X": a press office names its own so."""
    words, sets = (person.role or "").lower().split(), pointers.load().sets
    return any(
        before in titles.load().words["served"] and article in sets["definite"] and served in sets["own"]
        for before, article, served in zip(words[1:], words[2:], words[3:], strict=False)
    )


def _shared(sentence: Sentence, mention: Mention, mentions: Sequence[Mention]) -> str | None:
    """The country of "Belgian interior minister X" that "and education minister Y" right after it has too."""
    before = mention.first - 1
    if before < 1 or sentence.tokens[before].pos != "CCONJ" or mention.entities[0].role is None:
        return None
    first = next((m.entities[0] for m in mentions if m.last == before - 1), None)
    return first.country if first is not None and first.kind == "person" and len((first.role or "").split()) > 1 else None


def again(sentence: Sentence, mention: Mention, entity: Entity, talk: Talk) -> Entity:
    """Those told of before with the same noun: "Israeli hostages … the hostages"."""
    if entity.kind not in AGAIN or not pointers.definite(sentence, mention.first):
        return entity
    words = set(entity.span.text.lower().split())
    for heard in reversed(talk.heard[-LATEST:]):
        other = heard.mention.entities[0]
        if (
            len(heard.mention.entities) == 1
            and other.country
            and other.kind == entity.kind
            and words < set(other.span.text.lower().split())
        ):
            return replace(entity, country=other.country, sector=entity.sector or other.sector)
    return _same_cause(entity, talk) if entity.sector in CAUSES else entity


def _same_cause(entity: Entity, talk: Talk) -> Entity:
    """ "The rebels" after "the M23 movement": those of the one state whose rebels were told of."""
    told = {e.country for h in talk.heard for e in h.mention.entities if e.sector == entity.sector and e.kind == "group" and e.country}
    return replace(entity, country=told.pop()) if len(told) == 1 else entity


CAUSES: Final = frozenset({"REB", "SEP"})
"""Sectors of those who fight their own state: told of once, they are known by the bare noun."""
AGAIN: Final = frozenset({"people", "role", "group", "government", "organisation"})
"""Kinds of nouns without a name that a later, shorter form may repeat."""


def counterpart(entity: Entity, talk: Talk) -> Entity:
    """The other one: of the people of other countries than the last subject's the one spoken of most, or of the country told."""
    subject = next((h.mention.entities[0] for h in reversed(talk.heard) if h.subject and h.mention.entities[0].kind == "person"), None)
    if subject is None:
        return entity
    told = entity.country if entity.country != subject.country else None
    others = [e for h in talk.heard for e in h.mention.entities if e.kind == "person" and e.country not in {subject.country, None}]
    fitting = [e for e in others if told in {None, e.country}]
    if not fitting:
        return replace(entity, country=told)
    name, _ = Counter(e.name for e in fitting).most_common(1)[0]
    other = next(e for e in fitting if e.name == name)
    return replace(other, span=entity.span, role=entity.role)


def only_state(sentence: Sentence, person: Entity, mentions: Sequence[Mention], talk: Talk) -> str | None:
    """The one state spoken of beside somebody whose office is held at home: a mayor, a judge, a minister of health."""
    table = titles.load()
    words = (person.role or "").lower()
    if any(word in table.words["envoys"] for word in words.split()):
        return _sender(sentence, person, mentions)
    if person.sector not in OFFICES or (person.sector != "OPP" and any(table.has("abroad", word) for word in (*words.split(), words))):
        return None
    told = {e.country for m in _beside(sentence, None, mentions) for e in m.entities} & whoswho.load().states.keys()
    told = told or {e.country for h in talk.heard if h.block == sentence.block.start for e in h.mention.entities if e.kind != "people"}
    states = told & whoswho.load().states.keys()
    if any(table.has("american", word) for word in words.split()):
        states &= {"USA"}
    return states.pop() if len(states) == 1 else None


def _sender(sentence: Sentence, person: Entity, mentions: Sequence[Mention]) -> str | None:
    """Whose an envoy is of whom a government's own speaker tells."""
    token = next((t for t in sentence.tokens if t.end == person.span.end), None)
    for verb in sentence.ancestors(token.i) if token is not None else ():
        subject = sentence.kid(verb.i, "nsubj") if titles.load().has("speech", verb.lemma) else None
        speaker = next((m for m in mentions if subject is not None and m.first <= subject.i <= m.last), None)
        if speaker is not None and speaker.entities[0].sector == "GOV" and speaker.entities[0].span != person.span:
            return speaker.entities[0].country
    return None


OFFICES: Final = frozenset({"GOV", "LEG", "JUD", "COP", "OPP"})
"""Sectors whose people act at home, in the state spoken of."""


def of_context(sentence: Sentence, mention: Mention, noun: Noun, mentions: Sequence[Mention], talk: Talk) -> str | None:
    """The country of a party at home: of a place in the sentence, else of its only state, else the paragraph's or report's."""
    if _several(sentence, mention):
        return None
    attached = _attached(sentence, mention, mentions)
    if attached is not None or _led_from_elsewhere(sentence, mention) or (noun.kind == "person" and _unknown_owner(sentence, mention)):
        return attached
    if noun.kind not in {"people", "group", "organ", "person"} or (noun.kind == "person" and not noun.domestic):
        return None
    if mention.adjective and noun.kind == "people" and noun.sector == "MIL":
        return None
    if talk.host is not None and noun.word in pointers.load().sets["own"] and sentence.tokens[mention.first].text[0].isupper():
        return talk.host
    here = _placed(sentence, mention, mentions)
    if here is not None or not noun.domestic:
        return None if not noun.domestic and (mention.adjective or noun.sector in ENVOYS) else here
    if mention.adjective and noun.kind in {"people", "person"}:
        return None
    if noun.sector == "MIL":
        return _of_one_side(sentence, mention, mentions, talk)
    told = _states(_beside(sentence, mention, mentions)) - _facing(sentence, mention, mentions)
    if told:
        return told.pop() if len(told) == 1 else talk.home if talk.home in told and noun.word not in pointers.load().sets["own"] else None
    around = _states(h.mention for h in talk.heard if h.block == sentence.block.start)
    return talk.home if not around or talk.home in around else (around.pop() if len(around) == 1 else None)


ENVOYS: Final = frozenset({"GOV", "of"})
"""Sectors of delegations and envoys, who are not of the place in which they are."""


def _several(sentence: Sentence, mention: Mention) -> bool:
    """True for "the two presidents", "both governments": they are not of one country, as three soldiers are."""
    if mention.entities[0].kind == "people":
        return False
    words = sentence.tokens[mention.first : mention.head]
    before = sentence.tokens[max(0, mention.first - 1) : mention.first]
    return any(t.lower in pointers.load().numbers for t in (*before, *words))


def _attached(sentence: Sentence, mention: Mention, mentions: Sequence[Mention]) -> str | None:
    """The country of the place that hangs on the very noun: "a spokesman for the ministry in Tehran"."""
    table = pointers.load()
    for place in mentions:
        prep = next((t for t in sentence.ancestors(place.head) if t.pos == "ADP"), None)
        if place.place and prep is not None and prep.lower in table.sets["placing"] and mention.first <= prep.head <= mention.last:
            return place.entities[0].country if mention.entities[0].sector != "MIL" else None
    return None


def _led_from_elsewhere(sentence: Sentence, mention: Mention) -> bool:
    """True for "Turkey-backed rebels": who backs or leads them is told, and whose they are is not."""
    words = sentence.tokens[mention.first : mention.head]
    return any("-" in t.text and t.text[0].isupper() and titles.load().has("allied", t.lower.rpartition("-")[2]) for t in words)


def _unknown_owner(sentence: Sentence, mention: Mention) -> bool:
    """True for "League officials": a name that nobody knows says whose they are."""
    words = sentence.tokens[mention.first : mention.head]
    return any(t.pos == "PROPN" and t.text[0].isupper() and not sightings.title_word(t) for t in words)


def _of_one_side(sentence: Sentence, mention: Mention, mentions: Sequence[Mention], talk: Talk) -> str | None:
    """Whose "the troops" are: the subject's, else those of the only state spoken of; where there are several, nobody can tell."""
    states = whoswho.load().states.keys()
    apart = {e.country for m in mentions if m.place and _aside(sentence, m, mention) for e in m.entities}
    told = {e.country for m in mentions for e in m.entities} & states - apart
    if len(told) > 1:
        token = pointers.subject(sentence, mention.head)
        subject = next((m for m in mentions if token is not None and m.head == token.i and not m.adjective), None)
        own = (
            {e.country for e in subject.entities if e.kind in {"state", "person", "government"}} & states if subject is not None else set()
        )
        return own.pop() if len(own) == 1 else None
    around = told or {e.country for h in talk.heard if h.block == sentence.block.start for e in h.mention.entities} & states
    if talk.host in around:
        return talk.host
    return around.pop() if len(around) == 1 else (talk.home if not around and talk.home not in apart else None)


def _beside(sentence: Sentence, mention: Mention | None, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that can tell whose a subject is: not the land that it goes to or speaks with."""
    if mention is not None and sentence.tokens[mention.head].dep not in pointers.SUBJECTS:
        return list(mentions)
    facing = pointers.load().sets["facing"]
    return [m for m in mentions if m.adjective or pointers.preposition(sentence, m) not in facing]


def _facing(sentence: Sentence, mention: Mention, mentions: Sequence[Mention]) -> set[str]:
    """The state of the subject that acts on a party: in "Norway imposed sanctions on officials" they are not its own."""
    if pointers.preposition(sentence, mention) not in pointers.load().sets["against"]:
        return set()
    token = pointers.subject(sentence, mention.head)
    return _states(m for m in mentions if token is not None and m.head == token.i)


def _states(mentions: Iterable[Mention]) -> set[str]:
    """The states that some mentions name, or whose organs and places they are; who reports or is spoken of does not count."""
    states = whoswho.load().states
    entities = (e for m in mentions for e in m.entities if e.kind not in {"person", "people", "role"} and e.sector != "JRN")
    return {e.country for e in entities if e.country in states and e.country is not None}


def _placed(sentence: Sentence, mention: Mention, mentions: Sequence[Mention]) -> str | None:
    """The country of the nearest place in the sentence that something happens in, but for that of what came before or after."""
    table = pointers.load()
    places = [m for m in mentions if m.place and pointers.preposition(sentence, m) in table.sets["placing"] and not m.adjective]
    places = [m for m in places if not _aside(sentence, m, mention)]
    if not places:
        return None
    return min(places, key=lambda m: abs(m.first - mention.head)).entities[0].country


def _aside(sentence: Sentence, place: Mention, mention: Mention) -> bool:
    """True for the place of what comes before or after: "withdrew the troops after a meeting in Vienna"."""
    timing = pointers.load().sets["timing"]
    apart = next((t for t in sentence.ancestors(place.head) if t.lower in timing and t.pos in {"ADP", "SCONJ"}), None)
    return apart is not None and apart.i not in {t.i for t in sentence.ancestors(mention.head)}
