"""Random calls of the API, from its own description: no answer of 500 and more, none against the description.

    python bench/fuzz.py RECORD [--examples 250] [--calls 10000]

Starts ``onrecord serve RECORD`` on a free port and lets schemathesis call every address, ``--examples`` times each and
phase, again with another seed until there were ``--calls``.  Exit status 1 when one answer is wrong.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SERVE = "from onrecord.cli import main; main()"
UNASKED = "positive_data_acceptance"
"""A cursor that nobody gave out, and a period that ends before it begins, have the form of the description and are refused."""


def calls(url: str, examples: int, seed: int, phases: str) -> tuple[int, bool]:
    """One run: how many calls there were, and whether all were answered rightly."""
    command = [Path(sys.executable).with_name("schemathesis"), "--config-file", "none.toml", "run", f"{url}api/v1/openapi.json"]
    options = ["--max-examples", str(examples), "--exclude-checks", UNASKED, "--no-color", "--seed", str(seed), "--phases", phases]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "none.toml").write_text("")
        done = subprocess.run([*command, *options], cwd=folder, capture_output=True, text=True, check=False)
    found = re.search(r"(\d+) generated", done.stdout)
    if done.returncode or not found:
        print(done.stdout[-6000:], done.stderr[-2000:])
    return int(found[1]) if found else 0, done.returncode == 0


def main() -> int:
    """Serve, call, count; 1 when an answer was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("record", type=Path)
    parser.add_argument("--examples", type=int, default=250)
    parser.add_argument("--calls", type=int, default=0)
    parser.add_argument("--phases", default="examples,coverage,fuzzing,stateful")
    args = parser.parse_args()
    with subprocess.Popen([sys.executable, "-c", SERVE, "serve", args.record, "--port", "0"], stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stderr is not None
        try:
            url = serving.stderr.readline().split()[0]
            made, good, seed = 0, True, 1
            while good and (seed == 1 or made < args.calls):
                count, good = calls(url, args.examples, seed, args.phases)
                made, seed = made + count, seed + 1
        finally:
            serving.terminate()
    print(f"{made:,} calls, {'all answered as described' if good else 'FAILED'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
