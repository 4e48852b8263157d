"""CAS files: cassis reads back what the report says, in JSON and in XMI."""

from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from strange import readings

from onrecord.export import FORMATS, bundle
from onrecord.export.frames import MissingExtraError
from onrecord.export.parts import parts
from onrecord.record import Reading, Report

cassis = pytest.importorskip("cassis")
BOTH = pytest.mark.parametrize("name", ["cas", "xmi"])


def files(name: str, *held: Reading) -> dict[str, bytes]:
    out = io.BytesIO()
    FORMATS[name](iter(held), out)
    with zipfile.ZipFile(out) as found:
        return {inner: found.read(inner) for inner in found.namelist()}


def cas(name: str, reading: Reading) -> Any:
    """The CAS of a reading, as cassis reads the files."""
    types, document = files(name, reading).values()
    if name == "cas":
        return cassis.load_cas_from_json(io.BytesIO(document))
    return cassis.load_cas_from_xmi(io.BytesIO(document), typesystem=cassis.load_typesystem(io.BytesIO(types)))


def slots(annotation: Any) -> list[tuple[str, str]]:
    return [(link.role, link.target.get_covered_text()) for link in annotation.arguments.elements]


@BOTH
def test_a_file_a_report_and_the_layers(name: str, reading: Reading) -> None:
    ending = "json" if name == "cas" else "xmi"
    assert list(files(name, reading, replace(reading, report=replace(reading.report, id="b")))) == [
        "TypeSystem.xml", f"0001-hand.{ending}", f"0002-b.{ending}",
    ]  # fmt: skip


@BOTH
def test_an_event_has_its_features_and_slots(name: str, reading: Reading) -> None:
    found = cas(name, reading).select("webanno.custom.OnrecordEvent")[0]
    event = reading.events[0]
    assert (found.identifier, found.eventType, found.mode, found.status) == (event.id, "REJECT", "meet", "actual")
    assert (found.confidence, found.score, found.get_covered_text()) == (0.9, -3.0, "rejected")
    assert slots(found) == [(part.role, part.span.text) for part in parts(event)[1:]]


@BOTH
def test_parties_and_details_say_what_they_mean(name: str, reading: Reading) -> None:
    whole = cas(name, reading)
    parties = {(p.name, p.country) for p in whole.select("webanno.custom.OnrecordParty")}
    details = {(d.kind, d.meaning) for d in whole.select("webanno.custom.OnrecordDetail")}
    assert ("Portugal", "PRT") in parties and ("Rui Mota", "PRT") in parties
    assert {("date", "2024-03-11"), ("place", "Faro (Portugal)"), ("quantity", "500 police")} <= details


@BOTH
def test_statements_are_there(name: str, reading: Reading) -> None:
    found = cas(name, reading).select("webanno.custom.OnrecordStatement")
    assert [(s.get_covered_text(), s.form) for s in found] == [("said", "indirect"), ("added", "direct")]


@BOTH
def test_the_same_readings_give_the_same_bytes(name: str, reading: Reading) -> None:
    assert files(name, reading) == files(name, reading)


@BOTH
def test_a_missing_library_is_named(name: str, reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cassis", None)
    with pytest.raises(MissingExtraError, match=r"onrecord\[annotation\]"):
        files(name, reading)


@BOTH
def test_a_report_without_rows_is_its_text(name: str) -> None:
    assert cas(name, Reading(Report("Nothing 😀 happened."))).sofa_string == "Nothing 😀 happened."


@BOTH
@given(held=readings())
@settings(max_examples=30)
def test_spans_in_strange_texts_come_back(name: str, held: Reading) -> None:
    whole = cas(name, held)
    assert whole.sofa_string == bundle.steady(held.report.text) and len(whole.sofa_string) == len(held.report.text)
    found = whole.select("webanno.custom.OnrecordEvent")[0]
    event = held.events[0]
    assert (found.begin, found.end) == (event.trigger.start, event.trigger.end)
    assert slots(found) == [(part.role, bundle.steady(part.span.text)) for part in parts(event)[1:]]
