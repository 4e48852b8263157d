"""CSV: one line an event, flat columns, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export import FORMATS
from onrecord.export.csv import COLUMNS, safe
from onrecord.record import Entity, Reading, Span


def lines(reading: Reading) -> list[dict[str, str]]:
    out = io.StringIO()
    FORMATS["csv"]([reading], out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_there_is_one_line_an_event(reading: Reading) -> None:
    assert [line["id"] for line in lines(reading)] == [event.id for event in reading.events]


def test_the_first_line_names_the_columns() -> None:
    out = io.StringIO()
    FORMATS["csv"]([], out)
    assert out.getvalue().strip().split(",") == list(COLUMNS)


def test_the_cells_are_flat_and_exact(reading: Reading) -> None:
    line = lines(reading)[0]
    want = {
        "report": "hand", "type": "REJECT", "mode": "meet", "status": "actual", "actors": "Portugal", "actors_codes": "PRT",
        "recipients": "Spain", "recipients_codes": "ESP.GOV", "recipients_offsets": "43:48", "content": "offer of talks",
        "earliest": "2024-03-11", "latest": "2024-03-11", "source": "Rui Mota", "source_anonymous": "false", "cue": "said",
        "trigger": "rejected", "trigger_start": "34", "trigger_end": "42", "confidence": "0.9", "place": "",
    }  # fmt: skip
    assert {name: line[name] for name in want} == want


def test_quantities_and_place_have_their_columns(reading: Reading) -> None:
    line = lines(reading)[1]
    assert (line["quantities"], line["place"], line["place_country"], line["lat"]) == ("500 police", "Faro", "PRT", "37.02")


def test_several_parties_share_a_cell_in_step(reading: Reading) -> None:
    event = reading.events[0]
    both = replace(event, actors=(*event.actors, Entity(Span.of(reading.report.text, 43, 48), "Spain", "ESP", "GOV")))
    line = lines(replace(reading, events=(both,)))[0]
    assert (line["actors"], line["actors_codes"], line["actors_offsets"]) == ("Portugal; Spain", "PRT; ESP.GOV", "25:33; 43:48")


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_text_that_looks_like_a_formula_gets_an_apostrophe(words: str) -> None:
    assert safe(words) == f"'{words}"


def test_a_negative_number_stays_a_number(reading: Reading) -> None:
    assert lines(reading)[0]["score"] == "-3.0"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_name_reads_back(name: str) -> None:
    text = "A met B."
    entity = Entity(Span.of(text, 0, 1), name or None)
    out = io.StringIO()
    csv.writer(out).writerow([safe(entity.name)])
    (back,) = next(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert back.removeprefix("'") == name.removeprefix("'")
