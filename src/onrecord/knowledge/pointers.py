"""Words that point back, as a typed table: pronouns, "the two leaders", "the alliance"."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from onrecord import knowledge
from onrecord.page import Mention, Sentence, Token

SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Words:
    """The table ``english/coreference`` with its types."""

    pronouns: Mapping[str, str]
    groups: Mapping[str, str]
    singles: Mapping[str, Mapping[str, Any]]
    numbers: Mapping[str, int]
    sets: Mapping[str, frozenset[str]]


@functools.cache
def load() -> Words:
    """The table, read once a process."""
    data = knowledge.table("english/coreference")
    sets = {name: frozenset(value) for name, value in data.items() if isinstance(value, list)}
    return Words(data["pronouns"], data["groups"], data["singles"], data["both"], sets)


# ---------------------------------------------------------------- the grammar round such a word


def preposition(sentence: Sentence, mention: Mention) -> str:
    """The preposition that governs a mention, in lower case, or nothing."""
    for token in sentence.ancestors(mention.head):
        if token.pos == "ADP":
            return token.lower
        if token.pos not in {"NOUN", "PROPN"}:
            break
    return ""


def points(sentence: Sentence, token: Token) -> bool:
    """True for a possessive and for a subject whose verb does not take a clause in its stead ("it is expected that")."""
    if token.dep not in SUBJECTS:
        return token.dep == "poss"
    above = verb(sentence, token.i)
    if above is None or above.lemma in load().sets["expletive"]:
        return False
    return token.dep == "nsubj" or sentence.kid(above.i, "ccomp", "xcomp", "advcl") is None


def verb(sentence: Sentence, i: int) -> Token | None:
    """The verb above a token."""
    return next((t for t in sentence.ancestors(i) if t.pos in {"VERB", "AUX"}), None)


def subject(sentence: Sentence, i: int) -> Token | None:
    """The subject of the clause that a token stands in, when the token is not that subject."""
    above = verb(sentence, i)
    found = sentence.kid(above.i, *SUBJECTS) if above is not None else None
    return found if found is not None and found.i < i else None


def definite(sentence: Sentence, i: int) -> bool:
    """True when "the", "both" or the like stands before or among the words that begin at a token."""
    table = load()
    before = sentence.tokens[i - 1].lower if i else ""
    return before in table.sets["definite"] or before in table.numbers or sentence.tokens[i].lower in table.numbers


def count(sentence: Sentence, first: int, last: int) -> int:
    """How many "the two leaders" or "the three countries" are; 2 where it is not said."""
    numbers = load().numbers
    return next((numbers[t.lower] for t in sentence.tokens[max(first - 2, 0) : last] if t.lower in numbers), 2)


def counted(sentence: Sentence, first: int, last: int) -> bool:
    """True when it is said how many they are."""
    return any(t.lower in load().numbers for t in sentence.tokens[max(first - 2, 0) : last])


def above(sentence: Sentence, i: int) -> Token | None:
    """The noun that a noun belongs to by a preposition: "citizens" for "Crimea" in "citizens in Crimea"."""
    prep = next((t for t in sentence.ancestors(i) if t.pos == "ADP"), None)
    noun = sentence.head(prep.i) if prep is not None else None
    return noun if noun is not None and noun.pos in {"NOUN", "PROPN"} else None


def listed(sentence: Sentence, mention: Mention) -> bool:
    """True for one of several in a list of this sentence: "it" is none of them alone."""
    if mention.sentence != sentence.number:
        return False
    token = sentence.tokens[mention.head]
    return token.dep == "conj" or any(t.pos in {"PROPN", "NOUN"} for t in sentence.kids(token.i, "conj"))


def things_between(sentence: Sentence, token: Token, mention: Mention) -> bool:
    """True when several things are told of after a party: "Oslo makes proposals and will discuss them"."""
    first = mention.last + 1 if mention.sentence == sentence.number else 0
    return any(t.tag == "NNS" and t.dep == "dobj" for t in sentence.tokens[first : token.i])


def ours(sentence: Sentence, token: Token) -> bool:
    """True for "our countries", "our two nations"."""
    table = load()
    return table.groups[token.lemma] == "state" and any(table.pronouns.get(t.lower) == "self" for t in sentence.kids(token.i, "poss"))


def specified(sentence: Sentence, token: Token) -> bool:
    """True for "the state of Ukraine": such a noun points at nobody named before."""
    sets = load().sets
    attends = token.lemma in sets["attending"]
    return any(prep.lower in sets["specifying"] or (attends and prep.lower == "in") for prep in sentence.kids(token.i, "prep"))


def is_self(mention: Mention) -> bool:
    """True for "we" and "our": neither "it" nor "they" point back at them."""
    return load().pronouns.get(mention.entities[0].span.text.lower()) == "self"


def pair(sentence: Sentence, token: Token) -> bool:
    """True for "the two" as a subject and "both" without a noun, also as whom one speaks to: "urged both to wait"."""
    if token.lower not in load().numbers or sentence.children(token.i)[1:]:
        return False
    return token.dep in SUBJECTS or (token.dep in {"dobj", "pobj"} and token.pos == "PRON")
