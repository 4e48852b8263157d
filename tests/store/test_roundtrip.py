"""Whatever a reading holds, the record gives it back the same."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.record import STATUSES, TYPES, Entity, Event, Note, Quantity, Reading, Report, Source, Span, Statement, When, Where
from onrecord.store import Store, Tally

ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)
"""Any characters, lone surrogates and NUL among them."""

CODE = st.none() | st.sampled_from(["RUS", "USA", "NATO", "GOV", "MIL"])
MAYBE = st.none() | ANY
DAY = st.none() | st.dates().map(str)
NUMBER = st.floats(-1e9, 1e9)
COUNTER = itertools.count()


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(st.text(st.characters(codec=None, exclude_categories=()), min_size=1, max_size=120))
    head = {name: draw(MAYBE) for name in ("title", "url", "publisher", "language", "author")}
    report = Report(text, f"{draw(ANY)}{next(COUNTER)}", published=draw(DAY), **head)

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span.of(text, start, draw(st.integers(start + 1, len(text))))

    def entity() -> Entity:
        return Entity(span(), draw(MAYBE), draw(CODE), draw(CODE), draw(MAYBE), draw(MAYBE))

    def some(make: object) -> tuple:  # type: ignore[type-arg]
        return tuple(make() for _ in range(draw(st.integers(0, 2))))  # type: ignore[operator]

    def maybe(make: object) -> object:
        return make() if draw(st.booleans()) else None  # type: ignore[operator]

    def event() -> Event:
        return Event(
            report.id, draw(st.sampled_from(TYPES)), span(), span(), draw(CODE), draw(st.sampled_from(STATUSES)),
            some(entity), some(entity),
            content=maybe(span),
            date=maybe(lambda: When(span(), draw(DAY), draw(DAY), draw(MAYBE), draw(MAYBE), draw(MAYBE))),
            place=maybe(lambda: Where(span(), draw(ANY), draw(CODE), draw(NUMBER), draw(NUMBER), draw(st.none() | st.integers(0, 10**7)))),
            source=maybe(lambda: Source(entity(), maybe(span), draw(st.booleans()), draw(st.booleans()))),
            quantities=some(lambda: Quantity(draw(NUMBER), draw(MAYBE), span())),
            statement=draw(CODE), contact=draw(CODE), answers=draw(CODE),
            contexts=tuple(draw(st.lists(st.sampled_from(["military", "health"])))),
            score=draw(st.none() | NUMBER), confidence=draw(st.floats(0, 1)),
            flags=tuple(draw(st.lists(st.sampled_from(["related-link", "historical"]), unique=True))),
        )  # fmt: skip

    def statement() -> Statement:
        form = draw(st.sampled_from(["direct", "indirect", "mixed"]))
        said = maybe(lambda: When(span(), draw(DAY), draw(DAY)))
        return Statement(
            report.id, span(), span(), some(span), form, maybe(entity), draw(st.booleans()), maybe(entity), said, draw(st.booleans())
        )

    notes = some(lambda: Note(draw(ANY), draw(ANY), maybe(span)))
    events = tuple({made.id: made for made in some(event)}.values())
    return Reading(report, events, some(statement), notes)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("record") / "r.db") as store:
        yield store
        tally = Tally()
        assert not list(store.verify(tally)) and tally.rows


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(readings())
def test_what_is_put_comes_back(store: Store, reading: Reading) -> None:
    for fingerprint, what in (("1", "added"), ("1", "unchanged"), ("2", "reread")):
        assert store.put(reading, fingerprint=fingerprint, where=reading.report.title).what == what
        assert store.reading(reading.report.id) == reading
    kept = store.report(reading.report.id)
    assert kept is not None and kept.report == reading.report
    assert [told.event for told in kept.events] == list(reading.events)
    assert [spoken.statement for spoken in kept.statements] == list(reading.statements)
    other = replace(reading, report=replace(reading.report, text=reading.report.text + "."))
    assert store.put(other, raw="other").what == "replaced"
    again = store.report(reading.report.id)
    assert again is not None and again.report == other.report
    assert [(version.report, list(version.rows)) for version in again.versions] == [(reading.report, reading.to_dicts())]
