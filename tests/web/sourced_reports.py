"""Reports of an invented crisis for what the example leaves out: unnamed sources, a claim denied, places, and what two tell alike."""

from __future__ import annotations

import json
from pathlib import Path

from onrecord.keeping import Record

REPORTS = (
    {
        "id": "shelling-claimed",
        "title": "Armenia says Azerbaijan shelled village",
        "published": "2023-06-05",
        "publisher": "Caucasus Wire (invented)",
        "text": "Azerbaijan shelled Armenian positions near Goris on June 4, Armenian Defence Minister Aram Terzian said on Monday.",
    },
    {
        "id": "shelling-denied",
        "title": "Baku denies shelling",
        "published": "2023-06-06",
        "publisher": "Caspian Daily (invented)",
        "text": "Azerbaijani Foreign Minister Rashad Velizade denied that Azerbaijan shelled Armenian positions on June 4.",
    },
    {
        "id": "unnamed",
        "title": "Talks in Tbilisi",
        "published": "2023-06-07",
        "publisher": "Caspian Daily (invented)",
        "text": "Armenia and Azerbaijan will hold talks in Tbilisi on June 12, a senior Georgian official said on condition of anonymity.",
    },
    {
        "id": "sanctions-one",
        "title": "France sanctions Azerbaijan",
        "published": "2023-06-08",
        "publisher": "Caucasus Wire (invented)",
        "text": "France imposed sanctions on Azerbaijan on June 8, French Foreign Minister Claire Morel said in Paris.",
    },
    {
        "id": "sanctions-two",
        "title": "Paris turns to sanctions",
        "published": "2023-06-09",
        "publisher": "Caspian Daily (invented)",
        "text": "On June 8 France imposed sanctions on Azerbaijan. Protesters gathered in Yerevan on Thursday.",
    },
)


def record_of(path: Path) -> Path:
    """A record of the reports."""
    source = path.with_suffix(".jsonl")
    source.write_text("".join(json.dumps(report) + "\n" for report in REPORTS), encoding="utf-8")
    with Record(path) as record:
        record.add(source)
    return path
