"""What every question to a record has in common: which record, which period, whom it is about, and how the answer is shown."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from onrecord.cli import terminal

if TYPE_CHECKING:
    from onrecord.keeping import Record

DEFAULT: Final = Path("onrecord.db")
"""The record that is meant when none is named."""

RecordFile = Annotated[
    Path, typer.Option("--record", "-r", metavar="FILE", envvar="ONRECORD_RECORD", help="The record to ask; by default onrecord.db.")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line instead of a table.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", callback=terminal.day, help="Only from this day (YYYY-MM-DD) on.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", callback=terminal.day, help="Only up to this day, itself included.")]
Actor = Annotated[
    str | None, typer.Option(metavar="WHO", help="Only with this party: a code (RUS, RUS.GOV, NATO) or part of a name (Putin).")
]


@dataclass(frozen=True, slots=True)
class Asked:
    """The options that all questions share."""

    record: Path
    since: str | None
    until: str | None
    actor: str | None
    json: bool


COMMON: Final[dict[str, tuple[Any, Any]]] = {
    "record": (RecordFile, DEFAULT),
    "since": (Since, None),
    "until": (Until, None),
    "actor": (Actor, None),
    "json": (Json, False),
}


def question(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose first parameter is ``asked``: its users see the shared options in its place, last."""
    own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, (kind, default) in COMMON.items()
    ]

    def asked(**given: Any) -> None:
        common = Asked(**{name: given.pop(name) for name in COMMON})
        with complaints():
            command(common, **given)

    own = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    asked.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]  # functions may bear one
    asked.__name__, asked.__doc__ = command.__name__, command.__doc__
    asked.__annotations__ = {}
    return asked


@contextmanager
def complaints() -> Iterator[None]:
    """What goes wrong is one line on standard error and exit status 1."""
    from onrecord.record import OnrecordError

    try:
        yield
    except BrokenPipeError:
        terminal.leave_quietly()
    except (OnrecordError, OSError) as error:
        terminal.Voice().say(f"error: {terminal.told(error)}")
        raise typer.Exit(1) from None


@contextmanager
def opened(path: Path, *, write: bool = False) -> Iterator[Record]:
    """The record in a file, which must be there."""
    from onrecord.keeping import Record, uncollected
    from onrecord.record import InputError

    if not path.exists():
        raise InputError(f"{path}: there is no such record; make one with: onrecord add SOURCE --into {path}")
    with uncollected(), Record(path, readonly=not write) as record:
        yield record


@contextmanager
def lasting(path: Path) -> Iterator[Record]:
    """As ``opened``, so that answers can be kept where the record may be written."""
    from onrecord.store import StoreError

    with ExitStack() as stack:
        try:
            record = stack.enter_context(opened(path, write=True))
        except StoreError:
            record = stack.enter_context(opened(path))
        yield record


Column = Callable[[Any], str]


def answer(items: Iterable[Any], columns: Mapping[str, Column], asked: Asked, counted: tuple[str, str]) -> None:
    """The items as JSON lines (their ``to_dict``) or as a table with the number of its lines; ``counted`` is one and many."""
    stream = terminal.stdout(data=asked.json)
    if asked.json:
        from onrecord.record import to_json

        for item in items:
            stream.write(to_json(item.to_dict()) + "\n")
        stream.flush()
        return
    lines = [{name: cell(item) for name, cell in columns.items()} for item in items]
    if lines:
        table(list(columns), [list(line.values()) for line in lines])
    typer.echo(f"{len(lines):,} {counted[len(lines) != 1]}")


def answer_lines(lines: Iterable[bytes], columns: Mapping[str, Column], asked: Asked, counted: tuple[str, str]) -> None:
    """As ``answer``, for items that are JSON already: a table reads them as it reads an item."""
    if not asked.json:
        answer(map(item_of, lines), columns, asked, counted)
        return
    stream = terminal.stdout(data=True, binary=True)
    stream.writelines(line + b"\n" for line in lines)
    stream.flush()


def item_of(line: bytes) -> Any:
    """What a line of JSON tells, by the names of its fields."""
    return json.loads(line, object_hook=lambda fields: SimpleNamespace(**fields))


def table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """A table fitted to the width; text in it steers no terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from onrecord.export.words import clean

    grid = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False, expand=bool(WIDE & {*heads}))
    for head in heads:
        wide = head in WIDE
        grid.add_column(
            head, overflow="fold", no_wrap=head in NARROW, ratio=1 if wide else None, max_width=None if wide else WIDTHS.get(head)
        )
    for line in lines:
        grid.add_row(*(Text("\n".join(clean(part) for part in cell.split("\n"))) for cell in line))
    Console(file=terminal.stdout(data=False), highlight=False).print(grid)


NARROW: Final = frozenset({"day", "since", "id", "row"})
"""Columns whose cells are never broken."""
WIDE: Final = frozenset({"words", "demand", "consequence", "condition", "asserted", "denied", "topics", "why", "figures"})
"""Columns of running text: they share what is left of the width."""
LEAST: Final = 22
WIDTHS: Final = {"event": 13, "who": 14, "told by": 12, "answer": 16, "carried out": 12, "what": 18}
"""The most that other columns take, in characters."""
ID: Final = 8
"""Letters of an id that a table shows; commands take an id by its first letters."""


def compact(value: object) -> str:
    """Data on one line of JSON."""
    return json.dumps(value, ensure_ascii=False)
