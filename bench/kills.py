"""Kill a process that adds reports, again and again, and look whether the record is whole each time.

    python bench/kills.py [--kills 200] [--seed 1]

A child enters readings made beforehand, one or a few a transaction, and says after each what it was answered;
it is killed (SIGKILL) at a random moment and started again, with another reader's fingerprint every few times,
so that kills fall into adding and into reading anew.  After each kill: every report that was acknowledged is
there, read by the reader that was acknowledged; every report that is there is whole and there once; nothing
in the file is wrong.  Prints what was found; exit status 1 on any loss.
"""

from __future__ import annotations

import argparse
import itertools
import pickle
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.record import Reading
from onrecord.store import Arrival, Store
from store import readings, retold

REPORTS = 250
ROUNDS = 8
"""Kills with one reader, before another comes."""


def add(record: Path, prepared: Path, fingerprint: str, start: int) -> None:
    """What the child does: enter all readings, the one at ``start`` first, and say which are acknowledged."""
    with Store(record) as store:
        made = pickle.loads(prepared.read_bytes())
        todo = iter(made[start:] + made[:start])
        for size in itertools.cycle((1, 3, 1, 7)):
            batch = list(itertools.islice(todo, size))
            if not batch:
                return
            for outcome in store.put_many(Arrival(reading, fingerprint) for reading in batch):
                sys.stdout.write(f"{outcome.report}\t{fingerprint}\n")
            sys.stdout.flush()


@dataclass
class Tally:
    """What all kills together showed."""

    kills: int = 0
    finished: int = 0
    acknowledged: dict[str, str] = field(default_factory=dict)
    """What the last answer for each report said: the fingerprint of its reader."""
    wrong: list[str] = field(default_factory=list)


def kill_once(job: tuple[Path, Path, str, int], after: float, tally: Tally) -> None:
    """Start a child, kill it so many seconds after its first answer, and take down what it was answered."""
    command = [sys.executable, __file__, "--add", *map(str, job)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    said = first + child.stdout.read()
    ended = child.wait()
    tally.kills += ended == -signal.SIGKILL
    tally.finished += ended == 0
    if ended not in (0, -signal.SIGKILL):
        tally.wrong.append(f"the child ended with {ended}")
    # An answer that was cut in two by the kill was not given.
    tally.acknowledged.update(line.rstrip("\n").split("\t") for line in said.splitlines(keepends=True) if line.endswith("\n"))


def look(record: Path, expected: dict[str, Reading], tally: Tally) -> Iterator[str]:
    """What is wrong with the record after a kill."""
    with Store(record) as store:
        ids = [head.id for head in store.reports()]
        if len(ids) != len(set(ids)):
            yield "a report is there twice"
        kept = {id_: store.report(id_) for id_ in ids}
        for id_, fingerprint in tally.acknowledged.items():
            found = kept.get(id_)
            if found is None:
                yield f"{id_} was acknowledged and is lost"
            elif int(found.fingerprint) < int(fingerprint):
                yield f"{id_} was acknowledged as read by {fingerprint} and is there as read by {found.fingerprint}"
        yield from (f"{id_} is there in part" for id_ in ids if store.reading(id_) != expected[id_])
        events = [told.id for told in store.events()]
        if len(events) != len(set(events)):
            yield "an event is there twice"
        yield from map(str, store.verify())


def main() -> int:
    """Kill as often as asked; 0 when nothing was ever lost, halved or doubled."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--prepared", type=Path, help="a pickled list of readings to enter, in the place of the examples retold")
    parser.add_argument("--add", nargs=4, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.add:
        add(Path(args.add[0]), Path(args.add[1]), args.add[2], int(args.add[3]))
        return 0
    dice, tally = random.Random(args.seed), Tally()
    made = pickle.loads(args.prepared.read_bytes()) if args.prepared else list(itertools.islice(retold(readings(None)), REPORTS))
    expected = {reading.report.id: reading for reading in made}
    with tempfile.TemporaryDirectory() as folder:
        record, prepared = Path(folder) / "kills.db", Path(folder) / "prepared.pickle"
        prepared.write_bytes(pickle.dumps(made))
        for turn in range(10 * args.kills):
            if tally.kills >= args.kills or tally.wrong:
                break
            kill_once((record, prepared, str(turn // ROUNDS), dice.randrange(len(made))), dice.random() * 0.4, tally)
            tally.wrong += look(record, expected, tally)
    for line in tally.wrong:
        print(f"WRONG: {line}")
    said = f"{tally.kills} kills, {tally.finished} runs that ended first, {len(tally.acknowledged)} reports acknowledged"
    print(f"{said}, {len(tally.wrong)} faults")
    return 1 if tally.wrong or tally.kills < args.kills else 0


if __name__ == "__main__":
    sys.exit(main())
