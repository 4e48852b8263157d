"""Writes docs/cli.md from the command line itself: ``make docs``.  A test compares the page with what this would write."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer.main

from onrecord import cli
from onrecord.export import FORMATS, SUFFIXES

PAGE = Path(__file__).parents[1] / "docs" / "cli.md"
HEAD = "# The command line\n\n<!-- Written by tools/cli_page.py (make docs): do not edit. -->\n"


def page() -> str:
    """The whole page."""
    root = typer.main.get_command(cli.app)
    parts = [
        HEAD,
        root.help or "",
        options(root),
        *(command(name, sub) for name, sub in sorted(commands(root).items())),
        formats(),
        CLOSING,
    ]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def commands(root: Any) -> dict[str, Any]:
    """The commands by name."""
    found: dict[str, Any] = root.commands
    return found


def command(name: str, found: Any) -> str:
    """One command: how it is called, what it does, what it takes."""
    takes = " ".join(param.metavar or param.name for param in found.params if param.param_type_name == "argument")
    return f"## onrecord {name}\n\n    onrecord {name} [OPTIONS] {takes}...\n\n{found.help}\n\n{options(found)}"


def options(found: Any) -> str:
    """What a command takes, as a table."""
    lines = [f"| `{spelled(param)}` | {param.help} |" for param in found.params if getattr(param, "help", None)]
    return "\n".join(["| | |", "| --- | --- |", *lines])


def spelled(param: Any) -> str:
    """``-o, --output OUTPUT``, ``--format table|jsonl``, ``FILE|-``; a bar is written so that it does not end a cell."""
    if param.param_type_name == "argument":
        return str(param.metavar).replace("|", "\\|")
    value = "" if param.is_flag else (param.metavar or "\\|".join(FORMATS))
    return f"{', '.join(sorted(param.opts, key=len))} {value}".strip()


def formats() -> str:
    """The formats, with the endings that choose them and the first line of what their modules say."""
    lines = []
    for name in FORMATS:
        endings = ", ".join(f"`{suffix}`" for suffix, chosen in SUFFIXES.items() if chosen == name)
        lines.append(f"| `{name}` | {endings} | {first_line(name)} |")
    return "\n".join(["## Formats", "", "| format | chosen by the ending | what it is |", "| --- | --- | --- |", *lines])


def first_line(name: str) -> str:
    """The first sentence of a format's module."""
    module = Path(cli.__file__).parents[1] / "export" / f"{FORMATS[name].module or name}.py"
    return module.read_text(encoding="utf-8").lstrip('"').partition("\n")[0]


CLOSING = """
In CSV, lists are joined with `; ` in one cell, and a text that a spreadsheet would take for a formula
(it starts with `=`, `+`, `-`, `@`, a tab or a line end) gets an apostrophe in front. Only events are written.

## Input

`read` and `add` take the same: texts (the first line is the headline), Markdown, HTML pages, one JSON report, an
array of them or JSON Lines (`text`, and where known `id`, `title`, `published`, `url`, `publisher`, `language`,
`author`), CSV and TSV (`--column` names the columns, usual names are guessed), RSS and Atom feeds, sitemaps, lists
of URLs, WARC (plain or gzip), zip archives, whole folders of these, and `-` for standard input.

A report's `id` is its name in a record; without one it is a hash of the text. The same id with another text replaces
the earlier one, which is kept as a version (`onrecord report ID` says so): give reports of several tables ids of their own.

A URL on the command line is permission to fetch that page, and only that; what feeds, lists and sitemaps link to is
fetched with `--allow-net`. robots.txt, the delay between two requests and the server's "not changed" are honoured;
private and reserved addresses are refused. A page is extracted in a process of its own with 5 seconds and 512 MB.

## Asking a record

All questions take `--record`, `--since`, `--until`, `--actor` and `--json`. A day finds every event whose period
takes it in; an event without a day stands on the day of its report. A party is a code as rows show it (`RUS`,
`RUS.GOV`, `NATO`) or part of a name (`Putin`). Items of the ledger (contacts, demands, …) are joined over the whole
record, and shown where any of their rows is of the period and party asked for. Rows judged wrong are left out of the
ledger. Tables show ids by their first letters, and commands take them so; `--json` has them whole.

## Messages and exit status

The record goes to standard output or to the file named by `-o`; everything else goes to standard error:
`onrecord: error: WHERE: WHAT` for an input that could not be read, `onrecord: warning: REPORT: WHAT` for a note
on the input, and a progress bar when there is more than one file and standard error is a terminal.

| status | meaning |
| --- | --- |
| 0 | everything was read and written |
| 1 | some input could not be read (the rest is written all the same), or the output could not be written |
| 2 | wrong use: no such option, no such date |
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.exit(0)
