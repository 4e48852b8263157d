"""Codes of other data sets: the tables behind them, ids as numbers, cells."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import knowledge
from onrecord.export import coded
from onrecord.record import Reading

SCHEMA = json.loads((Path(knowledge.__file__).parent / "schemas" / "exports.json").read_text(encoding="utf-8"))
TABLES = {"codes": "world/codes", **{name: f"exports/{name}" for name in ("acled", "cameo", "ftm", "plover")}}


@pytest.mark.parametrize("part", TABLES)
def test_a_table_fits_its_schema(part: str) -> None:
    jsonschema.validate(knowledge.table(TABLES[part]), {"$defs": SCHEMA["$defs"], **SCHEMA[part]})


def test_every_state_but_the_west_has_its_codes_in_order() -> None:
    real = [code for code, state in knowledge.table("world/states").items() if state["status"] != "pseudo"]
    assert list(knowledge.table("world/codes")) == sorted(real)


def test_every_member_of_the_united_nations_has_all_codes() -> None:
    members = [code for code, state in knowledge.table("world/states").items() if state["status"] == "member"]
    lacking = [code for code in members if not {"iso2", "numeric", "fips", "cow"} <= set(knowledge.table("world/codes")[code])]
    assert not lacking


@pytest.mark.parametrize("system", ["iso2", "numeric", "fips"])
def test_no_two_states_share_a_code(system: str) -> None:
    found = [codes[system] for codes in knowledge.table("world/codes").values() if system in codes]
    assert len(found) == len(set(found))


def test_every_sector_with_a_label_is_one_that_the_formats_know() -> None:
    assert set(knowledge.table("labels")["sectors"]) - {"PRE"} <= set(knowledge.table("exports/cameo")["sectors"])


def test_an_organisation_is_no_state() -> None:
    assert (coded.state("NATO"), coded.state_name("NATO"), coded.code_of("NATO", "iso2"), coded.state("RUS")) == (None, None, None, "RUS")


@given(st.text())
def test_any_id_has_a_number_that_every_reader_keeps(id_: str) -> None:
    found = coded.number(id_)
    assert 0 <= found < 2**52 and int(float(found)) == found == coded.number(id_)


def test_nobody_toward_nobody_is_no_pair(reading: Reading) -> None:
    assert coded.pairs(reading.events[1]) == []


@pytest.mark.parametrize(
    ("value", "want"),
    [(None, "-"), ("", "-"), (0, 0), (-1.5, -1.5), ("a\tb\n", "a b"), ("=1", "'=1"), ("\x00", "\N{REPLACEMENT CHARACTER}"), (" ", "-")],
)
def test_a_cell_is_one_clean_line(value: object, want: object) -> None:
    assert coded.cell(value, "-") == want
