"""Which predicates are events: the senses of the lexicon, told apart by their arguments.

Decides ``type``, ``mode``, ``trigger`` and ``content`` of a row.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from onrecord.knowledge import lexicon, table
from onrecord.page import Cast, Clause, Condition, Draft, Pos, Sense, Sentence
from onrecord.record import Span

POS: Final[Mapping[str, Pos]] = {"verb": "verbs", "noun": "nouns", "adj": "adjectives"}


def nouns() -> frozenset[str]:
    """The nouns that can name an event: what the clause stage must make frames for."""
    return lexicon.heads("nouns")


def find(clauses: Mapping[int, Clause], cast: Cast) -> list[Draft]:
    """The events among the clauses of one sentence, in text order; some may be told twice (see ``once``)."""
    return [draft for clause in clauses.values() for draft in _of_clause(clause, clauses, cast)]


def _of_clause(clause: Clause, clauses: Mapping[int, Clause], cast: Cast) -> Iterator[Draft]:
    token = clause.token
    if (token.dep == "amod" and clause.kind == "verb") or _in_a_name(clause, cast) or _no_event(clause):
        return
    pos = POS[clause.kind]
    index = lexicon.senses()
    for sense in (*index.get((pos, clause.lemma), ()), *(index.get((pos, token.lower), ()) if token.lower != clause.lemma else ())):
        words = None if clause.negated and sense.key in _grammar("left_open") else _phrase(clause, sense)
        if words is not None and _fits(clause, sense, clauses, cast):
            yield Draft(clause, sense, _trigger(clause, words))
            return


def _in_a_name(clause: Clause, cast: Cast) -> bool:
    """A noun that is part of a party's name or role is no event: the Special Operations Forces, riot police, attack planners."""
    token = clause.token
    mention = cast.covering(clause.sentence.number, clause.head)
    if mention is None or mention.first == mention.last:
        return False
    return token.pos == "PROPN" or (token.dep in ("compound", "amod") and token.head == mention.head and clause.kind == "noun")


def _no_event(clause: Clause) -> bool:
    """What only might have been, and what a rule, a shield or a film is about."""
    return _unreal(clause) if clause.kind == "verb" else _in_general(clause)


def _unreal(clause: Clause) -> bool:
    """ "Would have attacked": it has not."""
    helpers = clause.sentence.kids(clause.head, "aux")
    would = any(t.lower in _grammar("unreal") for t in helpers)
    return would and clause.token.tag == "VBN" and any(t.lemma == "have" and t.tag == "VB" for t in helpers)


def _in_general(clause: Clause) -> bool:
    """Attacks that a treaty covers, shelters protect from or a film is about; not "the attacks", nor those with a day."""
    sentence, token = clause.sentence, clause.token
    if clause.token.tag not in ("NN", "NNS") or any(
        t.lower not in _grammar("indefinite_articles") for t in sentence.kids(token.i, "det", "poss")
    ):
        return False
    return any(_is_general(sentence, place, function) for place, function in clause.governors[:1])


def _is_general(sentence: Sentence, place: int, function: str) -> bool:
    rules = table("english/grammar")["general"]
    return function in rules.get(sentence.tokens[place].lemma, ())


def _phrase(clause: Clause, sense: Sense) -> list[int] | None:
    """The tokens of a phrase's words below its head, or None when one is missing."""
    found = [clause.head]
    for word in sense.others:
        place = _below(clause.sentence, found, word)
        if place is None:
            return None
        found.append(place)
    return found


def _below(sentence: Sentence, reach: Iterable[int], word: str) -> int | None:
    """The word below one of these tokens; else below the head's object or complement ("held X responsible")."""
    places = [c for i in reach for c in sentence.children(i) if sentence.tokens[c].dep != "conj"]
    further = [c for i in places if sentence.tokens[i].dep in COMPLEMENTS for c in sentence.children(i)]
    return next((c for c in (*places, *further) if word in (sentence.tokens[c].lower, sentence.tokens[c].lemma)), None)


COMPLEMENTS: Final = frozenset({"dobj", "ccomp", "xcomp", "oprd", "acomp"})


def _trigger(clause: Clause, words: list[int]) -> Span:
    """The phrase as written when its words stand together, else its head alone."""
    first, last = min(words), max(words)
    between = (clause.sentence.tokens[i] for i in range(first, last) if i not in words)
    together = all(token.pos in ("DET", "ADJ", "ADV", "AUX", "NUM") for token in between)
    return clause.sentence.cut(first, last) if together else clause.sentence.cut(clause.head, clause.head)


def _fits(clause: Clause, sense: Sense, clauses: Mapping[int, Clause], cast: Cast) -> bool:
    if sense.passive is not None and sense.passive != clause.passive:
        return False
    return all(_holds(condition, clause, clauses, cast) for condition in sense.conditions)


def _holds(condition: Condition, clause: Clause, clauses: Mapping[int, Clause], cast: Cast) -> bool:
    heads = _argument(condition.function, clause, clauses)
    if "!" in condition.words and not heads:
        return not condition.barred
    met = any(_is_one_of(i, condition.words, clause, cast) for i in heads) or (
        "@several" in condition.words and _several(heads, clause, cast)
    )
    if not met and not condition.barred:  # a title beside a name is a reason to take a sense, and none to bar it
        met = any(clause.sentence.tokens[i].pos == "PROPN" and _offices(clause.sentence, i, cast) & condition.words for i in heads)
    return met != condition.barred


def _several(heads: list[int], clause: Clause, cast: Cast) -> bool:
    """Two parties or more: "Biden and Xi spoke"."""
    mentions = (cast.at(clause.sentence.number, i) for i in heads)
    return len({e for mention in mentions if mention is not None for e in mention.entities}) > 1


def _argument(path: str, clause: Clause, clauses: Mapping[int, Clause]) -> list[int]:
    """The heads at a function or a path of functions ("clause.subj")."""
    first, _, rest = path.partition(".")
    heads = clause.args.get(first, [])
    if not rest:
        return heads
    return [i for head in heads for i in _further(rest, head, clause, clauses)]


def _further(path: str, head: int, clause: Clause, clauses: Mapping[int, Clause]) -> list[int]:
    """The rest of a path from a head: through its clause where it has one, else by its own preposition."""
    if head in clauses:
        return _argument(path, clauses[head], clauses)
    return clause.sentence.objects(head, path)


def _is_one_of(i: int, words: frozenset[str], clause: Clause, cast: Cast) -> bool:
    token = clause.sentence.tokens[i]
    if token.lemma in words or token.lower in words or "*" in words:
        return True
    return any(test(clause.sentence, i, cast) for name, test in ENTITY_TESTS.items() if name in words)


def _offices(sentence: Sentence, i: int, cast: Cast) -> set[str]:
    """What somebody is said to be beside the name, in one word: "the Russian ambassador Zorin" is an ambassador."""
    mention = cast.at(sentence.number, i)
    if mention is None or mention.first == mention.last:
        return set()
    written = sentence.cut(mention.first, mention.last).text
    roles = (e.role for e in mention.entities if e.kind == "person" and e.role and e.role in written)
    return {role.partition(" of ")[0].rpartition(" ")[2].lower() for role in roles}


def _party(sentence: Sentence, i: int, cast: Cast) -> bool:
    """A party by name, or a thing that bears its owner's ("Russian jets", "Iran's navy")."""
    if cast.at(sentence.number, i) is not None or cast.covering(sentence.number, i) is not None:
        return True
    return any(cast.at(sentence.number, t.i) is not None for t in sentence.kids(i, "poss", "amod", "compound", "nmod"))


def _place(sentence: Sentence, i: int, cast: Cast) -> bool:
    mention = cast.at(sentence.number, i)
    return mention is not None and mention.place


def _state(sentence: Sentence, i: int, cast: Cast) -> bool:
    mention = cast.at(sentence.number, i)
    return mention is not None and any(e.kind in ("state", "government", "organisation") for e in mention.entities)


def _person(sentence: Sentence, i: int, cast: Cast) -> bool:
    mention = cast.at(sentence.number, i)
    return mention is not None and any(e.kind in ("person", "role", "people") for e in mention.entities)


ENTITY_TESTS: Final[Mapping[str, Callable[[Sentence, int, Cast], bool]]] = {
    "@party": _party,
    "@place": _place,
    "@state": _state,
    "@person": _person,
}


def content(draft: Draft, clauses: Mapping[int, Clause]) -> Span | None:
    """What is demanded, threatened, agreed, refused, discussed or alleged, in the sentence's own words."""
    for function in draft.sense.content:
        heads = _argument(function, draft.clause, clauses)
        span = _stretch(draft, heads[0]) if heads else None
        if span is not None and not span.contains(draft.trigger):
            return span
    return None


def _stretch(draft: Draft, head: int) -> Span | None:
    """The words below a head that lie on its side of the trigger, without marks at the ends, and without an "and" to what follows."""
    sentence = draft.clause.sentence
    before = head < draft.clause.head
    below = [i for i in sentence.subtree(head) if (i < draft.clause.head) == before]
    words = [i for i in below if sentence.tokens[i].pos != "PUNCT"]
    while words and sentence.tokens[words[-1]].pos == "CCONJ":
        words.pop()
    return sentence.cut(words[0], words[-1]) if words else None


def once(parties: Mapping[Draft, int]) -> list[Draft]:
    """Of two triggers that name one event, the one to tell: that with more ``parties``.

    A gerund of the same type only tells how it ended ("launched missiles, killing two"), and a noun
    before another only of what kind that is ("ceasefire talks").  With as
    many parties, the noun that a light verb carries ("launched an attack"), but the verb when its
    phrase holds the noun or takes back what it names ("lifted sanctions").
    """
    by_head = {draft.clause.head: draft for draft in parties}
    dropped: set[int] = set()
    for draft in parties:
        for i in draft.clause.args.get("obj", []):
            noun = by_head.get(i)
            if noun is not None and draft.clause.kind == "verb" and _carried(draft, noun):
                dropped.add(_lesser(draft, noun, parties).clause.head)
        if _hangs_on_its_noun(draft, by_head, parties) or _same_again(draft, by_head) or _a_step(draft, by_head):
            dropped.add(draft.clause.head)
        dropped |= {i for i in draft.clause.args.get("result", []) if i in by_head and by_head[i].sense.type == draft.sense.type}
        dropped |= {_fewer(draft, by_head[i], parties).clause.head for i in _kind_of(draft) if i in by_head}
        if any(parties[noun] >= parties[draft] for noun in _causes(draft, by_head)):
            dropped.add(draft.clause.head)
    dropped |= {draft.clause.head for draft in parties if _only_content(draft, by_head) or _wished_for(draft, parties)}
    return [draft for draft in parties if draft.clause.head not in dropped]


def _kind_of(draft: Draft) -> Iterator[int]:
    """The noun of which a noun before it only says the kind, or a measuring noun the number ("a round of peace talks")."""
    sentence, token = draft.clause.sentence, draft.clause.token
    if draft.clause.kind == "noun" and token.lemma in _grammar("partitives"):
        yield from sentence.objects(token.i, "of")
    if draft.clause.token.dep == "compound" and draft.clause.kind == "noun":
        yield draft.clause.token.head


def _causes(draft: Draft, by_head: Mapping[int, Draft]) -> Iterator[Draft]:
    """The event of the same type that did the harm: "was destroyed in a missile strike"."""
    clause, sense = draft.clause, draft.sense
    if clause.kind != "verb" or not clause.passive or sense.reciprocal:
        return
    for noun in (by_head[i] for cause in _grammar("harming") for i in clause.args.get(cause, ()) if i in by_head):
        if noun.clause.kind == "noun" and noun.sense.type == sense.type and sense.mode in (None, noun.sense.mode, "destroy", "firearms"):
            yield noun


def _hangs_on_its_noun(draft: Draft, by_head: Mapping[int, Draft], parties: Mapping[Draft, int]) -> bool:
    """A participle after the noun that it carries or goes on with: "sanctions imposed by the EU", "strikes targeting rebels"."""
    token = draft.clause.token
    noun = by_head.get(token.head)
    if token.dep != "acl" or noun is None or noun.clause.kind != "noun" or noun.sense.type != draft.sense.type:
        return False
    light = token.tag == "VBN" and token.lemma in _grammar("light_verbs")
    return light or (token.tag == "VBG" and parties[noun] >= parties[draft])


def _same_again(draft: Draft, by_head: Mapping[int, Draft]) -> bool:
    """A second verb for what one does to another: "shot and wounded two soldiers"."""
    first = by_head.get(draft.clause.token.head)
    if draft.clause.token.dep != "conj" or first is None or first.clause.kind != "verb":
        return False
    if first.sense.type != draft.sense.type or draft.sense.mode not in (None, first.sense.mode):
        return False
    mine, before = draft.clause.args, first.clause.args
    return bool(mine.get("obj")) and mine.get("obj") == before.get("obj") and mine.get("subj") == before.get("subj")


def _a_step(draft: Draft, by_head: Mapping[int, Draft]) -> bool:
    """ "Jailed the minister after finding him guilty": a step of the very act that the verb above tells."""
    if draft.clause.kind != "verb" or draft.sense.mode not in _grammar("stepwise"):
        return False
    over = (by_head.get(token.i) for token in draft.clause.sentence.ancestors(draft.clause.head))
    return any(other.clause.kind == "verb" and other.sense.mode == draft.sense.mode for other in over if other is not None)


def _wished_for(draft: Draft, drafts: Iterable[Draft]) -> bool:
    """ "They spoke at the request of Chile": at whose wish a contact came about is told of the contact."""
    sentence, clause = draft.clause.sentence, draft.clause
    preposition = sentence.head(clause.head)
    if clause.kind != "noun" or preposition.lower not in table("english/grammar")["at_wish"].get(clause.lemma, ()):
        return False
    contacts = (other.clause.token for other in drafts if other.sense.type == "CONSULT")
    return any(preposition.head in (token.i, token.head) for token in contacts)


def _only_content(draft: Draft, by_head: Mapping[int, Draft]) -> bool:
    """What is demanded or threatened, or for what one meets, needs no row: "urged Iran to free them", "met to discuss"."""
    clause = draft.clause
    below = clause.token
    for place, function in clause.governors:
        above = by_head.get(place)
        if below.tag in BARE and above is not None and function == "advcl" and above.sense.type == draft.sense.type == "ACCUSE":
            return True  # "summoned the envoy to protest"
        if below.tag in BARE and above is not None and function in CONTENT_OF.get(above.sense.type, ()):
            return (draft.sense.type == "CONSULT") == (above.sense.type == "CONSULT")
        if function not in ("obj", "of", "acl") or below.tag in BARE:
            return False
        below = clause.sentence.tokens[place]
    return False


BARE: Final = frozenset({"VB", "VBP"})
"""Infinitives and subjunctives ("demanded that they withdraw"), which the parser takes for a present tense."""
CONTENT_OF: Final[Mapping[str, frozenset[str]]] = {
    "REQUEST": frozenset({"clause"}),
    "THREATEN": frozenset({"clause"}),
    "CONSULT": frozenset({"advcl", "acl", "clause"}),
}
"""Through which functions an infinitive is what a type's event is about."""


def _carried(verb: Draft, noun: Draft) -> bool:
    """The verb only carries or undoes the noun: "launched an attack", "lifted sanctions", not "condemned the raid"."""
    below = noun.clause.kind == "noun" and verb.clause.head in {g for g, f in _unmeasured(noun.clause)[:1] if f == "obj"}
    light = verb.clause.lemma in _grammar("light_verbs") or len(verb.sense.words) > 1
    same = verb.sense.type == noun.sense.type and light
    return below and (same or noun.sense.type in UNDONE_BY.get(verb.sense.type, ()))


def _unmeasured(clause: Clause) -> tuple[tuple[int, str], ...]:
    """What governs a noun, without the sum before it: in "gave two million in aid" what governs the million."""
    governors = clause.governors
    summed = bool(governors) and governors[0][1] == "in" and clause.sentence.tokens[governors[0][0]].lemma in _grammar("sums")
    return governors[1:] if summed else governors


@functools.cache
def _grammar(name: str) -> frozenset[str]:
    return frozenset(table("english/grammar")[name])


UNDONE_BY: Final[Mapping[str, frozenset[str]]] = {
    "CONCEDE": frozenset({"SANCTION", "COERCE", "RETREAT"}),
    "RETREAT": frozenset({"SANCTION", "COERCE"}),
    "SANCTION": frozenset({"AID", "COOPERATE"}),
}
"""Types whose verb takes back what its object names, or only declares it."""


def _fewer(one: Draft, other: Draft, parties: Mapping[Draft, int]) -> Draft:
    """The one of the two that has fewer parties; the first when they have as many."""
    return one if parties[one] <= parties[other] else other


def _lesser(verb: Draft, noun: Draft, parties: Mapping[Draft, int]) -> Draft:
    """The one of the two that is not told."""
    if verb.sense.type != noun.sense.type:
        return noun
    if parties[verb] != parties[noun]:
        return verb if parties[verb] < parties[noun] else noun
    return noun if verb.trigger.contains(noun.trigger) else verb
