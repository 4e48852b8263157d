"""Cue words: the table ``english/sources`` with its types, read once a process."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.knowledge import table

Frame = tuple[str, ...]
"""The parts that make one content together: ``("obj", "to")`` is an object with an infinitive."""


@dataclass(frozen=True, slots=True)
class Cues:
    """Every word that attributes, with the frames that say where its content stands."""

    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    adjectives: Mapping[str, tuple[Frame, ...]]
    phrases: Mapping[str, Sequence[Sequence[str]]]
    """By its first word, the other words of each phrase that names a speaker after it."""
    lists: Mapping[str, frozenset[str]]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.lists[name]


@functools.cache
def cues() -> Cues:
    """The table."""
    data = table("english/sources")
    return Cues(
        _frames(data["verbs"]),
        _frames(data["nouns"]),
        _frames(data["adjectives"]),
        {name: [phrase.split() for phrase in found] for name, found in data["phrases"].items()},
        {name: frozenset(found) for name, found in data["lists"].items()},
    )


def _frames(groups: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Frame, ...]]:
    """Each word with its frames, those of all its groups in the order of the file."""
    found: dict[str, tuple[Frame, ...]] = {}
    for group in groups:
        frames = tuple(tuple(frame.split("+")) for frame in group["frames"])
        for word in group["words"]:
            found[word] = found.get(word, ()) + tuple(frame for frame in frames if frame not in found.get(word, ()))
    return found
