"""POLECAT: forty columns, rows as PLOVER codes them."""

from __future__ import annotations

import io

import pandas as pd
import polars as pl
import pytest
import writing
from hypothesis import given

from onrecord import knowledge
from onrecord.record import Entity, Reading, Span

HEAD = (
    "Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor Country, Actor COW, "
    "Primary Actor Sector, Actor Sectors, Actor Title, Actor Name Raw, Wikipedia Actor ID, Recipient Name, Recipient Country, "
    "Recipient COW, Primary Recipient Sector, Recipient Sectors, Recipient Title, Recipient Name Raw, Wikipedia Recipient ID, "
    "Placename, City, District, Province, Country, Latitude, Longitude, GeoNames ID, Raw Placename, Feature Type, Source, "
    "Publication Date, Story People, Story Organizations, Story Locations, Language, Version"
)


def lines(*readings: Reading) -> list[dict[str, str]]:
    return writing.table(writing.written("polecat", readings))


def test_the_head_line_has_the_forty_columns() -> None:
    assert writing.written("polecat", []) == HEAD.replace(", ", "\t") + "\n"


def test_a_line_says_who_did_what_when(reading: Reading) -> None:
    want = {
        "Event ID": reading.events[0].id, "Event Date": "2024-03-11", "Event Type": "REJECT", "Event Mode": "meet", "Intensity": "-3.0",
        "Quad Code": "VERBAL CONFLICT", "Contexts": "None", "Actor Name": "Portugal", "Actor Country": "PRT", "Actor COW": "235",
        "Primary Actor Sector": "None", "Recipient Name": "Spain", "Recipient COW": "230", "Recipient Sectors": "GOV",
        "Placename": "None", "Source": "By hand", "Publication Date": "2024-03-14",
    }  # fmt: skip
    line = lines(reading)[0]
    assert {name: line[name] for name in want} == want


def test_a_place_has_its_columns(reading: Reading) -> None:
    line = lines(reading)[1]
    assert (line["City"], line["Country"], line["Latitude"], line["Longitude"], line["GeoNames ID"]) == (
        "Faro",
        "PRT",
        "37.02",
        "-7.93",
        "2268339",
    )


def test_what_is_only_possible_is_hypothetical(reading: Reading) -> None:
    assert lines(reading)[1]["Event Mode"] == "police; hypothetical"


@pytest.mark.parametrize("type_", ["CONSULT", "SUPPORT", "COOPERATE", "AID"])
def test_planned_cooperation_is_an_agreement(reading: Reading, type_: str) -> None:
    (line,) = lines(writing.changed(reading, 0, type=type_, status="planned", mode=None))
    assert (line["Event Type"], line["Event Mode"], line["Event Date"], line["Intensity"]) == ("AGREE", "None", "None", "2.5")


def test_planned_force_is_force_to_come(reading: Reading) -> None:
    (line,) = lines(writing.changed(reading, 0, type="MOBILIZE", status="planned", mode="troops"))
    assert (line["Event Type"], line["Event Mode"], line["Event Date"]) == ("MOBILIZE", "troops; future", "2024-03-11")


@pytest.mark.parametrize("fields", [{"status": "negated"}, {"flags": ("related-link",)}])
def test_denied_events_and_other_stories_are_left_out(reading: Reading, fields: dict) -> None:
    assert lines(writing.changed(reading, 0, **fields)) == []


def test_several_actors_share_cells_in_step(reading: Reading) -> None:
    nato = Entity(Span.of(reading.report.text, 43, 48), "North Atlantic Treaty Organization", "NATO", "IGO")
    (line,) = lines(writing.changed(reading, 0, actors=(*reading.events[0].actors, nato)))
    assert (line["Actor Country"], line["Actor COW"], line["Actor Sectors"]) == ("PRT; IGO", "235; None", "None; IGO")


def test_a_mode_has_polecats_name(reading: Reading) -> None:
    (line,) = lines(writing.changed(reading, 0, type="ASSAULT", mode="targeted"))
    assert line["Event Mode"] == "assassinate"


def test_pandas_and_polars_read_it(reading: Reading) -> None:
    text = writing.written("polecat", [reading])
    frame = pd.read_csv(io.StringIO(text), sep="\t", na_values="None")
    assert list(frame.columns) == pl.read_csv(io.BytesIO(text.encode()), separator="\t", null_values="None").columns == HEAD.split(", ")
    assert frame["Intensity"].tolist() == [-3.0, -6.0]


@given(writing.readings())
def test_any_words_read_back_tame(reading: Reading) -> None:
    assert writing.cells_are_tame(lines(reading), ["Latitude", "Longitude", "Intensity"])


@pytest.mark.parametrize("type_", ["ASSAULT", "COERCE", "PROTEST"])
def test_every_renamed_mode_is_one_of_ours(type_: str) -> None:
    renamed = knowledge.table("exports/plover")["modes"][type_]
    assert set(renamed) <= set(knowledge.table(f"ontology/{type_.lower()}")["modes"])
