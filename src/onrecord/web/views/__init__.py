"""The pages, one module each: what its address takes, what it asks of the record, what its template shows."""

from fastapi import APIRouter

from onrecord.web.views import events

ROUTERS: tuple[APIRouter, ...] = (events.router,)
