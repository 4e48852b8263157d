"""Judging rows: right, wrong, corrected field by field, taken back.  Its routes exist only on a desk that may judge."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import parse_qsl, quote

from fastapi import APIRouter, Depends, Request, Response
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from onrecord.held import Told, Verdict
from onrecord.keeping import Record
from onrecord.knowledge import lexicon
from onrecord.record import STATUSES, TYPES, InputError, Reading, to_json
from onrecord.store import Kept, RecordBusyError, StoreError
from onrecord.web import answers, corrected, security
from onrecord.web.desk import Desk, desk_of
from onrecord.web.filters import query as query_of
from onrecord.web.views import report

router = APIRouter(include_in_schema=False)
MOST: Final = 64_000
"""Bytes of a form."""
NAME: Final = 100
"""Letters of a judge's name."""
YEAR: Final = 365 * 24 * 3600
VERDICTS: Final[Mapping[str, Verdict]] = {"right": "right", "wrong": "wrong", "corrected": "corrected"}
OLD_PAGE: Final = "This page is older than the desk that runs now. Nothing was judged; what you gave is still here: send it again."


class RefusedError(Exception):
    """Why a judgement is not taken, with the status of the answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(frozen=True, slots=True)
class Form:
    """What a form brought."""

    fields: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "").strip()


async def _form(request: Request) -> Form:
    """The fields of a form; it must be one, and no longer than forms are."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "a judgement is sent as a form")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST:
            raise HTTPException(413, f"a judgement has at most {MOST:,} bytes")
    try:
        pairs = parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=100, errors="replace")
    except ValueError as error:
        raise HTTPException(400, "the form has too many fields") from error
    return Form(dict(pairs))


Sent = Annotated[Form, Depends(_form)]


# ---------------------------------------------------------------- the routes


@router.get("/judge/{row}")
def correcting(request: Request, row: str) -> Response:
    """The form in which a row is corrected."""
    with desk_of(request).record() as record:
        told = _told(record, row)
    return _correction(request, told, corrected.filled(told.event), report.judge_of(request))


@router.post("/judge")
def remember(request: Request, form: Sent) -> Response:
    """Remember in this browser who judges."""
    desk = desk_of(request)
    if not security.token_fits(form["token"], desk.token):
        raise HTTPException(403, OLD_PAGE)
    return _named(RedirectResponse(answers.report_link(form["report"]) if form["report"] else "/events", 303), form["by"])


@router.post("/judge/{row}")
def judge(request: Request, row: str, form: Sent) -> Response:
    """Take a judgement of a row, then back to the row; what is wrong with it is told beside it."""
    desk = desk_of(request)
    try:
        told = _judge(desk, row, form)
    except RefusedError as error:
        return _refused(request, row, form, error)
    link = answers.report_link(told.head.id) + f"?row={answers.quoted(told.id)}#row-{answers.quoted(told.id)}"
    return _named(RedirectResponse(link, 303), form["by"])


def _judge(desk: Desk, row: str, form: Form) -> Told:
    """The judged row; RefusedError where the judgement is not taken."""
    with desk.record() as record:
        told = _told(record, row)
        if not security.token_fits(form["token"], desk.token):
            raise RefusedError(403, OLD_PAGE)
        if not form["by"]:
            raise RefusedError(400, "A judgement needs the name of who gives it.")
        if len(form["by"]) > NAME:
            raise RefusedError(400, f"A name has at most {NAME} letters.")
        changes = _changes(record, told, form) if form["verdict"] == "corrected" else None
    _write(desk, told, form, changes)
    return told


def _write(desk: Desk, told: Told, form: Form, changes: Mapping[str, Any] | None) -> None:
    try:
        with desk.writing() as record:
            if form["verdict"] == "undo":
                record.undo(told.id, form["by"])
            elif form["verdict"] in VERDICTS:
                record.judge(told.id, VERDICTS[form["verdict"]], form["by"], changes, form["remark"] or None)
            else:
                raise RefusedError(
                    400, f"There is no verdict {form['verdict']!r}: a row is right, wrong or corrected, or its judgement undone."
                )
    except RecordBusyError as error:
        raise RefusedError(503, f"Nothing was judged: {error}") from error
    except StoreError as error:
        raise RefusedError(422, f"Nothing was judged: {error}") from error


def _told(record: Record, row: str) -> Told:
    found = record.store.event(row)
    if found is None:
        raise InputError(f"there is no row {row!r} in this record: its report was read anew, or it never was")
    return found


def _changes(record: Record, told: Told, form: Form) -> Mapping[str, Any]:
    """What the form changes of the row as it was read; RefusedError where a field cannot be taken, or nothing is changed."""
    reading = record.store.reading(told.head.id)
    read = next((event for event in reading.events if event.id == told.id), None) if reading else None
    if reading is None or read is None:
        raise RefusedError(409, "The row was read anew meanwhile: reload the page.")
    asked = corrected.Asked(json.loads(told.row), json.loads(to_json(read.to_dict())), reading.report.text, _entities(reading))
    try:
        found = corrected.changes(asked, form.fields)
    except corrected.FormError as error:
        raise RefusedError(422, str(error)) from error
    if not found:
        raise RefusedError(422, "Nothing differs from what was read: judge the row right, or take the judgement back.")
    return found


def _entities(reading: Reading) -> list[Mapping[str, Any]]:
    """Everybody whom the rows of a report name, each place once."""
    found: dict[Any, Mapping[str, Any]] = {}
    for event in reading.events:
        row = event.to_dict()
        for entity in (*row["actors"], *row["recipients"], *([row["source"]] if row["source"] else ())):
            bare = {name: entity[name] for name in corrected.ENTITY}
            found.setdefault(tuple(bare.values()), bare)
    return list(found.values())


# ---------------------------------------------------------------- what is shown


def _named(answer: Response, by: str) -> Response:
    """The answer, with the name to be remembered for a year by this browser, and sent to this desk's judging pages only."""
    answer.set_cookie("onrecord-by", quote(by[:NAME], errors="surrogatepass"), max_age=YEAR, path="/", httponly=True, samesite="strict")
    return answer


def _refused(request: Request, row: str, form: Form, error: RefusedError) -> Response:
    """The page from which a judgement came, with what was wrong and all that was given."""
    with desk_of(request).record() as record:
        told = _told(record, row)
        kept: Kept | None = record.store.report(told.head.id)
    if form["verdict"] == "corrected":
        given = {**corrected.filled(told.event), **form.fields}
        return _correction(request, told, given, form["by"], error)
    if kept is None:
        raise InputError(f"there is no report {told.head.id!r} in this record")
    query = query_of([("row", told.id)], own=("page", "row"))
    return report.shown(request, kept, query, report.Trouble(told.id, error.message), error.status)


def _correction(request: Request, told: Told, given: Mapping[str, str], by: str, error: RefusedError | None = None) -> Response:
    event = told.event
    shown = {
        "told": told,
        "given": given,
        "by": by,
        "trouble": error.message if error else None,
        "evidence": report.evidence(event),
        "types": {type_: sorted(lexicon.ontology(type_).get("modes") or ()) for type_ in TYPES},
        "statuses": STATUSES,
    }
    return answers.page(request, "judge.html", error.status if error else 200, **shown)
