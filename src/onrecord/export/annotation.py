"""W3C Web Annotations as JSON-LD: one annotation for each row and for each of its parts.  Streams.

The file is an AnnotationCollection with one page.  A row's annotation stands on its trigger (a statement's on
its cue), is tagged with type, mode and status, and holds the whole row as JSON; a part's annotation (its id ends
in the path of the part: ``#actors.0``) is tagged with its role and links to the row's.  Every target has a
TextPositionSelector, in Unicode code points of the report's text, and a TextQuoteSelector with 32 characters before
and after.  The target's source is the text that was read (``urn:onrecord:report:…``), for that is what the
positions count; the report's address, where there is one, is its ``scope``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, TextIO
from urllib.parse import quote

from onrecord.export.parts import Part, Row, meaning, parts
from onrecord.export.words import clean
from onrecord.record import Event, Reading, Report, Span, notation, to_json

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
AROUND: Final = 32
"""Code points of prefix and suffix."""
COLLECTION: Final = "urn:onrecord:annotations"
MAKER: Final = {"id": "urn:onrecord", "type": "Software", "name": "onrecord"}


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Write the collection's head, one annotation a line as the readings come, and how many they were."""
    total = 0
    stream.write(_head())
    for reading in readings:
        for annotation in marks(reading):
            stream.write((",\n" if total else "\n") + to_json(annotation))
            total += 1
        stream.flush()
    stream.write(f'\n]}}, "total": {total}}}\n')


def _head() -> str:
    """The collection up to its first annotation; its page starts at the annotation numbered 0."""
    about = {"@context": CONTEXT, "id": COLLECTION, "type": "AnnotationCollection", "label": "onrecord", "generator": MAKER}
    page = {"id": f"{COLLECTION}:1", "type": "AnnotationPage", "partOf": COLLECTION, "startIndex": 0}
    return f'{to_json(about)[:-1]}, "first": {to_json(page)[:-1]}, "items": ['


def marks(reading: Reading) -> Iterator[dict[str, Any]]:
    """The annotations of one reading: each row's, followed by those of its parts."""
    for row in reading.rows():
        first, *others = parts(row)
        yield _annotation(f"urn:onrecord:row:{row.id}", "classifying", _row_body(row), _target(first.span, reading.report))
        for part in others:
            name = part.path.replace("[", ".").replace("]", "")
            yield _annotation(f"urn:onrecord:row:{row.id}#{name}", "tagging", _part_body(part, row), _target(part.span, reading.report))


def _annotation(id: str, motivation: str, body: list[dict[str, Any]], target: dict[str, Any]) -> dict[str, Any]:
    return {"id": id, "type": "Annotation", "motivation": motivation, "body": body, "target": target}


def _row_body(row: Row) -> list[dict[str, Any]]:
    """Tags, the row in words, and the row whole."""
    whole = {"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": to_json(row.to_dict())}
    if not isinstance(row, Event):
        return [_tag("statement"), _tag(row.form), whole]
    tags = [_tag(word) for word in (row.type, row.mode, row.status) if word]
    return [*tags, _says(notation(row)), whole]


def _part_body(part: Part, row: Row) -> list[dict[str, Any]]:
    """The part's role, what its words mean, and the row it belongs to."""
    told = [_says(meaning(part.value))] if part.value is not None else []
    return [_tag(part.role), *told, {"type": "SpecificResource", "purpose": "linking", "source": f"urn:onrecord:row:{row.id}"}]


def _tag(word: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": "tagging", "value": word}


def _says(words: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": clean(words)}


def _target(span: Span, report: Report) -> dict[str, Any]:
    """Where the words stand, twice: by their offsets, and by themselves with what stands around them."""
    source = {"id": f"urn:onrecord:report:{quote(report.id, safe='', errors='surrogatepass')}", "type": "Text", "format": "text/plain"}
    if report.language:
        source["language"] = report.language
    target: dict[str, Any] = {"type": "SpecificResource", "source": source, "selector": selectors(span, report.text)}
    return target | ({"scope": report.url} if report.url else {})


def selectors(span: Span, text: str) -> list[dict[str, Any]]:
    """A TextPositionSelector and a TextQuoteSelector for the same words."""
    before, after = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {"type": "TextQuoteSelector", "exact": span.text, "prefix": before, "suffix": after},
    ]
