"""Country and sector of an actor's words, against the labelled checks in ``data/actors.jsonl``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.page import Block, Page
from onrecord.record import Entity, Report
from onrecord.stages import coreference, grammar, names

ORGANISATIONS = {"EUR": "EU", "UNO": "UN"}
"""The labels' codes for organisations that a row calls otherwise."""
NO_PARTY = {"UNK", "JNK", "PRE", "????", "COL", "BUD", "HLH", "SOC"}
"""Sector labels that a row does not use."""


def measure(shared: Path) -> dict[str, float]:
    """Shares of checks whose country and whose sector the first party of the words has, and how many were compared."""
    right = {"country": 0, "sector": 0}
    seen = {"country": 0, "sector": 0}
    for row, parties in _parsed(list(_checks(shared / "data" / "actors.jsonl"))):
        for field, good in compare(row, parties):
            seen[field] += 1
            right[field] += good
    return {f"actor_{f}": right[f] / max(seen[f], 1) for f in right} | {f"actor_{f}_n": float(seen[f]) for f in seen}


def compare(row: dict[str, Any], parties: list[Entity]) -> Iterator[tuple[str, bool]]:
    """Which labelled fields of a check the parties found meet."""
    want = row["expected"]
    country = want.get("cc", want.get("country"))
    if country and country != "IGO" and want.get("code_1") != "PRE":  # a row has the acronym, and a code of its own
        yield "country", ORGANISATIONS.get(country, country) in {p.country for p in parties}
    codes = {want.get("code_1"), want.get("code_2")} - {None, "", *NO_PARTY}
    if want.get("code_1") in codes:
        yield "sector", bool(codes & {p.sector for p in parties})


def _checks(path: Path) -> Iterator[dict[str, Any]]:
    """The usable checks: those whose text was lost in the conversion are left out."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not row["text"].startswith("d['"):
            yield row


def _parsed(rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], list[Entity]]]:
    reports = [Report(row["text"], id=str(n), published=row.get("date")) for n, row in enumerate(rows)]
    blocks = ((report, Block("paragraph", 0, len(report.text))) for report in reports)
    for row, (report, block, sentences) in zip(rows, grammar.parse(blocks), strict=True):
        for number, sentence in enumerate(sentences):
            sentence.number = number
        page = Page(report, (block,), tuple(sentences))
        cast = coreference.resolve(page, names.cast(page))
        yield row, [entity for mention in cast for entity in mention.entities]
