"""The pages, one module each: what its address takes, what it asks of the record, what its template shows."""

from fastapi import APIRouter

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
