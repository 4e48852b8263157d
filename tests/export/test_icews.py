"""ICEWS: twenty columns, CAMEO codes as text, a line for each pair of parties."""

from __future__ import annotations

import io

import pandas as pd
import polars as pl
import pytest
import writing
from hypothesis import given

from onrecord import knowledge
from onrecord.export import coded
from onrecord.record import STATUSES, TYPES, Entity, Reading, Span

HEAD = (
    "Event ID, Event Date, Source Name, Source Sectors, Source Country, Event Text, CAMEO Code, Intensity, Target Name, Target Sectors, "
    "Target Country, Story ID, Sentence Number, Publisher, City, District, Province, Country, Latitude, Longitude"
)


def lines(*readings: Reading) -> list[dict[str, str]]:
    return writing.table(writing.written("icews", readings))


def entity(reading: Reading, country: str, sector: str | None = None) -> Entity:
    return Entity(Span.of(reading.report.text, 43, 48), country, country, sector, None, "state")


def test_the_head_line_has_the_twenty_columns() -> None:
    assert writing.written("icews", []) == HEAD.replace(", ", "\t") + "\n"


def test_a_line_says_who_did_what_to_whom(reading: Reading) -> None:
    want = {
        "Event Date": "2024-03-11", "Source Name": "Portugal", "Source Sectors": "", "Source Country": "Portugal", "CAMEO Code": "125",
        "Event Text": "Reject proposal to meet, discuss, or negotiate", "Intensity": "-5.0", "Target Name": "Spain",
        "Target Sectors": "Government", "Target Country": "Spain", "Sentence Number": "1", "Publisher": "By hand", "City": "",
    }  # fmt: skip
    line = lines(reading)[0]
    assert {name: line[name] for name in want} == want


def test_a_code_keeps_its_nought(reading: Reading) -> None:
    (line,) = lines(writing.changed(reading, 0, type="AID", mode=None))
    assert line["CAMEO Code"] == "070"


def test_the_id_is_a_number_that_leads_to_the_row(reading: Reading) -> None:
    line = lines(reading)[0]
    assert f"{int(line['Event ID']):013x}" == reading.events[0].id[:13]


def test_ids_are_distinct_and_every_reader_keeps_them(reading: Reading) -> None:
    parties = tuple(entity(reading, code) for code in ("RUS", "USA", "FRA"))
    found = [int(line["Event ID"]) for line in lines(writing.changed(reading, 0, type="CONSULT", mode=None, actors=parties, recipients=()))]
    assert len(set(found)) == 6 and all(int(float(n)) == n for n in found)


def test_who_talks_is_source_toward_each_other(reading: Reading) -> None:
    parties = (entity(reading, "RUS"), entity(reading, "USA"))
    talks = writing.changed(reading, 0, type="CONSULT", mode="phone", actors=parties, recipients=())
    assert [(line["Source Name"], line["Target Name"], line["CAMEO Code"]) for line in lines(talks)] == [
        ("RUS", "USA", "041"),
        ("USA", "RUS", "041"),
    ]


def test_a_guest_visits_and_a_host_has_a_visit(reading: Reading) -> None:
    parties = (entity(reading, "RUS"), entity(reading, "PRT"))
    visit = writing.changed(reading, 0, type="CONSULT", mode="visit", actors=parties, recipients=(), place=reading.events[1].place)
    assert [(line["Source Name"], line["CAMEO Code"]) for line in lines(visit)] == [("RUS", "042"), ("PRT", "043")]


def test_a_visit_of_which_nobody_knows_who_is_at_home_is_a_consultation(reading: Reading) -> None:
    parties = (entity(reading, "RUS"), entity(reading, "PRT"))
    visit = writing.changed(reading, 0, type="CONSULT", mode="visit", actors=parties, recipients=())
    assert [line["CAMEO Code"] for line in lines(visit)] == ["040", "040"]


def test_two_who_protest_do_so_each_toward_nobody(reading: Reading) -> None:
    parties = (entity(reading, "RUS"), entity(reading, "USA"))
    protest = writing.changed(reading, 0, type="PROTEST", mode="demo", actors=parties, recipients=())
    assert [(line["Source Name"], line["Target Name"]) for line in lines(protest)] == [("RUS", ""), ("USA", "")]


def test_an_organisation_has_no_country(reading: Reading) -> None:
    (line,) = lines(writing.changed(reading, 0, actors=(entity(reading, "NATO", "IGO"),)))
    assert (line["Source Country"], line["Source Sectors"]) == ("", "International Government Organization")


def test_a_planned_meeting_is_an_intent_without_a_day(reading: Reading) -> None:
    (line,) = lines(writing.changed(reading, 0, type="CONSULT", mode=None, status="planned"))
    assert (line["CAMEO Code"], line["Event Date"]) == ("036", "")


@pytest.mark.parametrize("status", ["planned", "possible", "negated"])
def test_what_has_not_happened_has_no_line(reading: Reading, status: str) -> None:
    assert lines(writing.changed(reading, 0, type="ASSAULT", status=status)) == []


def test_an_event_with_nobody_has_no_line(reading: Reading) -> None:
    assert lines(writing.changed(reading, 1, status="actual")) == []


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_and_mode_has_a_code_that_is_known(reading: Reading, type_: str) -> None:
    modes = [None, *knowledge.table(f"ontology/{type_.lower()}").get("modes", {})]
    (found,) = writing.changed(reading, 0, type=type_).events
    acts = [coded.acts(writing.changed(reading, 0, type=type_, mode=mode).events[0]) for mode in modes]
    assert found.type == type_ and all(len(act.code) in (3, 4) for (_, act), *_ in acts)


def test_every_mode_of_the_map_is_a_mode_of_its_type() -> None:
    types = knowledge.table("exports/cameo")["types"]
    wrong = [
        (t, m) for t, rule in types.items() for m in rule.get("modes", {}) if m not in knowledge.table(f"ontology/{t.lower()}")["modes"]
    ]
    assert set(types) == set(TYPES) and not wrong and "actual" in STATUSES


def test_every_organisation_of_the_map_is_known() -> None:
    assert set(knowledge.table("exports/cameo")["organisations"]) <= set(knowledge.table("world/organisations"))


def test_every_group_of_the_map_is_known() -> None:
    names = {group["name"] for group in knowledge.table("world/groups").values()}
    assert set(knowledge.table("exports/cameo")["groups"]) <= names


def test_pandas_and_polars_read_it(reading: Reading) -> None:
    text = writing.written("icews", [reading])
    frame = pd.read_csv(io.StringIO(text), sep="\t", dtype={"CAMEO Code": str})
    assert list(frame.columns) == pl.read_csv(io.BytesIO(text.encode()), separator="\t").columns == HEAD.split(", ")
    assert frame["CAMEO Code"].tolist() == ["125"] and frame["Event ID"].dtype == "int64"


@given(writing.readings())
def test_any_words_read_back_tame(reading: Reading) -> None:
    assert writing.cells_are_tame(lines(reading), ["Latitude", "Longitude", "Intensity"])
