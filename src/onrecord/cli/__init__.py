"""The command line: parse arguments, call the door, print.  No domain rule lives here.

Exit status: 0 all well; 1 some input could not be read (the rest was still taken) or the output could
not be written; 2 wrong use.
"""

from __future__ import annotations

import sys
from typing import Annotated, Final

import typer

from onrecord.cli import ask, export, keep, mcp, read, serve
from onrecord.cli.terminal import leave_quietly

app = typer.Typer(
    name="onrecord",
    help="Reads news reporting on international crises and writes down, as data, what each report says happened.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

COMMANDS: Final = (
    read.read, keep.add, ask.events, ask.search, ask.timeline, ask.contacts, ask.contact, ask.demands, ask.warnings, ask.agenda,
    ask.disputes, ask.forces, ask.tension, keep.report, keep.judge, keep.judgements, keep.gold, export.export, serve.serve, mcp.mcp,
    keep.failures, keep.verify,
)  # fmt: skip
"""In the order in which the help lists them."""

for command in COMMANDS:
    app.command()(command)


def main() -> None:
    """Run the command line; a reader that closes the pipe early, or Ctrl-C, ends it quietly."""
    try:
        app()
    except BrokenPipeError:
        leave_quietly()
    except KeyboardInterrupt:
        sys.exit(130)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"onrecord {version('onrecord')}")
        raise typer.Exit


@app.callback()
def onrecord(
    version: Annotated[bool, typer.Option("--version", help="Show the version and leave.", callback=_version, is_eager=True)] = False,
) -> None:
    """Reads news reporting on international crises and writes down, as data, what each report says happened."""
