"""How an answer is given: as a page from a template, as JSON, as CSV; by the ending of the address."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import jinja2
from fastapi import Request, Response
from starlette.responses import HTMLResponse

from onrecord.export import words
from onrecord.export.csv import Cell, safe
from onrecord.held import Wanted
from onrecord.record import When, to_json
from onrecord.web.desk import desk_of
from onrecord.web.drawing import axes
from onrecord.web.filters import Query

Columns = Mapping[str, Callable[[Any], Cell]]
NAVIGATION: Final = (
    ("/", "Overview"), ("/events", "Events"), ("/contacts", "Contacts"), ("/demands", "Demands"), ("/warnings", "Warnings"),
    ("/agenda", "Agenda"), ("/disputes", "Disputes"), ("/forces", "Forces"), ("/actors", "Actors"), ("/map", "Map"),
    ("/sources", "Sources"),
)  # fmt: skip
"""The pages, in the order of the head of each."""
STATIC: Final = Path(str(files("onrecord.web") / "static"))
MARKS: Final = {"actual": "●", "planned": "◷", "possible": "◌", "negated": "✗"}
"""What stands for a status beside its colour."""
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|\+00:00)", re.ASCII)


def ending(request: Request) -> str:
    """``json``, ``csv``, or ``html`` where the address has no ending."""
    last = request.url.path.rpartition("/")[2]
    found = last.rpartition(".")[2] if "." in last else "html"
    return found if found in ("json", "csv", "ics") else "html"


def page(request: Request, template: str, status: int = 200, **shown: Any) -> HTMLResponse:
    """A page.  ``query`` among what is shown fills the filters; htmx gets the same page and takes its part."""
    desk = desk_of(request)
    context = {
        "path": request.url.path,
        "navigation": NAVIGATION,
        "record": desk.path.name,
        "judging": desk.judge,
        "token": desk.token if desk.judge else "",
        "query": Query(Wanted()),
        **shown,
    }
    text = environment().get_template(template).render(context)
    return HTMLResponse(words_only(text), status, {"cache-control": "no-store" if desk.judge else "no-cache"})


def listing(request: Request, template: str, items: Sequence[Any], columns: Columns, **shown: Any) -> Response:
    """A list as its address ends: a page (which has it as ``items``), JSON (``to_dict`` of each), or CSV (``columns``)."""
    kind = ending(request)
    if kind == "json":
        return as_json({"items": [item.to_dict() for item in items], "next": shown.get("next")})
    if kind == "csv":
        return as_csv(items, columns, request.url.path.rpartition("/")[2])
    return page(request, template, items=items, columns=columns, **shown)


def as_json(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """JSON, in ASCII: no lone surrogate of a broken text can spoil it."""
    return Response(to_json(data), status, headers, "application/json")


def as_csv(items: Iterable[Any], columns: Columns, name: str) -> Response:
    """CSV to be kept under a name; no cell of it is a formula to a spreadsheet."""
    stream = io.StringIO()
    out = csv.writer(stream, lineterminator="\n")
    out.writerow(columns)
    out.writerows([safe(cell(item)) for cell in columns.values()] for item in items)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(words_only(stream.getvalue()).encode(), 200, headers, "text/csv; charset=utf-8")


def words_only(text: str) -> str:
    """The text without characters that steer what shows it: controls, direction overrides, lone surrogates."""
    return words.UNSEEN.sub(lambda found: "\n" if found[0] in "\r\n" else "\N{REPLACEMENT CHARACTER}", text)


def asset(name: str) -> str:
    """The address of one of the desk's own files, with a mark of its content, so that a browser never shows an old one."""
    return f"/static/{name}?v={_mark(name)}"


@functools.cache
def _mark(name: str) -> str:
    import hashlib

    path = STATIC / name
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else "0"


def has_asset(name: str) -> bool:
    """Whether a file is there: the bundles of the front end are made when the package is built."""
    return (STATIC / name).is_file()


@functools.cache
def environment() -> jinja2.Environment:
    """The templates, with escaping always on and the words for people as filters."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("onrecord.web"), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    for name in ("party", "where", "source", "quantity", "clean", "country", "sector"):
        made.filters[name] = getattr(words, name)
    made.filters["notation"] = notation
    made.filters["day"] = day
    made.filters["moment"] = moment
    made.filters["when"] = when
    made.filters["plain_url"] = plain_url
    made.filters["urlencode"] = quoted
    made.globals.update(labels=words.labels, asset=asset, has_asset=has_asset, marks=MARKS, report_link=report_link)
    return made


def notation(party: str) -> str:
    """A party in notation, in words: ``Russia (government)`` for ``RUS.GOV``; a quoted name as it is."""
    if party.startswith('"'):
        return words.clean(party.strip('"'))
    code, _, sector = party.partition(".")
    land, role = words.country(code or None), words.sector(sector or None)
    if land and role:
        return f"{words.clean(land)} ({words.clean(role)})"
    return words.clean(land or role or party)


def day(iso: str | None) -> str:
    """An ISO day as it is written everywhere on the desk: ``7 Dec 2021``; what is no day as it is, and nothing for None."""
    found = axes.day_of(iso)
    return axes.said(found) if found else words.clean(iso or "")


def moment(iso: str | None) -> str:
    """A moment as the record keeps it, ``2021-12-07T08:30:00Z``: ``7 Dec 2021 08:30 UTC``."""
    found = MOMENT.fullmatch(iso or "")
    return f"{day(found[1])} {found[2]} UTC" if found else day(iso)


def when(date: When) -> str:
    """The days that a row tells of, in the desk's writing, with the time: ``30 Dec 2021 15:30 Moscow``; else its words."""
    told = words.when(date)
    return told if date.earliest is None and date.latest is None else DAY.sub(lambda found: day(found[0]), told)


def report_link(report: str, row: str | None = None) -> str:
    """The address of a report, or of one of its rows in it."""
    return f"/report/{quoted(report)}" + (f"#row-{quoted(row)}" if row else "")


def quoted(text: str) -> str:
    """A text as a part of an address, also one that UTF-8 cannot carry."""
    return quote(text, safe="", errors="surrogatepass")


def plain_url(url: str | None) -> str | None:
    """The address when it is one of the web, to be linked; anything else (``javascript:``) is none."""
    return url if url is not None and url.lower().startswith(("https://", "http://")) else None
