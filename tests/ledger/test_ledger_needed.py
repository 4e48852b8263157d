"""Each question asks the store for the rows that it looks at only, and gets the same answer as from all."""

import functools

import pytest
from ledger_rows import MERTEN, ROE, told

from onrecord import Reading, Report, ledger
from onrecord.held import Wanted
from onrecord.store import Store, reading

MEET = "Berlin and Washington will meet on March 20 to talk about the canal."
ROWS = (
    told("Ms Roe and Mr Merten spoke by phone.", "spoke", (ROE, MERTEN), report="a", published="2024-03-01"),
    told(MEET, "meet", (ROE, MERTEN), report="b", published="2024-03-02", status="planned", days="2024-03-20"),
    told("The meeting of March 20 will not take place.", "meeting", (ROE, MERTEN), report="c", published="2024-03-09", status="negated"),
    told(
        "Berlin refused to meet Washington.", "refused", (MERTEN,), (ROE,), report="d", published="2024-03-10", type="REJECT", mode="meet"
    ),
    told("Berlin asked to open the canal.", "asked", (MERTEN,), (ROE,), report="e", type="REQUEST", content="open the canal"),
    told("Washington agreed to open the canal.", "agreed", (ROE,), (MERTEN,), report="f", type="AGREE", content="open the canal"),
    told("Berlin warned of sanctions on Washington.", "warned", (MERTEN,), (ROE,), report="g", published="2024-03-06", type="THREATEN"),
    told("Berlin cut trade with Washington.", "cut", (MERTEN,), (ROE,), report="h", published="2024-03-08", type="SANCTION"),
    told("Berlin shelled the harbour bridge.", "shelled", (MERTEN,), (ROE,), report="i", type="ASSAULT", days="2024-03-04"),
    told("Berlin did not shell it.", "shell", (MERTEN,), (ROE,), report="j", type="ASSAULT", status="negated", days="2024-03-04"),
    told("Berlin moved 400 troops.", "moved", (MERTEN,), report="k", type="MOBILIZE", quantities=((400.0, "troops", "400 troops"),)),
    told("Berlin will send aid.", "send", (MERTEN,), (ROE,), report="l", type="AID", status="planned", days="2024-03-22"),
)
QUESTIONS = {name: getattr(ledger, name) for name in ledger.NEEDED} | {"agenda": functools.partial(ledger.agenda, after="2024-03-11")}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("needed") / "record.db") as store:
        for row in ROWS:
            report = Report(row.event.sentence.text, id=row.head.id, published=row.head.published, publisher=row.head.publisher)
            store.put(Reading(report, (row.event,)))
        yield store


def dicts(items):
    return [item.to_dict() for item in items]


@pytest.mark.parametrize("name", sorted(ledger.NEEDED))
def test_the_rows_that_a_question_needs_give_the_same_answer_as_all(store, name):
    needed = {told.id: told for wanted in ledger.NEEDED[name] for told in store.all_events(wanted)}
    everything = dicts(QUESTIONS[name](store.all_events()))
    assert everything
    assert dicts(QUESTIONS[name](needed.values())) == everything


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(types=("CONSULT",)), Wanted(publisher="e"), Wanted(limit=3)])
def test_rows_read_through_the_whole_file_are_those_fetched_one_by_one(store, monkeypatch, wanted):
    monkeypatch.setattr(reading, "SCANNED", 0)
    assert store.all_events(wanted) == list(store.events(wanted)) != []
