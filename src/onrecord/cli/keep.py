"""The commands that put things into a record and look after it: add, report, judge, judgements, gold, failures, verify."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from onrecord.cli import terminal
from onrecord.cli.asking import DEFAULT, Asked, Json, RecordFile, answer, complaints, opened, question

if TYPE_CHECKING:
    from onrecord.intake import Columns, Options
    from onrecord.keeping import Added, Count, Record
    from onrecord.store import Failed, Kept, Problem, Said

Verdict = StrEnum("Verdict", ["right", "wrong", "corrected"])
Into = Annotated[
    Path,
    typer.Option(
        "--into", "--record", "-r", metavar="FILE", envvar="ONRECORD_RECORD", help="The record to add to; made where there is none."
    ),
]


def add(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE", help="Files, folders, archives, feeds, pages or their URLs; - is standard input.")
    ],
    into: Into = DEFAULT,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", callback=terminal.day, help="The day (YYYY-MM-DD) of reports that bear none.")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=NAME", help="A table's column for text, title, date, url, id, publisher, author or language."),
    ] = None,
    allow_net: Annotated[bool, typer.Option("--allow-net", help="Fetch what feeds, lists and sitemaps link to.")] = False,
    delay: Annotated[float, typer.Option(metavar="SECONDS", min=0, help="The least time between two requests to one host.")] = 1.0,
    notes: Annotated[bool, typer.Option("--notes", help="Show what was noted about the input of each report.")] = False,
    json: Json = False,
) -> None:
    """Read reports into a record.  The same reports again change nothing; Ctrl-C keeps what is done, and the same call goes on."""
    from onrecord.intake import Options

    options = Options(published=published, columns=_columns(column or []), allow_net=allow_net, delay=delay)
    with complaints():
        count = _added(sources, into, options, _Shown(notes, json))
    if count.failed:
        raise typer.Exit(1)


class _Shown:
    """What of the work is shown: failures always, notes and outcomes when asked for."""

    def __init__(self, notes: bool, json: bool) -> None:
        self.notes = notes
        self.json = json
        self.voice = terminal.Voice()

    def item(self, added: Added) -> None:
        """Show one item."""
        if added.failure is not None:
            self.voice.say(f"error: {added.failure}")
        for note in added.notes if self.notes else ():
            self.voice.warn(added.where, note)
        if self.json:
            typer.echo(_line({"kind": "added", "where": added.where, **_outcome(added)}))


def _outcome(added: Added) -> dict[str, Any]:
    if added.outcome is None:
        return {"report": None, "outcome": "failed", "reason": added.failure.reason if added.failure else None}
    return {"report": added.outcome.report, "outcome": added.outcome.what, "voice": added.outcome.voice, "events": added.outcome.events}


def _added(sources: list[str], into: Path, options: Options, shown: _Shown) -> Count:
    """Take everything in, and say at the end what was done, also when the work was broken off."""
    import time

    from onrecord.keeping import Count, Record

    count = Count()
    with Record(into) as record:
        begun = time.monotonic()
        shown.voice.start(None, "reading")
        try:
            for number, added in enumerate(record.adding(sources, options), start=1):
                count.take(added)
                shown.item(added)
                shown.voice.draw(number)
        except KeyboardInterrupt:
            shown.voice.clear()
            shown.voice.say(f"stopped: {_summary(into, count)}; the same command again goes on from here")
            raise
        finally:
            shown.voice.clear()
        if not shown.json:
            typer.echo(_summary(into, count))
        if count.changed:
            _compare(record, shown.voice, max(PATIENCE, time.monotonic() - begun))
    return count


PATIENCE: Final = 15.0
"""Seconds that comparing what was added may take, however little there was to read; else as long as the reading took."""


def _compare(record: Record, voice: terminal.Voice, patience: float) -> None:
    """Prepare the answers to questions about the record; whoever has no time leaves it, and loses nothing."""
    with contextlib.suppress(KeyboardInterrupt):
        voice.start(None, "comparing reports (Ctrl-C leaves that for later)")
        for number, _ in enumerate(record.comparing(patience)):
            voice.draw(number)
    voice.clear()


def _summary(into: Path, count: Count) -> str:
    """``crisis.db: 876 reports (870 added, 6 unchanged), 12 copies; 2 items failed``."""
    kinds = ", ".join(f"{number:,} {what}" for what, number in sorted(count.outcomes.items()))
    copies = f", {count.copies:,} of them copies" if count.copies else ""
    failed = f"; {count.failed:,} failed, listed by: onrecord failures" if count.failed else ""
    return f"{into}: {count.reports:,} reports" + (f" ({kinds}{copies})" if kinds else "") + failed


def _columns(given: list[str]) -> Columns:
    """``text=body`` and the like; wrong use names the field that there is not."""
    from dataclasses import fields

    from onrecord.intake import Columns

    known = [field.name for field in fields(Columns)]
    chosen: dict[str, str] = {}
    for pair in given:
        name, mark, value = pair.partition("=")
        if not mark or name not in known or not value:
            raise typer.BadParameter(f"{pair!r} is not FIELD=NAME with one of the fields {', '.join(known)}", param_hint="--column")
        chosen[name] = value
    return Columns(**chosen)


def _line(row: dict[str, Any]) -> str:
    from onrecord.record import to_json

    return to_json(row)


# ---------------------------------------------------------------- one report


def report(
    id: Annotated[str, typer.Argument(metavar="ID", help="The report's id.")],
    record: RecordFile = DEFAULT,
    json: Json = False,
) -> None:
    """Show one report of the record: its rows beside its words, what was noted, and what people said of them."""
    with complaints(), opened(record) as held:
        kept = held.report(id)
        if json:
            typer.echo("\n".join(_line(row) for row in _rows(kept)))
        else:
            _show(kept)


def _rows(kept: Kept) -> Iterator[dict[str, Any]]:
    """The report with its text, then its rows, then the notes."""
    from dataclasses import asdict

    yield {"kind": "report", **asdict(kept.report), "voice": kept.head.voice, "copies": list(kept.copies), "where": kept.where}
    yield from (told.to_dict() for told in kept.events)
    yield from (spoken.statement.to_dict() for spoken in kept.statements)
    for note in kept.notes:
        yield {"kind": "note", "code": note.code, "message": note.message, "span": asdict(note.span) if note.span else None}


def _show(kept: Kept) -> None:
    """The report as ``onrecord read`` shows it, then what only a record knows."""
    from onrecord.export import FORMATS
    from onrecord.record import Reading

    events = tuple(told.event for told in kept.events)
    reading = Reading(kept.report, events, tuple(spoken.statement for spoken in kept.statements), kept.notes)
    FORMATS["table"]([reading], terminal.stdout(data=False))
    for told in kept.events:
        if told.verdict is not None:
            typer.echo(f"judged {told.verdict}: {told.event} ({told.id})")
    others = [copy for copy in kept.copies if copy != kept.head.id]
    if others:
        typer.echo(f"tells the same story as: {', '.join(others)}")
    for version in kept.versions:
        typer.echo(f"an earlier text under this id is kept ({version.added} to {version.replaced})")


# ---------------------------------------------------------------- judgements


def judge(
    row: Annotated[str, typer.Argument(metavar="ROW", help="The event's id, or its first letters.")],
    verdict: Annotated[Verdict | None, typer.Argument(help="What you say of it; leave it out with --undo.")] = None,
    set: Annotated[
        list[str] | None, typer.Option(metavar="FIELD=VALUE", help="A corrected field; the value is JSON, or a word as it is.")
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", envvar="ONRECORD_JUDGE", help="Who says so; by default your login name.")
    ] = None,
    remark: Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the latest judgement of this row.")] = False,
    record: RecordFile = DEFAULT,
) -> None:
    """Say that a row is right, wrong, or corrected in some field.  Nothing is overwritten; --undo takes the latest back."""
    if (verdict is None) != undo:
        raise typer.BadParameter("give a verdict (right, wrong, corrected), or --undo", param_hint="VERDICT")
    from onrecord.held import VERDICTS

    who = by or _login()
    with complaints(), opened(record, write=True) as held:
        if undo:
            back = held.undo(row, who)
            typer.echo(f"{back.row}: {back.verdict} by {back.by} was taken back by {who}")
        elif verdict is not None:
            changes = dict(_change(pair) for pair in set or [])
            said = held.judge(row, next(known for known in VERDICTS if known == verdict.value), who, changes, remark)
            typer.echo(f"{said.row}: {said.verdict}, by {said.by}")


def _login() -> str:
    """The name of whoever sits at the terminal; wrong use where the system knows none."""
    import getpass

    with contextlib.suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    raise typer.BadParameter("say who judges: --by NAME", param_hint="--by")


def _change(pair: str) -> tuple[str, Any]:
    """``status=planned`` or ``mode=null``: a value that is no JSON is taken as a word."""
    import json

    name, mark, value = pair.partition("=")
    if not mark or not name:
        raise typer.BadParameter(f"{pair!r} is not FIELD=VALUE", param_hint="--set")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


@question
def judgements(asked: Asked) -> None:
    """List what people said of rows, in order, with what was taken back and what lost its row."""
    with opened(asked.record) as record:
        answer(record.judgements(), JUDGED, asked, ("judgement", "judgements"))


def _became(said: Said) -> str:
    if said.undone_by is not None:
        return f"taken back by {said.undone_by}"
    return "its row is gone" if said.orphan else ""


JUDGED = {
    "row": lambda said: said.judgement.row,
    "verdict": lambda said: said.judgement.verdict,
    "by": lambda said: said.judgement.by,
    "at": lambda said: said.judgement.at,
    "changes": lambda said: _line(dict(said.judgement.changes)) if said.judgement.changes else "",
    "remark": lambda said: said.judgement.remark or "",
    "now": _became,
}


def gold(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write them; made where there is none.")],
    record: RecordFile = DEFAULT,
) -> None:
    """Write every judged report as a gold file, one JSON document each, for measuring a reader against."""
    with complaints(), opened(record) as held:
        paths = held.store.write_gold(folder)
        typer.echo(f"{folder}: {len(paths):,} gold files")


# ---------------------------------------------------------------- the file


@question
def failures(asked: Asked) -> None:
    """List what could not be taken in: where it stands, and why."""
    with opened(asked.record) as record:
        answer(_from_to(record.failures(), asked), FAILED, asked, ("failure", "failures"))


FAILED = {"where": lambda failed: failed.where, "why": lambda failed: failed.reason, "at": lambda failed: failed.at}


def _from_to(failed: Iterator[Failed], asked: Asked) -> Iterator[Failed]:
    """Those of the period, by the day on which they were tried."""
    return (one for one in failed if (asked.since or "") <= one.at[:10] <= (asked.until or "9999"))


def verify(record: RecordFile = DEFAULT, json: Json = False) -> None:
    """Check the whole record: the file, and that every row quotes its report's text exactly.  Exit status 1 if anything is wrong."""
    import time

    from onrecord.store import Tally

    tally, start = Tally(), time.perf_counter()
    with complaints(), opened(record) as held:
        wrong = [*_told(held.verify(tally), json)]
    took = time.perf_counter() - start
    if not json:
        typer.echo(
            f"{record}: {tally.reports:,} reports, {tally.rows:,} rows, {tally.spans:,} spans checked in {took:.1f} s; {len(wrong):,} wrong"
        )
    if wrong:
        raise typer.Exit(1)


def _told(problems: Iterator[Problem], json: bool) -> Iterator[Problem]:
    """Each problem as it is found."""
    voice = terminal.Voice()
    for problem in problems:
        if json:
            typer.echo(_line({"kind": "problem", "where": problem.where, "what": problem.what}))
        else:
            voice.say(f"error: {problem.where}: {problem.what}")
        yield problem
