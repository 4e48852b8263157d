"""Shared fixtures: a reading made by hand, and where the evaluation data lie."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

from onrecord.record import Entity, Event, Note, Quantity, Reading, Report, Source, Span, Statement, When, Where

ROOT = Path(__file__).parent.parent

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

TEXT = (
    "Lisbon turns down offer\n\n"
    "Portugal rejected Spain’s offer of talks on Monday, Portuguese Foreign Minister Rui Mota said. "
    "Some 500 police may be sent to Faro.\n\n"
    "“We will not sign,” he added.\n"
)


def span_of(text: str, words: str, after: int = 0) -> Span:
    """The first place after an offset where the text has these words."""
    start = text.index(words, after)
    return Span.of(text, start, start + len(words))


@pytest.fixture
def shared() -> Path:
    """The folder of evaluation data; skips the test where there is none."""
    folder = ROOT.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("needs ../shared (evaluation data, not part of the project)")
    return folder


@pytest.fixture
def reading() -> Reading:
    """Two events, two statements and a note, made by hand."""
    report = Report(TEXT, id="hand", title="Lisbon turns down offer", published="2024-03-14", publisher="By hand")
    first = span_of(TEXT, "Portugal rejected Spain’s offer of talks on Monday, Portuguese Foreign Minister Rui Mota said.")
    second = span_of(TEXT, "Some 500 police may be sent to Faro.")
    third = span_of(TEXT, "“We will not sign,” he added.")
    portugal = Entity(span_of(TEXT, "Portugal"), "Portugal", "PRT", None, None, "state")
    spain = Entity(span_of(TEXT, "Spain"), "Spain", "ESP", "GOV", None, "state")
    mota = Entity(span_of(TEXT, "Portuguese Foreign Minister Rui Mota"), "Rui Mota", "PRT", "GOV", "Portuguese Foreign Minister", "person")
    he = Entity(span_of(TEXT, "he", third.start), "Rui Mota", "PRT", "GOV", None, "person")
    said = span_of(TEXT, "said")
    told = Statement("hand", first, said, (span_of(TEXT, "Portugal rejected Spain’s offer of talks on Monday"),), "indirect", mota)
    quote = Statement("hand", third, span_of(TEXT, "added"), (span_of(TEXT, "We will not sign"),), "direct", he)
    reject = Event(
        "hand", "REJECT", span_of(TEXT, "rejected"), first, "meet", "actual", (portugal,), (spain,),
        content=span_of(TEXT, "offer of talks"),
        date=When(span_of(TEXT, "on Monday"), "2024-03-11", "2024-03-11"),
        source=Source(mota, said), statement=told.id, score=-3.0, confidence=0.9,
    )  # fmt: skip
    send = Event(
        "hand", "MOBILIZE", span_of(TEXT, "sent"), second, "police", "possible",
        place=Where(span_of(TEXT, "Faro"), "Faro", "PRT", 37.02, -7.93, 2268339),
        quantities=(Quantity(500.0, "police", span_of(TEXT, "500 police")),), score=-6.0, flags=("damaged-text",),
    )  # fmt: skip
    note = Note("test", "this reading is made by hand", span_of(TEXT, "Lisbon"))
    return Reading(report, (reject, send), (told, quote), (note,))
