"""``onrecord serve``: the desk over one record, for the browser of this machine."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from onrecord.cli.asking import DEFAULT, complaints

if TYPE_CHECKING:
    from fastapi import FastAPI

EXTRA: Final = 'the desk needs an extra: pip install "onrecord[desk]"'
ANY: Final = frozenset({"0.0.0.0", "::", ""})
"""Addresses that mean: every one of this machine."""
LONGEST: Final = 256 * 1024
"""Bytes of a request's head: longer ones the server refuses before the desk can say in its own shape what is wrong."""


def serve(
    file: Annotated[Path, typer.Argument(metavar="[FILE]", envvar="ONRECORD_RECORD", help="The record to show.")] = DEFAULT,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The address to listen at; by default only this machine can come.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 takes a free one.")] = 8765,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A name by which browsers may call it besides its address; may be given again.")
    ] = None,
    judge: Annotated[bool, typer.Option("--judge", help="Let rows be judged on its pages; without it nothing is written.")] = False,
    browser: Annotated[bool, typer.Option("--browser", help="Open it in the browser.")] = False,
) -> None:
    """Show a record in the browser: events, contacts, demands, agenda, disputes, map; each row with its words.

    It has no accounts: whoever can reach the address can read the record, and with --judge judge its rows.
    """
    with complaints():
        app = _application(file, judge, [host, *(name or ())])
        with _listening(host, port) as listening:
            _run(app, listening, browser)


def _application(file: Path, judge: bool, hosts: list[str]) -> FastAPI:
    """The desk over a record that is there."""
    from onrecord.record import InputError

    if not file.exists():
        raise InputError(f"{file}: there is no such record; make one with: onrecord add SOURCE --into {file}")
    try:
        from onrecord import web
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "onrecord":
            raise
        raise InputError(EXTRA) from None
    return web.make(file, judge=judge, hosts=[f"[{name}]" if ":" in name else name for name in hosts])


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens; OSError says that the port is taken, or that the address is none of this machine."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, reuse_port=False)
    except socket.gaierror as error:
        raise OSError(f"{host}: {error.strerror}") from None
    except OSError as error:
        raise OSError(f"cannot listen at {host}, port {port}: {error.strerror}; another port is taken by --port") from None


def _run(app: FastAPI, listening: socket.socket, browser: bool) -> None:
    """Serve until Ctrl-C."""
    import uvicorn

    host, port = listening.getsockname()[:2]
    shown = "127.0.0.1" if host in ANY else f"[{host}]" if ":" in host else host
    typer.echo(f"http://{shown}:{port}/  (Ctrl-C ends it)", err=True)
    if browser:
        typer.launch(f"http://{shown}:{port}/")
    config = uvicorn.Config(app, log_level="warning", server_header=False, h11_max_incomplete_event_size=LONGEST)
    uvicorn.Server(config).run(sockets=[listening])
