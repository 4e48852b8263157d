"""Answers in pages: how many items at once, and where the next ones begin."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from typing_extensions import TypedDict  # as in citing

from onrecord.record import InputError, digest

ITEMS: Final = 20
MOST: Final = 200
"""Items of one page: by default, and at most."""

Item = TypeVar("Item")


class Answer(TypedDict):
    """One page.  ``total`` counts all items; ``next_cursor`` asks for those that follow, None at the end."""

    items: list[dict[str, Any]]
    total: int
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Which page is asked for; InputError on a size that is none."""

    limit: int = ITEMS
    cursor: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MOST:
            raise InputError(f"limit is from 1 to {MOST}, not {self.limit}")

    def after(self, question: object) -> Any:
        """Where the page begins, as ``onwards`` wrote it; None at the beginning.

        InputError for a cursor that was not given for this very question.
        """
        if self.cursor is None:
            return None
        try:
            asked, place = json.loads(base64.urlsafe_b64decode(self.cursor.encode()))
        except (ValueError, TypeError, binascii.Error):
            raise InputError("this is no cursor: take next_cursor as the page before gave it") from None
        if asked != _mark(question, place):
            raise InputError("this cursor belongs to another question: keep the other arguments as they were, or leave it out")
        return place

    def cut(self, items: Sequence[Item], question: object) -> tuple[Sequence[Item], str | None]:
        """The items of this page, and the cursor of the next."""
        first = self.after(question) or 0
        last = first + self.limit
        return items[first:last], (onwards(question, last) if last < len(items) else None)


def onwards(question: object, place: Any) -> str:
    """The cursor for what follows a place among the answers to a question."""
    return base64.urlsafe_b64encode(json.dumps([_mark(question, place), place]).encode()).decode()


def _mark(question: object, place: Any) -> str:
    """What only this place of this question has: a cursor that was changed fits nowhere."""
    return digest(question, json.dumps(place))[:8]
