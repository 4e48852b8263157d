"""Whether an event happened, is planned, is possible, or did not or will not happen: fills ``status``.

Reads the event's own modal and negation, the adjectives before a noun, and the words above it
("expected to meet", "denied that it invaded", "a threat of sanctions"), nearest first.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from onrecord.knowledge import lexicon, table
from onrecord.page import Clause, Draft, Sentence, Token
from onrecord.record import Status, When

VERBAL: Final = frozenset({"VERB", "AUX"})
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
    if any(t.lower in _words()["settled"] for t in draft.clause.sentence.kids(draft.clause.head, "amod")):
        return "actual"
    if draft.sense.status is not None and "not" in draft.sense.words:
        return draft.sense.status
    signs = list(_signs(draft, clauses))
    return max(signs, key=STRENGTH.__getitem__, default="actual")


def on_day(status: Status, when: When | None, published: date | None) -> Status:
    """The status of an event whose day is known: a day to come has not happened yet, a planned day that is past has."""
    if when is None or when.earliest is None or when.latest is None or published is None:
        return status
    today = published.isoformat()
    if status == "actual" and when.earliest > today:
        return "planned"
    return "actual" if status in ("planned", "possible") and when.latest < today else status


def _signs(draft: Draft, clauses: Mapping[int, Clause]) -> Iterator[Status]:
    clause = draft.clause
    if draft.sense.status is not None:
        yield draft.sense.status
    yield from _own(clause)
    yield from _hypothetical(clause)
    yield from _above(draft, clauses)


def _hypothetical(clause: Clause) -> Iterator[Status]:
    """ "An invasion would bring sanctions": what a modal verb says of a thing that is not yet there."""
    sentence, token = clause.sentence, clause.token
    definite = any(t.lower not in _words()["indefinite"] for t in sentence.kids(token.i, "det", "poss"))
    verb = sentence.head(token.i)
    told_of = clause.kind == "noun" and token.dep == "nsubj" and not definite and verb.lemma not in _words()["occurrence"]
    if told_of and any(t.lower in _words()["hypothetical"] for t in sentence.kids(verb.i, "aux")):
        yield "possible"


def _own(clause: Clause) -> Iterator[Status]:
    """Signs in the predicate's own words."""
    if clause.negated:
        yield "negated"
    for modal in clause.modals:
        if modal == "would" and clause.token.dep == "ccomp" and not clause.args.get("if"):
            yield "planned"  # "said that it would release them": a will, told later
        elif clause.lemma not in _words()["polite"]:
            yield _words()["modals"].get(modal, "actual")
    if clause.kind == "verb" and _infinitive(clause.sentence, clause.head) and clause.sentence.kid(clause.head, "nsubj") is not None:
        yield "planned" if clause.token.dep == "ROOT" else "actual"
    if clause.kind == "noun":
        yield from _before_noun(clause)
    elif any(t.lower in _words()["conditional_marks"] for t in clause.sentence.kids(clause.head, "mark", "advmod")):
        yield "possible"


def _before_noun(clause: Clause) -> Iterator[Status]:
    """Signs in a noun's adjectives and participles: "planned talks", "talks scheduled for Monday"."""
    for token in clause.sentence.kids(clause.head, "amod", "compound", "acl"):
        word = token.lower if token.lower in _modifiers() else token.lemma
        if word in _modifiers() and (token.dep != "acl" or token.tag == "VBN"):
            yield _modifiers()[word]


def _above(draft: Draft, clauses: Mapping[int, Clause]) -> Iterator[Status]:
    """Signs from the words that govern the predicate, for as long as each passes on what stands above it."""
    clause = draft.clause
    sentence = clause.sentence
    speech = bool(lexicon.ontology(draft.sense.type).get("spoken")) and clause.kind == "noun"
    below = clause.head
    carried = clause.kind != "verb"
    for place, function in clause.governors:
        token = sentence.tokens[place]
        if not (speech and function == "obj") and not (
            function == "acl" and not _infinitive(sentence, below)
        ):  # to deny an accusation is not to deny that it was made
            yield from _governed(sentence, token, function)
        if token.pos not in VERBAL and function in ("of", "for", "acl") and _denied(sentence, token):
            yield "negated"
        above = clauses.get(place)
        if not _passes_on(sentence, below, token, function) and not _takes_part(draft, below, token, function):
            return
        if above is not None and _carries(sentence, below, function, carried):
            yield from _own(above)
        carried = carried and token.pos not in VERBAL
        below = place


def _denied(sentence: Sentence, noun: Token) -> bool:
    """ "No plan to attack", "no threat of war": what there is none of does not come about."""
    return any(t.lower in _words()["none"] for t in sentence.kids(noun.i, "det", "neg", "preconj"))


def _passes_on(sentence: Sentence, below: int, above: Token, function: str) -> bool:
    """True when what holds of the governor holds of what stands below it."""
    if function == "acl":
        return _infinitive(sentence, below) or any(t.lower == "that" for t in sentence.kids(below, "mark"))
    if function == "subj":
        return above.lemma in _words()["occurrence"]
    if function == "obj" and above.pos in VERBAL:
        return bool(_phrases(sentence, above) & (_light() | _governors().keys()))
    return function in _words()["transparent"] or function == "acomp"


def _phrases(sentence: Sentence, verb: Token) -> set[str]:
    """The verb's lemma, alone and with its particle."""
    return {verb.lemma} | {f"{verb.lemma} {t.lower}" for t in sentence.kids(verb.i, "prt")}


@functools.cache
def _light() -> frozenset[str]:
    """Verbs that only carry the event noun below them."""
    return frozenset(table("english/grammar")["light_verbs"])


def _takes_part(draft: Draft, below: int, above: Token, function: str) -> bool:
    """A contact shares the status of what is done in it; an act that of somebody's part in it ("denied involvement in")."""
    if draft.sense.type == "CONSULT" and below == draft.clause.head and draft.clause.kind == "noun":
        return function in _words()["within"] and above.pos in VERBAL
    return above.lemma in _words()["parts"] and function in ("in", "for", "to")


def _infinitive(sentence: Sentence, i: int) -> bool:
    return sentence.tokens[i].tag == "VB" and any(t.lower == "to" for t in sentence.kids(i, "aux"))


def _carries(sentence: Sentence, below: int, function: str, carried: bool) -> bool:
    """True when the governor's own modal and negation are the event's ("will hold talks", "did not plan to attack")."""
    if function in ("obj", "subj", "acomp") or function in _words()["within"]:
        return carried
    return function == "clause" and sentence.tokens[below].dep == "xcomp"


def _governed(sentence: Sentence, token: Token, function: str) -> Iterator[Status]:
    for key in (f"{token.lemma} {t.lower}" for t in sentence.kids(token.i, "prt")):
        if function in _governors().get(key, {}):
            yield _governors()[key][function]
            return
    found = _governors().get(token.lemma, {})
    if function in found:
        yield found[function]
