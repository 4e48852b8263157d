"""How fast a record of many rows answers.

    python bench/store.py [--rows 100000] [--shared ../shared] [--keep FILE]

Builds a record from readings of the examples and, where it is there, of a sample of the shared corpus: each is
told again under other ids, on other days and with other words in the place of some (of the same length, so
that every span stays exact), until there are so many rows.  Prints the timings beside what they may be; exit
status 1 when one is over, or the record is not whole.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import onrecord
from onrecord.held import Wanted, held_row
from onrecord.record import Note, Reading, Report, Span
from onrecord.store import Arrival, Store, Tally
from onrecord.store.values import event_of, statement_of, statement_row

ROOT = Path(__file__).parent.parent
WORD = re.compile(r"[^\W\d_]{4,}")
CHANGED = 0.4
"""The part of a report's longer words that a retelling replaces: enough that it is no copy."""


def readings(shared: Path | None, sample: int = 80) -> list[Reading]:
    """The examples, and a sample of the shared corpus where there is one, read once."""
    reports = [Report(**json.loads(path.read_text(encoding="utf-8"))) for path in sorted((ROOT / "examples").glob("*.json"))]
    corpus = shared / "corpus" / "crisis-2021.jsonl" if shared else None
    if corpus and corpus.exists():
        lines = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
        reports += [_report(line) for line in lines[:: max(len(lines) // sample, 1)]]
    return list(onrecord.read_many(reports))


def _report(line: dict[str, Any]) -> Report:
    return Report(line["text"], id=line["id"], title=line["title"], published=line["published"], publisher=line["publisher"])


def retold(source: list[Reading], seed: str = "retold") -> Iterator[Reading]:
    """The readings again and again without end, under other ids, on other days and in other words; always the same."""
    words = defaultdict(list)
    for word in sorted({word for reading in source for word in WORD.findall(reading.report.text)}):
        words[len(word), word[0].isupper()].append(word)
    n = 0
    while True:
        for reading in source:
            yield _retold(reading, n, words, random.Random(f"{seed}{n}"))
            n += 1


def _retold(reading: Reading, n: int, words: dict[tuple[int, bool], list[str]], dice: random.Random) -> Reading:
    def other(found: re.Match[str]) -> str:
        word = found[0]
        return dice.choice(words[len(word), word[0].isupper()]) if dice.random() < CHANGED else word

    text = WORD.sub(other, reading.report.text)
    day = (date(2015, 1, 1) + timedelta(days=dice.randrange(4000))).isoformat()
    report = replace(reading.report, text=text, id=f"{reading.report.id}-{n}", published=day)
    rows = [_cut({**held_row(event), "report": report.id}, text) for event in reading.events]
    said = [_cut({**statement_row(statement), "report": report.id}, text) for statement in reading.statements]
    notes = tuple(Note(x.code, x.message, Span.of(text, x.span.start, x.span.end) if x.span else None) for x in reading.notes)
    return Reading(report, tuple(map(event_of, rows)), tuple(map(statement_of, said)), notes)


def _cut(row: Any, text: str) -> Any:
    """A row whose quotations are cut anew from a text of the same length."""
    if isinstance(row, list):
        return [_cut(value, text) for value in row]
    if not isinstance(row, dict):
        return row
    out = {name: _cut(value, text) for name, value in row.items()}
    return out | {"text": text[row["start"] : row["end"]]} if "start" in row else out


def build(path: Path, rows: int, source: list[Reading]) -> float:
    """Fill a record with so many events, a hundred reports a transaction; seconds."""
    begun, events, batch = time.perf_counter(), 0, []
    with Store(path) as store:
        for reading in retold(source):
            batch.append(Arrival(reading, "bench", where=f"bench:{reading.report.id}", at="2024-01-01T00:00:00+00:00"))
            events += len(reading.events)
            if len(batch) == 100 or events >= rows:
                store.put_many(batch)
                batch = []
            if events >= rows:
                return time.perf_counter() - begun
    return 0.0


def tension(store: Store, wanted: Wanted) -> list[tuple[tuple[str, str, str], float]]:
    """The mean score by pair of countries and month, each voice once a day and type."""
    seen, sums = set(), defaultdict(list)
    for d in store.dyads(wanted):
        key = (d.actor, d.recipient, d.day, d.voice, d.type)
        if d.score is not None and d.status == "actual" and key not in seen:
            seen.add(key)
            sums[d.actor, d.recipient, (d.day or "")[:7]].append(d.score)
    return sorted((pair, sum(scores) / len(scores)) for pair, scores in sums.items())


def timed(name: str, limit: float, work: Callable[[], int]) -> bool:
    """Print how long something takes, the better of two runs, and whether that is within its limit.

    What counts is the processor's time, which other work on the machine changes least.
    """
    runs, walls = [], []
    for _ in range(2):
        begun, wall = time.process_time(), time.perf_counter()
        found = work()
        runs.append(time.process_time() - begun)
        walls.append(time.perf_counter() - wall)
    late = "" if min(runs) <= limit else "  TOO SLOW"
    print(f"  {name:<46} {min(runs):6.3f} s, by the clock {min(walls):6.3f} s  (at most {limit:g} s)  {found} found{late}")
    return min(runs) <= limit


def questions(store: Store) -> Iterator[bool]:
    """Ask what skins ask; whether each answer came in time."""
    kinds = Counter(dict(store.facet("type")))
    often = kinds.most_common(1)[0][0]
    ask = {
        f"events by type ({often}, the most frequent)": (1.0, lambda: len(list(store.events(Wanted(types=(often,)))))),
        "events of one party (RUS), first 200": (0.5, lambda: len(list(store.events(Wanted(actor="RUS", limit=200))))),
        "events by name (Putin), first 200": (0.5, lambda: len(list(store.events(Wanted(actor="Putin", limit=200))))),
        "events between two in a year": (
            0.5,
            lambda: len(list(store.events(Wanted(actor="RUS", recipient="UKR", since="2020-01-01", until="2020-12-31")))),
        ),
        "search, one frequent word, first 50": (0.3, lambda: len(list(store.search("president", Wanted(limit=50))))),
        "search, words and a phrase, first 50": (
            0.3,
            lambda: len(list(store.search('president "telephone conversation"', Wanted(limit=50)))),
        ),
        "search in the reports' texts, first 50": (0.3, lambda: len(list(store.search_reports("president", 50)))),
        "tension by pair and month, all rows": (1.0, lambda: len(tension(store, Wanted()))),
        "facet by actor, all rows": (1.0, lambda: len(store.facet("actor"))),
        "reports, all heads": (1.0, lambda: len(list(store.reports()))),
    }
    for name, (limit, work) in ask.items():
        yield timed(name, limit, work)


def checked(store: Store) -> bool:
    """Verify the record; prints how many spans a minute."""
    tally, begun = Tally(), time.process_time()
    problems = list(store.verify(tally))
    took = time.process_time() - begun
    rate = tally.spans / took * 60
    print(f"  verify: {tally.spans} spans of {tally.rows} rows in {took:.1f} s, {rate:,.0f} a minute; {len(problems)} problems")
    for problem in problems[:10]:
        print(f"    {problem}")
    return not problems and rate >= 500_000


def main() -> int:
    """Build, ask, verify; 0 when all is in time and whole."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--keep", type=Path, help="build the record here and leave it")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.keep or Path(folder) / "bench.db"
        if not path.exists():
            print(f"built in {build(path, args.rows, readings(args.shared)):.0f} s")
        with Store(path, readonly=True) as store:
            print(f"{store.counts()}, {path.stat().st_size / 1e6:.0f} MB")
            good = [*questions(store), checked(store)]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
