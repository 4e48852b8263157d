"""Runs the examples in README.md and docs/tutorial.md and writes what they really print: ``make docs``.

A ``console`` block is a shell command after ``$`` with its output; a ``python`` block with ``>>>`` is a
session.  A test compares the pages with what this would write.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", ROOT / "docs" / "tutorial.md")
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WIDTH = "80"


def refreshed(page: str) -> str:
    """The page with the output of every example as it is now; the sessions of one page share their names."""
    names: dict[str, Any] = {}

    def block(found: re.Match[str]) -> str:
        body = console(found[2]) if found[1] == "console" else session(found[2], names)
        return f"```{found[1]}\n{body}```"

    return BLOCK.sub(block, page)


def console(body: str) -> str:
    """Each ``$ command`` of a block with its output."""
    commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{run(command)}" for command in commands)


def run(command: str) -> str:
    """What a command prints on standard output, in the project's folder, 80 columns wide, without colour."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "COLUMNS": WIDTH, "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, shell=True, cwd=ROOT, env=env, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    return done.stdout if not done.stdout or done.stdout.endswith("\n") else done.stdout + "\n"


def session(body: str, names: dict[str, Any]) -> str:
    """A Python session with what each line gives; a block without ``>>>`` is left as it is."""
    examples = doctest.DocTestParser().get_examples(body)
    return "".join(prompted(example.source) + given(example.source, names) for example in examples) if examples else body


def prompted(source: str) -> str:
    """The source as typed at a prompt."""
    first, *more = source.splitlines()
    return "".join([f">>> {first}\n", *(f"... {line}\n" for line in more)])


def given(source: str, names: dict[str, Any]) -> str:
    """What the prompt answers."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.chdir(ROOT):
        exec(compile(source, "<example>", "single"), names)
    return out.getvalue()


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")
    sys.exit(0)
