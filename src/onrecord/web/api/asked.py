"""What may be asked of the API's lists: the filters of the desk's pages, described for OpenAPI."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeVar

from fastapi import Depends, Query, Request
from pydantic import BaseModel, Field

from onrecord.record import STATUSES, TYPES
from onrecord.web import filters
from onrecord.web.filters import CURSOR, LONGEST, MOST, SIZE, BadQueryError

T = TypeVar("T")
Type = Annotated[str, Field(pattern=f"^({'|'.join(TYPES)})$")]
Status = Annotated[str, Field(pattern=f"^({'|'.join(STATUSES)})$")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", json_schema_extra={"format": "date"})]
Text = Annotated[str | None, Field(max_length=LONGEST, pattern=r"^[^\x00]*$")]
After = Annotated[str | None, Query(max_length=CURSOR, pattern="^[A-Za-z0-9_-]*$", description="The `next` of the page before.")]
Size = Annotated[int, Query(ge=1, le=MOST, description="Items of a page.")]
OFFSET: Final = 2**53
"""No list has more items: numbers beyond are none of JSON's."""


class Filters(BaseModel):
    """The filters, each with its form; every one is left out by default."""

    since: Annotated[Day | None, Field(description="Only from this day on.")] = None
    until: Annotated[Day | None, Field(description="Only up to this day, itself included.")] = None
    actor: Annotated[Text, Field(description="A party as a code (RUS, RUS.GOV, NATO) or part of a name.")] = None
    recipient: Annotated[Text, Field(description="Toward this party; `actor` is then who acts.")] = None
    type: Annotated[list[Type] | None, Field(description="PLOVER event types.")] = None
    status: list[Status] | None = None
    source: Annotated[Text, Field(description="Who says so.")] = None
    place: Annotated[Text, Field(description="A place, or a country's code.")] = None
    publisher: Text = None
    confidence: Annotated[float | None, Field(ge=0, le=1, description="At least so sure.")] = None
    q: Annotated[Text, Field(description='Words of title or sentence; "in quotes" together.')] = None


def rows(request: Request, described: Annotated[Filters, Query()]) -> filters.Query:
    """The rows that are asked for; what is ``described`` has its form, the query is parsed as the pages' are."""
    paging = _paging(request)
    return filters.query((name, value) for name, value in request.query_params.multi_items() if name not in paging)


Rows = Annotated[filters.Query, Depends(rows)]
PAGING: Final = ("after", "size", "order", "per", "ordered", "after_day")
"""Parameters that lists have besides the filters; each list checks its own."""


def _paging(request: Request) -> tuple[str, ...]:
    """The parameters of this address that are no filters, as its route declares them."""
    route = request.scope.get("route")
    declared = {param.alias for param in getattr(getattr(route, "dependant", None), "query_params", ())}
    return tuple(name for name in PAGING if name in declared)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list in memory."""

    items: Sequence[Any]
    next: str | None


def leaf(items: Sequence[Any], after: str | None, size: int) -> Leaf:
    """The items after a cursor: after the item that it names by its id, else after as many as it counts."""
    begin = 0 if after is None else _position(items, *_read(after))
    shown = items[begin : begin + size]
    more = begin + size < len(items)
    return Leaf(shown, _written(begin + size, getattr(shown[-1], "id", None)) if more and shown else None)


def _position(items: Sequence[Any], count: int, id_: str | None) -> int:
    if id_ is None or (0 < count <= len(items) and getattr(items[count - 1], "id", None) == id_):
        return count
    return next((at + 1 for at, item in enumerate(items) if getattr(item, "id", None) == id_), count)


def _written(count: int, id_: str | None) -> str:
    return base64.urlsafe_b64encode(json.dumps([count, id_]).encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[int, str | None]:
    try:
        count, id_ = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise BadQueryError("after", "is not a place that this desk gave out") from None
    if type(count) is not int or not 0 <= count < OFFSET or not (id_ is None or isinstance(id_, str)):
        raise BadQueryError("after", "is not a place that this desk gave out")
    return count, id_


__all__ = ["SIZE", "After", "Leaf", "Rows", "Size", "leaf"]
