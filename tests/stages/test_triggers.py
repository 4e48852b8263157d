"""The fields ``type``, ``mode``, ``trigger`` and ``content``: which predicates are events, and of what sense."""

from __future__ import annotations

import pytest

import rows
from onrecord.knowledge import lexicon
from onrecord.record import TYPES, Event, Reading
from onrecord.stages import triggers

SENSES = [
    # text, word, the type of the event that it triggers (None: no event)
    ("Israel struck a Syrian base.", "struck", "ASSAULT"),
    ("Norway struck a deal with Iceland.", "struck", "AGREE"),
    ("An earthquake struck Chile.", "struck", None),
    ("Miners in Peru struck for higher wages.", "struck", "PROTEST"),
    ("Peru met Chile.", "met", "CONSULT"),
    ("Peru met its targets.", "met", None),
    ("Soldiers shot a Libyan officer.", "shot", "ASSAULT"),
    ("Libya released a report.", "released", None),
    ("Libya released two prisoners.", "released", "RETREAT"),
    ("Mali held talks with Chad.", "talks", "CONSULT"),
    ("Mali cut taxes.", "cut", None),
    ("Mali withdrew its troops.", "withdrew", "RETREAT"),
    ("Kenya dropped its charges against Uganda.", "dropped", "CONCEDE"),
    ("Kenya recalled the happy days of peace.", "recalled", None),
]  # fmt: skip
CONTENT = [
    ("France urged Iran to free the sailors.", "urged", "to free the sailors"),
    ("Kenya accused Uganda of theft.", "accused", "theft"),
    ("Iran rejected the offer of talks.", "rejected", "the offer of talks"),
    ("Mali demanded that Chad leave the town.", "demanded", "that Chad leave the town"),
    ("Laos rejected the demand to open its archive and accused Thailand of lying.", "rejected", "the demand to open its archive"),
]
ONCE = [
    "Israel launched an attack on Syria.",
    "Britain imposed sanctions on Iran.",
    "Oman held talks with Iran.",
    "Peru paid a visit to Chile.",
]
TWICE = "Israel condemned the attack on Jordan."
PARTICIPLE = "The attacked village in Mali is empty."
COVERED = "Al-Shabaab carried out an attack on a Kenyan base."
TEXTS = [*(row[0] for row in (*SENSES, *CONTENT)), *ONCE, TWICE, PARTICIPLE, COVERED]


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    return rows.read([{"text": text} for text in dict.fromkeys(TEXTS)])


def told(reading: Reading, word: str) -> Event | None:
    return next((event for event in reading.events if word in event.trigger.text.split()), None)


@pytest.mark.parametrize(("text", "word", "type_"), SENSES)
def test_a_words_sense_depends_on_its_arguments(text: str, word: str, type_: str | None, readings: dict[str, Reading]) -> None:
    event = told(readings[text], word)
    assert (event and event.type) == type_


@pytest.mark.parametrize(("text", "word", "want"), CONTENT)
def test_the_content_is_what_the_event_is_about(text: str, word: str, want: str, readings: dict[str, Reading]) -> None:
    event = told(readings[text], word)
    assert event is not None and event.content is not None and event.content.text == want


@pytest.mark.parametrize("text", ONCE)
def test_a_light_verb_and_its_noun_are_one_event(text: str, readings: dict[str, Reading]) -> None:
    assert len(readings[text].events) == 1


def test_a_full_verb_and_its_noun_are_two_events(readings: dict[str, Reading]) -> None:
    assert [event.type for event in readings[TWICE].events] == ["ACCUSE", "ASSAULT"]


def test_a_participle_before_a_noun_is_no_event(readings: dict[str, Reading]) -> None:
    assert readings[PARTICIPLE].events == ()


def test_the_trigger_never_covers_the_whole_sentence(readings: dict[str, Reading]) -> None:
    for reading in readings.values():
        assert all(len(event.trigger) < len(event.sentence) for event in reading.events)


def test_the_content_never_covers_its_own_trigger(readings: dict[str, Reading]) -> None:
    for reading in readings.values():
        assert not any(event.content is not None and event.content.contains(event.trigger) for event in reading.events)


def test_every_type_has_verbs_that_name_it() -> None:
    verbs = {sense.type for (pos, _), senses in lexicon.senses().items() if pos == "verbs" for sense in senses}
    assert verbs == set(TYPES)


def test_event_nouns_are_those_of_the_lexicon() -> None:
    assert {"attack", "talks", "invasion"} & triggers.nouns() >= {"attack", "invasion"} and "table" not in triggers.nouns()


def test_the_score_is_that_of_type_and_mode(readings: dict[str, Reading]) -> None:
    events = [event for reading in readings.values() for event in reading.events]
    assert all(event.score == lexicon.score(event.type, event.mode) and event.score is not None for event in events)
