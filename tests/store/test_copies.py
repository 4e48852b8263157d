"""Copies of a wire story count as one voice; different stories that share words do not."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from onrecord.record import Reading, Report
from onrecord.store import Store
from onrecord.store.copies import print_of, same_story

WIRE = """\
BELMORA, May 6 (Northwire) - Two soldiers from Tarvia were wounded on Monday when a patrol \
came under fire near the Orlan bridge, officials said.

Tarvian Defence Minister Ana Korvel blamed fighters loyal to the exiled general Petru Sandor for the shooting. "We know who gave \
the order," Korvel told lawmakers in Belmora.

Sandor's office in Lisbon denied any part in the attack and called for a commission led by the United Nations.

The bridge links Tarvia's northern province with the disputed Orlan valley, where 41 people have died since January.

The European Union urged Tarvia and Sandor's movement to return to the talks that broke off in Geneva in March.
"""
PARAGRAPHS = WIRE.strip().split("\n\n")


def wire(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def other_call(country: str, president: str) -> str:
    """A press office's readout by its formula."""
    return wire(
        f"President Milo Dragan spoke by phone with President of {country} {president} on Tuesday.",
        "The two leaders discussed the state of bilateral relations and ways of developing cooperation in trade and energy.",
        "They exchanged views on the situation in the region and stressed the importance of respect for international law.",
        f"The Presidents of Tarvia and {country} agreed to maintain contacts at various levels.",
    )


COPIES = {
    "the same": WIRE,
    "another agency's dateline": WIRE.replace("BELMORA, May 6 (Northwire) - ", "BELMORA (Southwire) — "),
    "no dateline": WIRE.replace("BELMORA, May 6 (Northwire) - ", ""),
    "a line about the agency after it": WIRE + "\nReporting by Elsa Brandt; editing by Tom Okafor\n",
    "another headline before it": "Shots at the Orlan bridge\n\n" + WIRE,
    "two paragraphs cut": wire(*PARAGRAPHS[:1], *PARAGRAPHS[2:4]),
    "the end cut": wire(*PARAGRAPHS[:3]),
    "an updated lead": wire(
        "BELMORA, May 6 (Northwire) - One of two soldiers wounded near the Orlan bridge has died, officials in Tarvia said.",
        *PARAGRAPHS[1:],
    ),
    "straight quotation marks and other spaces": WIRE.replace('"', "”").replace(". ", ".  "),
    "words edited here and there": WIRE.replace("came under fire", "came under heavy fire").replace("any part in", "any role in"),
    "paragraphs in another order": wire(PARAGRAPHS[0], PARAGRAPHS[4], *PARAGRAPHS[1:4]),
}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_tells_the_same_story(name: str) -> None:
    one, other = print_of(WIRE), print_of(COPIES[name])
    assert same_story(one, other)
    assert same_story(other, one)


BACKGROUND = wire(
    "The Orlan valley was part of Tarvia until 1991, and 41 people have died there since January, according to the United Nations.",
    "Sandor has lived in Lisbon since a court in Belmora sentenced him to 12 years in 2019.",
)
DIFFERENT = {
    "the same formula, another call": (other_call("Norland", "Ida Berg"), other_call("Estavia", "Luis Moreno")),
    "the same formula and country, another person": (other_call("Norland", "Ida Berg"), other_call("Norland", "Karl Holm")),
    "one quoted sentence in common": (
        wire(PARAGRAPHS[1], "Parliament will vote on Korvel's budget on Friday, and 30 deputies of the Green Union plan to abstain."),
        wire(PARAGRAPHS[1], "Korvel flies to Vienna on Saturday for a meeting of 14 defence ministers, her spokesman Ivo Lind said."),
    ),
    "background in common": (
        wire("Tarvia closed 3 crossings into the Orlan valley on Monday after a dispute over customs with Norland.", BACKGROUND),
        wire("Petru Sandor told the newspaper Diario that he would return for the vote planned for September 9.", BACKGROUND),
    ),
    "a footer in common": (
        wire("Norland's fishermen blocked the port of Hemne on Sunday over 2 new quotas.", "Sign up for our letter at 7 from Belmora."),
        wire("The mayor of Kalla resigned on Sunday after 5 months in office.", "Sign up for our letter at 7 from Belmora."),
    ),
    "a brief in a round-up": (
        PARAGRAPHS[0],
        wire(
            PARAGRAPHS[0],
            "Norland's parliament passed a budget of 90 billion crowns after a debate of 14 hours in Hemne on Monday night.",
            "Estavia recalled its ambassador from Norland over a map of the Kalla islands that a school in Hemne had printed.",
            "A court in Lisbon heard the appeal of Diario's editor Rui Paz, who was fined 3,000 euros for an article on the port.",
            "Fishermen in Kalla ended their strike of 11 days when the European Union put off its quotas until October.",
        ),
    ),
    "alike, elsewhere": (
        "At least 7 people were killed on Friday when a bomb went off at a market in Kalla, police said. No group has claimed the attack.",
        "At least 9 people were killed on Sunday when a bomb went off at a market in Hemne, police said. No group has claimed the attack.",
    ),
    "alerts of a few words": ("Talks under way in Geneva", "Talks under way in Geneva"),
}  # fmt: skip


@pytest.mark.parametrize("name", DIFFERENT)
def test_different_stories_stay_apart(name: str) -> None:
    one, other = map(print_of, DIFFERENT[name])
    assert not same_story(one, other)
    assert not same_story(other, one)


def kept(path: Path, reports: list[Report]) -> dict[str, str]:
    """The voice of each report after they were added in this order."""
    with Store(path) as store:
        for report in reports:
            store.put(Reading(report))
        assert not list(store.verify())
        return {head.id: head.voice for head in store.reports()}


def stories() -> list[Report]:
    texts = [WIRE, *(COPIES[name] for name in ("another agency's dateline", "two paragraphs cut", "an updated lead"))]
    texts += DIFFERENT["the same formula, another call"]
    days = ["2031-05-06", "2031-05-06", "2031-05-07", "2031-05-07", "2031-05-06", "2031-05-06"]
    return [Report(text, id=f"r{n}", published=day) for n, (text, day) in enumerate(zip(texts, days, strict=True))]


def test_voices_do_not_depend_on_the_order_of_adding(tmp_path: Path) -> None:
    orders = list(itertools.permutations(stories()))[::97]
    found = [kept(tmp_path / f"{n}.db", list(order)) for n, order in enumerate(orders)]
    assert found[0] == {"r0": "r0", "r1": "r0", "r2": "r0", "r3": "r0", "r4": "r4", "r5": "r5"}
    assert all(voices == found[0] for voices in found)


def test_the_voice_is_the_report_that_came_out_first(tmp_path: Path) -> None:
    later, earlier = Report(WIRE, id="a", published="2031-05-07"), Report(WIRE, id="b", published="2031-05-06")
    assert kept(tmp_path / "r.db", [later, earlier]) == {"a": "b", "b": "b"}


def test_the_same_words_weeks_later_are_another_story(tmp_path: Path) -> None:
    one, other = Report(WIRE, id="a", published="2031-05-06"), Report(WIRE, id="b", published="2031-06-06")
    assert kept(tmp_path / "r.db", [one, other]) == {"a": "a", "b": "b"}


def test_a_copy_whose_text_is_replaced_leaves_its_group(tmp_path: Path) -> None:
    first, copy = Report(WIRE, id="a", published="2031-05-06"), Report(WIRE, id="b", published="2031-05-07")
    changed = Report(other_call("Norland", "Ida Berg"), id="a", published="2031-05-06")
    assert kept(tmp_path / "r.db", [first, copy, changed]) == {"a": "a", "b": "b"}


def test_those_who_met_through_a_report_part_when_it_goes(tmp_path: Path) -> None:
    long = "\n\n".join(
        f"Envoy {name} of Norland met 12 members of the council in Hemne on Monday to speak about the port of {name}." for name in NAMES
    )
    lines = long.split("\n\n")
    head, tail = "\n\n".join(lines[:7]), "\n\n".join(lines[5:])
    days = {"published": "2031-05-06"}
    bridge = [Report(head, id="a", **days), Report(tail, id="b", **days), Report(long, id="c", **days)]
    assert set(kept(tmp_path / "r.db", bridge).values()) == {"a"}
    gone = Report(other_call("Norland", "Ida Berg"), id="c", **days)
    assert kept(tmp_path / "r.db", [gone]) == {"a": "a", "b": "b", "c": "c"}


NAMES = ("Aamo", "Birk", "Cato", "Dahl", "Eide", "Foss", "Gran", "Hauge", "Iversen", "Jahr", "Kiil", "Lund")


def test_a_footer_under_every_report_joins_nobody_and_costs_little(tmp_path: Path) -> None:
    footer = "Sign up for the evening letter of the Belmora Courier, which 40,000 readers in Tarvia open every day at 7."
    reports = [Report(f"In {x}, {y} met {z} of Norland on Monday about 3 ships.\n\n{footer}", id=f"{x}-{y}-{z}") for x, y, z in THREES]
    found = kept(tmp_path / "r.db", reports)
    assert all(id_ == voice for id_, voice in found.items())


THREES = list(itertools.islice(itertools.permutations(NAMES, 3), 0, 400, 4))


def test_a_headline_may_name_the_town_of_the_other_dateline() -> None:
    body = "Sudan has moved 900 soldiers to the Abyei road, Minister Ali Taha said on Monday. Kenya and Uganda called for calm.\n"
    body += "Envoys of the African Union will fly to the region on Thursday, Taha said.\n"
    other = "Sudan moves soldiers toward disputed road, says Khartoum\n\n(Nile Wire) — " + body
    assert same_story(print_of("KHARTOUM — " + body), print_of(other))
