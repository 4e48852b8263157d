"""GeoJSON: a point for each event whose place has coordinates."""

from __future__ import annotations

import json

import writing
from hypothesis import given

from onrecord.record import Reading


def collection(*readings: Reading) -> dict:
    return json.loads(writing.written("geojson", readings))


def test_nothing_is_an_empty_collection() -> None:
    assert collection() == {"type": "FeatureCollection", "features": []}


def test_a_point_has_longitude_first(reading: Reading) -> None:
    (feature,) = collection(reading)["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [-7.93, 37.02]} and feature["type"] == "Feature"


def test_its_properties_are_the_row(reading: Reading) -> None:
    (feature,) = collection(reading)["features"]
    row = reading.events[1].to_dict()
    assert {name: value for name, value in feature["properties"].items() if name in row and name != "sentence"} == {
        name: value for name, value in row.items() if name != "sentence"
    }
    assert feature["id"] == row["id"]


def test_its_words_are_where_it_says(reading: Reading) -> None:
    sentence = collection(reading)["features"][0]["properties"]["sentence"]
    assert reading.report.text[sentence["start"] : sentence["end"]] == sentence["text"]


def test_the_report_stands_beside_the_row(reading: Reading) -> None:
    properties = collection(reading)["features"][0]["properties"]
    assert (properties["published"], properties["publisher"], properties["parties"]) == ("2024-03-14", "By hand", "nobody named")


def test_several_readings_are_one_collection(reading: Reading) -> None:
    assert len(collection(reading, reading)["features"]) == 2


@given(writing.readings())
def test_any_words_read_back(reading: Reading) -> None:
    placed = [event.id for event in reading.events if event.place and event.place.lat is not None]
    assert [feature["id"] for feature in collection(reading)["features"]] == placed
