"""What every command shares with the terminal: lines on standard error, bars, output files, days."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import typer

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from onrecord.record import Note

WORDS_SHOWN: Final = 60


def day(text: str | None) -> str | None:
    """An ISO date, checked against the calendar."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date of the form YYYY-MM-DD") from None


def told(error: Exception) -> str:
    """An error in words for a user: what the system says of a file, without its number."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def leave_quietly() -> NoReturn:
    """The other end of the pipe has had enough: say nothing, also not when Python flushes at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


def stdout(*, data: bool, binary: bool = False) -> Any:
    """Standard output; data is UTF-8 wherever it goes, a table keeps the terminal's encoding; ``binary`` for its bytes."""
    if binary:
        return sys.stdout.buffer
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8" if data else None, errors="backslashreplace" if data else "replace")
    return sys.stdout


@contextmanager
def written(path: Path, worth: Callable[[], bool], *, binary: bool = False) -> Iterator[Any]:
    """A file for output, there whole or not at all: what stood there stays when the work came to nothing.

    Text is UTF-8, lines as written, and never a crash over a lone surrogate.
    """
    if not path.parent.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "is no folder", str(path.parent))
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") if binary else part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
        if worth():
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


class Voice:
    """Tells on standard error what went wrong, and how far the work is."""

    def __init__(self) -> None:
        self.progress: Progress | None = None
        self.bar: TaskID | None = None

    def start(self, total: int | None, doing: str) -> None:
        """Show a bar, if standard error is a terminal; ``total`` None when nobody knows how much there is."""
        if sys.stderr.isatty():
            self.progress = _progress()
            self.bar = self.progress.add_task(doing, total=total)
            self.draw()

    def draw(self, done: int = 0) -> None:
        """Show the bar, if there is one, with so much done."""
        if self.progress is not None and self.bar is not None:
            self.progress.update(self.bar, completed=done)
            self.progress.start()

    def clear(self) -> None:
        """Take the bar away: other output may go to the same terminal."""
        if self.progress is not None:
            self.progress.stop()

    def warn(self, where: str, note: Note) -> None:
        """One note as one line: where, what, and the words it is about."""
        from onrecord.export.words import clean

        words = "" if note.span is None else clean(note.span.text)[:WORDS_SHOWN]
        about = f" (“{words}” at {note.span.start})" if note.span is not None else ""
        self.say(f"warning: {where}: {note.message}{about}")

    def say(self, line: str) -> None:
        """One line on standard error, above the bar if there is one, with nothing in it that steers a terminal."""
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
