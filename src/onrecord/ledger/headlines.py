"""Who meets whom by a report's headline: where the text's rows name only one side ("Talks with the President of Finland")."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from onrecord.knowledge import press, table, whoswho
from onrecord.ledger import wording
from onrecord.ledger.wording import Name

STATES: Final = frozenset({"state", "demonym", "organisation"})
POSSESSIVE: Final = re.compile("['\u2019]s?(?!\\w)")


def words_of(title: str) -> frozenset[str]:
    """The words of a headline, folded, without possessive endings."""
    return frozenset(whoswho.fold(word).lower() for word in wording.WORD.findall(POSSESSIVE.sub("", title)))


@dataclass(frozen=True, slots=True)
class Headline:
    """What a headline says of a contact: whether it names one, of which sort, and its sides with their people."""

    contact: bool
    sorts: frozenset[str]
    parties: Mapping[str, frozenset[Name]]
    home: str | None
    """The state whose press office wrote the report."""
    states: frozenset[str]
    """Every state that it names, whether it meets or is spoken of."""


def read(title: str, publisher: str | None) -> Headline:
    """What a headline says of a contact.

    Before the word for the contact only people, adjectives and owners count ("Russian-Greek talks", "the leaders of
    Russia and Greece"), after it all up to the topics; a press office's own state takes part in what it reports.
    """
    found = _contact_word(title) if title else None
    if found is None:
        return Headline(False, frozenset(), {}, _home(publisher), _states(title))
    told: dict[str, set[Name]] = {}
    _find(title[: found.start()], told, after=False)
    rest = title[found.end() :]
    others = wording.phrases("companions").search(rest)
    rest = rest[others.start() :] if others else rest
    topic = wording.phrases("topic_prepositions").search(rest)
    _find(rest[: topic.start()] if topic else rest, told, after=True)
    own = _home(publisher)
    if own is not None and told:
        told.setdefault(own, set())
    return Headline(True, wording.labels("sorts", title), {side: frozenset(names) for side, names in told.items()}, own, _states(title))


def _states(title: str) -> frozenset[str]:
    words = wording.WORD.findall(whoswho.fold(POSSESSIVE.sub("", title)).replace("-", " "))
    entries = (name.entries[0] for name in whoswho.load().find(words))
    return frozenset(entry.country for entry in entries if entry.country is not None and entry.sort in STATES)


def _contact_word(title: str) -> re.Match[str] | None:
    word = wording.phrases("contact_words").search(title)
    found = [word, *(match for _, match in wording.finds("sorts", title))]
    return min((match for match in found if match), key=lambda match: match.start(), default=None)


def _find(text: str, told: dict[str, set[Name]], after: bool) -> None:
    """Enter whom the words of a headline name."""
    words = wording.WORD.findall(whoswho.fold(POSSESSIVE.sub("", text)).replace("-", " "))
    owner = -1  # the last word of the last state that people are of
    for name in whoswho.load().find(words):
        entry = name.entries[0]
        if entry.country is None or entry.country in _formats():
            continue
        if entry.sort == "person":
            told.setdefault(entry.country, set()).add(wording.name_of(entry.name))
        elif entry.sort in STATES and (after or entry.sort == "demonym" or _as_owner(words, name.first, owner)):
            told.setdefault(entry.country, set())
            owner = name.last


@functools.cache
def _formats() -> frozenset[str]:
    """Rounds of states that are no body of their own ("the Normandy format"): who meets in one are its members."""
    return frozenset(code for code, entry in table("world/organisations").items() if entry.get("format"))


def _as_owner(words: list[str], place: int, owner: int) -> bool:
    """True for a state that whoever meets is of ("the leaders of Russia, Azerbaijan and Armenia")."""
    return place > 0 and (words[place - 1].lower() in wording.words("owners") or place - 1 == owner)


@functools.lru_cache(maxsize=1_000)
def _home(publisher: str | None) -> str | None:
    return press.press_office(publisher) if publisher else None
