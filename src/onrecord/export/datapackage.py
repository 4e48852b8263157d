"""A description of exported files as a Data Package (frictionlessdata.io, version 1): what each file is, its columns, its hash."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

MEDIA: Final = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".json": "application/json", ".jsonl": "application/x-ndjson"}
DELIMITER: Final = {".csv": ",", ".tsv": "\t"}
NUMBERS: Final = {"start": "integer", "end": "integer", "lat": "number", "lon": "number", "score": "number", "confidence": "number"}


def describe(files: Iterable[Path], name: str, headless: Sequence[str] = ()) -> str:
    """The text of ``datapackage.json`` for files that lie beside it.  ``headless``: the columns of tables without a head line."""
    resources = [resource(file, headless) for file in files]
    package = {"profile": "data-package", "name": slug(name), "title": name, "resources": resources}
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def resource(file: Path, headless: Sequence[str] = ()) -> dict[str, Any]:
    """One file: its path, size and hash, and the columns of a table."""
    data = file.read_bytes()
    suffix = file.suffix.lower()
    found: dict[str, Any] = {
        "name": slug(file.name),
        "path": file.name,
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
    if suffix in MEDIA:
        found |= {"format": suffix[1:], "mediatype": MEDIA[suffix], "encoding": "utf-8"}
    if suffix in DELIMITER:
        found |= _table(file, DELIMITER[suffix], headless)
    return found


def _table(file: Path, delimiter: str, headless: Sequence[str]) -> dict[str, Any]:
    """A table's profile: how it is written and what its columns are."""
    head = not headless or file.name.endswith(".spans.csv")
    if head:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            columns: Sequence[str] = next(csv.reader(lines, delimiter=delimiter), [])
    else:
        columns = headless
    fields = [{"name": column, "type": NUMBERS.get(column, "string")} for column in columns]
    return {"profile": "tabular-data-resource", "dialect": {"delimiter": delimiter, "header": head}, "schema": {"fields": fields}}


def slug(name: str) -> str:
    """A name as the standard allows it: lower case letters, digits, dots and hyphens."""
    return "".join(char if char.isascii() and (char.isalnum() or char in ".-_") else "-" for char in name.lower()).strip("-") or "record"
