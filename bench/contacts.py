"""Are contacts joined rightly over reports: ``python bench/contacts.py [SHARED] [--floors] [--misses] [--show] [--keep FILE]``.

``tests/ledger/pairs.tsv`` lists pairs of reports of the crisis corpus (by id, without text), made by hand from
titles, dates and first lines.  ``same``: both tell of one call or meeting; ``other``: near misses (the same leader on
another day or with another counterpart, the same two a few days apart).  ``kind`` of a same pair: ``two`` publishers
tell it as their own news; ``release``: two releases of one publisher (a preview and the readout, the start and the
press statements); ``mention``: the first report's own news is mentioned in the second.

A pair is joined when one contact has tellings in both reports and is the main contact of both (of the first, for a
mention).  The list is split in two halves by hash: the rules were tuned on half a.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.keeping import Record
from onrecord.ledger import Contact

SHARED = Path(__file__).parents[2] / "shared"
CORPUS = Path("corpus/crisis-2021.jsonl")
KEPT = Path(__file__).parents[1] / "out" / "crisis-2021.db"
"""The tests of the desk's pages walk the same record."""
PAIRS = Path(__file__).parents[1] / "tests" / "ledger" / "pairs.tsv"
FLOORS = {"contacts.precision": 0.95, "contacts.recall": 0.88, "contacts.main_recall": 0.94}
SHOWN = "kremlin-67315"
"""The Kremlin's release on the video call of 7 December 2021."""


@dataclass(frozen=True)
class Pair:
    """Two reports, and whether they tell of one contact."""

    report: str
    other: str
    label: str
    kind: str

    @property
    def half(self) -> str:
        """a or b, by the hash of the ids."""
        return "ab"[int(hashlib.sha256((self.report + self.other).encode()).hexdigest(), 16) % 2]


def pairs() -> list[Pair]:
    """The list."""
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        return [Pair(**row) for row in csv.DictReader(lines, delimiter="\t")]


def joined(shared: Path, keep: Path) -> list[Contact]:
    """The contacts of the corpus's record, which is made in ``keep`` or, where it is there, brought up to date."""
    keep.parent.mkdir(parents=True, exist_ok=True)
    with Record(keep) as record:
        record.add(shared / CORPUS)
        return record.contacts()


class Joined:
    """Which reports share a contact."""

    def __init__(self, found: Sequence[Contact]) -> None:
        self.main: dict[str, set[str]] = {}
        self.told: dict[str, set[str]] = {}
        for contact in found:
            for report in contact.reports:
                self.told.setdefault(report, set()).add(contact.id)
            for report in contact.main_in:
                self.main.setdefault(report, set()).add(contact.id)

    def __contains__(self, pair: Pair) -> bool:
        others = self.told if pair.kind == "mention" else self.main
        return bool(self.main.get(pair.report, set()) & others.get(pair.other, set()))


def figures(listed: Sequence[Pair], joined: Joined) -> dict[str, float]:
    """Precision and recall over the list; ``main_recall`` leaves out what is only mentioned."""
    same = [pair for pair in listed if pair.label == "same"]
    main = [pair for pair in same if pair.kind != "mention"]
    right = sum(pair in joined for pair in same)
    wrong = sum(pair in joined for pair in listed if pair.label == "other")
    return {
        "contacts.precision": right / max(1, right + wrong),
        "contacts.recall": right / max(1, len(same)),
        "contacts.main_recall": sum(pair in joined for pair in main) / max(1, len(main)),
    }


def report(listed: Sequence[Pair], joined: Joined, misses: bool) -> None:
    """Print the figures of both halves and of all, by kind; with ``misses`` the pairs that were got wrong."""
    for name, chosen in (
        ("half a", [p for p in listed if p.half == "a"]),
        ("half b", [p for p in listed if p.half == "b"]),
        ("all", listed),
    ):
        print(f"{name}: {len(chosen)} pairs  " + "  ".join(f"{key} {value:.3f}" for key, value in figures(chosen, joined).items()))
        for kind in sorted({pair.kind for pair in chosen}):
            own = [pair for pair in chosen if pair.kind == kind]
            print(f"  {kind}: joined {sum(pair in joined for pair in own)} of {len(own)}")
    if misses:
        for pair in listed:
            if (pair in joined) != (pair.label == "same"):
                print(f"{'joined' if pair in joined else 'missed'} {pair.kind} {pair.report[:60]} {pair.other[:60]}")


def show(found: Iterable[Contact]) -> None:
    """Print one contact's accounts side by side."""
    for contact in (contact for contact in found if SHOWN in contact.main_in):
        print(f"\n{contact.first} {contact.sort} {contact.status}: {', '.join(person.name for person in contact.participants)}")
        for side in contact.accounts:
            print(f"  {side.publisher} ({len(side.tellings)} rows)")
            for item in side.items:
                print(f"    {'only here' if item in side.only else '         '} {item.kind}: {item.label}")


def broken(measured: Mapping[str, float]) -> list[str]:
    """What is below its floor."""
    return [f"FLOOR BROKEN: {name} is {measured[name]:.3f}, below {floor}" for name, floor in FLOORS.items() if measured[name] < floor]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; the exit status: 1 with ``--floors`` when a figure is below its floor."""
    parser = argparse.ArgumentParser(description="contacts joined over reports")
    parser.add_argument("shared", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--floors", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--keep", type=Path, default=KEPT, help="the record to ask; made where there is none, else brought up to date")
    chosen = parser.parse_args(arguments)
    found = joined(chosen.shared, chosen.keep)
    listed, shared_contacts = pairs(), Joined(found)
    report(listed, shared_contacts, chosen.misses)
    if chosen.show:
        show(found)
    below = broken(figures(listed, shared_contacts)) if chosen.floors else []
    for line in below:
        print(line)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
