"""How fast the questions over many reports are answered, each as a user asks it: ``onrecord QUESTION --json``.

    python bench/ledger.py [RECORD] [--floors] [--rows 100000] [--shared ../shared]

RECORD is a record to ask, by default one that is built as ``bench/store.py`` builds its own; where it is named
and not there, it is built there and left.  Each question is asked three times: first, after one row was judged
(and the judgement taken back), and when nothing has changed since; then of one party, from a day on.  Prints the
processor's and the clock's seconds of each command, from the start of the program to its end; with ``--floors`` exit
status 1 when a question that was asked before takes longer than it may, or any fails.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import store
from onrecord.keeping import Record
from onrecord.store import Store

QUESTIONS = {
    "contacts": (),
    "demands": (),
    "warnings": (),
    "agenda": ("--after", "2020-01-01"),
    "disputes": (),
    "forces": (),
    "tension": (),
    "timeline": (),
}
PARTY = ("--actor", "RUS", "--since", "2020-01-01")
LIMIT = 2.0
"""Seconds by the clock, on a machine that does nothing else, of an answer that was given before."""


def spent() -> float:
    """The processor's seconds of all commands so far, in their own code."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def asked(record: Path, question: str, *options: str) -> tuple[float, float, bool]:
    """Ask one question; the processor's seconds, the clock's, and whether it was answered."""
    command = [sys.executable, "-c", "from onrecord.cli import main; main()", question, "--record", str(record), "--json", *options]
    before, begun = spent(), time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    return spent() - before, time.perf_counter() - begun, done.returncode == 0


def change(record: Path) -> None:
    """Say something of a row and take it back: every answer has to be looked at again, and is the same."""
    with Record(record) as held:
        row = next(told.id for told in held.events(types=("CONSULT",), limit=1))
        held.judge(row, "wrong", "bench")
        held.undo(row, "bench")


def answered(record: Path) -> Iterator[bool]:
    """Ask every question at every time; whether all answers came, those that were kept in time."""
    print(f"  {'':<10} {'first':>15} {'after a change':>15} {'again':>15} {'of a party':>15}   processor / clock, seconds")
    for question, options in QUESTIONS.items():
        first = asked(record, question, *options)
        change(record)
        runs = [first, asked(record, question, *options), asked(record, question, *options), asked(record, question, *options, *PARTY)]
        late = any(wall > LIMIT for _, wall, _ in runs[2:])
        failed = not all(good for *_, good in runs)
        told = " ".join(f"{used:7.2f}/{wall:7.2f}" for used, wall, _ in runs)
        print(f"  {question:<10} {told}{'  FAILED' if failed else f'  TOO SLOW (at most {LIMIT:g} s)' if late else ''}", flush=True)
        yield not late and not failed


def main() -> int:
    """Build if need be, and ask; 1 with ``--floors`` when an answer is late or missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("record", nargs="?", type=Path)
    parser.add_argument("--floors", action="store_true")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.record or Path(folder) / "bench.db"
        if not path.exists():
            print(f"built in {store.build(path, args.rows, store.readings(args.shared)):.0f} s")
        with Store(path, readonly=True) as kept:
            print(f"{kept.counts()}, {path.stat().st_size / 1e6:.0f} MB")
        good = list(answered(path))
    return 1 if args.floors and not all(good) else 0


if __name__ == "__main__":
    sys.exit(main())
