"""The command line: parse arguments, call the door, print.  No domain rule lives here.

Exit status: 0 all read; 1 some input could not be read (the rest was still written) or the output
could not be written; 2 wrong use.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn, TextIO

import typer

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from onrecord.record import Note, Reading, Report

app = typer.Typer(
    name="onrecord",
    help="Reads news reporting on international crises and writes down, as data, what each report says happened.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Format = StrEnum("Format", ["table", "jsonl", "csv", "html"])
WORDS_SHOWN: Final = 60


def main() -> None:
    """Run the command line; a reader that closes the pipe early, or Ctrl-C, ends it quietly."""
    try:
        app()
    except BrokenPipeError:
        _leave_quietly()
    except KeyboardInterrupt:
        sys.exit(130)


def _leave_quietly() -> NoReturn:
    """The other end of the pipe has had enough: say nothing, also not when Python flushes at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


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


def _day(text: str | None) -> str | None:
    """An ISO date, checked against the calendar."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date of the form YYYY-MM-DD") from None


@app.command()
def read(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE|-", help="Texts, JSON or JSON Lines, or folders of them; - is standard input.")
    ],
    published: Annotated[
        str | None, typer.Option(metavar="DATE", callback=_day, help="The day (YYYY-MM-DD) of reports that bear none.")
    ] = None,
    format: Annotated[Format | None, typer.Option(help="How to write it; by default as OUTPUT's ending says, else a table.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="OUTPUT", help="The file to write to, instead of standard output.")
    ] = None,
) -> None:
    """Read reports and write their record: what each says happened, who did it to whom, when, and who says so."""
    from onrecord.export import FORMATS
    from onrecord.record import OnrecordError

    desk = Desk(files)
    chosen = _format(format, output)
    _refuse_overwriting(files, output)
    try:
        with ExitStack() as stack:
            stream = stack.enter_context(_written(output, desk)) if output else _stdout(format)
            stack.enter_context(desk)
            FORMATS[chosen](desk.readings(published), stream)
            stream.flush()
    except BrokenPipeError:
        _leave_quietly()
    except (OnrecordError, OSError) as error:
        desk.say(f"error: {error}")
        raise typer.Exit(1) from None
    if desk.failed:
        raise typer.Exit(1)


def _format(chosen: Format | None, output: Path | None) -> str:
    """The chosen format, else what the output's ending says, else a table."""
    from onrecord.export import SUFFIXES

    if chosen is not None:
        return chosen.value
    if output is None:
        return "table"
    if output.suffix.lower() not in SUFFIXES:
        known = ", ".join(sorted(SUFFIXES))
        raise typer.BadParameter(f"{output.name}: no format is known for this ending (known: {known}); say --format", param_hint="--output")
    return SUFFIXES[output.suffix.lower()]


def _refuse_overwriting(files: list[str], output: Path | None) -> None:
    """The record is never written over a report that it is read from."""
    if output is not None and any(file != "-" and Path(file).resolve() == output.resolve() for file in files):
        raise typer.BadParameter(f"{output} is one of the files to read", param_hint="--output")


@contextmanager
def _written(path: Path, desk: Desk) -> Iterator[TextIO]:
    """A file for output, there whole or not at all: what stood there stays when nothing could be read.

    UTF-8, lines as written, and never a crash over a lone surrogate.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
        if desk.read or not desk.failed:
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _stdout(chosen: Format | None) -> TextIO:
    """Standard output; data is UTF-8 wherever it goes, a table keeps the terminal's encoding."""
    table = chosen in (None, Format.table)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding=None if table else "utf-8", errors="replace" if table else "backslashreplace")
    return sys.stdout


class Desk:
    """Reads the files one after the other, and tells on standard error what went wrong and how far it is."""

    def __init__(self, files: list[str]) -> None:
        self.files = files
        self.failed = 0
        self.read = 0
        self.progress: Progress | None = None
        self.bar: TaskID | None = None
        self.under_way: deque[int] = deque()
        """For each report that is being read, how many files came before its own."""

    def __enter__(self) -> Desk:
        if len(self.files) > 1 and sys.stderr.isatty():
            self.progress = _progress()
            self.bar = self.progress.add_task("reading", total=len(self.files))
        self._draw()
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def _draw(self, done: int = 0) -> None:
        """Show the bar, if there is one, with so many files done."""
        if self.progress is not None and self.bar is not None:
            self.progress.update(self.bar, completed=done)
            self.progress.start()

    def _clear(self) -> None:
        """Take the bar away: the record may go to the same terminal."""
        if self.progress is not None:
            self.progress.stop()

    def readings(self, published: str | None) -> Iterator[Reading]:
        """Every report's reading, in order; its notes go to standard error as it passes."""
        from onrecord.reader import read_many

        for reading in read_many(self._reports(published)):
            for note in reading.notes:
                self.warn(reading.report.title or reading.report.id, note)
            self._clear()
            self.read += 1
            yield reading
            self._draw(self.under_way.popleft())

    def _reports(self, published: str | None) -> Iterator[Report]:
        from onrecord import intake

        for number, path in enumerate(self.files):
            for item in intake.load(path, published=published):
                if isinstance(item, intake.Failure):
                    self.failed += 1
                    self.say(f"error: {item}")
                else:
                    for note in item.notes:
                        self.warn(item.where, note)
                    self.under_way.append(number)
                    yield item.report

    def warn(self, where: str, note: Note) -> None:
        """One note as one line: where, what, and the words it is about."""
        from onrecord.export.words import clean

        words = "" if note.span is None else clean(note.span.text)[:WORDS_SHOWN]
        about = f" (“{words}” at {note.span.start})" if note.span is not None else ""
        self.say(f"warning: {where}: {note.message}{about}")

    def say(self, line: str) -> None:
        """One line on standard error, above the progress bar if there is one, with nothing in it that steers a terminal."""
        from onrecord.export.words import clean

        line = f"onrecord: {clean(line)}"
        if self.progress is not None:
            self.progress.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            typer.echo(line.encode("utf-8", "replace").decode(), err=True)


def _progress() -> Progress:
    """A bar on standard error that leaves nothing behind."""
    from rich.console import Console
    from rich.progress import Progress

    return Progress(console=Console(stderr=True), transient=True)
