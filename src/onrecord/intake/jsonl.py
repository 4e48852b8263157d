"""JSON to reports: one object, an array of objects, or one object a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from onrecord.intake import texts
from onrecord.intake.items import Failure, Loaded
from onrecord.record import Note, Report

TEXT_KEYS: Final = ("text", "body", "content")
DATE_KEYS: Final = ("published", "date")


def looks_like_json(text: str) -> bool:
    """True when a text without a telling name starts as an object or as an array of objects does."""
    start = text.lstrip().removeprefix("\ufeff").lstrip()[:2_000]
    if start.startswith("{"):
        return start[1:].lstrip().startswith(('"', "}"))
    return start.startswith("[") and start[1:].lstrip().startswith(("{", "]"))


def items(text: str, where: str, notes: tuple[Note, ...] = (), published: str | None = None) -> Iterator[Loaded | Failure]:
    """Every object as a report; what is none is a failure that names the file and its line or place."""
    for place, value, raw in _values(text.removeprefix("\ufeff"), where):
        yield _report(value, place, notes, published, raw)


def line_items(lines: Iterable[bytes], where: str, published: str | None = None) -> Iterator[Loaded | Failure]:
    """JSON Lines, one line at a time, each decoded by itself: a file of any size, and a bad line harms no other."""
    for number, data in enumerate(lines, start=1):
        decoded = texts.decode(data)
        place = f"{where}:{number}"
        if decoded is None:
            yield Failure(place, "is no text")
        elif decoded[0].strip():
            yield _report(_value(decoded[0], place), place, decoded[1], published, data.rstrip(b"\r\n"))


def _report(value: Any, place: str, notes: tuple[Note, ...], published: str | None, raw: bytes) -> Loaded | Failure:
    if isinstance(value, Failure):
        return value
    if isinstance(value, dict):
        item = _item(value, place, notes, published)
        return replace(item, raw=hashlib.sha256(raw).hexdigest()) if isinstance(item, Loaded) else item
    return Failure(place, f"is not a JSON object but {type(value).__name__}")


def _values(text: str, where: str) -> Iterator[tuple[str, Any, bytes]]:
    """Values with the place where they stand and their own bytes: the whole text as one value, else line by line."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from _line_values(text, where)
        return
    if isinstance(whole, list):
        sources = _sources(text)
        yield from ((f"{where}[{place}]", value, source) for place, (value, source) in enumerate(zip(whole, sources, strict=True)))
        if not whole:
            yield where, Failure(where, "holds an empty array"), b""
    else:
        yield where, whole, _bytes(text)


def _sources(text: str) -> Iterator[bytes]:
    """Each element of an array as it stands in the text, which is known to be one array."""
    decoder, at = json.JSONDecoder(), text.index("[") + 1
    while True:
        while text[at] in " \t\r\n,":
            at += 1
        if text[at] == "]":
            return
        _, end = decoder.raw_decode(text, at)
        yield _bytes(text[at:end])
        at = end


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _line_values(text: str, where: str) -> Iterator[tuple[str, Any, bytes]]:
    # not splitlines: U+2028 may stand inside a JSON string
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"{where}:{number}"
            yield place, _value(line, place), _bytes(line.rstrip("\r"))


def _value(line: str, place: str) -> Any:
    try:
        return json.loads(line)
    except RecursionError:
        return Failure(place, "is not JSON that can be read: nested too deeply")
    except ValueError as error:
        return Failure(place, f"is not JSON: {error}")


def _item(value: Mapping[str, Any], place: str, notes: tuple[Note, ...], published: str | None) -> Loaded | Failure:
    """One object as a report; its text is kept as given, so that offsets count the caller's own text."""
    key = next((key for key in TEXT_KEYS if value.get(key) is not None), None)
    if key is None:
        return Failure(place, f"has no text (one of the keys {', '.join(TEXT_KEYS)})")
    if not isinstance(value[key], str):
        return Failure(place, f"its {key} is not a string but {type(value[key]).__name__}")
    if not value[key].strip():
        return Failure(place, f"its {key} is empty")
    stored, repairs = texts.repair(value[key])
    day, dated = texts.dated(next((value[key] for key in DATE_KEYS if value.get(key) not in (None, "")), None), published)
    fields = {name: _string(value.get(name)) for name in ("title", "url", "publisher", "language", "author")}
    report = Report(stored, id=_string(value.get("id")) or "", published=day, **fields)
    return Loaded(place, report, (*notes, *repairs, *dated))


def _string(value: object) -> str | None:
    """A field as words: numbers are spelled, objects and blanks are none; a title is repaired as the text is."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return texts.repair(str(value))[0].strip() or None
