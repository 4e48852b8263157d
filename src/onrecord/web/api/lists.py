"""The ledger by the API: contacts, demands, warnings, agenda, disputes, forces, timeline, tension."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.exceptions import HTTPException

from onrecord.web.api import asked, shapes
from onrecord.web.api.answer import FAULTS, MISSING, given
from onrecord.web.api.asked import SIZE, After, Rows, Size
from onrecord.web.api.rows import Id
from onrecord.web.desk import desk_of
from onrecord.web.filters import Query as Asked
from onrecord.web.filters import day

router = APIRouter(responses=FAULTS)


def _page(request: Request, question: str, query: Asked, leaf: tuple[str | None, int], **options: Any) -> Response:
    items = desk_of(request).ledgers.get(question, query.wanted, **options)
    found = asked.leaf(items, *leaf)
    return given(request, {"items": [item.to_dict() for item in found.items], "next": found.next})


def _one(request: Request, question: str, id_: str) -> Response:
    found = next((item for item in desk_of(request).ledgers.get(question) if item.id == id_), None)
    if found is None:
        raise HTTPException(404, f"{question} have no item {id_!r}")
    return given(request, found.to_dict())


@router.get("/contacts", response_model=shapes.Page[shapes.Contact], summary="Calls, meetings, visits, letters over all reports")
def contacts(request: Request, query: Rows, after: After = None, size: Size = SIZE) -> Response:
    """Each with the accounts of its tellers side by side."""
    return _page(request, "contacts", query, (after, size))


@router.get("/contacts/{id}", response_model=shapes.Contact, responses=MISSING, summary="One contact")
def contact(request: Request, id: Id) -> Response:
    """One contact by its id."""
    return _one(request, "contacts", id)


@router.get("/demands", response_model=shapes.Page[shapes.Demand], summary="Who demands what of whom, and every answer")
def demands(request: Request, query: Rows, after: After = None, size: Size = SIZE) -> Response:
    """Demands with their answers."""
    return _page(request, "demands", query, (after, size))


@router.get("/demands/{id}", response_model=shapes.Demand, responses=MISSING, summary="One demand")
def demand(request: Request, id: Id) -> Response:
    """One demand by its id."""
    return _one(request, "demands", id)


@router.get("/warnings", response_model=shapes.Page[shapes.Warning], summary="Threats and warnings")
def warnings(request: Request, query: Rows, after: After = None, size: Size = SIZE) -> Response:
    """With condition, consequence, and whether carried out."""
    return _page(request, "warnings", query, (after, size))


@router.get("/agenda", response_model=shapes.Page[shapes.Item], summary="What is scheduled after a day")
def agenda(
    request: Request,
    query: Rows,
    after_day: Annotated[asked.Day, Query(description="The day after which.")],
    after: After = None,
    size: Size = SIZE,
) -> Response:
    """With what was moved or called off."""
    return _page(request, "agenda", query, (after, size), after=day({"after_day": after_day}, "after_day"))


@router.get("/disputes", response_model=shapes.Page[shapes.Dispute], summary="What one source asserts and another denies")
def disputes(request: Request, query: Rows, after: After = None, size: Size = SIZE) -> Response:
    """With the words of both."""
    return _page(request, "disputes", query, (after, size))


@router.get("/forces", response_model=shapes.Page[shapes.Force], summary="Mobilisations and their figures over time")
def forces(request: Request, query: Rows, after: After = None, size: Size = SIZE) -> Response:
    """By owner, place and kind."""
    return _page(request, "forces", query, (after, size))


@router.get("/timeline", response_model=shapes.Page[shapes.Happening], summary="Every event once, by day")
def timeline(request: Request, query: Rows, after: After = None, size: Size = SIZE) -> Response:
    """However many reports tell it."""
    return _page(request, "timeline", query, (after, size))


@router.get("/tension", response_model=shapes.Page[shapes.Tension], summary="PLOVER's score of each pair of states over time")
def tension(
    request: Request,
    query: Rows,
    per: Annotated[str, Query(pattern="^(day|week)$")] = "week",
    ordered: Annotated[bool, Query(description="False: both directions as one.")] = True,
    after: After = None,
    size: Size = SIZE,
) -> Response:
    """One voice per wire story."""
    return _page(request, "tension", query, (after, size), per=per, ordered=ordered)
