"""UIMA CAS as XMI, for INCEpTION and UIMA: a zip of one file a report and TypeSystem.xml.  Streams.  Needs the extra ``annotation``.

The same annotations on the same text as in the CAS JSON export; each .xmi is read together with TypeSystem.xml.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.export.bundle import Bundle, file_name
from onrecord.export.cas import annotated, type_system
from onrecord.record import Reading


def write(readings: Iterable[Reading], stream: BinaryIO) -> None:
    """Write TypeSystem.xml, then each report as it comes.  MissingExtraError without dkpro-cassis."""
    types = type_system()
    with Bundle(stream) as bundle:
        bundle.add("TypeSystem.xml", types.to_xml())
        for number, reading in enumerate(readings, 1):
            bundle.add(f"{file_name(reading.report, number)}.xmi", annotated(reading, types).to_xmi())
