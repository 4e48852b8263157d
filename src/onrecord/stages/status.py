"""Whether an event happened, is planned, is possible, or did not or will not happen: fills ``status``.

Reads the event's own modal and negation, the adjectives before a noun, and the words above it
("expected to meet", "denied that it invaded", "a threat of sanctions"), nearest first.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from onrecord.knowledge import lexicon, table
from onrecord.knowledge.cues import cues
from onrecord.page import Clause, Draft, Sentence, Token
from onrecord.record import Status, When

VERBAL: Final = frozenset({"VERB", "AUX"})
JUDGED: Final = frozenset({"ADJ", "NOUN", "PROPN"})
"""What a clause without a verb is headed by."""
BREAKS: Final = frozenset(":;–—-")
PRESENT: Final = frozenset({"VBZ", "VBP"})
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
def _left_open() -> frozenset[str]:
    """Verbs that, negated, leave open what they would exclude."""
    return frozenset(table("english/grammar")["left_open"])


@functools.cache
def _modifiers() -> Mapping[str, Status]:
    return {word: status for status, words in _words()["modifiers"].items() for word in words}


def of(draft: Draft, clauses: Mapping[int, Clause]) -> Status:
    """The status of one event; the strongest of all that bears on it, ``negated`` strongest."""
    if any(t.lower in _words()["settled"] for t in draft.clause.sentence.kids(draft.clause.head, "amod")):
        return "actual"
    if draft.sense.status is not None and "not" in draft.sense.words:
        return "possible" if _conditional(draft.clause) else draft.sense.status
    signs = list(_signs(draft, clauses))
    return max(signs, key=STRENGTH.__getitem__, default="actual")


def on_day(status: Status, when: When | None, published: date | None, *, foretold: bool = False) -> Status:
    """The status of an event whose day is known: a day to come has not happened yet, a planned day that is past has.

    What is ``foretold`` for a day to come is planned.
    """
    if when is None or when.earliest is None or when.latest is None or published is None:
        return status
    today = published.isoformat()
    if (status == "actual" or (status == "possible" and foretold)) and when.earliest > today:
        return "planned"
    return "actual" if status in ("planned", "possible") and when.latest < today else status


def foretold(draft: Draft) -> bool:
    """ "The army would pull out on Monday": somebody's words without a verb of saying, where nothing makes it a mere thought."""
    clause = draft.clause
    first = _first_of_series(clause)
    told = clause.modals == ("would",) and first.dep == "ROOT" and not clause.negated
    return told and clause.kind == "verb" and not clause.args.get("if") and clause.lemma not in _words()["polite"]


def _signs(draft: Draft, clauses: Mapping[int, Clause]) -> Iterator[Status]:
    clause = draft.clause
    if draft.sense.status is not None:
        yield draft.sense.status
    yield from _own(clause)
    yield from _in_time_to_come(clause, clauses)
    if clause.kind == "noun":
        yield from _hypothetical(clause)
        yield from _described(clause, clauses)
        yield from _of_subject(clause)
    if not _performed(clause):
        yield from _above(replace(draft, clause=_with_infinitive(clause, clauses)), clauses)


def _with_infinitive(clause: Clause, clauses: Mapping[int, Clause]) -> Clause:
    """ "Was due to lay flowers, talk to guards and meet the king": bare verbs share what stands above the first infinitive."""
    sentence, token = clause.sentence, clause.token
    if token.tag != "VB" or token.dep != "conj" or sentence.kid(token.i, "aux", "nsubj") is not None:
        return clause
    first = token
    while first.dep == "conj":
        first = sentence.head(first.i)
    found = (clauses.get(t.i) for t in sentence.kids(first.i, "xcomp") if t.i < token.i and _infinitive(sentence, t.i))
    return next((other for other in found if other is not None), clause)


def _in_time_to_come(clause: Clause, clauses: Mapping[int, Clause]) -> Iterator[Status]:
    """ "The truce will end once Hamas attacks": a time clause in the present below a verb in the future."""
    sentence, token = clause.sentence, clause.token
    above = clauses.get(token.head)
    present = PRESENT & {token.tag, *(t.tag for t in sentence.kids(token.i, "aux", "auxpass"))}
    told = token.tag == "VBD" and above is not None and "would" in above.modals  # "said the raids would go on until they left"
    when = any(t.lower in _words()["time_marks"] for t in sentence.kids(token.i, "mark", "advmod"))
    if token.dep == "advcl" and above is not None and (present or told) and when and any(sign != "actual" for sign in _own(above)):
        yield "planned"


def _described(clause: Clause, clauses: Mapping[int, Clause]) -> Iterator[Status]:
    """Signs from a relative or infinitive that says when the event is: "talks that will take place", "a summit to be held"."""
    for token in clause.sentence.kids(clause.head, "relcl", "acl"):
        below = clauses.get(token.i)
        if below is None or clause.head not in (*below.args.get("subj", ()), *below.args.get("obj", ())):
            continue
        if below.passive and _infinitive(clause.sentence, token.i):
            yield "planned"
        elif below.lemma in _words()["occurrence"] or (below.passive and below.lemma in _light()):
            yield from (sign for sign in _own(below) if sign != "negated")


def _of_subject(clause: Clause) -> Iterator[Status]:
    """Signs from what is said of an event in so many words: "a strike is imminent", "the summit is to be held"."""
    sentence, token = clause.sentence, clause.token
    verb = sentence.head(token.i)
    if token.dep == "nsubj" and verb.lemma == "be":
        yield from (_modifiers()[t.lower] for t in sentence.kids(verb.i, "acomp") if t.lower in _modifiers())
        if any(_infinitive(sentence, t.i) and sentence.kid(t.i, "auxpass") is not None for t in sentence.kids(verb.i, "xcomp")):
            yield "planned"


def _performed(clause: Clause) -> bool:
    """ "I must thank you", "we would like to congratulate": a speech act that is done by saying so."""
    first = any(clause.sentence.tokens[i].lower in _words()["first_person"] for i in clause.args.get("subj", ()))
    return first and clause.lemma in _words()["polite_acts"]


def _hypothetical(clause: Clause) -> Iterator[Status]:
    """ "An invasion would bring sanctions": what a modal verb says of a thing that is not yet there."""
    sentence, token = clause.sentence, clause.token
    definite = any(t.lower not in _words()["indefinite"] for t in sentence.kids(token.i, "det", "poss"))
    verb = sentence.head(token.i)
    told_of = token.dep == "nsubj" and not definite and verb.lemma not in _words()["occurrence"] and verb.lemma not in _words()["judging"]
    if told_of and any(t.lower in _words()["hypothetical"] for t in sentence.kids(verb.i, "aux")):
        yield "possible"


def _own(clause: Clause) -> Iterator[Status]:
    """Signs in the predicate's own words."""
    if (clause.negated and not _merely(clause)) or _of_nobody(clause):
        yield "negated"
    for modal in clause.modals:
        if modal == "would" and _first_of_series(clause).dep == "ccomp" and not clause.args.get("if"):
            yield "planned"  # "said that it would release them": a will, told later
        elif clause.lemma not in _words()["polite"] and not _performed(clause):
            yield _words()["modals"].get(modal, "actual")
    if clause.kind == "verb":
        yield from _with_own_subject(clause)
    if clause.kind == "noun":
        yield from _before_noun(clause)
    elif _conditional(clause):
        yield "possible"


def _first_of_series(clause: Clause) -> Token:
    """The first of coordinated verbs, whose modal the others share: "would close the port, expel them and …"."""
    token = clause.token
    while token.dep == "conj" and token.tag in ("VB", "VBP") and token.head != token.i:
        token = clause.sentence.head(token.i)
    return token


def _conditional(clause: Clause) -> bool:
    """True below "if" or the like."""
    return any(t.lower in _words()["conditional_marks"] for t in clause.sentence.kids(clause.head, "mark", "advmod"))


def _of_nobody(clause: Clause) -> bool:
    """ "No missile hit the base", "nobody was arrested", "imposed no sanctions"."""
    if clause.kind != "verb":
        return False
    heads = [clause.sentence.tokens[i] for function in ("subj", "obj") for i in clause.args.get(function, ())]
    return any(t.lower in _words()["nobody"] or _denied(clause.sentence, t) for t in heads)


def _merely(clause: Clause) -> bool:
    """ "Not only", "not just": what is so and more than so."""
    tokens = clause.sentence.tokens
    after = (tokens[t.i + 1].lower for t in clause.sentence.kids(clause.head, "neg") if t.i + 1 < len(tokens))
    return not clause.modals and any(word in _words()["merely"] for word in after)


def _with_own_subject(clause: Clause) -> Iterator[Status]:
    """An infinitive with a subject of its own: "Ford to cut jobs" in a headline, "a call for Iran to withdraw"."""
    sentence = clause.sentence
    if _infinitive(sentence, clause.head) and sentence.kid(clause.head, "nsubj", "nsubjpass") is not None:
        if clause.token.dep == "ROOT":
            yield "planned"
        elif any(t.lower in _words()["subject_marks"] for t in sentence.kids(clause.head, "mark")):
            yield "possible"


def _before_noun(clause: Clause) -> Iterator[Status]:
    """Signs in a noun's adjectives and participles: "planned talks", "talks scheduled for Monday"."""
    sentence = clause.sentence
    counted = sentence.head(clause.token.head)
    heads = [clause.head, counted.i] if counted.lemma in _words()["rounds"] and clause.token.dep == "pobj" else [clause.head]
    for token in (t for head in heads for t in sentence.kids(head, "amod", "compound", "acl")):
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
        if function == "clause" and _set_off(sentence, below, token):
            return
        above = clauses.get(place)
        twice = above is not None and above.negated
        if not (speech and function == "obj") and not (
            function == "acl" and not _infinitive(sentence, below)
        ):  # to deny an accusation is not to deny that it was made
            judged = carried and _judged(sentence, below, token, function)
            found = () if judged else _governed(sentence, token, function) if function != "acl" else _at_noun(sentence, below, token)
            yield from (sign for sign in found if not (twice and sign == "negated"))
            if twice and _phrases(sentence, token) & _left_open():
                yield "possible"
        if token.pos not in VERBAL and function in ("of", "for", "acl") and _denied(sentence, token):
            yield "negated"
        if above is not None and _shares_time(draft, below, token, function):
            yield from (sign for sign in _own(above) if sign != "negated")
        if not _passes_on(sentence, below, token, function) and not _takes_part(draft, below, token, function):
            return
        if above is not None and _carries(sentence, below, function, carried):
            yield from (sign for sign in _own(above) if not _withheld(sentence, token, function, sign, twice=twice))
        carried = carried and token.pos not in VERBAL
        below = place


def _set_off(sentence: Sentence, below: int, above: Token) -> bool:
    """True for a full clause before its head that is none of its complement: no "…, he hopes" but "…: does he hope"."""
    if below > above.i or _infinitive(sentence, below):
        return above.lemma == "be" and not _infinitive(sentence, below)
    between = sentence.tokens[below + 1 : above.i]
    subject = sentence.kid(above.i, "nsubj")
    return above.lemma not in cues().verbs or subject is None or subject.i < below or any(t.text in BREAKS for t in between)


def _judged(sentence: Sentence, below: int, above: Token, function: str) -> bool:
    """True for "considers the talks useful": what somebody has an opinion of is there."""
    return function == "clause" and below > above.i and sentence.tokens[below].pos in JUDGED


def _withheld(sentence: Sentence, verb: Token, function: str, sign: Status, *, twice: bool) -> bool:
    """True for a sign of the verb that says nothing of the event below it.

    What did not stop went on; what may continue is there; who was not at the meeting does not undo it.
    """
    if sign == "possible":
        return function == "subj" and verb.lemma in _words()["continuing"]
    undone = (
        twice
        and _phrases(sentence, verb) & {*_words()["twice_negated"], *_left_open()}
        and "negated" in _governed(sentence, verb, function)
    )
    return sign == "negated" and bool(undone)


def _at_noun(sentence: Sentence, below: int, noun: Token) -> Iterator[Status]:
    """What an infinitive at a noun is: as the noun has it, else open; "the first to recognise" has done it."""
    if "acl" in _governors().get(noun.lemma, {}):
        yield _governors()[noun.lemma]["acl"]
        return
    told = noun.lemma in _words()["accomplished"]
    unique = any(t.lower in _words()["unique"] for t in (noun, *sentence.kids(noun.i, "amod", "nummod", "det")))
    if _infinitive(sentence, below) and not told and not unique:
        yield "possible"


def _shares_time(draft: Draft, below: int, above: Token, function: str) -> bool:
    """ "Will travel, visiting Rome", "will help by sending arms", "will fly to Rome for talks": the one is when the other is."""
    sentence = draft.clause.sentence
    if above.pos not in VERBAL:
        return False
    gerund = sentence.tokens[below].tag == "VBG"
    if function == "advcl":
        return _infinitive(sentence, below) or (gerund and below > above.i and sentence.kid(below, "mark", "nsubj") is None)
    if function == "by":
        return gerund
    contact = draft.sense.type == "CONSULT" and draft.clause.kind == "noun" and below == draft.clause.head
    return contact and (function in _words()["means"] or (function in _words()["towards"] and above.lemma in _words()["going"]))


def _denied(sentence: Sentence, noun: Token) -> bool:
    """ "No plan to attack", "no threat of war": what there is none of does not come about."""
    return any(t.lower in _words()["none"] for t in sentence.kids(noun.i, "det", "neg", "preconj"))


def _passes_on(sentence: Sentence, below: int, above: Token, function: str) -> bool:
    """True when what holds of the governor holds of what stands below it."""
    if function == "acl":
        return _infinitive(sentence, below) or any(t.lower == "that" for t in sentence.kids(below, "mark"))
    if function == "advcl":
        return _infinitive(sentence, below)
    if function == "subj":
        return above.lemma in _words()["occurrence"]
    if function == "obj" and above.pos in VERBAL:
        return above.lemma == "be" or bool(_phrases(sentence, above) & (_light() | _governors().keys()))
    if function == "in" and above.lemma in table("english/grammar")["sums"]:
        return True
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
        return above.pos in VERBAL and (function in _words()["within"] or _shares_time(draft, below, above, function))
    return above.lemma in _words()["parts"] and function in ("in", "for", "to")


def _infinitive(sentence: Sentence, i: int) -> bool:
    """An infinitive with "to", active or passive, but not of what is over ("to have met")."""
    bare = sentence.tokens[i].tag == "VB" or any(t.tag == "VB" for t in sentence.kids(i, "auxpass"))
    return bare and any(t.lower == "to" for t in sentence.kids(i, "aux"))


def _carries(sentence: Sentence, below: int, function: str, carried: bool) -> bool:
    """True when the governor's own modal and negation are the event's ("will hold talks", "did not plan to attack")."""
    if function in ("obj", "subj", "acomp") or function in _words()["within"]:
        return carried
    return function == "clause" and sentence.tokens[below].dep == "xcomp"


def _governed(sentence: Sentence, token: Token, function: str) -> Iterator[Status]:
    for key in (f"{token.lemma} {t.lower}" for t in sentence.kids(token.i, "prt", "advmod")):
        if function in _governors().get(key, {}):
            yield _governors()[key][function]
            return
    found = _governors().get(token.lemma, {})
    if token.lemma == "be" and function == "clause" and (said := sentence.kids(token.i, "acomp")):
        found = _governors().get(said[0].lemma, {})  # "it is likely to rain": the adjective says it
    if function in found and not (token.lemma in _words()["managed"] and sentence.head(token.i).tag == "VBD"):
        yield found[function]
