"""The gazetteer: its tables are sound, quick to read, and names are found however they are spelled."""

import time

import pytest

from onrecord import knowledge
from onrecord.knowledge import gazetteer


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Sana'a", "sanaa"), ("Port-au-Prince", "port au prince"), ("Łódź", "łodz"), ("SÃO  PAULO", "sao paulo")],
)
def test_names_are_folded(name, folded):
    assert gazetteer.key(name) == folded


def test_the_table_of_cities_is_sorted_and_sound():
    lines = gazetteer.cities()
    keys = [line.split("\t")[0] for line in lines]
    assert keys == sorted(keys)
    assert len(lines) > 50_000
    assert all(len(line.split("\t")) == 9 for line in lines)


def test_the_tables_are_read_quickly():
    for cached in (gazetteer.cities, gazetteer.known, gazetteer.exact, gazetteer.sites_of):
        cached.cache_clear()
    start = time.process_time()
    assert gazetteer.meanings("Geneva")
    assert time.process_time() - start < 0.5


def test_hand_made_places_have_sound_coordinates_and_countries():
    table = gazetteer.table()
    states = set(knowledge.table("world/states"))
    for name, fact in (*table["places"].items(), *table["admin"].items()):
        assert -90 <= fact["lat"] <= 90 and -180 <= fact["lon"] <= 180, name
        assert fact["country"] is None or fact["country"] in states, name
    assert set(table["countries"]) <= states
    assert len(table["places"]) >= 200


@pytest.mark.parametrize(
    ("name", "listed"),
    [("Kiev", "Kyiv"), ("Bombay", "Mumbai"), ("Sana’a", "Sanaa"), ("HOMS", "Homs"), ("Karabakh", "Nagorno-Karabakh"), ("Ky.", "Kentucky")],
)
def test_other_spellings_mean_the_same_place(name, listed):
    assert gazetteer.meanings(name)[0].name == listed


def test_abbreviations_mean_places_only_as_they_are_written():
    assert gazetteer.meanings("US")[0].country == "USA"
    assert gazetteer.meanings("us") == ()


def test_a_small_city_is_no_region_of_its_name():
    assert gazetteer.region("Texas").admin == "TX"
    assert gazetteer.region("Geneva") is None
