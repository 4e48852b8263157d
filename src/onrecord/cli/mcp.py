"""``onrecord mcp``: a record for a chat assistant."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.asking import DEFAULT, complaints

File = Annotated[
    Path, typer.Argument(metavar="FILE", envvar="ONRECORD_RECORD", show_envvar=False, help="The record to serve; by default onrecord.db.")
]


def mcp(file: File = DEFAULT) -> None:
    """Let a chat assistant ask a record and cite its words: an MCP server on standard input and output.

    It only reads.  An assistant's program starts it by itself, as: onrecord mcp crisis.db.  Needs the extra "mcp".
    """
    from onrecord import mcp as served
    from onrecord.record import InputError

    with complaints():
        if not file.exists():
            raise InputError(f"{file}: there is no such record; make one with: onrecord add SOURCE --into {file}")
        # Ctrl-C ends the process at once: nothing is ever written, and Python would first wait for a line on standard input.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        served.serve(file)
