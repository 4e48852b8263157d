"""Tables (CSV, TSV): one report a row, its fields in columns that the caller names or whose usual names stand in the header."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Final

from onrecord.intake import texts
from onrecord.intake.items import Columns, Failure, Loaded
from onrecord.record import InputError, Note, Report

USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "body", "content", "article", "article_text", "full_text", "fulltext", "story", "maintext"),
    "title": ("title", "headline", "heading"),
    "date": ("published", "date", "published_at", "publication_date", "publish_date", "pubdate", "date_published", "datetime", "day"),
    "url": ("url", "link", "href", "canonical_url"),
    "id": ("id", "uuid", "guid", "article_id", "doc_id"),
    "publisher": ("publisher", "source", "outlet", "newspaper", "publication", "site", "source_name", "domain"),
    "author": ("author", "byline", "authors"),
    "language": ("language", "lang"),
}
"""The usual names of each column, the surest first."""
DELIMITERS: Final = ",;\t|"
FIELD_AT_MOST: Final = 20_000_000
"""Characters of one field: a quotation mark that is never closed takes the rest of a table into one."""

Places = Mapping[str, int]


def items(text: str, where: str, columns: Columns, tabs: bool = False, published: str | None = None) -> Iterator[Loaded | Failure]:
    """Every row as a report, or a failure that names the line on which it begins; a table needs a header and a column of text."""
    lines = _Lines(io.StringIO(text, newline=""))
    rows = _rows(lines, "\t" if tabs else _delimiter(text), where)
    header = next(rows, None)
    if header is None or isinstance(header, Failure):
        yield header or Failure(where, "is empty")
        return
    try:
        places = _places(header[1], columns)
    except InputError as error:
        yield Failure(where, str(error))
        return
    empty = True
    for row in rows:
        empty = False
        yield row if isinstance(row, Failure) else _item(row, places, where, published)
    if empty:
        yield Failure(where, "has a header and no rows")


class _Lines:
    """Lines that remember what was taken of them since they were last asked."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = iter(lines)
        self.number = 0
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.number += 1
            self.taken.append(line)
            yield line

    def since(self) -> str:
        """What was taken since the last call."""
        taken, self.taken = "".join(self.taken), []
        return taken


Row = tuple[int, list[str], str]
"""The line on which a row begins, its cells, its text as it stands in the file."""


def _rows(lines: _Lines, delimiter: str, where: str) -> Iterator[Row | Failure]:
    """The rows that are not blank; after one that cannot be read, reading goes on with the next line."""
    csv.field_size_limit(FIELD_AT_MOST)
    reader, start = csv.reader(lines, delimiter=delimiter), 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Failure(f"{where}:{start}", f"is no row that can be read: {error}")
            lines.since()
            reader, start = csv.reader(lines, delimiter=delimiter), lines.number + 1
            continue
        if cells is None:
            return
        raw = lines.since()
        if any(cell.strip() for cell in cells):
            yield start, cells, raw
        start = lines.number + 1


def _delimiter(text: str) -> str:
    """Whichever of the usual delimiters stands most often in the first line that is not blank; a comma when none does."""
    first = next((line for line in text[:100_000].split("\n") if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _places(header: list[str], columns: Columns) -> Places:
    """Where each field's column is; InputError when a named one is missing, or the text has none."""
    names = [name.strip().lower() for name in header]
    places: dict[str, int] = {}
    for field in fields(Columns):
        chosen = getattr(columns, field.name)
        if chosen is not None and chosen.strip().lower() not in names:
            raise InputError(f"has no column {chosen!r} for the {field.name}: its header is {_listed(header)}")
        wanted = (chosen.strip().lower(),) if chosen is not None else USUAL[field.name]
        found = next((name for name in wanted if name in names), None)
        if found is not None:
            places[field.name] = names.index(found)
    if "text" not in places:
        raise InputError(f"has no column that is known to hold the text: name it; its header is {_listed(header)}")
    return places


def _listed(header: list[str]) -> str:
    return ", ".join(repr(name[:40]) for name in header[:20]) + (", …" if len(header) > 20 else "")


def _item(row: Row, places: Places, where: str, published: str | None) -> Loaded | Failure:
    start, cells, raw = row
    place = f"{where}:{start}"
    given = {name: texts.repair(cells[at])[0].strip() for name, at in places.items() if name != "text" and at < len(cells)}
    text = cells[places["text"]] if places["text"] < len(cells) else ""
    if not text.strip():
        return Failure(place, "its text is empty")
    stored, repairs = texts.repair(text)
    day, dated = texts.dated(given.get("date") or None, published)
    report = Report(
        stored,
        id=given.get("id", ""),
        published=day,
        **{name: given.get(name) or None for name in ("title", "url", "publisher", "language", "author")},
    )
    return Loaded(place, report, (*repairs, *dated, *_odd(cells, places)), hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest())


def _odd(cells: list[str], places: Places) -> tuple[Note, ...]:
    """A note when a row is so short that a column of the header is missing in it."""
    missing = [name for name, at in places.items() if at >= len(cells)]
    return (Note("short-row", f"the row has no cell for: {', '.join(missing)}"),) if missing else ()
