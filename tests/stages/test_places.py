"""Places: which names are places, which of several places they mean, and which is an event's."""

from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.page import Block, Cast, Mention
from onrecord.record import Entity, Report
from onrecord.stages import grammar, places

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "places.yaml").read_text(encoding="utf-8"))


def sentences(text):
    report = Report(text)
    block = Block("paragraph", 0, len(text), 1)
    ((_, _, parsed),) = grammar.parse([(report, block)])
    for number, sentence in enumerate(parsed):
        sentence.number = number
    return parsed


def sentence(text):
    return sentences(text)[0]


def named(text, home=None, cast=None):
    return [(place.where.span.text, place.where.country) for place in places.find(sentence(text), cast or Cast(), home)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_the_place_of_an_event(case):
    parsed = sentence(case["text"])
    head = next(token.i for token in parsed.tokens if token.text == case["event"])
    where = places.choose(parsed, head, places.find(parsed, Cast()))
    assert (where and f"{where.name}, {where.country or 'null'}") == case["place"]
    assert where is None or where.span.matches(case["text"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They met in Tripoli, Lebanon.", [("Tripoli", "LBN"), ("Lebanon", "LBN")]),
        ("They met in Tripoli.", [("Tripoli", "LBY")]),
        ("The envoy flew from Sana'a to Rangoon.", [("Sana'a", "YEM"), ("Rangoon", "MMR")]),
        ("Ships crossed the Black Sea.", [("Black Sea", None)]),
        ("They fought in Kubaki, Nigeria.", [("Kubaki", "NGA"), ("Nigeria", "NGA")]),
        ("They met in Lviv, Odesa and Dnipro.", [("Lviv", "UKR"), ("Odesa", "UKR"), ("Dnipro", "UKR")]),
        ("They met in Frankfort, Ky., on Friday.", [("Frankfort", "USA"), ("Ky.", "USA")]),
    ],
)
def test_places_are_found_with_their_countries(text, found):
    assert named(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Most of the police were reading on Sunday.",
        "The Minsk agreements failed.",
        "The Moscow Exchange fell.",
        "He spoke on Tuesday in March.",
        "We told us and them.",
        "Clinton spoke to Jackson and Lincoln.",
    ],
)
def test_common_words_and_longer_names_are_no_places(text):
    assert named(text) == []


def test_a_name_means_the_place_in_a_country_that_the_report_speaks_of():
    assert named("They met in Tripoli.", Counter(LBN=20)) == [("Tripoli", "LBN")]
    assert named("They met in Tripoli.", Counter(LBY=20)) == [("Tripoli", "LBY")]


def test_a_great_city_is_not_given_up_for_its_small_namesake():
    assert named("They met in Paris.", Counter(USA=3, FRA=1)) == [("Paris", "FRA")]


def test_a_person_is_no_place():
    parsed = sentence("They met Sydney in Oslo.")
    entity = Entity(parsed.cut(2, 2), name="Sydney Roe", kind="person")
    cast = Cast([Mention(parsed.number, 2, 2, 2, (entity,))])
    assert [place.where.name for place in places.find(parsed, cast)] == ["Oslo"]


def test_what_stood_beside_a_name_once_holds_later_on():
    known = {}
    parsed = sentences("They met in London, Ontario. Police in London agreed.")
    found = [place for each in parsed for place in places.find(each, Cast(), None, known)]
    assert [(place.where.name, place.where.country) for place in found] == [("London", "CAN"), ("Ontario", "CAN"), ("London", "CAN")]


def test_a_city_has_its_coordinates_and_its_number():
    (place,) = places.find(sentence("They met in Geneva."), Cast())
    assert (place.where.lat, place.where.lon, place.where.geonames) == (pytest.approx(46.2, abs=0.1), pytest.approx(6.1, abs=0.1), 2660646)


def test_a_name_in_no_table_has_a_country_and_no_coordinates():
    place = places.find(sentence("They fought in Kubaki, Nigeria."), Cast())[0]
    assert (place.where.name, place.where.country, place.where.lat) == ("Kubaki", "NGA", None)


def test_home_counts_countries_by_name_demonym_and_state():
    counts = places.home(sentences("Syria and the Syrian army. A man from Texas left."))
    assert (counts["SYR"], counts["USA"], counts["USA/TX"]) == (2, 1, 1)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [("KYIV, Ukraine", "Kyiv", "UKR"), ("BEIRUT", "Beirut", "LBN"), ("TRIPOLI, Lebanon", "Tripoli", "LBN")],
)
def test_a_dateline_is_resolved(text, name, country):
    where = places.resolve(text)
    assert (where.name, where.country) == (name, country)


def test_a_name_that_means_nothing_resolves_to_none():
    assert places.resolve("Qqqq") is None


WORDS = ["Kyiv", "in", ",", "Ukraine", "the", "city", "of", "and", "Paris", "Texas", ".", "Of", "“", "—", "U.S.", "’s", "Xyz"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_any_words_give_places_with_exact_spans(words):
    text = " ".join(words) or "x"
    for parsed in sentences(text):
        located = places.find(parsed, Cast())
        assert all(place.where.span.matches(text) for place in located)
        for token in parsed.tokens:
            places.choose(parsed, token.i, located)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_any_text_gives_places_with_exact_spans(text):
    for parsed in sentences(text):
        assert all(place.where.span.matches(text) for place in places.find(parsed, Cast()))
