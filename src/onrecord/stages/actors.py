"""Who acts, and on or toward whom: fills ``actors`` and ``recipients`` from a trigger's role frame."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from onrecord.knowledge import gazetteer, lexicon, table, titles
from onrecord.page import MODIFIER, POSSESSOR, SUBJECT, Cast, Clause, Draft, Located, Mention, Sentence, Token
from onrecord.record import Entity, Where

Parties = tuple[Entity, ...]


def fill(draft: Draft, clauses: Mapping[int, Clause], cast: Cast) -> tuple[Parties, Parties]:
    """The actors and the recipients of an event; a reciprocal one has all its participants as actors."""
    sense = draft.sense
    if sense.reciprocal:
        return _taking_part(draft, clauses, cast), ()
    actors = tuple(_governing(e, draft.clause) for e in _first(sense.actor, draft.clause, clauses, cast))
    actors = tuple(e for e in actors if e.kind != "place")
    own = _owned_by(draft, actors) if lexicon.ontology(sense.type).get("own_is_no_party") else None
    recipients = _first(sense.recipient, draft.clause, clauses, cast, actors, own)
    if not recipients and any(e.country for e in actors):
        recipients = _below(draft, actors, cast) or _strangers(sense.recipient, draft.clause, clauses, cast)
    elif not actors and any(e.country for e in recipients):
        actors = _strangers(sense.actor, draft.clause, clauses, cast)
    return actors, _at_home(actors, recipients)


def _governing(entity: Entity, clause: Clause) -> Entity:
    """A region that is the subject of what it does is its government: "Texas sues …"; elsewhere it is a place."""
    if entity.kind != "place" or clause.kind != "verb" or clause.passive or not _has_a_government(entity):
        return entity
    subject = any(entity.span.start <= clause.sentence.tokens[i].start < entity.span.end for i in clause.args.get(SUBJECT, []))
    return replace(entity, kind="government", sector=GOVERNMENT) if subject else entity


def _has_a_government(place: Entity) -> bool:
    site = gazetteer.region(place.span.text)
    return (site is not None and bool(site.admin)) or place.span.text in titles.load().words["governed"]


def _at_home(acting: Parties, others: Parties) -> Parties:
    """Whom police, courts and parliaments deal with are of their own state, unless it is told otherwise."""
    states = {e.country for e in acting}
    if len(states) != 1 or not {e.sector for e in acting} <= AT_HOME or any(e.country for e in others):
        return others
    return tuple(e if e.kind == "person" or e.sector is None else replace(e, country=acting[0].country) for e in others)


AT_HOME: Final = frozenset({"COP", "JUD", "LEG"})
"""Sectors whose bodies act in their own state."""


def _below(draft: Draft, acting: Parties, cast: Cast) -> Parties:
    """The only other state told of below the predicate, of what is done for or against somebody: "lifted its curbs on trade with Chile"."""
    if draft.sense.type not in REACHING:
        return ()
    sentence, own = draft.clause.sentence, _countries(acting)
    below = list(_phrase(sentence, draft.clause.head))
    if draft.sense.mode == "discontinue" and not _names_another(sentence, below, cast, own) and draft.clause.token.dep == "conj":
        below = list(_phrase(sentence, draft.clause.token.head))
    mentions = (m for i in below if (m := cast.at(sentence.number, i)) is not None)
    found = _distinct(e for m in mentions for e in m.entities if e.country and e.country not in own)
    return found[:1] if len(_countries(found)) == 1 else ()


REACHING: Final = frozenset({"AID", "CONCEDE", "SANCTION"})
"""Types whose recipient may stand at any depth of what is given, lifted or imposed."""


def _names_another(sentence: Sentence, below: Iterable[int], cast: Cast, own: set[str]) -> bool:
    """True when a phrase names a state that is not one's own."""
    mentions = (m for i in below if (m := cast.at(sentence.number, i)) is not None)
    return any(e.country and e.country not in own for m in mentions for e in m.entities)


def _phrase(sentence: Sentence, head: int) -> Iterator[int]:
    """The tokens below a predicate without its subject and without clauses of their own."""
    for i in sentence.children(head):
        if sentence.tokens[i].dep in PHRASAL:
            yield i
            yield from _phrase(sentence, i)


PHRASAL: Final = frozenset({"acl", "agent", "amod", "compound", "dative", "dobj", "nmod", "pcomp", "pobj", "poss", "prep"})


def _strangers(functions: Iterable[str], clause: Clause, clauses: Mapping[int, Clause], cast: Cast) -> Parties:
    """Whom an unknown name means, at the first function that has one: the other side of a known party is a party too."""
    for function in functions:
        heads = _heads(function, clause, clauses)
        named = ((sentence, i) for sentence, i, last in heads if not titles.load().has("whereabouts", last))
        found = tuple(e for sentence, i in named if (e := _stranger(sentence, i, cast)) is not None)
        if found:
            return found
    return ()


def _stranger(sentence: Sentence, i: int, cast: Cast) -> Entity | None:
    """The person or organisation that a capitalised name nobody knows stands for; None for a thing, a day or a place."""
    name = titles.stranger(sentence, i)
    if name is None or any(cast.covering(sentence.number, j) for j in range(name.first, name.last + 1)):
        return None
    span = sentence.cut(name.first, name.last)
    return Entity(span, span.text, None, name.sector, None, name.kind)


def _taking_part(draft: Draft, clauses: Mapping[int, Clause], cast: Cast) -> Parties:
    """All who take part; neither the building or capital that "the White House talks" are at, nor the captives exchanged."""
    sense = draft.sense
    functions = (*sense.actor, *sense.recipient)
    found = _distinct(e for f in functions for e in _at(f, draft.clause, clauses, cast) if f != MODIFIER or e.kind != "government")
    if sense.mode == "release" and len(_countries(found)) > 1:
        found = tuple(e for e in found if e.kind != "people")
    return tuple(e for e in found if e.kind != "place" or sense.mode == "visit")


def _countries(parties: Parties) -> set[str]:
    return {e.country for e in parties if e.country}


def _owned_by(draft: Draft, acting: Parties) -> Callable[[Entity], bool]:
    """Tells what one withdraws, sends or pledges of one's own, which is not the other side: "its troops", "to send troops"."""
    sentence, states = draft.clause.sentence, _countries(acting)
    possessives = {t.end + 1 for t in sentence.tokens if t.lower in _words("possessive_pronouns")}

    def owned(entity: Entity) -> bool:
        first = entity.span.text.split(" ", 1)[0].lower()
        told = first in _words("possessive_pronouns") or entity.span.start in possessives
        nobodys = entity.country is None and entity.sector == "MIL" and entity.kind != "person"
        return bool(states) and ((told and (entity.country in states or entity.country is None)) or nobodys)

    return owned


def by_place(draft: Draft, who: Parties, whom: Parties, where: Where | None) -> tuple[Parties, Parties]:
    """The same parties; where a type's telling party is missing, the country where it happens stands in.

    A town that is shelled is its country's; a crowd that nobody names is that of the country it fills
    the streets of.  The ontology says which party of a type the place can stand for.
    """
    stands_for = lexicon.ontology(draft.sense.type).get("place_stands_for")
    if where is None or where.country is None or stands_for is None:
        return who, whom
    entity = Entity(where.span, where.name, where.country, kind="place")
    if stands_for == "recipient" and not any(e.country for e in whom) and len(_countries(who)) < MUTUAL:
        return who, _with_country(whom, where.country) or (entity,)
    if stands_for == "actor" and not any(e.country for e in who):
        return _with_country(who, where.country) or (entity,), whom
    return who, whom


MUTUAL: Final = 2
"""States that act together in their own fight: where it is does not say on whom."""


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


def _first(
    functions: Iterable[str],
    clause: Clause,
    clauses: Mapping[int, Clause],
    cast: Cast,
    acting: Parties = (),
    own: Callable[[Entity], bool] | None = None,
) -> Parties:
    """The entities at the first function that has any, leaving out those that act already and what is their own."""
    for function in functions:
        there = (e for e in _at(function, clause, clauses, cast) if not _acts_already(e, acting))
        found = _distinct(e for e in there if own is None or not own(e))
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
    return _without_whereabouts(tuple(kept.values()))


def _without_whereabouts(parties: Parties) -> Parties:
    """A town and the state that it lies in are one party: "a house in Dnipro, Ukraine"."""
    states = {e.country for e in parties if e.kind == "state"}
    towns = {e.country: e for e in reversed(parties) if e.kind == "place" and e.country not in states}
    return tuple(e for e in parties if e.kind != "place" or e is towns.get(e.country))


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
    for sentence, i, function in _heads(path, clause, clauses):
        if not (path.endswith("!") and cast.at(sentence.number, i) is None):
            yield from meant(sentence, i, cast, function)
            yield from _listed(sentence, i, cast)
            yield from _hidden(sentence, i, cast)
            yield from _following(sentence, i, cast)


def _following(sentence: Sentence, i: int, cast: Cast) -> Iterator[Entity]:
    """Who goes on a list of people with titles, however the parse hangs them: "President of Mali A, Prime Minister of Chad B and C"."""
    mentions = cast.of(sentence.number)
    run = [m for m in mentions if m.first <= i <= m.last and _with_title(m)][:1]
    for mention in mentions if run else ():
        if mention.first <= run[-1].last:
            continue
        between = sentence.tokens[run[-1].last + 1 : min(mention.first, run[-1].last + 2 + LONGEST_LINK)]
        if mention.first - run[-1].last > LONGEST_LINK + 1 or not between or not all(map(_links, between)):
            break
        if not _with_title(mention) and not _another_post(mention, run):
            break
        run.append(mention)
    joined = sentence.tokens[run[0].last + 1 : run[-1].first] if run else ()
    if any(t.pos == "CCONJ" for t in joined) and not any(sentence.tokens[m.head].dep in SUBJECTS for m in run[1:]):
        yield from (e for m in run[1:] for e in m.entities)


def _links(token: Token) -> bool:
    return token.text in LINKS or token.pos in LINKING


LONGEST_LINK: Final = 3
"""Tokens, and one more, between two people of a list: a comma and "and"."""
LINKS: Final = frozenset({",", ";"})
LINKING: Final = frozenset({"CCONJ", "DET"})
SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})


def _with_title(mention: Mention) -> bool:
    """True for somebody named with office and state."""
    first = mention.entities[0]
    return first.kind == "person" and first.country is not None and first.role is not None and mention.last - mention.first >= TITLED


def _another_post(mention: Mention, run: Sequence[Mention]) -> bool:
    """True for an office of a state that nobody of the list before it is of: no title of the one named last."""
    states = {e.country for m in run for e in m.entities}
    office = all(e.kind == "role" and e.country is not None and e.country not in states for e in mention.entities)
    return office and not mention.adjective and mention.last - mention.first >= TITLED


TITLED: Final = 2
"""Words, less one, of a title with a name: "President Joe Biden"."""


def _hidden(sentence: Sentence, i: int, cast: Cast) -> Iterator[Entity]:
    """Who is joined to a word inside a state's long name or a person's title: "the Republic of the Congo and M23 rebels"."""
    mention = cast.at(sentence.number, i) or cast.covering(sentence.number, i)
    if mention is None or mention.adjective or mention.entities[0].kind not in ("state", "person"):
        return
    for token in sentence.tokens[mention.first : mention.last + 1]:
        other = cast.at(sentence.number, token.head) if token.dep == "conj" and token.head < mention.first else None
        if other is not None and not other.adjective:
            yield from other.entities
    for inner in range(mention.head + 1, mention.last + 1):
        for token in sentence.kids(inner, "conj"):
            other = cast.at(sentence.number, token.i) or cast.covering(sentence.number, token.i)
            if token.i > mention.last and other is not None and not other.adjective:
                yield from other.entities


def _listed(sentence: Sentence, i: int, cast: Cast) -> Iterator[Entity]:
    """The states that the parse takes for another name of a state: "Norway, the United Kingdom, and Iceland"."""
    if _state_at(sentence, i, cast):
        yield from (e for token in sentence.kids(i, "appos") for e in _state_at(sentence, token.i, cast))


def _state_at(sentence: Sentence, i: int, cast: Cast) -> Parties:
    mention = cast.at(sentence.number, i)
    return mention.entities if mention is not None and not mention.adjective and mention.entities[0].kind == "state" else ()


def _heads(path: str, clause: Clause, clauses: Mapping[int, Clause]) -> Iterator[tuple[Sentence, int, str]]:
    """The tokens at a function or a path of functions, each with the function in which it stands at its end."""
    first, _, rest = path.removesuffix("!").partition(".")
    for head in clause.args.get(first, []):
        if rest and head in clauses:
            yield from _heads(rest, clauses[head], clauses)
        elif rest:
            yield from ((clause.sentence, i, rest) for i in _own(clause.sentence, head, rest))
        else:
            yield clause.sentence, head, first


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
    """The nouns that a noun's own prepositions tie it to, with those coordinated to them; where talks are held does not say whose."""
    held = sentence.tokens[i].lemma in _words("exchanges")
    for prep in sentence.kids(i, "prep"):
        if prep.lower in _words("owning") and not (held and prep.lower in _words("locative")):
            for token in sentence.kids(prep.i, "pobj"):
                yield from (sentence.tokens[j] for j in sentence.conjuncts(token.i))


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("english/grammar")[name])


def _whose(sentence: Sentence, token: Token, cast: Cast, depth: int) -> Parties:
    mention = cast.at(sentence.number, token.i)
    return mention.entities if mention is not None else _owner(sentence, token.i, cast, depth - 1)
