"""``onrecord read``: reports in, their record out, nothing kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import terminal
from onrecord.export import FORMATS

if TYPE_CHECKING:
    from onrecord.record import Reading, Report

Format = StrEnum("Format", list(FORMATS))  # type: ignore[misc]  # the formats are known at run time


def read(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE|-", help="Texts, JSON or JSON Lines, or folders of them; - is standard input.")
    ],
    published: Annotated[
        str | None, typer.Option(metavar="DATE", callback=terminal.day, help="The day (YYYY-MM-DD) of reports that bear none.")
    ] = None,
    format: Annotated[Format | None, typer.Option(help="How to write it; by default as OUTPUT's ending says, else a table.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="OUTPUT", help="The file to write to, instead of standard output.")
    ] = None,
) -> None:
    """Read reports and write their record: what each says happened, who did it to whom, when, and who says so."""
    from onrecord.record import OnrecordError

    desk = Desk(files)
    chosen = _format(format, output)
    _refuse(files, output)
    try:
        with ExitStack() as stack:
            stream = (
                stack.enter_context(terminal.written(output, desk.worth, binary=FORMATS[chosen].binary))
                if output
                else terminal.stdout(data=chosen != "table", binary=FORMATS[chosen].binary)
            )
            stack.enter_context(desk)
            FORMATS[chosen](desk.readings(published), stream)
            stream.flush()
    except BrokenPipeError:
        terminal.leave_quietly()
    except (OnrecordError, OSError) as error:
        desk.voice.say(f"error: {terminal.told(error)}")
        raise typer.Exit(1) from None
    if desk.failed:
        raise typer.Exit(1)


def _format(chosen: Format | None, output: Path | None) -> str:
    """The chosen format, else what the output's ending says, else a table."""
    from onrecord.export import SUFFIXES, format_of

    if chosen is not None:
        return chosen.value
    if output is None:
        return "table"
    found = format_of(output.name)
    if found is None:
        known = ", ".join(sorted(SUFFIXES))
        raise typer.BadParameter(f"{output.name}: no format is known for this ending (known: {known}); say --format", param_hint="--output")
    return found


def _refuse(files: list[str], output: Path | None) -> None:
    """The record is never written over a report that it is read from."""
    if output is not None and any(file != "-" and Path(file).resolve() == output.resolve() for file in files):
        raise typer.BadParameter(f"{output} is one of the files to read", param_hint="--output")


class Desk:
    """Reads the files one after the other, and tells what went wrong and how far it is."""

    def __init__(self, files: list[str]) -> None:
        self.files = files
        self.failed = 0
        self.read = 0
        self.voice = terminal.Voice()
        self.under_way: deque[int] = deque()
        """For each report that is being read, how many files came before its own."""

    def __enter__(self) -> Desk:
        if len(self.files) > 1:
            self.voice.start(len(self.files), "reading")
        return self

    def __exit__(self, *_: object) -> None:
        self.voice.clear()

    def worth(self) -> bool:
        """True when what was written is worth keeping: something was read, or nothing failed."""
        return bool(self.read or not self.failed)

    def readings(self, published: str | None) -> Iterator[Reading]:
        """Every report's reading, in order; its notes go to standard error as it passes."""
        from onrecord.reader import read_many

        for reading in read_many(self._reports(published)):
            for note in reading.notes:
                self.voice.warn(reading.report.title or reading.report.id, note)
            self.voice.clear()
            self.read += 1
            yield reading
            self.voice.draw(self.under_way.popleft())

    def _reports(self, published: str | None) -> Iterator[Report]:
        from onrecord import intake

        for number, path in enumerate(self.files):
            for item in intake.load(path, published=published):
                if isinstance(item, intake.Failure):
                    self.failed += 1
                    self.voice.say(f"error: {item}")
                else:
                    for note in item.notes:
                        self.voice.warn(item.where, note)
                    self.under_way.append(number)
                    yield item.report
