"""The HTTP API: the desk's queries for programs.  One application under ``/api/v1``, described by its OpenAPI."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI

from onrecord.web import faults
from onrecord.web.api import lists, reading, rows
from onrecord.web.desk import Desk

__all__ = ["make"]


def make(desk: Desk) -> FastAPI:
    """The application, to be mounted under ``/api/v1``; read-only but for texts that are read and forgotten."""
    app = FastAPI(
        title="onrecord",
        summary="What reports on a crisis say happened: rows with the words they came from, and what many reports together say.",
        description="Lists come in pages: `next` of one is `after` of the following. Every answer bears an ETag. "
        'Every error is `{"error": {"status", "code", "message"}}`.',
        version=version("onrecord"),
        docs_url=None,
        redoc_url=None,
    )
    app.state.desk = desk
    for router in (rows.router, lists.router, reading.router):
        app.include_router(router)
    faults.install(app)
    return app
