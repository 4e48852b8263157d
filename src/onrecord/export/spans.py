"""Evidence as CSV: one line for the words behind each field of each row, beside formats that have no place for them.

``field`` is the path into the row as JSON Lines have it (``actors[0]``, ``date``, ``source.cue``); ``start`` and
``end`` count Unicode code points of the report's text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any, Final, TextIO

from onrecord.export.csv import safe
from onrecord.record import Reading

COLUMNS: Final = ("report", "row", "kind", "field", "start", "end", "text")


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Write a head line, then each reading's spans as soon as it is read."""
    out = csv.writer(stream, lineterminator="\n")
    out.writerow(COLUMNS)
    for reading in readings:
        out.writerows(lines(reading))
        stream.flush()


def lines(reading: Reading) -> Iterator[list[Any]]:
    """The lines of one reading, its events first; what its cells hold is safe in a spreadsheet."""
    for row in reading.rows():
        data = row.to_dict()
        sentence = {**data["sentence"], "text": row.sentence.text}
        for field, span in places({**data, "sentence": sentence}):
            ends = span["start"], span["end"]
            yield [safe(row.report), row.id, data["kind"], field, *ends, safe(span["text"])]


def places(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every part of a row's JSON that points at words, with the path to it."""
    if isinstance(value, dict):
        if "start" in value:
            yield path, value
        for key, part in value.items():
            yield from places(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for n, part in enumerate(value):
            yield from places(part, f"{path}[{n}]")
