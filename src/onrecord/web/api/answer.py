"""An answer of the API: JSON with an ETag of its content, so that who has it already is told no more than that."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from fastapi import Request, Response

from onrecord.web import answers
from onrecord.web.api import shapes

FAULTS: Final[dict[int | str, dict[str, Any]]] = {
    400: {"model": shapes.Error, "description": "A parameter says nothing that is understood."},
    422: {"model": shapes.Error, "description": "A parameter or the body has not its form."},
    503: {"model": shapes.Error, "description": "The record cannot be read just now."},
}
"""What every address may answer besides."""
MISSING: Final[dict[int | str, dict[str, Any]]] = {404: {"model": shapes.Error, "description": "There is none."}}


def given(request: Request, data: Any) -> Response:
    """The data, or 304 where the caller has them already."""
    answer = answers.as_json(data)
    tag = f'"{hashlib.sha256(bytes(answer.body)).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    answer.headers.update(headers)
    return answer


def _has(said: str, tag: str) -> bool:
    """Whether an If-None-Match header names the tag (weakly compared, RFC 9110 13.1.2)."""
    return said.strip() == "*" or tag in (part.strip().removeprefix("W/") for part in said.split(","))
