"""Judged rows as gold files, so that a reader can be scored by what people said of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import apsw

from onrecord.knowledge import lexicon
from onrecord.store import sql
from onrecord.store.values import loads
from onrecord.store.writing import report_of

Gold = dict[str, Any]
_Place = tuple[int, int]


def gold(db: apsw.Connection) -> Iterator[Gold]:
    """One gold document for each report with a judged event: ``report``, ``events`` and ``ignore``.

    Rows judged right or corrected are what a reader must find; of rows judged wrong nothing is wanted, so
    finding them again costs precision.  Nothing is known of the rest of the text: it is ignored.
    """
    judged = "SELECT rid FROM events WHERE verdict IS NOT NULL"
    query = f"SELECT rid FROM reports WHERE rid IN ({judged}) ORDER BY published NULLS LAST, id"
    for (rid,) in sql.every(db, query):
        yield _document(db, rid)


def _document(db: apsw.Connection, rid: int) -> Gold:
    report = report_of(db, rid)
    query = "SELECT row, coalesce(corrected, row), verdict FROM whole_events WHERE rid = ? AND verdict IS NOT NULL ORDER BY start, n"
    judged = [(loads(read), loads(right), verdict) for read, right, verdict in sql.stream(db, query, (rid,))]
    events = [_event(right) for _, right, verdict in judged if verdict != "wrong"]
    known = [_place(row["trigger"]) for read, right, _ in judged for row in (read, right)]
    told = {name: value for name, value in asdict(report).items() if value is not None}
    return {"report": told, "events": events, "ignore": [list(place) for place in _rest(known, len(report.text))]}


def _event(row: Mapping[str, Any]) -> Gold:
    """A row as gold has it: parties by country, sectors beside them."""
    out: Gold = {"id": row["id"], "types": [row["type"]], "trigger": row["trigger"]["text"]}
    out |= {"start": row["trigger"]["start"], "end": row["trigger"]["end"]}
    out |= {side: _countries(row[side]) for side in ("actors", "recipients")}
    out |= {"status": row["status"], "mode": row["mode"], "sectors": _sectors(row), "source": _source(row["source"])}
    out["reciprocal"] = bool(lexicon.ontology(row["type"]).get("reciprocal"))
    if row["date"] is not None and row["date"]["earliest"] is not None:
        out["date"] = [row["date"]["earliest"], row["date"]["latest"]]
    return out | {name: row[name] for name in ("contact", "answers") if row[name] is not None}


def _countries(entities: list[Mapping[str, Any]]) -> list[str]:
    return sorted({e["country"] for e in entities if e["country"]})


def _sectors(row: Mapping[str, Any]) -> list[list[str]]:
    parties = (*row["actors"], *row["recipients"])
    return [list(pair) for pair in sorted({(e["country"], e["sector"]) for e in parties if e["country"] and e["sector"]})]


def _source(source: Mapping[str, Any] | None) -> Gold | None:
    if source is None:
        return None
    return {"country": source["country"], "name": source["name"], "anonymous": source["anonymous"]}


def _place(span: Mapping[str, Any]) -> _Place:
    return span["start"], span["end"]


def _rest(known: list[_Place], length: int) -> Iterator[_Place]:
    """The stretches of a text between some places."""
    at = 0
    for start, end in sorted(known):
        if at < start:
            yield at, start
        at = max(at, end)
    if at < length:
        yield at, length
