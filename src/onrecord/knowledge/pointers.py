"""Words that point back, as a typed table: pronouns, "the two leaders", "the alliance"."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onrecord import knowledge


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
