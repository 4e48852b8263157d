"""Who is who: names to entries, offices by date, folding; and that the index is built fast."""

import time

import pytest

from onrecord.knowledge import whoswho
from onrecord.knowledge.whoswho import Entry, Office, Register, fold, key_of

PREMIER = Office("Prime Minister", "GOV", "2001-05", "2005-03-10")
SPEAKER = Office("Speaker", "LEG", "2006", "2010")
OLA = Entry("person", "PLW", "Ola Benn", "PLW", "LEG", offices=(PREMIER, SPEAKER))


@pytest.mark.parametrize(
    ("day", "sector"),
    [("2001-05-02", "GOV"), ("2005-03-10", "GOV"), ("2006-01-01", "LEG"), ("2011-01-01", "ELI"), ("1999-01-01", "GOV"), (None, "LEG")],
)
def test_the_sector_is_that_of_the_office_on_the_day(day, sector):
    assert OLA.sector_on(day) == sector


def test_the_longest_name_wins_and_names_do_not_overlap():
    register = Register([("New Palau", Entry("state", "NPW", "New Palau", "NPW")), ("Palau", Entry("state", "PLW", "Palau", "PLW"))])
    found = register.find(["From", "New", "Palau", "to", "Palau"])
    assert [(f.first, f.last, f.entries[0].key) for f in found] == [(1, 2, "NPW"), (4, 4, "PLW")]


def test_names_are_found_without_accents_and_in_capitals():
    register = Register([("Côte Palau", Entry("state", "CPW", "Côte Palau", "CPW"))])
    assert register.find([fold("Côte"), "Palau"])
    assert register.in_capitals().find(["COTE", "PALAU"])
    assert not register.find(["COTE", "PALAU"])


def test_a_possessive_inside_a_name_is_a_token_of_its_own():
    assert key_of("the People’s Front") == "People 's Front"


def test_the_holder_of_an_office_is_told_by_country_role_and_day():
    register = Register([("Ola Benn", OLA)])
    assert register.holder("PLW", "prime minister", "2003-01-01") is OLA
    assert register.holder("PLW", "prime minister", "2008-01-01") is None


def test_the_whole_index_is_built_fast():
    whoswho.load()
    start = time.process_time()
    whoswho.load.__wrapped__()
    assert time.process_time() - start < 1.0


def test_a_group_has_the_standing_of_the_day():
    rule = Office("", "GOV", "2010-05-01", "")
    group = Entry("group", "front", "Front", "PLW", "REB", offices=(rule,))
    assert [group.standing(day).sector for day in ("2009-12-31", "2010-05-01", None)] == ["REB", "GOV", "GOV"]


def test_a_state_at_war_has_one_foe_on_a_day():
    register = whoswho.load()
    assert [getattr(register.foe("UKR", day), "country", None) for day in ("2022-05-01", "2010-05-01", None)] == ["RUS", None, None]


@pytest.mark.parametrize(
    ("published", "day"),
    [("2016-12-17", "2016-12-17"), ("20161217", "2016-12-17"), ("17 December 2016", None), ("2016-13-40", None), ("", None), (None, None)],
)
def test_only_an_iso_date_is_a_day(published, day):
    assert whoswho.day_of(published) == day
