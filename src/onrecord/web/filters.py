"""The query string as what is wanted of the record, and back: the URL is the query."""

from __future__ import annotations

import base64
import binascii
import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import Request

from onrecord.held import Wanted
from onrecord.record import STATUSES, TYPES
from onrecord.store import Place

SIZE, MOST, LONGEST = 50, 500, 400
"""Rows of a page by default and at most; letters of a value at most."""
CURSOR: Final = 16_000
"""Letters of a cursor at most: it holds the id of a report, which may be a long address."""
LISTS: Final = ("type", "status")
TEXTS: Final = ("since", "until", "actor", "recipient", "source", "place", "publisher", "q")
NUMBERS: Final = ("confidence",)
FILTERS: Final = (*TEXTS, *LISTS, *NUMBERS)
"""The parameters by which rows are chosen, on every page the same."""
PAGING: Final = ("after", "size", "order")
ORDERS: Final = ("oldest", "newest", "best")
"""Of a list of rows: by day, or what fits the words of ``q`` best."""


class BadQueryError(ValueError):
    """A parameter that the desk does not know, or that says nothing it understands."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why


@dataclass(frozen=True, slots=True)
class Query:
    """What a page was asked for: which rows, which page of them, and the page's own parameters."""

    wanted: Wanted
    size: int = SIZE
    after: Place | None = None
    newest: bool = False
    own: Mapping[str, str] = field(default_factory=dict)
    pairs: tuple[tuple[str, str], ...] = ()
    """All of it as it was written, empty values left out."""

    def value(self, name: str) -> str:
        """The text of one parameter, for its field in the form."""
        return next((value for key, value in self.pairs if key == name), "")

    def values(self, name: str) -> tuple[str, ...]:
        """All values of a parameter that may be given again."""
        return tuple(value for key, value in self.pairs if key == name)

    def url(self, path: str, *without: str, **changes: Any) -> str:
        """A link to a path with the same query but for some parameters; None and False take a parameter away.

        The place in a list is left out: another question begins at its beginning.
        """
        gone = {*PAGING[:1], "page", *without, *changes}
        pairs = [(key, value) for key, value in self.pairs if key not in gone]
        for name, value in changes.items():
            several = value if isinstance(value, tuple | list) else (value,)
            pairs += [(name, str(one)) for one in several if one not in (None, False, "")]
        return path + (f"?{urlencode(pairs, errors='surrogatepass')}" if pairs else "")

    def next(self, path: str, place: Place) -> str:
        """A link to the next page of the same list."""
        return self.url(path, after=cursor(place))

    @property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """The filters that are set, to be shown and taken away one by one."""
        return tuple((key, value) for key, value in self.pairs if key in FILTERS)


def parsed(request: Request, own: Iterable[str] = (), paged: bool = False) -> Query:
    """The query of a request; BadQueryError names what is wrong.  ``own``: the page's own parameters; ``paged``: of a list."""
    return query([*request.query_params.multi_items()], own, paged)


def query(given: Iterable[tuple[str, str]], own: Iterable[str] = (), paged: bool = False) -> Query:
    """As ``parsed``, from names and values."""
    pairs = tuple((name, value.strip()) for name, value in given if value.strip())
    known = {*FILTERS, *own, *(PAGING if paged else ())}
    single: dict[str, str] = {}
    for name, value in pairs:
        _check(name, value, known)
        if name not in LISTS and name in single:
            raise BadQueryError(name, "is given twice")
        single[name] = value
    return Query(
        wanted=_wanted(single, pairs),
        size=_size(single.get("size")),
        after=place(single["after"]) if "after" in single else None,
        newest=_order(single.get("order")),
        own={name: single[name] for name in own if name in single},
        pairs=pairs,
    )


def _check(name: str, value: str, known: Iterable[str]) -> None:
    if name not in known:
        raise BadQueryError(name, f"there is no such parameter; known are {', '.join(sorted(known))}")
    if len(value) > (most := CURSOR if name == "after" else LONGEST):
        raise BadQueryError(name, f"is longer than {most} letters")
    if "\x00" in value:
        raise BadQueryError(name, "holds a NUL character")


def _wanted(single: Mapping[str, str], pairs: Iterable[tuple[str, str]]) -> Wanted:
    wanted = Wanted(
        since=day(single, "since"),
        until=day(single, "until"),
        words=single.get("q"),
        types=_of("type", pairs, TYPES, str.upper),
        statuses=_of("status", pairs, STATUSES, str.lower),
        confidence=_share(single.get("confidence")),
        actor=single.get("actor"),
        recipient=single.get("recipient"),
        publisher=single.get("publisher"),
        source=single.get("source"),
        place=single.get("place"),
    )
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise BadQueryError("until", "is before since")
    return wanted


def day(single: Mapping[str, str], name: str) -> str | None:
    """An ISO day among the parameters, or None."""
    given = single.get(name)
    if given is None:
        return None
    try:
        return datetime.datetime.strptime(given, "%Y-%m-%d").date().isoformat()
    except ValueError:
        raise BadQueryError(name, f"{given!r} is not a day (YYYY-MM-DD)") from None


def _of(name: str, pairs: Iterable[tuple[str, str]], known: Iterable[str], fold: Any) -> tuple[str, ...]:
    given = tuple(dict.fromkeys(fold(value) for key, value in pairs if key == name))
    for value in given:
        if value not in known:
            raise BadQueryError(name, f"{value!r} is none of {', '.join(known)}")
    return given


def _share(given: str | None) -> float:
    if given is None:
        return 0.0
    try:
        share = float(given)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise BadQueryError("confidence", f"{given!r} is not a number from 0 to 1")
    return share


def _size(given: str | None) -> int:
    if given is None:
        return SIZE
    if not (given.isascii() and given.isdecimal() and 1 <= int(given[:9]) <= MOST):
        raise BadQueryError("size", f"{given!r} is not a number from 1 to {MOST}")
    return int(given)


def _order(given: str | None) -> bool:
    if given not in (None, *ORDERS):
        raise BadQueryError("order", f"{given!r} is none of {', '.join(ORDERS)}")
    return given == "newest"


def cursor(at: Place) -> str:
    """A place in a list as letters for a link: nothing to be read or made by hand."""
    return base64.urlsafe_b64encode(json.dumps(list(at)).encode()).decode().rstrip("=")


def place(given: str) -> Place:
    """The place that ``cursor`` wrote; BadQueryError on anything else."""
    try:
        found = json.loads(base64.b64decode(given + "=" * (-len(given) % 4), altchars=b"-_", validate=True))
        at = Place(*found)
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise BadQueryError("after", "is not a place that this desk gave out") from None
    good = (at.day is None or isinstance(at.day, str)) and isinstance(at.report, str)
    if not (good and all(type(number) is int and 0 <= number < 2**53 for number in (at.start, at.n))):
        raise BadQueryError("after", "is not a place that this desk gave out")
    return at


def period(query_: Query, since: str | None, until: str | None) -> Query:
    """The same query for another period."""
    return replace(query_, wanted=replace(query_.wanted, since=since, until=until))
