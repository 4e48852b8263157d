"""GeoJSON: one point an event whose place has coordinates (RFC 7946), with its whole row as properties.

``properties`` are the row as JSON lines have it, with the sentence's words, who does it to whom in words, and the report's day,
title, publisher and address.  Events without a place, or with one whose coordinates nobody knows, are left out; denied and
possible ones are there, and ``status`` says so.  Streams.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, TextIO

from onrecord.export import words
from onrecord.record import Event, Reading, to_json

BEGIN: Final = '{"type": "FeatureCollection", "features": ['
END: Final = "\n]}\n"


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Write one collection, each reading's points as soon as it is read."""
    stream.write(BEGIN)
    between = "\n"
    for reading in readings:
        for feature in features(reading):
            stream.write(between + to_json(feature))
            between = ",\n"
        stream.flush()
    stream.write(END)


def features(reading: Reading) -> Iterator[dict[str, Any]]:
    """The points of one reading, in the order of the text."""
    for event in reading.events:
        if event.place is not None and event.place.lat is not None and event.place.lon is not None:
            point = {"type": "Point", "coordinates": [event.place.lon, event.place.lat]}
            yield {"type": "Feature", "id": event.id, "geometry": point, "properties": properties(event, reading)}


def properties(event: Event, reading: Reading) -> dict[str, Any]:
    """The row, with what a map's label and link need."""
    row, report = event.to_dict(), reading.report
    sentence = {**row["sentence"], "text": event.sentence.text}
    about = {"published": report.published, "title": report.title, "publisher": report.publisher, "url": report.url}
    return {**row, "sentence": sentence, "parties": words.parties(event), **about}
