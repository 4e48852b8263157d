"""How fast the questions over many reports are answered, each as a user asks it: ``onrecord QUESTION --json``.

    python bench/ledger.py [RECORD] [--floors] [--rows 100000] [--shared ../shared]

RECORD is a record to ask, by default one that is built as ``bench/store.py`` builds its own; where it is named
and not there, it is built there and left.  Prints the processor's and the clock's seconds of each command, from the
start of the program to its end; with ``--floors`` exit status 1 when one takes longer than it may, or fails.
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
LIMIT = 2.0
"""Seconds by the clock, on a machine that does nothing else."""


def spent() -> float:
    """The processor's seconds of all commands so far, in their own code."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def asked(record: Path) -> Iterator[bool]:
    """Ask every question; whether each answer came in time."""
    for question, options in QUESTIONS.items():
        command = [sys.executable, "-c", "from onrecord.cli import main; main()", question, "--record", str(record), "--json", *options]
        before, begun = spent(), time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        wall = time.perf_counter() - begun
        good = done.returncode == 0 and wall <= LIMIT
        what = "" if good else "  TOO SLOW" if done.returncode == 0 else f"  FAILED ({done.returncode})"
        print(f"  {question:<10} processor {spent() - before:6.2f} s, by the clock {wall:6.2f} s  (at most {LIMIT:g} s){what}")
        yield good


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
        good = list(asked(path))
    return 1 if args.floors and not all(good) else 0


if __name__ == "__main__":
    sys.exit(main())
