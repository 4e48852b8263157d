"""A list of the ledger by the page, and what the addresses of such lists have in common.

The ledger's lists lie in memory; a page shows a stretch of one, and only that stretch is put into words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from fastapi import Request, Response

from onrecord.export import words
from onrecord.ledger.tellings import Telling
from onrecord.record import Span
from onrecord.web import answers
from onrecord.web.filters import BadQueryError, Query

T = TypeVar("T")
PAGED: Final = ("page", "size", "order")
"""The parameters of a list that is shown by the page."""
ORDERS: Final = ("newest", "oldest")
BULK: Final = 100
"""Items of a JSON answer, unless ``size`` asks for another number."""
NOBODY: Final = "-"
"""What stands in an address for a party that is not told."""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One page of a list: ``number`` of ``pages``, both from 1; ``before`` items of the ``found`` come earlier."""

    items: tuple[T, ...]
    number: int
    pages: int
    found: int
    before: int

    @property
    def next(self) -> int | None:
        """The number of the next page; None on the last."""
        return self.number + 1 if self.number < self.pages else None


def sheet(found: Sequence[T], query: Query, kind: str = "html") -> Sheet[T]:
    """The page of a list that is asked for; a CSV has the whole list unless ``page`` or ``size`` is given."""
    size = _size(query, kind, len(found))
    pages = max(1, -(-len(found) // size))
    at = number(query, "page", pages) or 1
    before = (at - 1) * size
    return Sheet(tuple(found[before : before + size]), at, pages, len(found), before)


def _size(query: Query, kind: str, found: int) -> int:
    if query.value("size") or kind == "html":
        return query.size
    return BULK if kind == "json" or query.value("page") else max(1, found)


def listing(
    request: Request,
    query: Query,
    found: Sequence[Any],
    columns: answers.Columns,
    lines: Callable[[Sequence[Any]], Sequence[Any]] = tuple,
    page: Callable[[Sheet[Any]], Response] | None = None,
) -> Response:
    """One page of a list as its address ends: JSON (``to_dict`` of each item), CSV (``columns`` of its ``lines``), else ``page``."""
    kind = answers.ending(request)
    part = sheet(found, query, kind)
    if kind == "json":
        items = [item.to_dict() for item in part.items]
        return answers.as_json({"items": items, "found": part.found, "page": part.number, "pages": part.pages, "next": part.next})
    if kind == "csv" or page is None:
        return answers.as_csv(lines(part.items), columns, request.url.path.rpartition("/")[2])
    return page(part)


# ---------------------------------------------------------------- parameters of a page's own


def number(query: Query, name: str, most: int) -> int | None:
    """A whole number from 1 to ``most`` among the parameters; None where it is not given."""
    given = query.value(name)
    if not given:
        return None
    if not (given.isascii() and given.isdecimal() and 1 <= int(given[:9]) <= most):
        raise BadQueryError(name, f"{given!r} is not a number from 1 to {most}")
    return int(given)


def choice(query: Query, name: str, known: Iterable[str]) -> str | None:
    """One of the known words; None where none is given."""
    given = query.value(name).lower()
    if not given:
        return None
    if given not in (options := tuple(known)):
        raise BadQueryError(name, f"{given!r} is none of {', '.join(options)}")
    return given


def party(query: Query, name: str) -> Callable[[Sequence[str]], bool]:
    """Whether a party is among some: by its code, by its name, or ``-`` for none; anybody where it is not given."""
    given = query.value(name).lower()
    if not given:
        return lambda codes: True
    if given == NOBODY:
        return lambda codes: not codes
    return lambda codes: any(given in (code.lower(), str(words.country(code)).lower()) for code in codes)


def holder(span: Span, tellings: Sequence[Telling]) -> Telling:
    """The telling in whose sentence a span stands; the first where none has it."""
    return next((telling for telling in tellings if _holds(telling, span)), tellings[0])


def _holds(telling: Telling, span: Span) -> bool:
    if telling.content == span:
        return True
    start = span.start - telling.sentence.start
    return start >= 0 and telling.sentence.text[start : start + len(span.text)] == span.text


def tellers(tellings: Iterable[Telling]) -> tuple[str, ...]:
    """The publishers of some tellings, each once; a report without one by its id."""
    return tuple(dict.fromkeys(telling.publisher or telling.report for telling in tellings))


class Dated(Protocol):
    """An item of the ledger that has a first day."""

    @property
    def since(self) -> str | None:
        """The ISO day, or None."""


D = TypeVar("D", bound=Dated)


def by_day(found: Iterable[D], query: Query) -> list[D]:
    """Items with the newest first (or the oldest, where ``order`` asks for it), those without a day last."""
    newest = choice(query, "order", ORDERS) != "oldest"
    items = [*found]
    dated = sorted((item for item in items if item.since), key=lambda item: item.since or "", reverse=newest)
    return [*dated, *(item for item in items if not item.since)]
