"""ACLED: 31 columns, only what ACLED counts."""

from __future__ import annotations

import io

import pandas as pd
import polars as pl
import pytest
import writing
from hypothesis import given

from onrecord import knowledge
from onrecord.record import Entity, Quantity, Reading, Span, When

HEAD = (
    "event_id_cnty, event_date, year, time_precision, disorder_type, event_type, sub_event_type, actor1, assoc_actor_1, inter1, actor2, "
    "assoc_actor_2, inter2, interaction, civilian_targeting, iso, region, country, admin1, admin2, admin3, location, latitude, longitude, "
    "geo_precision, source, source_scale, notes, fatalities, tags, timestamp"
)
NUMBERS = ["latitude", "longitude"]


def lines(*readings: Reading) -> list[dict[str, str]]:
    return writing.table(writing.written("acled", readings), ",")


def entity(reading: Reading, country: str | None, sector: str | None, kind: str | None = None, name: str | None = None) -> Entity:
    return Entity(Span.of(reading.report.text, 43, 48), name, country, sector, None, kind)


def line(reading: Reading, **fields: object) -> dict[str, str]:
    (found,) = lines(writing.changed(reading, 0, **fields))
    return found


def test_the_head_line_has_the_thirty_one_columns() -> None:
    assert writing.written("acled", []) == HEAD.replace(", ", ",") + "\n" and len(HEAD.split(", ")) == 31


def test_talks_have_no_line(reading: Reading) -> None:
    assert lines(reading) == []


def test_a_shelling_is_remote_violence(reading: Reading) -> None:
    place = reading.events[1].place
    found = line(reading, type="ASSAULT", mode="heavy-weapons", place=place)
    want = {
        "event_date": "2024-03-11", "year": "2024", "time_precision": "1", "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence", "sub_event_type": "Shelling/artillery/missile attack",
        "actor1": "Military Forces of Portugal", "inter1": "State forces", "actor2": "Government of Spain",
        "interaction": "State forces-State forces", "iso": "620", "region": "Europe", "country": "Portugal", "location": "Faro",
        "latitude": "37.02", "longitude": "-7.93", "geo_precision": "1", "source": "By hand", "fatalities": "",
        "tags": "ASSAULT/heavy-weapons",
    }  # fmt: skip
    assert {name: found[name] for name in want} == want


@pytest.mark.parametrize(
    ("sectors", "want"),
    [(("REB", "MIL"), ["Armed clash"]), (("UAF", "CVL"), ["Attack"]), (("REB", None), []), (("CVL", "CVL"), [])],
)
def test_force_without_a_mode_goes_by_its_sides(reading: Reading, sectors: tuple[str, str | None], want: list[str]) -> None:
    actor, other = (entity(reading, "SOM", sector) for sector in sectors)
    event = writing.changed(reading, 0, type="ASSAULT", mode=None, actors=(actor,), recipients=(other,))
    assert [found["sub_event_type"] for found in lines(event)] == want


def test_an_attack_on_civilians_targets_them(reading: Reading) -> None:
    sides = {"actors": (entity(reading, "SOM", "REB", "group", "al-Shabaab"),), "recipients": (entity(reading, "SOM", "CVL"),)}
    found = line(reading, type="ASSAULT", mode="abduct", **sides)
    assert [found[c] for c in ("actor1", "inter1", "actor2", "inter2", "civilian_targeting")] == [
        "al-Shabaab", "Rebel group", "Civilians (Somalia)", "Civilians", "Civilian targeting"]  # fmt: skip


@pytest.mark.parametrize(
    ("mode", "who", "kind"), [("demo", "Protesters", "Peaceful protest"), ("riot", "Rioters", "Violent demonstration")]
)
def test_who_demonstrates_has_acleds_name(reading: Reading, mode: str, who: str, kind: str) -> None:
    found = line(reading, type="PROTEST", mode=mode, actors=(entity(reading, "FRA", "CVL"),), recipients=())
    assert [found[c] for c in ("actor1", "inter1", "interaction", "sub_event_type")] == [f"{who} (France)", who, f"{who} only", kind]


@pytest.mark.parametrize(
    ("last", "want"),
    [("2024-03-04", ("2024-03-04", "2024", "1")), ("2024-03-10", ("2024-03-04", "2024", "2")), ("2024-03-31", ("2024-03-04", "2024", "3")),
     ("2024-09-01", ("", "2024", "")), ("2025-09-01", ("", "", ""))],
)  # fmt: skip
def test_a_date_says_how_exact_it_is(reading: Reading, last: str, want: tuple[str, ...]) -> None:
    when = When(Span.of(reading.report.text, 0, 6), "2024-03-04", last)
    found = line(reading, type="PROTEST", mode="demo", date=when)
    assert (found["event_date"], found["year"], found["time_precision"]) == want


def test_the_dead_are_those_whom_the_sentence_counts(reading: Reading) -> None:
    killed = Quantity(12.0, "deaths", Span.of(reading.report.text, 0, 6))
    hurt = Quantity(30.0, "wounded", Span.of(reading.report.text, 0, 6))
    assert line(reading, type="ASSAULT", mode="drone", quantities=(killed, hurt))["fatalities"] == "12"


@pytest.mark.parametrize("status", ["planned", "possible", "negated"])
def test_what_has_not_happened_has_no_line(reading: Reading, status: str) -> None:
    assert lines(writing.changed(reading, 0, type="ASSAULT", mode="drone", status=status)) == []


def test_pandas_and_polars_read_it(reading: Reading) -> None:
    text = writing.written("acled", [writing.changed(reading, 0, type="ASSAULT", mode="drone")])
    frame = pd.read_csv(io.StringIO(text))
    assert list(frame.columns) == pl.read_csv(io.BytesIO(text.encode())).columns == HEAD.split(", ")
    assert pd.to_datetime(frame["event_date"]).dt.year.tolist() == [2024]


def test_every_type_and_mode_of_the_map_is_ours() -> None:
    events = knowledge.table("exports/acled")["events"]
    wrong = [(t, m) for t, rule in events.items() for m in rule["modes"] if m not in knowledge.table(f"ontology/{t.lower()}")["modes"]]
    assert not wrong


@given(writing.readings())
def test_any_words_read_back_tame(reading: Reading) -> None:
    assert writing.cells_are_tame(lines(reading), NUMBERS)
