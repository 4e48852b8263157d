"""Whose report it is: the press office behind a publisher's name."""

import pytest

from onrecord.knowledge import press


@pytest.mark.parametrize(
    ("publisher", "state"),
    [("Kremlin", "RUS"), ("White House", "USA"), ("President of Ukraine", "UKR"), ("Ministry of Foreign Affairs of Japan", "JPN")],
)
def test_a_government_that_publishes_is_a_host(publisher, state):
    assert press.press_office(publisher) == state


@pytest.mark.parametrize("publisher", ["China Daily", "Kyiv Independent", "Times of Israel", "", "Wikipedia Current events"])
def test_the_media_of_a_state_are_no_press_office(publisher):
    assert press.press_office(publisher) is None
