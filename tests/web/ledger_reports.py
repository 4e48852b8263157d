"""More reports of the invented crisis, for what the example leaves out: a meeting put off, a threat carried out, a build-up that grows."""

from __future__ import annotations

import json
from pathlib import Path

from onrecord.keeping import Record

WIRE = (
    "Bulgarian Prime Minister Vasil Tonev spoke with Serbian Prime Minister Jelena Petrov by video link on Thursday, May 9. "
    "The two prime ministers discussed the price of gas and the queues of lorries at the Gradina crossing. "
    "Tonev asked Serbia to open a second lane for lorries before the summer."
)
EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "crisis.jsonl"
REPORTS = (
    {
        "id": "put-off-announced",
        "title": "Presidents of Bulgaria and Serbia to meet in Graz",
        "published": "2024-05-02",
        "publisher": "Presidency of Bulgaria (invented)",
        "text": "President of Bulgaria Ivan Dragov will meet President of Serbia Marko Ilic in Graz on May 10.",
    },
    {
        "id": "put-off",
        "title": "Meeting of presidents postponed",
        "published": "2024-05-06",
        "publisher": "Balkan Wire (invented)",
        "text": "The meeting of Bulgarian President Ivan Dragov with Serbian President Marko Ilic in Graz was postponed to May 17.",
    },
    {
        "id": "threat",
        "title": "Bulgaria threatens Serbia with sanctions",
        "published": "2024-05-03",
        "publisher": "Balkan Wire (invented)",
        "text": "Bulgaria warned on Friday that it would impose sanctions on Serbia if Serbia jammed its radio signals again.",
    },
    {
        "id": "threat-carried-out",
        "title": "Bulgaria imposes sanctions on Serbia",
        "published": "2024-05-21",
        "publisher": "Danube Post (invented)",
        "text": "Bulgaria imposed sanctions on Serbia on Monday, May 20, Bulgarian Foreign Minister Elena Ruseva said.",
    },
    {"id": "video-call", "title": "Prime ministers speak", "published": "2024-05-09", "publisher": "Balkan Wire (invented)", "text": WIRE},
    {
        "id": "video-call-copy",
        "title": "Tonev and Petrov talk about lorries",
        "published": "2024-05-09",
        "publisher": "Danube Post (invented)",
        "text": WIRE,
    },
    {
        "id": "build-up-early",
        "title": "Serbia masses troops",
        "published": "2024-05-08",
        "publisher": "Balkan Wire (invented)",
        "text": "Serbia deployed 3,000 troops near Dimitrovgrad on May 7, Bulgarian officials said.",
    },
    {
        "id": "build-up-late",
        "title": "Serbia sends more troops",
        "published": "2024-05-16",
        "publisher": "Danube Post (invented)",
        "text": "Serbia deployed 5,500 troops near Dimitrovgrad on May 15, the Bulgarian Defence Ministry said.",
    },
    {
        "id": "shelling",
        "title": "Shells hit Vidin",
        "published": "2024-05-18",
        "publisher": "Balkan Wire (invented)",
        "text": "Serbian forces shelled the Bulgarian town of Vidin on May 17, Bulgarian Defence Minister Petar Kolev said.",
    },
    {
        "id": "shelling-denied",
        "title": "Belgrade denies shelling",
        "published": "2024-05-18",
        "publisher": "Danube Post (invented)",
        "text": "Serbia denied on Saturday that its forces had shelled the Bulgarian town of Vidin on May 17.",
    },
)


def record_of(path: Path) -> Path:
    """A record at the path of the example crisis and of these reports."""
    more = path.with_suffix(".jsonl")
    more.write_text("".join(json.dumps(report) + "\n" for report in REPORTS), encoding="utf-8")
    with Record(path) as record:
        record.add(EXAMPLE, more)
    return path
