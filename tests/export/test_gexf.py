"""GEXF: who does what to whom, as networkx and Gephi read it."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

import networkx as nx
import writing
from hypothesis import given

from onrecord.record import Entity, Reading, Span, When

NAMESPACE = {"g": "http://www.gexf.net/1.2draft"}


def graph(*readings: Reading) -> nx.MultiDiGraph:
    return nx.read_gexf(io.BytesIO(writing.written("gexf", readings).encode("utf-8")))


def labels(found: nx.Graph) -> list[tuple[str, str, str]]:
    names = dict(found.nodes(data="label"))
    return sorted((names[a], names[b], data["label"]) for a, b, data in found.edges(data=True))


def entity(reading: Reading, country: str | None, sector: str | None, kind: str, name: str | None = None) -> Entity:
    return Entity(Span.of(reading.report.text, 43, 48), name, country, sector, None, kind)


def test_nothing_is_an_empty_graph() -> None:
    assert len(graph()) == 0


def test_an_edge_says_who_does_what_to_whom(reading: Reading) -> None:
    found = graph(reading)
    ((_, _, data),) = found.edges(data=True)
    assert labels(found) == [("Portugal", "Spain (government)", "REJECT")]
    assert (data["event"], data["status"], data["family"], data["score"], data["weight"]) == (
        "REJECT",
        "actual",
        "verbal-conflict",
        -3.0,
        1.0,
    )


def test_an_edge_has_the_days_as_spells(reading: Reading) -> None:
    other = writing.changed(reading, 0, date=When(reading.events[0].trigger, "2024-02-01", "2024-02-29"))
    root = ET.fromstring(writing.written("gexf", [reading, other]))
    spells = [(spell.get("start"), spell.get("end")) for spell in root.iterfind(".//g:edge//g:spell", NAMESPACE)]
    assert spells == [("2024-02-01", "2024-02-29"), ("2024-03-11", "2024-03-11")]


def test_the_graph_is_dynamic(reading: Reading) -> None:
    head = ET.fromstring(writing.written("gexf", [reading])).find("g:graph", NAMESPACE)
    assert head is not None and (head.get("mode"), head.get("timeformat")) == ("dynamic", "date")


def test_the_weight_counts_events(reading: Reading) -> None:
    ((_, _, weight),) = graph(reading, reading).edges(data="weight")
    assert weight == 2


def test_who_talks_has_an_edge_each_way(reading: Reading) -> None:
    parties = (entity(reading, "RUS", "GOV", "person", "A"), entity(reading, "NATO", "IGO", "person", "B"))
    found = graph(writing.changed(reading, 0, type="CONSULT", actors=parties, recipients=(), status="planned"))
    nato, russia = "North Atlantic Treaty Organization", "Russia (government)"
    assert labels(found) == [(nato, russia, "CONSULT planned"), (russia, nato, "CONSULT planned")]


def test_groups_of_one_country_are_apart_and_its_officials_are_not(reading: Reading) -> None:
    one, two = (entity(reading, "LBN", "REB", "group", name) for name in ("Amal", "Hezbollah"))
    officials = tuple(entity(reading, "LBN", "GOV", "person", name) for name in ("A", "B"))
    found = graph(writing.changed(reading, 0, actors=(one, two), recipients=officials))
    assert sorted(label for _, label in found.nodes(data="label")) == ["Amal", "Hezbollah", "Lebanon (government)"]


def test_one_side_alone_is_a_node_without_an_edge(reading: Reading) -> None:
    found = graph(writing.changed(reading, 0, recipients=()))
    assert (len(found), found.number_of_edges()) == (1, 0)


def test_denied_events_are_left_out(reading: Reading) -> None:
    assert len(graph(writing.changed(reading, 0, status="negated"))) == 0


@given(writing.readings())
def test_any_words_are_well_formed(reading: Reading) -> None:
    root = ET.fromstring(writing.written("gexf", [reading]))
    nodes = {node.get("id") for node in root.iterfind(".//g:node", NAMESPACE)}
    assert all({edge.get("source"), edge.get("target")} <= nodes for edge in root.iterfind(".//g:edge", NAMESPACE))
