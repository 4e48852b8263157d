"""What a reader sees when something is wrong: a page that says what, or for a program the same as JSON."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from onrecord.record import InputError, OnrecordError
from onrecord.store import RecordBusyError, StoreError
from onrecord.web import answers
from onrecord.web.filters import BadQueryError


def install(app: FastAPI) -> None:
    """Have the application answer every error in this one shape."""
    for kind, answer in (
        (BadQueryError, _bad_query),
        (RequestValidationError, _bad_request),
        (HTTPException, _refused),
        (InputError, _missing),
        (StoreError, _broken),
        (OnrecordError, _broken),
    ):
        app.add_exception_handler(kind, answer)


def told(request: Request, status: int, code: str, message: str, **more: Any) -> Response:
    """One error: ``{"error": {"status", "code", "message", …}}`` for programs, else a page."""
    if request.url.path.startswith("/api/") or answers.ending(request) != "html":
        return answers.as_json({"error": {"status": status, "code": code, "message": message, **more}}, status)
    return answers.page(request, "error.html", status, code=code, message=message)


def _bad_query(request: Request, error: Exception) -> Response:
    assert isinstance(error, BadQueryError)
    return told(request, 400, "bad-parameter", str(error), parameter=error.name)


def _bad_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    where = "; ".join(f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors())
    return told(request, 422, "bad-request", where)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = told(request, error.status_code, "not-found" if error.status_code == 404 else "refused", str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


def _missing(request: Request, error: Exception) -> Response:
    return told(request, 404, "not-found", str(error))


def _broken(request: Request, error: Exception) -> Response:
    busy = isinstance(error, RecordBusyError)
    return told(request, 503, "busy" if busy else "record", str(error))
