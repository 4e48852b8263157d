"""FollowTheMoney: entities that refer to one another."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
import writing
from hypothesis import given

from onrecord import knowledge
from onrecord.record import Entity, Reading, Span

PROPERTIES = {
    "Article": {"title", "author", "publishedAt", "bodyText", "publisher", "sourceUrl", "contentHash"},
    "Event": {
        "name", "date", "startDate", "endDate", "summary", "keywords", "location", "country", "involved", "proof", "sourceUrl", "publisher",
        "recordId",
    },
    "Mention": {"document", "name", "resolved", "detectedSchema", "contextCountry"},
    "Organization": {"name", "country"},
    "Person": {"name", "country", "position"},
    "PublicBody": {"name", "country"},
}  # fmt: skip


def entities(*readings: Reading) -> list[dict]:
    return [json.loads(line) for line in writing.written("ftm", readings).split("\n")[:-1]]


def of(schema: str, *readings: Reading) -> list[dict]:
    return [entity["properties"] for entity in entities(*readings) if entity["schema"] == schema]


def test_a_report_is_an_article(reading: Reading) -> None:
    (article,) = of("Article", reading)
    assert (article["title"], article["publishedAt"], article["bodyText"]) == (
        ["Lisbon turns down offer"],
        ["2024-03-14"],
        [reading.report.text],
    )
    assert article["contentHash"] == [hashlib.sha1(reading.report.text.encode()).hexdigest()]


def test_an_event_says_when_and_who(reading: Reading) -> None:
    event = of("Event", reading)[0]
    known = {entity["id"]: entity["properties"]["name"] for entity in entities(reading) if "name" in entity["properties"]}
    assert (event["date"], event["recordId"], event["keywords"]) == (["2024-03-11"], [reading.events[0].id], ["REJECT", "meet", "actual"])
    assert [known[id_] for id_ in event["involved"]] == [["Portugal"], ["Spain"]]


def test_a_state_is_a_public_body_of_its_country(reading: Reading) -> None:
    assert of("PublicBody", reading)[0] == {"name": ["Portugal"], "country": ["pt"]}


@pytest.mark.parametrize(
    ("kind", "country", "sector", "name", "want"),
    [
        ("person", "NOR", "GOV", "Ola", ("Person", ["no"])),
        ("organisation", "NOR", "MIL", "Navy", ("PublicBody", ["no"])),
        ("organisation", "NATO", "IGO", "NATO", ("Organization", None)),
        ("group", "SOM", "REB", "al-Shabaab", ("Organization", ["so"])),
    ],
)
def test_a_party_has_its_schema(reading: Reading, kind: str, country: str, sector: str, name: str, want: tuple) -> None:
    entity = Entity(Span.of(reading.report.text, 43, 48), name, country, sector, None, kind)
    found = entities(writing.changed(reading, 0, actors=(entity,), recipients=()))[1]
    assert (found["schema"], found["properties"].get("country")) == want


@pytest.mark.parametrize(("kind", "name"), [("people", "Serbia"), ("place", "Faro"), ("person", None)])
def test_who_has_no_name_of_his_own_is_no_entity(reading: Reading, kind: str, name: str | None) -> None:
    entity = Entity(Span.of(reading.report.text, 43, 48), name, "SRB", "CVL", None, kind)
    found = entities(writing.changed(reading, 0, actors=(entity,), recipients=()))
    assert [one["schema"] for one in found] == ["Article", "Event"] and "involved" not in found[1]["properties"]


def test_a_mention_has_the_words_of_the_report(reading: Reading) -> None:
    assert {name for mention in of("Mention", reading) for name in mention["name"]} == {"Portugal", "Spain"}


def test_a_party_is_written_once_over_all_reports(reading: Reading) -> None:
    other = replace(reading, report=replace(reading.report, id="other"))
    found = [entity["id"] for entity in entities(reading, other) if entity["schema"] == "PublicBody"]
    assert len(found) == len(set(found)) == 2


def test_a_long_text_stands_in_pieces_and_a_long_name_is_cut(reading: Reading) -> None:
    report = replace(reading.report, text="ab" * 40_000, title="c" * 2000)
    (article,) = of("Article", replace(reading, report=report, events=()))
    assert "".join(article["bodyText"]) == report.text and len(article["bodyText"]) == 2
    assert article["title"] == ["c" * 1023 + "…"]


def test_denied_events_are_left_out(reading: Reading) -> None:
    assert of("Event", writing.changed(reading, 0, status="negated")) == []


def test_followthemoney_takes_every_entity(reading: Reading) -> None:
    model = pytest.importorskip("followthemoney").model
    for entity in entities(reading):
        proxy = model.get_proxy(entity)
        proxy.schema.validate({"properties": entity["properties"]})
        assert proxy.to_dict()["properties"] == entity["properties"]


def test_every_country_code_is_two_small_letters() -> None:
    codes = [code["iso2"] for code in knowledge.table("world/codes").values() if "iso2" in code]
    assert all(len(code) == 2 and code.islower() for code in codes) and len(codes) == len(set(codes)) > 240


@given(writing.readings())
def test_any_words_give_entities_that_refer_to_each_other(reading: Reading) -> None:
    found = entities(reading)
    ids = {entity["id"] for entity in found}
    for entity in found:
        assert set(entity["properties"]) <= PROPERTIES[entity["schema"]]
        for name in ("document", "resolved", "involved", "proof"):
            assert set(entity["properties"].get(name, [])) <= ids
