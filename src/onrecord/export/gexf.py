"""GEXF: who does what to whom as a dynamic graph for Gephi: nodes are parties, edges are types of events.

A node is a state's organ of one sector (``RUS.GOV``: all who act for it), an international organisation, a group by its name, or
the words of the text.  An edge gathers all events of one type and status from one party to another: its weight counts them, its
spells are the days on which they happen, as far as the text tells.  Where all take part (talks), there is an edge each way.  Denied
events and links to other stories are left out; an event with one side only adds its party.  The graph is written when all is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TextIO
from xml.sax.saxutils import quoteattr

from onrecord import knowledge
from onrecord.export import coded, words
from onrecord.record import Entity, Event, Reading, When, digest

HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    '<graph mode="dynamic" defaultedgetype="directed" timeformat="date">\n'
)
TAIL: Final = "</graph>\n</gexf>\n"
NODE_ATTRIBUTES: Final = {"country": "string", "sector": "string"}
EDGE_ATTRIBUTES: Final = {"event": "string", "status": "string", "family": "string", "score": "double"}
NO_XML: Final = re.compile("[\ufffe\uffff]")
"""Characters that XML cannot carry and that ``clean`` leaves."""


class Node(NamedTuple):
    """A party."""

    id: str
    label: str
    country: str | None
    sector: str | None


class Kind(NamedTuple):
    """What an edge gathers: from whom to whom, type and status."""

    source: str
    target: str
    type: str
    status: str


@dataclass(slots=True)
class Edge:
    """The events that one edge gathers."""

    scores: list[float] = field(default_factory=list)
    spells: set[tuple[str, str]] = field(default_factory=set)
    weight: int = 0

    def add(self, event: Event) -> None:
        """Count one more event."""
        self.weight += 1
        self.scores += [] if event.score is None else [event.score]
        self.spells |= {spell} if (spell := spell_of(event.date)) else set()


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Read all, then write one graph."""
    nodes: dict[str, Node] = {}
    edges: dict[Kind, Edge] = {}
    for reading in readings:
        for event in coded.told(reading):
            gather(event, nodes, edges)
    stream.write(HEAD)
    stream.write(_declared("node", NODE_ATTRIBUTES) + _declared("edge", EDGE_ATTRIBUTES))
    stream.writelines(["<nodes>\n", *(_node(nodes[key]) for key in sorted(nodes)), "</nodes>\n"])
    stream.writelines(["<edges>\n", *(_edge(kind, edges[kind]) for kind in sorted(edges)), "</edges>\n"])
    stream.write(TAIL)


def gather(event: Event, nodes: dict[str, Node], edges: dict[Kind, Edge]) -> None:
    """Add one event's parties and what they do to each other."""
    for pair in coded.pairs(event):
        sides = [node_of(entity) for entity in pair if entity is not None]
        nodes.update((node.id, node) for node in sides)
        if len(sides) == 2:
            edges.setdefault(Kind(sides[0].id, sides[1].id, event.type, event.status), Edge()).add(event)


def node_of(entity: Entity) -> Node:
    """The party that the entity is or stands for."""
    own = entity.kind == "group" or entity.country is None
    name = coded.name(entity) if own else label(entity)
    return Node(digest(words.code(entity), name), name, entity.country, entity.sector)


def label(entity: Entity) -> str:
    """``Russia (government)``; an organisation by its name alone."""
    body = knowledge.table("world/organisations").get(entity.country)
    if body is not None:
        return str(body["name"])
    sector = words.sector(entity.sector)
    return f"{words.country(entity.country)}" + (f" ({sector})" if sector else "")


def spell_of(when: When | None) -> tuple[str, str] | None:
    """The first and last day that may be meant; None where one of them is not told."""
    return (when.earliest, when.latest) if when and when.earliest and when.latest else None


def _declared(of: str, attributes: dict[str, str]) -> str:
    """The declaration of what nodes or edges tell of themselves; an attribute's id is its name."""
    lines = [f'<attribute id="{name}" title="{name}" type="{type_}"/>\n' for name, type_ in attributes.items()]
    return f'<attributes class="{of}" mode="static">\n{"".join(lines)}</attributes>\n'


def _node(node: Node) -> str:
    """One node's lines."""
    values: dict[str, object] = {"country": node.country, "sector": node.sector}
    return f"<node id={_quoted(node.id)} label={_quoted(node.label)}>{_values(values)}</node>\n"


def _edge(kind: Kind, edge: Edge) -> str:
    """One edge's lines, with its spells in order."""
    what = kind.type if kind.status == "actual" else f"{kind.type} {kind.status}"
    score = round(sum(edge.scores) / len(edge.scores), 2) if edge.scores else None
    family = words.labels("types")[kind.type]["family"]
    values = {"event": kind.type, "status": kind.status, "family": family, "score": score}
    spells = "".join(f'<spell start="{first}" end="{last}"/>' for first, last in sorted(edge.spells))
    ends = f"source={_quoted(kind.source)} target={_quoted(kind.target)}"
    named = f"id={_quoted(digest(*kind))} label={_quoted(what)} kind={_quoted(what)}"
    inside = _values(values) + (f"<spells>{spells}</spells>" if spells else "")
    return f'<edge {named} {ends} weight="{edge.weight}">{inside}</edge>\n'


def _values(values: dict[str, object]) -> str:
    """What a node or an edge tells of itself, as far as it is known."""
    known = "".join(f'<attvalue for="{name}" value={_quoted(str(value))}/>' for name, value in values.items() if value is not None)
    return f"<attvalues>{known}</attvalues>" if known else ""


def _quoted(text: str) -> str:
    """A text as an attribute's value, with its quotation marks."""
    return quoteattr(NO_XML.sub("\N{REPLACEMENT CHARACTER}", words.clean(text)))
