"""Every call and meeting once, over all reports that tell of it."""

import json
import random
import time
from pathlib import Path

import jsonschema
from ledger_rows import LEROY, MERTEN, ROE, SMITH, VOGEL, call, meeting, told

from onrecord import knowledge
from onrecord.ledger import contacts


def joined(*rows):
    """The reports of each contact."""
    return sorted(contact.reports for contact in contacts(rows))


def test_two_publishers_accounts_of_one_call_are_one_contact():
    [contact] = contacts([call("a", "2024-03-05", days="2024-03-05"), call("b", "2024-03-05")])
    assert contact.reports == contact.main_in == ("a", "b")
    assert (contact.sides, contact.status, contact.sort, contact.first, contact.last) == (
        ("DEU", "USA"),
        "held",
        "phone",
        "2024-03-05",
        "2024-03-05",
    )
    assert {person.name for person in contact.participants} == {"Jane Roe", "Karl Merten"}
    assert len(contact.rows) == 2


def test_a_release_of_the_next_morning_is_of_the_evening_before():
    assert joined(call("a", "2024-03-05", days="2024-03-05"), call("b", "2024-03-06")) == [("a", "b")]


def test_calls_of_following_days_by_one_publisher_stay_apart():
    assert joined(call("a", "2024-03-05", publisher="P"), call("b", "2024-03-06", publisher="P")) == [("a",), ("b",)]


def test_each_side_of_two_calls_on_following_days_joins_its_own():
    rows = [call(f"{who}{day}", f"2024-03-0{day}", publisher=who) for who in "PQ" for day in (5, 6)]
    assert joined(*rows) == [("P5", "Q5"), ("P6", "Q6")]


def test_three_calls_of_one_pair_in_one_week_are_three():
    assert len(contacts([call(f"{who}{day}", f"2024-03-0{day}", publisher=who) for who in "PQ" for day in (4, 6, 8)])) == 3


def test_a_ministers_meeting_is_not_the_leaders():
    assert joined(meeting("a", "2024-03-05"), meeting("b", "2024-03-05", (SMITH, VOGEL))) == [("a",), ("b",)]


def test_unnamed_ministers_are_not_the_leaders():
    ministers = ("USA.GOV::Secretary of State", "DEU.GOV::Foreign Minister")
    assert joined(meeting("a", "2024-03-05"), meeting("b", "2024-03-05", ministers)) == [("a",), ("b",)]


def test_states_without_names_stand_for_their_leaders():
    assert joined(meeting("a", "2024-03-05"), meeting("b", "2024-03-05", ("USA", "DEU"))) == [("a", "b")]


def test_a_letter_is_no_call_and_a_visit_no_meeting():
    letter = told("She sent a letter.", "letter", (ROE, MERTEN), report="b")
    visit = told("She came on a visit.", "visit", (ROE, MERTEN), report="c", mode="visit")
    assert len(contacts([call("a", "2024-03-05"), letter, visit])) == 3


def test_a_video_link_is_called_a_call_here_and_a_meeting_there():
    video = told("They spoke in a video call.", "video call", (ROE, MERTEN), report="a", mode="phone")
    both = contacts([video, meeting("b", "2024-03-05")])
    assert [contact.sort for contact in both] == ["video"]


def test_meetings_in_two_towns_on_one_day_are_two():
    assert joined(meeting("a", "2024-03-05", place="Bonn"), meeting("b", "2024-03-05", place="Kiel")) == [("a",), ("b",)]


def test_spellings_of_a_name_are_one_person():
    one = contacts([call("a", "2024-03-05"), call("b", "2024-03-05", ("USA.GOV:Jane M. Roe", "DEU.GOV:Merten"))])
    assert len(one) == 1
    assert len(one[0].participants) == 2


def test_a_preview_joins_the_call_that_was_held():
    preview = told(
        "They will speak tomorrow.", "speak", (ROE, MERTEN), report="p", published="2024-03-04", status="planned", days="2024-03-05"
    )
    [contact] = contacts([preview, call("a", "2024-03-05")])
    assert contact.reports == ("p", "a")
    assert contact.status == "held"


def test_a_preview_without_a_day_joins_the_next_call():
    preview = told("They will speak.", "speak", (ROE, MERTEN), report="p", published="2024-03-04", status="planned")
    assert joined(preview, call("a", "2024-03-06")) == [("p", "a")]


def test_what_is_only_planned_is_planned():
    preview = told("They will speak on Friday.", "speak", (ROE, MERTEN), status="planned", days="2024-03-08")
    assert [contact.status for contact in contacts([preview])] == ["planned"]


def test_a_later_report_calls_a_plan_off():
    preview = told("They will meet on Friday.", "meet", (ROE, MERTEN), status="planned", days="2024-03-08")
    off = told(
        "The meeting on Friday was cancelled.",
        "meeting",
        (ROE, MERTEN),
        report="b",
        published="2024-03-07",
        status="negated",
        days="2024-03-08",
    )
    [contact] = contacts([preview, off])
    assert contact.status == "cancelled"


def test_a_refusal_to_meet_calls_a_plan_off():
    preview = told("They will meet on Friday.", "meet", (ROE, MERTEN), status="planned", days="2024-03-08")
    refusal = told(
        "Merten declined the meeting.", "declined", (MERTEN,), (ROE,), report="b", published="2024-03-07", type="REJECT", mode="meet"
    )
    assert [contact.status for contact in contacts([preview, refusal])] == ["cancelled"]


def test_what_is_put_off_is_held_on_its_new_day():
    preview = told("They will meet on Friday.", "meet", (ROE, MERTEN), report="p", status="planned", days="2024-03-08")
    moved = told(
        "The meeting was postponed to Tuesday.",
        "meeting",
        (ROE, MERTEN),
        report="m",
        published="2024-03-07",
        status="planned",
        days="2024-03-12",
    )
    [contact] = contacts([preview, moved])
    assert (contact.status, contact.first, contact.planned_for) == ("moved", "2024-03-12", ("2024-03-08",))
    [contact] = contacts([preview, moved, meeting("h", "2024-03-12")])
    assert (contact.status, contact.first, contact.planned_for) == ("held", "2024-03-12", ("2024-03-08",))


def test_what_a_readout_calls_a_recent_call_is_the_one_before():
    before, own = call("a", "2024-03-01"), call("b", "2024-03-08")
    mention = told(
        "It builds on their previous call.", "call", (ROE, MERTEN), report="b", published="2024-03-08", contact="b-past", start=60
    )
    assert joined(before, own, mention) == [("a", "b"), ("b",)]


def test_talks_told_with_their_town_are_no_call_of_the_days_before():
    mention = told(
        "After the talks in Bonn he left.", "talks", (ROE, MERTEN), report="b", published="2024-03-08", contact="bonn", place="Bonn"
    )
    own = call("b", "2024-03-08", (LEROY, MERTEN), start=50)
    assert joined(call("a", "2024-03-05"), mention, own) == [("a",), ("b",), ("b",)]


def test_a_call_to_come_in_a_readout_is_not_the_readouts_own():
    own = call("a", "2024-03-05")
    to_come = told("They will talk again.", "talk", (ROE, MERTEN), report="a", status="planned", contact="next", start=60)
    assert [contact.status for contact in contacts([own, to_come])].count("planned") == 1
    assert len(contacts([own, to_come])) == 2


def test_a_summit_mentioned_with_its_month_is_found():
    summit = told("They met at a summit.", "summit", (ROE, MERTEN), report="s", published="2024-01-16", days="2024-01-16")
    mention = told(
        "She recalled the January summit.", "summit", (ROE, MERTEN), report="b", contact="old", days=("2024-01-01", "2024-01-31"), start=80
    )
    assert joined(summit, call("b", "2024-03-05"), mention) == [("b",), ("s", "b")]


def test_talks_of_three_and_of_two_on_one_day_by_one_publisher_are_two():
    assert len(contacts([meeting("a", "2024-03-05", publisher="P"), meeting("b", "2024-03-05", (ROE, MERTEN, LEROY), publisher="P")])) == 2


def test_a_third_party_that_only_one_account_names_is_no_hindrance():
    assert joined(meeting("a", "2024-03-05"), meeting("b", "2024-03-05", (ROE, MERTEN, LEROY))) == [("a", "b")]


def test_a_summit_of_many_is_one_though_not_all_are_named():
    five = ("USA", "DEU", "FRA", "ITA", "ESP")
    [contact] = contacts([meeting("a", "2024-03-05", five), meeting("b", "2024-03-05", five[:4])])
    assert contact.sort == "multilateral"


def test_copies_of_a_wire_story_are_listed_but_count_once():
    [contact] = contacts([call("a", "2024-03-05"), call("b", "2024-03-05", voice="a"), call("c", "2024-03-05")])
    assert len(contact.tellings) == 3
    assert contact.voices == 2


def test_rows_judged_wrong_and_other_reports_news_are_left_out():
    assert not contacts([call("a", "2024-03-05", verdict="wrong"), call("b", "2024-03-05", flags=("related-link",))])


def test_each_account_shows_what_the_other_lacks():
    ours = told("They discussed sanctions and Poland.", "discussed", (ROE, MERTEN), report="a", start=40)
    theirs = told("They discussed energy and sanctions.", "discussed", (ROE, MERTEN), report="b", start=40)
    demand = told(
        "Merten demanded that the blockade of Kiel harbour end.",
        "demanded",
        (MERTEN,),
        (ROE,),
        report="b",
        type="REQUEST",
        content="the blockade of Kiel harbour end",
        start=90,
    )
    [contact] = contacts([call("a", "2024-03-05"), ours, call("b", "2024-03-05"), theirs, demand])
    only = {side.publisher: [(item.kind, item.label) for item in side.only] for side in contact.accounts}
    assert only == {"a": [("topic", "Poland")], "b": [("topic", "energy"), ("demand", "the blockade of Kiel harbour end")]}
    assert contact.topics == ("sanctions", "Poland", "energy")


def test_an_item_points_at_its_words():
    text = "They discussed sanctions."
    [contact] = contacts([told(text, "discussed", (ROE, MERTEN), start=100)])
    [item] = contact.accounts[0].items
    assert (item.words.text, item.words.start, item.words.end) == ("sanctions", 115, 124)
    assert text[item.words.start - 100 : item.words.end - 100] == item.words.text


def test_who_asked_for_it_is_told():
    asked = told("They spoke at the request of the German side.", "spoke", (ROE, MERTEN), duration="PT50M", time="15:30", timezone="gmt")
    [contact] = contacts([asked])
    assert (contact.initiator, contact.duration, contact.time) == ("DEU", "PT50M", ("15:30", "gmt"))


def test_a_headline_gives_the_side_that_the_rows_leave_out():
    one_sided = told("They met in the palace.", "met", (ROE,), report="a", title="Roe holds talks with President of Iceland")
    full = meeting("b", "2024-03-05", (ROE, "ISL.GOV:Jon Arason:President"))
    assert joined(one_sided, full) == [("a", "b")]


def test_a_headline_about_something_else_leaves_the_call_to_an_earlier_day():
    follow_up = told(
        "They had talked for an hour.", "talked", (ROE, MERTEN), report="b", published="2024-03-06", title="Roe: prices will fall"
    )
    assert joined(call("a", "2024-03-04"), follow_up) == [("a", "b")]


def test_meetings_at_home_join_by_their_people():
    cabinet = ("FRA.GOV:Anne Leroy:President", "FRA.MIL:Luc Petit:general")
    assert joined(meeting("a", "2024-03-05", cabinet), meeting("b", "2024-03-05", cabinet), meeting("c", "2024-03-05", (LEROY,))) == [
        ("a", "b"),
        ("c",),
    ]


def test_the_order_of_the_rows_does_not_matter():
    rows = [call(f"{who}{day}", f"2024-03-0{day}", publisher=who) for who in "PQRS" for day in range(1, 9)]
    rows += [meeting(f"m{who}", "2024-03-04", (SMITH, VOGEL), publisher=who) for who in "PQ"]
    first = [contact.to_dict() for contact in contacts(rows)]
    random.Random(7).shuffle(rows)
    assert [contact.to_dict() for contact in contacts(rows)] == first


def test_a_contact_is_json_ready():
    [contact] = contacts([call("a", "2024-03-05")])
    assert json.loads(json.dumps(contact.to_dict()))["accounts"][0]["tellings"][0]["trigger"]["text"] == "telephone call"


def test_days_that_are_none_lose_nothing():
    odd = call("a", "not a day")
    bare = told("They spoke.", "spoke", (), report="b")
    assert len(contacts([odd, bare])) == 2


def test_twenty_thousand_contact_rows_take_seconds():
    rng = random.Random(3)
    states = ["USA", "DEU", "FRA", "ITA", "ESP", "POL", "TUR", "CHN", "IND", "JPN", "RUS", "UKR", "GBR", "EGY", "IRN", "ISR"]
    rows = []
    for report in range(7_000):
        day = f"2024-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
        pair = tuple(f"{state}.GOV:{rng.choice('ABCD')}lex {state.title()}:President" for state in rng.sample(states, 2))
        rows += [call(f"r{report}", day, pair, start=40 * n, publisher=f"p{report % 5}") for n in range(3)]
    start = time.process_time()
    found = contacts(rows)
    spent = time.process_time() - start
    assert sum(len(contact.rows) for contact in found) == len(rows) == 21_000
    assert spent < 12


def test_the_words_of_the_ledger_fit_their_schema():
    schema = Path(knowledge.__file__).parent / "schemas" / "ledger.json"
    jsonschema.validate(knowledge.table("english/ledger"), json.loads(schema.read_text(encoding="utf-8")))


def test_a_length_among_the_quantities_is_the_contacts_duration():
    spoke = told("They spoke for almost 40 minutes.", "spoke", (ROE, MERTEN), quantities=((40.0, "minutes", "40 minutes"),))
    assert contacts([spoke])[0].duration == "PT40M"


def test_parts_of_an_hour_are_told_in_minutes():
    met = told("It was a 1.5-hour closed meeting.", "meeting", (ROE, MERTEN), quantities=((1.5, "hours", "1.5-hour"),))
    assert contacts([met])[0].duration == "PT1H30M"


def test_a_time_that_nothing_is_said_to_last_is_no_duration():
    met = told("They met within 48 hours of the vote.", "met", (ROE, MERTEN), quantities=((48.0, "hours", "48 hours"),))
    assert contacts([met])[0].duration is None
