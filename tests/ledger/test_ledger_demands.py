"""Who demands what of whom, and what becomes of it."""

from ledger_rows import told

from onrecord.ledger import demands

TEXT = "Berlin demanded that the canal be opened to grain ships."
WHAT = "the canal be opened to grain ships"


def asked(report="a", published="2024-03-01", text=TEXT, what=WHAT, **fields):
    given = {"type": "REQUEST", "content": what, "report": report, "published": published, **fields}
    return told(text, "demanded", ("DEU.GOV",), ("FRA.GOV",), **given)


def answer(type_, text, what, trigger, report="b", published="2024-03-04", **fields):
    return told(text, trigger, ("FRA.GOV",), ("DEU.GOV",), type=type_, content=what, report=report, published=published, **fields)


def refused(**fields):
    return answer("REJECT", "Paris refused to open the canal to ships.", "to open the canal to ships", "refused", **fields)


def accepted(**fields):
    return answer("AGREE", "Paris agreed that the canal be opened to ships.", "the canal be opened to ships", "agreed", **fields)


def test_a_demand_knows_its_sides_its_words_and_its_first_day():
    [demand] = demands([asked()])
    assert (demand.by, demand.of, demand.since, demand.outcome) == (("DEU",), ("FRA",), "2024-03-01", "none yet")
    assert demand.content.text == WHAT
    assert TEXT[demand.content.start : demand.content.end] == WHAT


def test_the_same_demand_told_again_is_one():
    again = asked("c", "2024-03-09", "It demanded again that grain ships pass the canal.", "grain ships pass the canal")
    [demand] = demands([again, asked()])
    assert [telling.report for telling in demand.tellings] == ["a", "c"]
    assert demand.since == "2024-03-01"


def test_another_demand_of_the_same_sides_is_another():
    other = asked("c", "2024-03-09", "It demanded the release of two fishermen.", "the release of two fishermen")
    assert len(demands([asked(), other])) == 2


def test_names_of_states_alone_make_no_demands_alike():
    one = asked("a", text="It demanded help for France and Germany.", what="help for France and Germany")
    two = asked("b", text="It demanded apologies from France and Germany.", what="apologies from France and Germany")
    assert len(demands([one, two])) == 2


def test_a_linked_refusal_answers_whatever_its_words():
    demand = asked()
    no = answer("REJECT", "Paris would not hear of it and refused.", None, "refused", report="a", published="2024-03-01", answers=demand.id)
    [found] = demands([demand, no])
    assert found.outcome == "refused"
    assert found.rows == (demand.id, no.id)


def test_a_later_acceptance_of_the_addressee_about_the_same_thing_answers():
    [found] = demands([asked(), accepted()])
    assert [(a.verdict, a.by, a.telling.report) for a in found.answers] == [("accepted", ("FRA",), "b")]


def test_an_earlier_row_and_another_matter_answer_nothing():
    before = accepted(published="2024-02-01")
    other = answer("AGREE", "Paris agreed to lend two paintings.", "to lend two paintings", "agreed")
    assert demands([asked(), before, other])[0].outcome == "none yet"


def test_the_latest_answer_counts():
    assert demands([asked(), refused(), accepted(report="c", published="2024-03-20")])[0].outcome == "accepted"


def test_answers_of_one_day_that_differ_come_to_a_part():
    assert demands([asked(), refused(), accepted(report="c")])[0].outcome == "partly"


def test_what_is_granted_in_part_is_granted_partly():
    text = "Paris agreed that the canal be opened partly to grain ships."
    part = answer("AGREE", text, "the canal be opened partly to grain ships", "agreed")
    assert demands([asked(), part])[0].outcome == "partly"


def test_not_agreeing_is_refusing_and_not_refusing_is_no_answer():
    assert demands([asked(), accepted(status="negated")])[0].outcome == "refused"
    assert demands([asked(), refused(status="negated")])[0].outcome == "none yet"


def test_a_demand_only_thought_possible_or_judged_wrong_is_none():
    assert not demands([asked(status="possible"), asked(verdict="wrong")])


def test_a_demand_is_json_ready():
    data = demands([asked(), refused()])[0].to_dict()
    assert (data["outcome"], data["answers"][0]["telling"]["trigger"]["text"], data["voices"]) == ("refused", "refused", 1)


def test_at_whose_wish_a_contact_was_is_no_demand():
    text = "The two ministers spoke by phone on Friday at the request of the German side."
    sides = ("DEU.GOV", "FRA.GOV")
    request = told(text, "request", ("DEU.GOV",), type="REQUEST")
    assert demands([told(text, "spoke", sides), request]) == []


def test_a_demand_in_the_sentence_of_a_meeting_of_others_stays():
    text = "Rome and Madrid met as Berlin repeated its demand."
    demand = told(text, "demand", ("DEU.GOV",), type="REQUEST")
    assert len(demands([told(text, "met", ("ITA.GOV", "ESP.GOV")), demand])) == 1


def test_a_demand_with_words_of_its_own_in_a_meetings_sentence_stays():
    text = "They met, and Berlin demanded that the canal be opened to grain ships."
    demand = told(text, "demanded", ("DEU.GOV",), type="REQUEST", content=WHAT)
    assert len(demands([told(text, "met", ("DEU.GOV", "FRA.GOV")), demand])) == 1
