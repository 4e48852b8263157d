"""GDELT: 61 columns without a head line."""

from __future__ import annotations

import io

import pandas as pd
import polars as pl
import pytest
import writing
from hypothesis import given

from onrecord.export import FORMATS
from onrecord.record import Entity, Reading, Span, When, Where

COLUMNS = tuple(
    """GLOBALEVENTID, SQLDATE, MonthYear, Year, FractionDate, Actor1Code, Actor1Name, Actor1CountryCode, Actor1KnownGroupCode,
    Actor1EthnicCode, Actor1Religion1Code, Actor1Religion2Code, Actor1Type1Code, Actor1Type2Code, Actor1Type3Code, Actor2Code,
    Actor2Name, Actor2CountryCode, Actor2KnownGroupCode, Actor2EthnicCode, Actor2Religion1Code, Actor2Religion2Code,
    Actor2Type1Code, Actor2Type2Code, Actor2Type3Code, IsRootEvent, EventCode, EventBaseCode, EventRootCode, QuadClass,
    GoldsteinScale, NumMentions, NumSources, NumArticles, AvgTone, Actor1Geo_Type, Actor1Geo_FullName, Actor1Geo_CountryCode,
    Actor1Geo_ADM1Code, Actor1Geo_ADM2Code, Actor1Geo_Lat, Actor1Geo_Long, Actor1Geo_FeatureID, Actor2Geo_Type,
    Actor2Geo_FullName, Actor2Geo_CountryCode, Actor2Geo_ADM1Code, Actor2Geo_ADM2Code, Actor2Geo_Lat, Actor2Geo_Long,
    Actor2Geo_FeatureID, ActionGeo_Type, ActionGeo_FullName, ActionGeo_CountryCode, ActionGeo_ADM1Code, ActionGeo_ADM2Code,
    ActionGeo_Lat, ActionGeo_Long, ActionGeo_FeatureID, DATEADDED, SOURCEURL""".replace("\n", " ").replace(" ", "").split(",")
)  # fmt: skip
NUMBERS = ["GoldsteinScale", "ActionGeo_Lat", "ActionGeo_Long"]


def lines(*readings: Reading) -> list[dict[str, str]]:
    return writing.table(writing.written("gdelt", readings), columns=COLUMNS)


def line(reading: Reading, **fields: object) -> dict[str, str]:
    return lines(writing.changed(reading, 0, **fields))[0]


def test_the_columns_are_the_sixty_one() -> None:
    assert FORMATS["gdelt"].columns() == COLUMNS and len(COLUMNS) == 61


def test_there_is_no_head_line() -> None:
    assert writing.written("gdelt", []) == ""


def test_a_line_says_who_did_what_to_whom(reading: Reading) -> None:
    want = {
        "SQLDATE": "20240311", "MonthYear": "202403", "Year": "2024", "FractionDate": "2024.1945", "Actor1Code": "PRT",
        "Actor1Name": "PORTUGAL", "Actor2Code": "ESPGOV", "Actor2CountryCode": "ESP", "Actor2Type1Code": "GOV", "IsRootEvent": "1",
        "EventCode": "125", "EventBaseCode": "125", "EventRootCode": "12", "QuadClass": "3", "GoldsteinScale": "-5.0",
        "NumMentions": "1", "AvgTone": "", "ActionGeo_Type": "0", "DATEADDED": "20240314000000", "SOURCEURL": "",
    }  # fmt: skip
    found = line(reading)
    assert {name: found[name] for name in want} == want


@pytest.mark.parametrize(
    ("first", "last", "want"),
    [
        ("2024-03-04", "2024-03-10", ("", "202403", "2024", "")),
        ("2024-02-26", "2024-03-03", ("", "", "2024", "")),
        ("2023-12-25", "2024-01-01", ("", "", "", "")),
        ("2015-02-18", "2015-02-18", ("20150218", "201502", "2015", "2015.1315")),
    ],
)
def test_days_are_told_as_far_as_the_text_tells_them(reading: Reading, first: str, last: str, want: tuple[str, ...]) -> None:
    found = line(reading, date=When(Span.of(reading.report.text, 0, 6), first, last))
    assert tuple(found[name] for name in ("SQLDATE", "MonthYear", "Year", "FractionDate")) == want


def test_a_four_figure_code_has_its_base_and_root(reading: Reading) -> None:
    found = line(reading, type="ASSAULT", mode="suicide-attack")
    assert (found["EventCode"], found["EventBaseCode"], found["EventRootCode"], found["QuadClass"]) == ("1831", "183", "18", "4")


@pytest.mark.parametrize(
    ("name", "country", "sector", "want"),
    [
        ("North Atlantic Treaty Organization", "NATO", "IGO", ("IGOWSTNAT", "WST", "NAT", "IGO")),
        ("Hamas", "PSE", "REB", ("PSEREBHMS", "PSE", "HMS", "REB")),
        ("Romania", "ROU", "MED", ("ROMHLH", "ROM", "", "HLH")),
        ("gunmen", None, "UAF", ("UAF", "", "", "UAF")),
        ("Abkhazia", "ABK", "REL", ("ABK", "ABK", "", "")),
    ],
)
def test_a_party_has_cameos_codes(reading: Reading, name: str, country: str | None, sector: str, want: tuple[str, ...]) -> None:
    found = line(reading, actors=(Entity(Span.of(reading.report.text, 0, 6), name, country, sector),))
    assert tuple(found[f"Actor1{c}"] for c in ("Code", "CountryCode", "KnownGroupCode", "Type1Code")) == want


@pytest.mark.parametrize(
    ("where", "want"),
    [
        (("Bern", "CHE", 46.9, 7.4), ("4", "Bern, Switzerland", "SZ", "46.9", "7.4")),
        (("Boston", "USA", 42.4, -71.1), ("3", "Boston, United States", "US", "42.4", "-71.1")),
        (("Chad", "TCD", 15.0, 19.0), ("1", "Chad", "CD", "15.0", "19.0")),
        (("Nowhere", "CHE", None, None), ("0", "", "", "", "")),
    ],
)
def test_a_place_has_its_type_and_fips_code(reading: Reading, where: tuple, want: tuple[str, ...]) -> None:
    found = line(reading, place=Where(Span.of(reading.report.text, 0, 6), *where))
    assert tuple(found[f"ActionGeo_{c}"] for c in ("Type", "FullName", "CountryCode", "Lat", "Long")) == want


def test_only_headline_and_first_line_are_the_lead(reading: Reading) -> None:
    low = reading.report.text.index("sign")
    assert line(reading, trigger=Span.of(reading.report.text, low, low + 4))["IsRootEvent"] == "0"


def test_pandas_and_polars_read_it(reading: Reading) -> None:
    text = writing.written("gdelt", [reading])
    frame = pd.read_csv(io.StringIO(text), sep="\t", header=None, names=COLUMNS, dtype={"EventCode": str})
    assert pl.read_csv(io.BytesIO(text.encode()), separator="\t", has_header=False).shape == (1, 61)
    assert frame["GLOBALEVENTID"].dtype == "int64" and frame["QuadClass"].tolist() == [3]


@given(writing.readings())
def test_any_words_read_back_tame(reading: Reading) -> None:
    assert writing.cells_are_tame(lines(reading), NUMBERS)
