"""The pages, one module each: what its address takes, what it asks of the record, what its template shows."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final

from fastapi import APIRouter

from onrecord.held import Wanted
from onrecord.keeping import Record
from onrecord.web import shelf
from onrecord.web.views import (
    actor,
    actors,
    agenda,
    contacts,
    demands,
    disputes,
    events,
    forces,
    judging,
    map,
    overview,
    report,
    reports,
    sources,
    tension,
    timeline,
    warnings,
)

ROUTERS: tuple[APIRouter, ...] = (
    events.router,
    overview.router,
    timeline.router,
    tension.router,
    report.router,
    reports.router,
    contacts.router,
    demands.router,
    warnings.router,
    agenda.router,
    disputes.router,
    forces.router,
    actors.router,
    actor.router,
    map.router,
    sources.router,
)
JUDGING: tuple[APIRouter, ...] = (judging.router,)
"""The routes that write: on a desk that may judge only."""

WARMED: Final[Mapping[Hashable, Callable[[Record], Any]]] = {
    ("facets", Wanted()): lambda record: events.counted(record, Wanted()),
    ("shelf",): shelf.made,
    ("acts", Wanted()): lambda record: record.store.acts(Wanted()),
    ("places", Wanted()): lambda record: record.store.places(Wanted()),
    ("quoted", Wanted()): lambda record: list(record.store.quoted(Wanted())),
}
"""What the pages ask of the whole record besides the ledgers, by the keys under which they keep it."""
