"""Readings over strange texts, for property tests of exports: bidi marks, control characters, surrogates, emoji, formulas."""

from __future__ import annotations

from hypothesis import strategies as st

from onrecord.record import Entity, Event, Quantity, Reading, Report, Source, Span, Statement, When, Where

PIECES = st.sampled_from(
    [
        "Peru",
        " met ",
        "=1+1",
        "\t",
        "\n",
        "\r\n",
        "\x00",
        "\x0b",
        "\x85",
        "\u2028",
        "\u202e",
        "\ud800",
        "😀",
        "é",
        "<b>",
        "**",
        "|",
        "a" * 120,
        "((",
        "-",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=12).map("".join)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """A reading with an event and a statement, their parts anywhere in a strange text."""
    text = draw(TEXTS)

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span.of(text, start, draw(st.integers(start + 1, len(text))))

    def entity() -> Entity:
        return Entity(span(), draw(st.none() | TEXTS), draw(st.sampled_from([None, "PER", "NATO"])), draw(st.sampled_from([None, "GOV"])))

    report = Report(text, id=draw(st.just("") | TEXTS), title=draw(st.none() | TEXTS), published=draw(st.none() | st.just("2024-03-14")))
    whole = Span.of(text, 0, len(text))
    event = Event(
        report.id, "CONSULT", span(), whole,
        draw(st.sampled_from([None, "phone"])), draw(st.sampled_from(["actual", "planned", "negated"])),
        actors=(entity(), entity()), recipients=(entity(),), content=draw(st.none() | st.builds(span)),
        date=draw(st.none() | st.builds(lambda: When(span(), "2024-03-11", "2024-03-12"))),
        place=Where(span(), "Faro", "PRT", 37.0, -7.9, 2268339),
        source=Source(entity(), span(), True), quantities=(Quantity(5.0, None, span()),), contact="c", score=-1.0,
    )  # fmt: skip
    statement = Statement(report.id, whole, span(), (span(), span()), speaker=entity(), audience=entity())
    return Reading(report, (event,), (statement,))
