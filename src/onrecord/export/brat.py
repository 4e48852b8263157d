"""brat standoff: a zip with a .txt and an .ann for each report, and an annotation.conf.  Streams.

Unzip it into a folder of brat's ``data``.  Offsets are code points.  The .txt is the report's text, character for
character, but control characters and line ends other than a line feed stand there as spaces (lone surrogates as the
replacement character), since brat ends a line at each of them.  A span over several lines is written in fragments.

Events and statements are events (E) whose arguments are text-bounds (T): Party, Date, Place, Quantity, Content, Cue.
Mode, status and form are attributes (A); ids, codes, days and confidence are AnnotatorNotes (#); a place's GeoNames
id is a reference (N); Answers, SameContact and SaidIn are relations (R).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import BinaryIO, Final

from onrecord import knowledge
from onrecord.export.bundle import Bundle, file_name, steady
from onrecord.export.parts import Part, Row, meaning, parts
from onrecord.record import STATUSES, TYPES, Event, Reading, Span, Statement, Where

KINDS: Final = {
    "actor": "Party", "recipient": "Party", "source": "Party", "speaker": "Party", "audience": "Party",
    "content": "Content", "date": "Date", "place": "Place", "cue": "Cue", "quantity": "Quantity",
}  # fmt: skip
"""Role of a part → type of its text-bound."""
ROLES: Final = ("actor", "recipient", "content", "date", "place", "source", "cue", "quantity")
STATEMENT_ROLES: Final = ("speaker", "audience", "content", "date")


def write(readings: Iterable[Reading], stream: BinaryIO) -> None:
    """Write annotation.conf, then each report's two files as it comes."""
    with Bundle(stream) as bundle:
        bundle.add("annotation.conf", configuration())
        for number, reading in enumerate(readings, 1):
            name = file_name(reading.report, number)
            bundle.add(f"{name}.txt", steady(reading.report.text))
            bundle.add(f"{name}.ann", Standoff(reading).text())


class Standoff:
    """One reading's annotations; the same words with the same meaning in two rows are one text-bound."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.lines: list[str] = []
        self._counts: dict[str, int] = {}
        self._bounds: dict[tuple[str, int, int, str], str] = {}
        self._rows: dict[str, str] = {}

    def text(self) -> str:
        """The whole .ann file."""
        for row in self.reading.rows():
            self._rows[row.id] = self._row(row)
        for event in self.reading.events:
            self._relate("Answers", event.id, event.answers)
            self._relate("SaidIn", event.id, event.statement)
        for one, other in self._contacts():
            self._relate("SameContact", one, other)
        return "".join(f"{line}\n" for line in self.lines)

    def _add(self, sort: str, body: str) -> str:
        """Write a line with the next id of its sort, and return the id."""
        self._counts[sort] = self._counts.get(sort, 0) + 1
        self.lines.append(f"{sort}{self._counts[sort]}\t{body}")
        return f"{sort}{self._counts[sort]}"

    def _row(self, row: Row) -> str:
        """One row as an event with its arguments, attributes and note; returns its id."""
        kind = row.type if isinstance(row, Event) else "Statement"
        first, *others = parts(row)
        arguments = [f"{kind}:{self._bound(kind, first)}"]
        for role, part in _numbered(others):
            arguments.append(f"{role}:{self._bound(KINDS[part.role], part)}")
        id = self._add("E", " ".join(arguments))
        for attribute in _attributes(row):
            name, _, value = attribute.partition(" ")
            self._add("A", f"{name} {id} {value}".rstrip())
        self._note(id, _about(row))
        return id

    def _bound(self, kind: str, part: Part) -> str:
        """The id of the text-bound for a part, written when it is first asked for."""
        key = (kind, part.span.start, part.span.end, meaning(part.value))
        if key not in self._bounds:
            places = fragments(part.span)
            words = steady(" ".join(part.span.text[a - part.span.start : b - part.span.start] for a, b in places)).replace("\n", " ")
            self._bounds[key] = self._add("T", f"{kind} {';'.join(f'{a} {b}' for a, b in places)}\t{words}")
            self._explain(self._bounds[key], part)
        return self._bounds[key]

    def _explain(self, bound: str, part: Part) -> None:
        """What a text-bound means: a note, and a place's reference."""
        if part.value is not None:
            self._note(bound, meaning(part.value))
        if isinstance(part.value, Where) and part.value.geonames is not None:
            self._add("N", f"Reference {bound} GeoNames:{part.value.geonames}\t{' '.join(steady(part.value.name).split())}")

    def _note(self, id: str, words: str) -> None:
        self._add("#", f"AnnotatorNotes {id}\t{' '.join(steady(words).split())}")

    def _relate(self, kind: str, one: str, other: str | None) -> None:
        """A relation between two rows of this report; a row that is not here has none."""
        if other in self._rows:
            self._add("R", f"{kind} Arg1:{self._rows[one]} Arg2:{self._rows[other]}")

    def _contacts(self) -> Iterator[tuple[str, str]]:
        """Each two neighbours among the rows of one call, meeting or letter."""
        told: dict[str, list[str]] = {}
        for event in self.reading.events:
            if event.contact is not None:
                told.setdefault(event.contact, []).append(event.id)
        for ids in told.values():
            yield from pairwise(ids)


def fragments(span: Span) -> list[tuple[int, int]]:
    """The offsets of a span: whole on one line, else of each line's words, without the white space around them."""
    if "\n" not in span.text:
        return [(span.start, span.end)]
    found, at = [], span.start
    for line in span.text.split("\n"):
        if words := line.strip():
            first = at + len(line) - len(line.lstrip())
            found.append((first, first + len(words)))
        at += len(line) + 1
    return found or [(span.start, span.end)]


def _numbered(others: Iterable[Part]) -> Iterator[tuple[str, Part]]:
    """Each part with its argument's name: brat counts them, Actor, Actor2, Actor3."""
    seen: dict[str, int] = {}
    for part in others:
        seen[part.role] = seen.get(part.role, 0) + 1
        yield part.role.capitalize() + (str(seen[part.role]) if seen[part.role] > 1 else ""), part


def _attributes(row: Row) -> Iterator[str]:
    """Name and value of each attribute; one that is only true or not has no value."""
    if isinstance(row, Statement):
        yield f"Form {row.form}"
        yield from ["Negated"] * row.negated + ["Anonymous"] * row.anonymous
        return
    yield f"Status {row.status}"
    if row.mode:
        yield f"Mode {row.mode}"
    yield from ["Anonymous"] * (row.source is not None and row.source.anonymous)


def _about(row: Row) -> str:
    """The row's id, and what has no place among attributes."""
    if isinstance(row, Statement):
        return f"id={row.id}"
    told = {
        "id": row.id,
        "confidence": row.confidence,
        "score": row.score,
        "contexts": ",".join(row.contexts),
        "flags": ",".join(row.flags),
    }
    return "; ".join(f"{name}={value}" for name, value in told.items() if value not in (None, ""))


def configuration() -> str:
    """The text of annotation.conf: every type, role, attribute and relation that the files use."""
    events = [_event_type(type, ROLES) for type in TYPES] + [_event_type("Statement", STATEMENT_ROLES)]
    names = "|".join((*TYPES, "Statement"))
    binary = f"Arg:{names}"
    attributes = [
        f"Status\tArg:{'|'.join(TYPES)}, Value:{'|'.join(STATUSES)}",
        f"Mode\tArg:{'|'.join(TYPES)}, Value:{'|'.join(_modes())}",
        "Form\tArg:Statement, Value:direct|indirect|mixed",
        f"Negated\t{binary}",
        f"Anonymous\t{binary}",
    ]
    relations = [f"{kind}\tArg1:{names}, Arg2:{names}" for kind in ("Answers", "SameContact", "SaidIn")]
    sections = {"entities": sorted(set(KINDS.values())), "relations": relations, "events": events, "attributes": attributes}
    return "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in sections.items())


def _event_type(type: str, roles: Iterable[str]) -> str:
    return f"{type}\t" + ", ".join(f"{role.capitalize()}*:{KINDS[role]}" for role in roles)


def _modes() -> list[str]:
    """The modes of all types, each once."""
    return sorted({mode for name in knowledge.names("ontology/") for mode in knowledge.table(name).get("modes") or ()})
