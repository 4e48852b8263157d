"""Every table fits its schema and is sorted, and every example of it says to the real reader what it claims."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest

import onrecord
from onrecord import knowledge
from onrecord.knowledge import lexicon
from onrecord.record import TYPES

SCHEMAS = Path(knowledge.__file__).parent / "schemas"
DAY = "2024-05-10"


class Claim(NamedTuple):
    """A sentence of a sense, and whether it gives a row of the sense's type."""

    type: str
    key: str
    sentence: str
    row: bool


def schema(name: str) -> dict:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def world_schema(part: str) -> dict:
    whole = schema("world")
    return {"$defs": whole["$defs"], **whole[part]}


@pytest.mark.parametrize("name", [t for t in knowledge.names() if not t.startswith("world/people/")])
def test_every_table_loads(name):
    assert knowledge.table(name)


@pytest.mark.parametrize("type_", TYPES)
def test_a_types_own_page_fits_its_schema(type_):
    jsonschema.validate(lexicon.ontology(type_), schema("ontology"))


@pytest.mark.parametrize("type_", TYPES)
def test_the_triggers_of_a_type_fit_their_schema(type_):
    jsonschema.validate(knowledge.table(f"english/triggers/{type_.lower()}"), schema("triggers"))


@pytest.mark.parametrize("part", ["states", "bodies", "organisations", "groups"])
def test_the_world_fits_its_schema(part):
    jsonschema.validate(knowledge.table(f"world/{part}"), world_schema(part))


@pytest.mark.parametrize("name", knowledge.names("world/people/"))
def test_holders_of_office_fit_their_schema(name):
    jsonschema.validate(knowledge.table(name), world_schema("people"))


@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize("pos", lexicon.POSES)
def test_trigger_keys_are_sorted(type_, pos):
    keys = list(knowledge.table(f"english/triggers/{type_.lower()}").get(pos) or {})
    assert keys == sorted(keys)


@pytest.mark.parametrize("type_", TYPES)
def test_every_condition_names_a_class_that_exists(type_):
    entity_classes = {"@party", "@place", "@several", "@state", "@person"}
    known = {f"@{name}" for name in lexicon.classes()} | entity_classes
    named = {
        word for _, sense in senses(type_) for value in sense.values() if isinstance(value, list) for word in value if word.startswith("@")
    }
    assert named <= known


def senses(type_: str) -> Iterator[tuple[str, dict]]:
    for entries in knowledge.table(f"english/triggers/{type_.lower()}").values():
        for key, value in (entries or {}).items():
            for sense in value if isinstance(value, list) else [value]:
                yield key, sense


def claims() -> list[Claim]:
    found = []
    for type_ in TYPES:
        for key, sense in senses(type_):
            found += [Claim(type_, key, s, True) for s in sense["examples"]]
            found += [Claim(type_, key, s, False) for s in sense.get("not", [])]
    return found


@cache
def types_read() -> dict[str, frozenset[str]]:
    """Each example's own reading, all of them parsed together: the types of its rows."""
    sentences = sorted({claim.sentence for claim in claims()})
    readings = onrecord.read_many([onrecord.Report(s, published=DAY) for s in sentences])
    return {r.report.text: frozenset(e.type for e in r.events) for r in readings}


@pytest.mark.parametrize("type_", TYPES)
def test_every_example_gives_a_row_of_its_type(type_):
    wrong = [(c.key, c.sentence) for c in claims() if c.type == type_ and c.row and c.type not in types_read()[c.sentence]]
    assert not wrong


@pytest.mark.parametrize("type_", TYPES)
def test_no_example_of_another_sense_gives_a_row_of_the_type(type_):
    wrong = [(c.key, c.sentence) for c in claims() if c.type == type_ and not c.row and c.type in types_read()[c.sentence]]
    assert not wrong


def test_the_lexicon_is_as_broad_as_it_says():
    assert sum(1 for type_ in TYPES for _ in senses(type_)) >= 1200


def test_the_world_is_as_broad_as_it_says():
    states = knowledge.table("world/states").values()
    assert sum(s["status"] == "member" for s in states) == 193
    assert len(knowledge.table("world/organisations")) >= 80
    assert len(knowledge.table("world/groups")) >= 250


def test_a_malformed_table_says_where(tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("a: [1, 2\nb: 3\n", encoding="utf-8")
    with pytest.raises(knowledge.KnowledgeError, match="broken.yaml"):
        knowledge.read_yaml(path)


def test_on_and_no_are_words(tmp_path):
    path = tmp_path / "words.yaml"
    path.write_text("on: [no, yes, off, true]\n", encoding="utf-8")
    assert knowledge.read_yaml(path) == {"on": ["no", "yes", "off", True]}


def test_an_unknown_table_is_named():
    with pytest.raises(knowledge.KnowledgeError, match="no/such"):
        knowledge.table("no/such")
