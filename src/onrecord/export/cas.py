"""UIMA CAS as JSON, for INCEpTION: a zip of one file a report and TypeSystem.xml.  Streams.  Needs the extra ``annotation``.

In INCEpTION, import TypeSystem.xml under Layers, then each file as "UIMA CAS JSON".  Offsets in the files are UTF-16
code units, as UIMA counts (dkpro-cassis converts them); the text is the report's, character for character, but control
characters and odd line ends stand there as spaces and lone surrogates as the replacement character.

Layers: ``OnrecordEvent`` on each trigger and ``OnrecordStatement`` on each cue, both with the slots ``arguments``, which
link to ``OnrecordParty`` (actor, recipient, source, speaker, audience) and ``OnrecordDetail`` (content, date, place, cue,
quantity).  The same words with the same meaning are annotated once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO, Final

from onrecord.export.bundle import Bundle, file_name, steady
from onrecord.export.frames import library
from onrecord.export.parts import Part, Row, meaning, parts
from onrecord.record import Entity, Event, Reading, Statement, When, Where

LAYER: Final = "webanno.custom.Onrecord"
TEXT, NUMBER, TRUTH = "uima.cas.String", "uima.cas.Double", "uima.cas.Boolean"
WORDS: Final = ("identifier", "eventType", "mode", "status", "contexts", "flags", "contact", "answers", "statement")
FEATURES: Final[dict[str, dict[str, str]]] = {
    "Event": dict.fromkeys(WORDS, TEXT) | {"confidence": NUMBER, "score": NUMBER, "anonymous": TRUTH, "quoted": TRUTH},
    "Statement": {"identifier": TEXT, "form": TEXT, "negated": TRUTH, "anonymous": TRUTH},
    "Party": dict.fromkeys(("meaning", "name", "country", "sector", "title", "kind"), TEXT),
    "Detail": dict.fromkeys(("kind", "meaning", "earliest", "latest", "geonames"), TEXT),
}
"""The features of each layer, with their types."""


def write(readings: Iterable[Reading], stream: BinaryIO) -> None:
    """Write TypeSystem.xml, then each report as it comes.  MissingExtraError without dkpro-cassis."""
    types = type_system()
    with Bundle(stream) as bundle:
        bundle.add("TypeSystem.xml", types.to_xml())
        for number, reading in enumerate(readings, 1):
            bundle.add(f"{file_name(reading.report, number)}.json", annotated(reading, types).to_json())


def type_system() -> Any:
    """The layers as a type system of cassis."""
    types = library("cassis", "annotation").TypeSystem()
    for name, features in FEATURES.items():
        layer = types.create_type(LAYER + name)
        for feature, kind in features.items():
            types.create_feature(layer, feature, kind)
    for name in ("Event", "Statement"):
        link = types.create_type(f"{LAYER}{name}ArgumentsLink", supertypeName="uima.cas.TOP")
        types.create_feature(link, "role", TEXT)
        types.create_feature(link, "target", "uima.tcas.Annotation")
        types.create_feature(LAYER + name, "arguments", "uima.cas.FSArray", elementType=link.name)
    return types


def annotated(reading: Reading, types: Any) -> Any:
    """One reading as a CAS: the report's text with every row on it."""
    cassis = library("cassis", "annotation")
    report = reading.report
    language = report.language or "x-unspecified"
    cas = cassis.Cas(types, sofa_string=steady(report.text), sofa_mime="text/plain", document_language=language)
    made: dict[tuple[object, ...], Any] = {}
    for row in reading.rows():
        _enter(row, cas, made)
    return cas


def _enter(row: Row, cas: Any, made: dict[tuple[object, ...], Any]) -> None:
    """Annotate a row and its parts; ``made`` holds the parts that are annotated already."""
    name = "Event" if isinstance(row, Event) else "Statement"
    first, *others = parts(row)
    link = cas.typesystem.get_type(f"{LAYER}{name}ArgumentsLink")
    links = [link(role=part.role, target=_argument(part, cas, made)) for part in others]
    array = cas.typesystem.get_type("uima.cas.FSArray")(elements=links)
    values = _event_values(row) if isinstance(row, Event) else _statement_values(row)
    cas.add(cas.typesystem.get_type(LAYER + name)(begin=first.span.start, end=first.span.end, arguments=array, **values))


def _argument(part: Part, cas: Any, made: dict[tuple[object, ...], Any]) -> Any:
    """The annotation of a part, made when it is first asked for."""
    name = "Party" if isinstance(part.value, Entity) else "Detail"
    values = _party_values(part.value) if isinstance(part.value, Entity) else _detail_values(part)
    key = (part.span.start, part.span.end, *values.items())
    if key not in made:
        made[key] = cas.typesystem.get_type(LAYER + name)(begin=part.span.start, end=part.span.end, **values)
        cas.add(made[key])
    return made[key]


def _event_values(event: Event) -> dict[str, Any]:
    said = event.source
    told = {"contexts": " ".join(event.contexts), "flags": " ".join(event.flags), "eventType": event.type, "identifier": event.id}
    told |= {name: getattr(event, name) for name in ("mode", "status", "contact", "answers", "statement")}
    numbers = {"confidence": event.confidence, "score": event.score}
    return {**_texts(told), **numbers, "anonymous": said is not None and said.anonymous, "quoted": said is not None and said.quoted}


def _statement_values(statement: Statement) -> dict[str, Any]:
    return {"identifier": statement.id, "form": statement.form, "negated": statement.negated, "anonymous": statement.anonymous}


def _party_values(entity: Entity) -> dict[str, Any]:
    told = {"meaning": meaning(entity), "title": entity.role}
    return _texts(told | {name: getattr(entity, name) for name in ("name", "country", "sector", "kind")})


def _detail_values(part: Part) -> dict[str, Any]:
    told: dict[str, str | None] = {"kind": part.role, "meaning": meaning(part.value)}
    if isinstance(part.value, When):
        told |= {"earliest": part.value.earliest, "latest": part.value.latest}
    if isinstance(part.value, Where) and part.value.geonames is not None:
        told["geonames"] = str(part.value.geonames)
    return _texts(told)


def _texts(values: Mapping[str, str | None]) -> dict[str, str | None]:
    """Text values as an XML file can hold them; an empty one is left out."""
    return {name: steady(value) if value else None for name, value in values.items()}
