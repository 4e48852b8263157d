"""The trigger lexicon as typed, indexed senses: from ``english/triggers/*.yaml`` and ``ontology/*.yaml``."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any, Final

from onrecord.knowledge import names, table
from onrecord.page import Condition, Pos, Sense
from onrecord.record import TYPES, KnowledgeError

POSES: Final[tuple[Pos, ...]] = ("verbs", "nouns", "adjectives")
ANY: Final = ("@", "*", "!")
"""What a condition's word begins with when it names no word: a kind of entity, anything, nothing."""
SETTINGS: Final = frozenset({"mode", "actor", "recipient", "content", "reciprocal", "status", "mood", "examples", "not", "note"})


@functools.cache
def senses() -> Mapping[tuple[Pos, str], tuple[Sense, ...]]:
    """All senses by part of speech and head word; longer phrases first, then in the order of the files."""
    index: dict[tuple[Pos, str], list[Sense]] = {}
    for name in TYPES:
        for sense in _of_type(name):
            index.setdefault((sense.pos, sense.head), []).append(sense)
    return {key: tuple(sorted(found, key=_precedence)) for key, found in index.items()}


def _precedence(sense: Sense) -> tuple[int, int, int, int]:
    """Longer phrases before shorter, then senses that ask for more, then for words rather than any party, then those that bar more."""
    asked = [condition for condition in sense.conditions if not condition.barred]
    named = sum(not any(word.startswith(ANY) for word in condition.words) for condition in asked)
    return (-len(sense.words), -len(asked), -named, -len(sense.conditions))


@functools.cache
def heads(pos: Pos) -> frozenset[str]:
    """The head words of all senses of a part of speech."""
    return frozenset(head for p, head in senses() if p == pos)


@functools.cache
def ontology(type_: str) -> Mapping[str, Any]:
    """A type's own page: definition, roles, modes and scores."""
    page: Mapping[str, Any] = table(f"ontology/{type_.lower()}")
    return page


def score(type_: str, mode: str | None) -> float | None:
    """The PLOVER conflict-cooperation score of a type and mode (PLOVER codebook; ACCUSE with its sign mended)."""
    page = ontology(type_)
    value = page.get("modes", {}).get(mode) if mode else None
    return float(page["score"] if value is None else value)


@functools.cache
def classes() -> Mapping[str, frozenset[str]]:
    """The word classes that conditions name with ``@``."""
    return {name: frozenset(words) for name, words in table("english/classes").items()}


def _of_type(type_: str) -> Iterator[Sense]:
    name = f"english/triggers/{type_.lower()}"
    if name not in names("english/triggers/"):
        return
    page = table(name) or {}
    for pos in POSES:
        for key, value in (page.get(pos) or {}).items():
            for entry in value if isinstance(value, list) else [value]:
                yield _sense(type_, str(key), pos, entry or {}, name)


def _sense(type_: str, key: str, pos: Pos, entry: Mapping[str, Any], where: str) -> Sense:
    page = ontology(type_)
    roles = page["roles"][pos]
    mode = entry.get("mode")
    if mode is not None and mode not in page.get("modes", {}):
        raise KnowledgeError(f"{where}: {key}: {type_} has no mode {mode!r}")
    return Sense(
        type=type_,
        key=key,
        pos=pos,
        words=tuple(key.split()),
        mode=mode,
        actor=_list(entry.get("actor", roles["actor"])),
        recipient=_with_default(entry, "recipient", roles),
        content=_list(entry.get("content", roles.get("content", []))),
        reciprocal=bool(entry.get("reciprocal", page.get("reciprocal", False))),
        status=entry.get("status"),
        passive={"passive": True, "active": False}.get(entry.get("mood", "")),
        conditions=tuple(_condition(f, v) for f, v in entry.items() if f not in SETTINGS),
    )


def _with_default(entry: Mapping[str, Any], role: str, roles: Mapping[str, Any]) -> tuple[str, ...]:
    """A sense's own functions first, then its type's: a sense that wants none says so with an empty list."""
    own = _list(entry.get(role, roles[role]))
    return tuple(dict.fromkeys((*own, *_list(roles[role])))) if own else ()


def _list(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _condition(function: str, value: Any) -> Condition:
    words = frozenset(str(word) for word in (value if isinstance(value, list) else [value]))
    return Condition(function.removeprefix("not_"), _spelt_out(words), function.startswith("not_"))


def _spelt_out(words: frozenset[str]) -> frozenset[str]:
    """Classes that are word lists replaced by their words; those that ask for an entity stay."""
    lists = classes()
    out: set[str] = set()
    for word in words:
        out |= lists.get(word[1:], {word}) if word.startswith("@") else {word}
    return frozenset(out)
