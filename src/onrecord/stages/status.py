"""Whether an event happened, is planned, is possible, or did not or will not happen: fills ``status``.

Reads the event's own modal and negation, the adjectives before a noun, and the words above it
("expected to meet", "denied that it invaded", "a threat of sanctions"), nearest first.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any, Final

from onrecord.knowledge import table
from onrecord.page import Clause, Draft, Sentence, Token
from onrecord.record import Status

BARRIERS: Final = frozenset({"relcl", "advcl", "parataxis", "subj", "appos", "dep"})
"""Functions through which nothing reaches down: a new statement begins there."""
STRENGTH: Final[Mapping[Status, int]] = {"actual": 0, "planned": 1, "possible": 2, "negated": 3}


@functools.cache
def _words() -> Any:
    return table("english/status")


@functools.cache
def _governors() -> Mapping[str, Mapping[str, Status]]:
    """Lemma (or lemma and particle) → function → status."""
    index: dict[str, dict[str, Status]] = {}
    for status, entries in _words()["governors"].items():
        for lemma, functions in entries.items():
            for function in functions:
                index.setdefault(lemma, {})[function] = status
    return index


@functools.cache
def _modifiers() -> Mapping[str, Status]:
    return {word: status for status, words in _words()["modifiers"].items() for word in words}


def of(draft: Draft, clauses: Mapping[int, Clause]) -> Status:
    """The status of one event; the strongest of all that bears on it, ``negated`` strongest."""
    signs = list(_signs(draft, clauses))
    return max(signs, key=STRENGTH.__getitem__, default="actual")


def _signs(draft: Draft, clauses: Mapping[int, Clause]) -> Iterator[Status]:
    clause = draft.clause
    if draft.sense.status is not None:
        yield draft.sense.status
    yield from _own(clause)
    yield from _above(clause, clauses)


def _own(clause: Clause) -> Iterator[Status]:
    """Signs in the predicate's own words."""
    if clause.negated:
        yield "negated"
    for modal in clause.modals:
        yield _words()["modals"].get(modal, "actual")
    if clause.kind == "noun":
        for token in clause.sentence.kids(clause.head, "amod", "compound"):
            if token.lower in _modifiers():
                yield _modifiers()[token.lower]
    for token in clause.sentence.kids(clause.head, "mark", "advmod"):
        if token.lower in _words()["conditional_marks"] and clause.kind == "verb":
            yield "possible"


def _above(clause: Clause, clauses: Mapping[int, Clause]) -> Iterator[Status]:
    """Signs from the words that govern the predicate, up to the next statement."""
    sentence = clause.sentence
    carried = clause.kind == "noun"
    for place, function in clause.governors:
        token = sentence.tokens[place]
        yield from _governed(sentence, token, function)
        above = clauses.get(place)
        if above is None and token.pos in ("VERB", "AUX"):
            return
        if above is not None and function in ("clause", "obj") and _carries(above, function, carried, clause):
            yield from _own(above)
        if function in BARRIERS:
            return
        carried = carried and above is not None and above.kind == "noun"


def _carries(above: Clause, function: str, carried: bool, clause: Clause) -> bool:
    """True when the governor's own modal and negation are the event's ("will hold talks", "did not plan to attack")."""
    if function == "obj":
        return carried
    token = clause.sentence.tokens[clause.head]
    return token.dep == "xcomp" or carried


def _governed(sentence: Sentence, token: Token, function: str) -> Iterator[Status]:
    for key in (f"{token.lemma} {t.lower}" for t in sentence.kids(token.i, "prt")):
        if function in _governors().get(key, {}):
            yield _governors()[key][function]
            return
    found = _governors().get(token.lemma, {})
    if function in found:
        yield found[function]
