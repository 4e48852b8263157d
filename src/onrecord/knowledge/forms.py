"""Which words can be a verb, name an event or act: what the grammar of a sentence asks of the tables."""

from __future__ import annotations

import functools

from onrecord.knowledge import lexicon, table, titles
from onrecord.knowledge.cues import cues

ACTING = frozenset({"person", "people", "organ", "group"})
"""Kinds of title nouns that mean somebody who can act."""


@functools.cache
def words(name: str) -> frozenset[str]:
    """A list of ``english/grammar``."""
    return frozenset(table("english/grammar")[name])


@functools.cache
def told_verbs() -> frozenset[str]:
    """Verbs that news tells of: a noun of the same form that has a subject or an object is one of them."""
    return lexicon.heads("verbs") | words("light_verbs")


@functools.cache
def event_nouns() -> frozenset[str]:
    """Nouns that can name an event."""
    return lexicon.heads("nouns")


@functools.cache
def _plain_verbs() -> frozenset[str]:
    return frozenset(table("english/nonevents")["verbs"]) | words("trying")


def is_verb(lemma: str) -> bool:
    """True for a verb that names an event, attributes, or is known to do neither."""
    return lemma in told_verbs() or lemma in cues().verbs or lemma in _plain_verbs()


@functools.cache
def can_act(lemma: str) -> bool:
    """True for people and organs, and for what only counts them ("thousands")."""
    noun = titles.load().nouns.get(lemma)
    return (noun is not None and noun.kind in ACTING) or lemma in words("partitives")


@functools.cache
def phrasal() -> frozenset[tuple[str, str]]:
    """Verbs with their particles, as news knows them: ("hand", "over")."""
    particles = words("particles")
    verbs = (sense for (pos, _), found in lexicon.senses().items() if pos == "verbs" for sense in found)
    return frozenset((sense.head, word) for sense in verbs for word in sense.others if word in particles)
