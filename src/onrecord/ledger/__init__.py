"""Many reports, one story: what a record's rows say when they are compared with one another.

Everything here is derived, at any time, from the rows (``Told``); nothing is kept and nothing is written.
Each item knows the rows it rests on and who tells them in which words.  Rows that were judged wrong, and
those of related-story lines, are left out.
"""

from onrecord.ledger.agenda import Item, agenda, ics
from onrecord.ledger.contacts import Contact, contacts
from onrecord.ledger.demands import Demand, demands
from onrecord.ledger.disputes import Dispute, disputes
from onrecord.ledger.forces import Force, forces
from onrecord.ledger.tension import ACTUAL, Deed, Per, Tension, tension
from onrecord.ledger.timeline import Happening, timeline
from onrecord.ledger.warnings import Threat, warnings

__all__ = [
    "ACTUAL",
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
