"""Read the whole corpus of 2021: every span of every row quotes its report, and reading twice gives the same bytes.

    python bench/corpus.py [--shared ../shared] [--once]

Prints the number of reports, rows and spans, and the digest of the bytes; exit status 1 on any difference.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from pathlib import Path

import onrecord


def reading_of(path: Path) -> tuple[str, int, int, int]:
    """The digest of all rows' bytes, and how many reports, rows and spans there are; AssertionError on a wrong span."""
    digest = hashlib.sha256()
    reports = rows = spans = 0
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    stream = (onrecord.Report(r["text"], id=r["id"], title=r["title"], published=r["published"], publisher=r["publisher"]) for r in lines)
    for reading in onrecord.read_many(stream):
        reading.check()
        reports += 1
        rows += len(reading.to_dicts())
        spans += sum(1 for row in reading.rows() for _ in row.spans())
        digest.update(reading.to_jsonl().encode("utf-8", "surrogatepass"))
    return digest.hexdigest(), reports, rows, spans


def main() -> int:
    """Print the figures; 0 when both readings give the same bytes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--once", action="store_true", help="check the spans only")
    args = parser.parse_args()
    path = args.shared / "corpus" / "crisis-2021.jsonl"
    start = time.perf_counter()
    digest, reports, rows, spans = reading_of(path)
    print(f"{reports} reports, {rows} rows, {spans} spans exact, {time.perf_counter() - start:.0f} s, bytes {digest[:16]}")
    if args.once:
        return 0
    again = reading_of(path)[0]
    print("read again: " + ("the same bytes" if again == digest else f"OTHER BYTES {again[:16]}"))
    return 0 if again == digest else 1


if __name__ == "__main__":
    sys.exit(main())
