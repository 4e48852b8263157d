"""Reading a text by the API: the text goes in, its rows come out, nothing is kept."""

from __future__ import annotations

import threading
from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from onrecord.record import Report
from onrecord.web.answers import as_json
from onrecord.web.api import shapes
from onrecord.web.api.answer import FAULTS
from onrecord.web.api.rows import note

router = APIRouter(responses=FAULTS)
LONGEST: Final = 100_000
"""Letters of a text: some half a minute's reading at most."""
PATIENCE: Final = 60.0
"""Seconds to wait for another text's reading."""
_reading = threading.Lock()


class Given(BaseModel):
    """A text and what is known of it."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=LONGEST, description="The report, paragraphs apart by line ends.")]
    id: Annotated[str, Field(max_length=400)] = ""
    title: Annotated[str | None, Field(max_length=2000)] = None
    published: Annotated[str | None, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="The ISO day; “Thursday” hangs on it.")] = None
    url: Annotated[str | None, Field(max_length=4000)] = None
    publisher: Annotated[str | None, Field(max_length=400)] = None


@router.post("/read", response_model=shapes.Reading, responses={413: {"model": shapes.Error, "description": "Too long."}})
def read(request: Request, given: Annotated[Given, Body()]) -> Response:
    """Read a text: its events and statements with the words of each field."""
    if not _reading.acquire(timeout=PATIENCE):
        raise HTTPException(503, "another text is being read; try again later", {"retry-after": "60"})
    try:
        return as_json(_read(given))
    finally:
        _reading.release()


def _read(given: Given) -> dict[str, Any]:
    from onrecord import reader  # heavy: loads the parser

    report = Report(given.text, id=given.id, title=given.title, published=given.published, url=given.url, publisher=given.publisher)
    reading = next(iter(reader.read_many([report])))
    return {
        "report": reading.report.id,
        "events": [event.to_dict() for event in reading.events],
        "statements": [statement.to_dict() for statement in reading.statements],
        "notes": [note(one) for one in reading.notes],
    }
