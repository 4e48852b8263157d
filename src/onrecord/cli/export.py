"""``onrecord export``: a record's rows in the formats of other tools."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from onrecord.cli import terminal
from onrecord.cli.asking import DEFAULT, Actor, RecordFile, Since, Until, complaints, opened
from onrecord.cli.read import Format

if TYPE_CHECKING:
    from onrecord.keeping import Record
    from onrecord.record import Reading

PACKAGE: Final = "datapackage.json"


def export(
    to: Annotated[Format, typer.Option("--to", help="The format to write.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUTPUT", help="The file to write to; by default standard output, and no files beside it."),
    ] = None,
    record: RecordFile = DEFAULT,
    since: Since = None,
    until: Until = None,
    actor: Actor = None,
) -> None:
    """Write a record's events in another format, with corrections, without rows judged wrong.

    Beside OUTPUT stand a datapackage.json and, where the format has no place for evidence, the words of each field (.spans.csv).
    """
    with complaints(), opened(record) as held:
        wanted = {"since": since, "until": until, "actor": actor}
        if output is None:
            _write(to, held, wanted, None)
        else:
            typer.echo("\n".join(str(path) for path in _files(to, held, wanted, output)), err=True)


def _write(name: str, held: Record, wanted: dict[str, str | None], path: Path | None) -> None:
    """One format to one file, or to standard output."""
    from onrecord.export import FORMATS

    format = FORMATS[name]
    if path is None:
        stream = terminal.stdout(data=name != "table", binary=format.binary)
        format(_readings(held, wanted), stream)
        stream.flush()
        return
    with terminal.written(path, lambda: True, binary=format.binary) as stream:
        format(_readings(held, wanted), stream)


def _readings(held: Record, wanted: dict[str, str | None]) -> Iterator[Reading]:
    return held.readings(**wanted)


def _files(name: str, held: Record, wanted: dict[str, str | None], output: Path) -> list[Path]:
    """The file asked for and what stands beside it, in the order of their making."""
    from onrecord.export import FORMATS, datapackage

    made = [output]
    _write(name, held, wanted, output)
    if not FORMATS[name].evidence:
        made.append(output.with_name(f"{output.stem}.spans.csv"))
        _write("spans", held, wanted, made[-1])
    described = datapackage.describe(made, held.path.stem, FORMATS[name].columns())
    made.append(output.with_name(PACKAGE))
    with terminal.written(made[-1], lambda: True) as stream:
        stream.write(described)
    return made
