"""Web Annotations: each part is found by its offsets and by its words, and leads to its row."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from strange import readings

from onrecord.export import FORMATS, parts
from onrecord.record import Reading


def written(*held: Reading) -> dict[str, Any]:
    out = io.StringIO()
    FORMATS["annotation"](iter(held), out)
    return json.loads(out.getvalue())


def items(*held: Reading) -> list[dict[str, Any]]:
    return written(*held)["first"]["items"]


def selectors(item: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    position, words = item["target"]["selector"]
    assert (position["type"], words["type"]) == ("TextPositionSelector", "TextQuoteSelector")
    return position, words


def test_the_file_is_a_collection_of_one_page(reading: Reading) -> None:
    whole = written(reading, replace(reading, report=replace(reading.report, id="other")))
    assert (whole["@context"], whole["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationCollection")
    assert whole["first"]["type"] == "AnnotationPage" and whole["total"] == len(whole["first"]["items"])


def test_without_reports_it_is_empty() -> None:
    assert written()["first"]["items"] == [] and written()["total"] == 0


def test_every_part_has_an_annotation_with_an_id_of_its_own(reading: Reading) -> None:
    found = items(reading)
    assert len(found) == sum(len(parts.parts(row)) for row in reading.rows()) == len({item["id"] for item in found})
    assert {item["type"] for item in found} == {"Annotation"}


def test_a_row_is_tagged_and_whole(reading: Reading) -> None:
    event = reading.events[0]
    row = next(item for item in items(reading) if item["id"] == f"urn:onrecord:row:{event.id}")
    assert [body["value"] for body in row["body"] if body["purpose"] == "tagging"] == ["REJECT", "meet", "actual"]
    assert json.loads(row["body"][-1]["value"]) == event.to_dict()


def test_a_part_leads_to_its_row(reading: Reading) -> None:
    event = reading.events[0]
    actor = next(item for item in items(reading) if item["id"] == f"urn:onrecord:row:{event.id}#actors.0")
    assert actor["body"][0]["value"] == "actor" and actor["body"][-1]["source"] == f"urn:onrecord:row:{event.id}"
    assert selectors(actor)[1]["exact"] == "Portugal"


def test_the_address_is_the_scope_and_the_text_the_source(reading: Reading) -> None:
    at = replace(reading, report=replace(reading.report, url="https://news.example/1", id="a b/ü"))
    target = items(at)[0]["target"]
    assert (target["source"]["id"], target["scope"]) == ("urn:onrecord:report:a%20b%2F%C3%BC", "https://news.example/1")


@given(readings())
@settings(max_examples=50)
def test_both_selectors_find_the_same_words(held: Reading) -> None:
    text = held.report.text
    for item in items(held):
        position, words = selectors(item)
        assert text[position["start"] : position["end"]] == words["exact"]
        assert text[: position["start"]].endswith(words["prefix"]) and text[position["end"] :].startswith(words["suffix"])
        assert len(words["prefix"]) == min(32, position["start"]) and len(words["suffix"]) == min(32, len(text) - position["end"])
