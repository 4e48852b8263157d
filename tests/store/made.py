"""Readings made by hand: short reports whose rows quote them."""

from __future__ import annotations

from dataclasses import replace

from onrecord.record import Entity, Event, Note, Reading, Report, Span, Statement, When, Where

AT = "2031-06-01T12:00:00+00:00"
TEXT = (
    "Tarvia and Norland in new row\n\n"
    "Tarvia expelled two envoys of Norland on Monday, Foreign Minister Ana Korvel said.\n\n"
    "Norland threatened to close the port of Hemne in answer. Both sides will meet in Kalla on Friday."
)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def made(id_: str = "r1", text: str = TEXT, published: str | None = "2031-05-06", publisher: str = "The Courier") -> Reading:
    """Three events and a statement of a report; ``text`` must have the words that the rows quote."""
    report = Report(text, id=id_, title="Tarvia and Norland in new row", published=published, publisher=publisher)
    tarvia = Entity(span(text, "Tarvia"), "Tarvia", "TAR", "GOV", None, "state")
    norland = Entity(span(text, "Norland"), "Norland", "NLD", "GOV", None, "state")
    korvel = Entity(span(text, "Ana Korvel"), "Ana Korvel", "TAR", "GOV", "Foreign Minister", "person")
    first = span(text, "Tarvia expelled two envoys of Norland on Monday, Foreign Minister Ana Korvel said.")
    second = span(text, "Norland threatened to close the port of Hemne in answer.")
    third = span(text, "Both sides will meet in Kalla on Friday.")
    said = Statement(id_, first, span(text, "said"), (span(text, "expelled two envoys"),), "indirect", korvel)
    expel = Event(
        id_, "SANCTION", span(text, "expelled"), first, "expel", "actual", (tarvia,), (norland,),
        date=When(span(text, "on Monday"), "2031-05-05", "2031-05-05"), statement=said.id, score=-5.0, confidence=0.9,
    )  # fmt: skip
    threat = Event(
        id_, "THREATEN", span(text, "threatened"), second, "restrict", "actual", (norland,), (tarvia,), score=-4.4, confidence=0.7
    )
    meet = Event(
        id_, "CONSULT", span(text, "meet"), third, None, "planned", (tarvia, norland), (),
        date=When(span(text, "on Friday"), "2031-05-09", "2031-05-09"),
        place=Where(span(text, "Kalla"), "Kalla", "NLD"), contact="c1", score=2.5, flags=("related-link",),
    )  # fmt: skip
    note = Note("test", "made by hand", span(text, "new row"))
    return Reading(report, (expel, threat, meet), (said,), (note,))


def reread(reading: Reading) -> Reading:
    """The same report read by another onrecord: the threat is gone, the expulsion is surer."""
    expel, _, meet = reading.events
    return replace(reading, events=(replace(expel, confidence=0.95), meet))
