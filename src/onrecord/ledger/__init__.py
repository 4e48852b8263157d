"""Many reports, one story: what a record's rows say when they are compared with one another.

Everything here is derived, at any time, from the rows (``Told``); nothing is kept and nothing is written.
Each item knows the rows it rests on and who tells them in which words.  Rows that were judged wrong, and
those of related-story lines, are left out.
"""

from collections.abc import Mapping
from typing import Final

from onrecord.held import Wanted
from onrecord.ledger.agenda import NEEDED as FOR_AGENDA
from onrecord.ledger.agenda import Item, agenda, ics
from onrecord.ledger.contacts import NEEDED as FOR_CONTACTS
from onrecord.ledger.contacts import Contact, contacts
from onrecord.ledger.demands import NEEDED as FOR_DEMANDS
from onrecord.ledger.demands import Demand, demands
from onrecord.ledger.disputes import NEEDED as FOR_DISPUTES
from onrecord.ledger.disputes import Dispute, disputes
from onrecord.ledger.forces import NEEDED as FOR_FORCES
from onrecord.ledger.forces import Force, forces
from onrecord.ledger.tension import ACTUAL, Deed, Per, Tension, tension
from onrecord.ledger.timeline import NEEDED as FOR_TIMELINE
from onrecord.ledger.timeline import Happening, timeline
from onrecord.ledger.warnings import NEEDED as FOR_WARNINGS
from onrecord.ledger.warnings import Threat, warnings

NEEDED: Final[Mapping[str, tuple[Wanted, ...]]] = {
    "agenda": FOR_AGENDA,
    "contacts": FOR_CONTACTS,
    "demands": FOR_DEMANDS,
    "disputes": FOR_DISPUTES,
    "forces": FOR_FORCES,
    "timeline": FOR_TIMELINE,
    "warnings": FOR_WARNINGS,
}
"""The rows that each question looks at: whoever gives it at least these gets the same answer as for all."""

__all__ = [
    "ACTUAL",
    "NEEDED",
    "Contact",
    "Deed",
    "Demand",
    "Dispute",
    "Force",
    "Happening",
    "Item",
    "Per",
    "Tension",
    "Threat",
    "agenda",
    "contacts",
    "demands",
    "disputes",
    "forces",
    "ics",
    "tension",
    "timeline",
    "warnings",
]
