"""Who acts, and on or toward whom: fills ``actors`` and ``recipients`` from a trigger's role frame."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from onrecord.knowledge import lexicon, table
from onrecord.page import MODIFIER, POSSESSOR, Cast, Clause, Draft, Located, Mention, Sentence, Token
from onrecord.record import Entity, Where

Parties = tuple[Entity, ...]


def fill(draft: Draft, clauses: Mapping[int, Clause], cast: Cast) -> tuple[Parties, Parties]:
    """The actors and the recipients of an event; a reciprocal one has all its participants as actors."""
    sense = draft.sense
    if sense.reciprocal:
        taking_part = _distinct(e for f in (*sense.actor, *sense.recipient) for e in _at(f, draft.clause, clauses, cast))
        return tuple(e for e in taking_part if e.kind != "place" or sense.mode == "visit"), ()
    actors = tuple(e for e in _first(sense.actor, draft.clause, clauses, cast) if e.kind != "place")
    recipients = _first(sense.recipient, draft.clause, clauses, cast, actors)
    if lexicon.ontology(sense.type).get("own_is_no_party"):
        recipients = tuple(e for e in recipients if not _ones_own(e, actors))
    return actors, recipients


def _ones_own(entity: Entity, acting: Parties) -> bool:
    """ "Its troops": what one withdraws, sends or pledges of one's own is not the other side."""
    first = entity.span.text.split(" ", 1)[0].lower()
    return first in _words("possessive_pronouns") and any(entity.country == other.country for other in acting)


def by_place(draft: Draft, who: Parties, whom: Parties, where: Where | None) -> tuple[Parties, Parties]:
    """The same parties; where a type's telling party is missing, the country where it happens stands in.

    A town that is shelled is its country's; a crowd that nobody names is that of the country it fills
    the streets of.  The ontology says which party of a type the place can stand for.
    """
    stands_for = lexicon.ontology(draft.sense.type).get("place_stands_for")
    if where is None or where.country is None or stands_for is None:
        return who, whom
    entity = Entity(where.span, where.name, where.country, kind="place")
    if stands_for == "recipient" and not any(e.country for e in whom):
        return who, _with_country(whom, where.country) or (entity,)
    if stands_for == "actor" and not any(e.country for e in who):
        return _with_country(who, where.country) or (entity,), whom
    return who, whom


def _with_country(parties: Parties, country: str) -> Parties:
    """People without a country are those of the place."""
    return tuple(replace(e, country=country) if e.country is None and e.sector is not None else e for e in parties)


def enter_place(place: Located, sentence: Sentence, cast: Cast) -> None:
    """Enter a town or region into the cast, where nobody stands yet: what is done to it is done to its country."""
    head = next((i for i in range(place.first, place.last + 1) if not place.first <= sentence.tokens[i].head <= place.last), place.last)
    if place.where.country is None or any(cast.covering(sentence.number, i) for i in range(place.first, place.last + 1)):
        return
    entity = Entity(sentence.cut(place.first, place.last), place.where.name, place.where.country, kind="place")
    cast.add(Mention(sentence.number, place.first, place.last, head, (entity,), place=True))


def _first(functions: Iterable[str], clause: Clause, clauses: Mapping[int, Clause], cast: Cast, acting: Parties = ()) -> Parties:
    """The entities at the first function that has any, leaving out those that act already."""
    for function in functions:
        found = _distinct(e for e in _at(function, clause, clauses, cast) if not _acts_already(e, acting))
        if found:
            return found
    return ()


def _acts_already(entity: Entity, acting: Parties) -> bool:
    """By the same words, or by a pronoun that points back: nobody "ratified it" who is "it"."""
    pointing = entity.span.text.lower() in _words("object_pronouns") | _words("possessive_pronouns")
    return any(entity.span == other.span or (pointing and _who(entity) == _who(other)) or _one_state(entity, other) for other in acting)


def _one_state(one: Entity, other: Entity) -> bool:
    """A state and its capital are one party: what Baku rejects is not Azerbaijan's."""
    return one.country == other.country and {one.kind, other.kind} <= {"state", "government"} and one.sector in (None, other.sector)


def _who(entity: Entity) -> tuple[str | None, ...]:
    """What makes two mentions one party."""
    return entity.country, entity.sector, entity.name


def _distinct(entities: Iterable[Entity]) -> Parties:
    """Each party once; the first words that name it.  A round of states stands for its members."""
    kept: dict[object, Entity] = {}
    for entity in entities:
        for member in _formats().get(entity.country or "", (entity.country,)):
            party = (
                entity
                if member == entity.country
                else replace(entity, name=_name_of(member), country=member, sector=GOVERNMENT, kind="state")
            )
            kept.setdefault(_who(party), party)
    return tuple(kept.values())


GOVERNMENT: Final = "GOV"


@functools.cache
def _formats() -> Mapping[str, tuple[str, ...]]:
    """Rounds of talks that are no bodies of their own, with the states that take part ("the Normandy Four")."""
    return {key: tuple(row["members"]) for key, row in table("world/organisations").items() if row.get("format")}


def _name_of(member: str | None) -> str | None:
    name: str | None = table("world/states").get(member, {}).get("name", member)
    return name


def _at(path: str, clause: Clause, clauses: Mapping[int, Clause], cast: Cast) -> Iterator[Entity]:
    """The entities at a function or a path of functions ("clause.subj"); with "!" at its end only named ones."""
    first, _, rest = path.removesuffix("!").partition(".")
    for head in clause.args.get(first, []):
        if rest and head in clauses:
            yield from _at(rest + "!" * path.endswith("!"), clauses[head], clauses, cast)
        elif rest:
            yield from (e for i in _own(clause.sentence, head, rest) for e in meant(clause.sentence, i, cast, rest))
        elif not (path.endswith("!") and cast.at(clause.sentence.number, head) is None):
            yield from meant(clause.sentence, head, cast, first)


def _own(sentence: Sentence, i: int, path: str) -> list[int]:
    """A noun's own possessor, or the objects of its own preposition, and so on down a path."""
    first, _, rest = path.partition(".")
    heads = [t.i for t in sentence.kids(i, "poss")] if first == POSSESSOR else sentence.objects(i, first)
    return [j for head in heads for j in _own(sentence, head, rest)] if rest else heads


def meant(sentence: Sentence, i: int, cast: Cast, function: str) -> Parties:
    """Whom an argument means: the mention at its head, else the owner of the thing that it names."""
    mention = cast.at(sentence.number, i) or cast.covering(sentence.number, i)
    if mention is None or (mention.adjective and mention.head != i):
        return _owner(sentence, i, cast, depth=2)
    if not any(e.country for e in mention.entities):
        return _of_countries(mention.entities, sentence, i, cast)
    if function in _words("locative") and mention.place:
        return tuple(replace(e, sector=None, kind="place") if e.kind == "government" else e for e in mention.entities)
    return () if function == MODIFIER and _only_a_place(mention) else mention.entities


def _of_countries(entities: Parties, sentence: Sentence, i: int, cast: Cast) -> Parties:
    """People without a country of their own are of those that they are told to be from: "counterparts from France and Germany"."""
    homes = _distinct(e for token in _belonging(sentence, i) if (m := cast.at(sentence.number, token.i)) is not None for e in m.entities)
    return tuple(replace(e, country=home.country) for e in entities for home in homes if home.country) or entities


def _only_a_place(mention: Mention) -> bool:
    """A town before a noun says where, not who: "the Geneva talks"."""
    return mention.place and not mention.adjective and any(e.kind in ("place", "government") for e in mention.entities)


def _owner(sentence: Sentence, i: int, cast: Cast, depth: int) -> Parties:
    """Who owns or makes up a thing: "Ukrainian positions", "Iran's reactors", "a refinery in Kursk"."""
    for token in sentence.kids(i, "poss", "amod", "compound", "nmod"):
        mention = cast.at(sentence.number, token.i)
        if mention is not None and not (token.dep == "compound" and _only_a_place(mention)):
            return mention.entities
    if depth == 0:
        return ()
    found = _distinct(e for token in _belonging(sentence, i) for e in _whose(sentence, token, cast, depth))
    return found or _author(sentence, i, cast)


def _author(sentence: Sentence, i: int, cast: Cast) -> Parties:
    """Who issued a document: "signed an order that …", "a report published by the UN"."""
    token = sentence.tokens[i]
    if token.lemma not in _words("documents"):
        return ()
    makers = [t.i for acl in sentence.kids(i, "acl") for by in sentence.kids(acl.i, "agent") for t in sentence.kids(by.i, "pobj")]
    verb = sentence.head(i)
    if token.dep == "dobj" and verb.pos == "VERB":
        makers += [t.i for t in _doers(sentence, verb)]
    return _distinct(e for j in makers if (m := cast.at(sentence.number, j)) is not None for e in m.entities)


def _doers(sentence: Sentence, verb: Token) -> list[Token]:
    """The subject of a verb, or of the one that it is coordinated to or depends on."""
    own = sentence.kids(verb.i, "nsubj")
    if own or verb.head == verb.i or verb.dep not in ("conj", "xcomp", "advcl"):
        return own
    return _doers(sentence, sentence.head(verb.i))


def _belonging(sentence: Sentence, i: int) -> Iterator[Token]:
    """The nouns that a noun's own prepositions tie it to, with those coordinated to them."""
    for prep in sentence.kids(i, "prep"):
        if prep.lower in _words("owning"):
            for token in sentence.kids(prep.i, "pobj"):
                yield from (sentence.tokens[j] for j in sentence.conjuncts(token.i))


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("english/grammar")[name])


def _whose(sentence: Sentence, token: Token, cast: Cast, depth: int) -> Parties:
    mention = cast.at(sentence.number, token.i)
    return mention.entities if mention is not None else _owner(sentence, token.i, cast, depth - 1)
