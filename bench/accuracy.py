"""How right the record is: one table with a column a field, over the hand-labelled reports, and the parts' own data sets.

    python bench/accuracy.py [--half a|b] [--only NAME] [--errors N] [--write FILE] [--gold] [--floors]

Needs ../shared (gold reports, the scorer, labelled data), which is no part of the project.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import importlib.util
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import floors
from rich.console import Console
from rich.table import Table

from onrecord.reader import read_many
from onrecord.record import Report, to_json

SHARED = Path(__file__).parents[2] / "shared"
PARTS = ("sentences", "attributions", "times", "places", "actors", "calibration")
"""Modules beside this one, each with ``measure(shared) -> {figure: value}``; those that exist are run."""

Doc = dict[str, Any]
Rows = dict[str, list[dict[str, Any]]]


def main() -> int:
    """Read, score, print; the exit status."""
    asked = arguments()
    if not (asked.shared / "gold").is_dir():
        print(f"No gold reports in {asked.shared}: nothing measured.")
        return 0
    scorer = load_scorer(asked.shared)
    docs = chosen(gold(asked.shared), asked.only, asked.half)
    rows, statements = predict(docs)
    if asked.write:
        write(asked.write, rows, statements)
    _, errors = scorer.score(docs, rows)
    show(scorer, docs, rows)
    for error in errors[: asked.errors]:
        print(*error, sep=" | ")
    figures = flat(scorer.score(docs, rows)[0])
    seed = [doc for doc in docs if kind(doc) == "seed"]
    if seed:
        figures |= {f"seed.{name}": scorer.score(seed, rows)[0][name]["f1"] for name in ("event", "tuple")}
    for name in "ab":
        part = [doc for doc in docs if half(doc) == name]
        figures |= {f"half_{name}.{figure}": scorer.score(part, rows)[0][figure]["f1"] for figure in ("event", "tuple")} if part else {}
    if not (asked.gold or asked.only):
        figures.update(measure_parts(asked.shared))
    return floors.verdict(figures) if asked.floors else 0


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of evaluation data")
    parser.add_argument("--half", choices=("a", "b", "all"), default="all", help="only the reports of one half")
    parser.add_argument("--only", help="only reports whose id contains this")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the rows as JSON lines")
    parser.add_argument("--gold", action="store_true", help="leave out the parts' own data sets")
    parser.add_argument("--floors", action="store_true", help="fail where a figure is below its floor")
    return parser.parse_args()


def load_scorer(shared: Path) -> ModuleType:
    """The scorer, imported from where it lies."""
    spec = importlib.util.spec_from_file_location("onrecord_score", shared / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold(shared: Path) -> list[Doc]:
    """Every hand-labelled report, by name."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((shared / "gold").glob("*.json"))]


def kind(doc: Doc) -> str:
    """Where a report is from, by the first part of its id."""
    name: str = doc["report"]["id"]
    return name.partition("-")[0]


def half(doc: Doc) -> str:
    """Which half a report belongs to, for ever: a was read while the reader was tuned, b only scored."""
    digest = hashlib.sha256(doc["report"]["id"].encode()).hexdigest()
    return "a" if int(digest, 16) % 2 else "b"


def chosen(docs: list[Doc], only: str | None, which: str) -> list[Doc]:
    """The reports that were asked for."""
    return [doc for doc in docs if (not only or only in doc["report"]["id"]) and which in (half(doc), "all")]


def predict(docs: Iterable[Doc]) -> tuple[Rows, Rows]:
    """Our events and statements for each report."""
    fields = ("text", "id", "title", "published", "url", "publisher", "language")
    reports = [Report(**{name: doc["report"].get(name) for name in fields}) for doc in docs]
    events: Rows = {}
    statements: Rows = {}
    for reading in read_many(reports):
        reading.check()
        events[reading.report.id] = [event.to_dict() for event in reading.events]
        statements[reading.report.id] = [statement.to_dict() for statement in reading.statements]
    return events, statements


def write(path: Path, *rows: Rows) -> None:
    """All rows as JSON lines."""
    lines = (to_json(row) + "\n" for kind_of_row in rows for found in kind_of_row.values() for row in found)
    path.write_text("".join(lines), encoding="utf-8")


def flat(result: dict[str, Any]) -> dict[str, float]:
    """The scorer's figures by the names that floors.json uses."""
    figures = {name: result[name]["f1"] for name in ("event", "tuple", "contact")}
    figures |= {"event.p": result["event"]["p"], "event.r": result["event"]["r"], "status_macro": result["status_macro"]}
    return figures | {name: result[name]["accuracy"] for name in ("status", "date", "source", "sector")}


def show(scorer: ModuleType, docs: list[Doc], rows: Rows) -> None:
    """One line for all, one a half, one a kind of report."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("reports")
    for name in ("n", "events", "P", "R", "F1", "tuple", "status", "macro", "date", "source", "sector", "contact"):
        table.add_column(name, justify="right")
    groups = [("all", docs)]
    groups += [(f"half {name}", [doc for doc in docs if half(doc) == name]) for name in "ab"]
    groups += [(name, [doc for doc in docs if kind(doc) == name]) for name in sorted({kind(doc) for doc in docs})]
    for name, group in groups:
        if group:
            table.add_row(*line(name, scorer.score(group, rows)[0]))
    Console(width=110).print(table)


def line(name: str, result: dict[str, Any]) -> list[str]:
    """One line of the table; a dash where the field was never judged."""
    found = flat(result)
    cells = [name, str(result["reports"]), str(result["gold_events"])]
    cells += [f"{found[field]:.3f}" for field in ("event.p", "event.r", "event", "tuple", "status", "status_macro")]
    cells += [f"{found[field]:.3f}" if result[field]["judged"] else "-" for field in ("date", "source", "sector")]
    return [*cells, f"{found['contact']:.3f}" if result["contact"]["pairs"] else "-"]


def measure_parts(shared: Path) -> dict[str, float]:
    """The figures of each part on its own data set, printed as they come."""
    figures: dict[str, float] = {}
    for name in PARTS:
        if importlib.util.find_spec(name) is None:
            continue
        found = importlib.import_module(name).measure(shared)
        figures |= {f"{name}.{figure}": value for figure, value in found.items()}
        print(f"{name:<13}", "  ".join(f"{figure} {shown(value)}" for figure, value in found.items()), flush=True)
    return figures


def shown(value: float) -> str:
    """A share with three digits, a count with none."""
    return f"{value:.0f}" if value >= 2 and value == int(value) else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main())
