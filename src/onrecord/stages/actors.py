"""Who acts, and on or toward whom: fills ``actors`` and ``recipients`` from a trigger's role frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from onrecord.page import Cast, Clause, Draft, Sentence
from onrecord.record import Entity

PLACE_FUNCTIONS: Final = frozenset({"in", "at", "near", "across", "around", "outside"})


def fill(draft: Draft, clauses: Mapping[int, Clause], cast: Cast) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
    """The actors and the recipients of an event; a reciprocal one has all its participants as actors."""
    sense = draft.sense
    if sense.reciprocal:
        return _distinct(e for f in (*sense.actor, *sense.recipient) for e in _at(f, draft.clause, clauses, cast)), ()
    actors = _first(sense.actor, draft.clause, clauses, cast)
    taken = {_key(e) for e in actors}
    recipients = _first(sense.recipient, draft.clause, clauses, cast, taken)
    return actors, recipients


def _first(
    functions: Iterable[str], clause: Clause, clauses: Mapping[int, Clause], cast: Cast, taken: Iterable[object] = ()
) -> tuple[Entity, ...]:
    """The entities at the first function that has any, leaving out those that act already by the same words."""
    for function in functions:
        found = _distinct(e for e in _at(function, clause, clauses, cast) if (e.span.start, e.span.end) not in {t[1] for t in taken})  # type: ignore[index]
        if found:
            return found
    return ()


def _key(entity: Entity) -> tuple[object, tuple[int, int]]:
    return (entity.country, entity.sector, entity.name), (entity.span.start, entity.span.end)


def _distinct(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Each party once, by what it is; the first words that name it."""
    kept: dict[object, Entity] = {}
    for entity in entities:
        kept.setdefault(_key(entity)[0], entity)
    return tuple(kept.values())


def _at(path: str, clause: Clause, clauses: Mapping[int, Clause], cast: Cast) -> Iterator[Entity]:
    """The entities at a function or a path of functions ("clause.subj")."""
    first, _, rest = path.partition(".")
    for head in clause.args.get(first, []):
        if rest and head in clauses:
            yield from _at(rest, clauses[head], clauses, cast)
        elif not rest:
            yield from meant(clause.sentence, head, cast, first)


def meant(sentence: Sentence, i: int, cast: Cast, function: str) -> tuple[Entity, ...]:
    """Whom an argument means: the mention at its head, else the owner of the thing that it names."""
    mention = cast.at(sentence.number, i)
    if mention is None:
        return _owner(sentence, i, cast, depth=2)
    if function == "mod" and mention.place and not mention.adjective and any(e.kind in ("place", "government") for e in mention.entities):
        return ()
    return mention.entities


def _owner(sentence: Sentence, i: int, cast: Cast, depth: int) -> tuple[Entity, ...]:
    """Who owns or makes up a thing: "Ukrainian positions", "Iran's reactors", "a refinery in Kursk"."""
    for token in sentence.kids(i, "poss", "amod", "compound", "nmod"):
        mention = cast.at(sentence.number, token.i)
        if mention is not None and not (
            mention.place and not mention.adjective and token.dep == "compound" and mention.entities[0].kind == "place"
        ):
            return mention.entities
    if depth == 0:
        return ()
    for prep in sentence.kids(i, "prep"):
        if prep.lower not in ("of", "from", "by", "in", "at", "near"):
            continue
        for token in sentence.kids(prep.i, "pobj"):
            mention = cast.at(sentence.number, token.i)
            found = mention.entities if mention is not None else _owner(sentence, token.i, cast, depth - 1)
            if found:
                return found
    return ()
