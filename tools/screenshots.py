"""Takes the four pictures of the README: ``python tools/screenshots.py``.  Needs the extra ``desk``, playwright and a chromium.

The record is made here from an invented crisis: no picture shows a sentence that somebody else wrote.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "web"))

import browser  # noqa: E402
from ledger_reports import EXAMPLE, REPORTS  # noqa: E402

from onrecord import web  # noqa: E402
from onrecord.keeping import Record  # noqa: E402

IMAGES = ROOT / "docs" / "images"
SIZE = {"width": 1360, "height": 860}
MOST = 250_000
"""Bytes of a picture at most."""
SOFIA, BELGRADE, WIRE = "Presidency of Bulgaria (invented)", "Presidency of Serbia (invented)", "Danube Wire (invented)"
WRITTEN = (
    ("2024-03-15", WIRE, "Hungary offers to host talks between Bulgaria and Serbia",
     "Hungarian Foreign Minister Peter Kovats offered on Friday to host talks between Bulgaria and Serbia in Budapest. Serbia welcomed the "
     "offer. Bulgaria said that it would study the offer."),
    ("2024-03-17", WIRE, "Serbia accuses Bulgaria of sending drones over Pirot",
     "Serbia accused Bulgaria on Sunday of flying drones over the town of Pirot. Bulgaria rejected the accusation. Serbian Defence "
     "Minister Dragan Vukic said that Serbia had deployed 3,000 soldiers near Dimitrovgrad."),
    ("2024-03-18", BELGRADE, "Serbia demands an end to the flights",
     "Serbia demanded on Monday that Bulgaria stop its drone flights over the border. Serbia warned that it would close the Gradina "
     "crossing if the flights continued."),
    ("2024-03-19", SOFIA, "Bulgaria answers the demand of Serbia",
     "Bulgaria rejected the demand of Serbia on Tuesday and called on Serbia to withdraw its soldiers from Dimitrovgrad. Bulgarian Foreign "
     "Minister Elena Radeva met Romanian Foreign Minister Mihai Stan in Bucharest on March 19."),
    ("2024-03-21", WIRE, "Presidents meet in Vienna",
     "Bulgarian President Ivan Dragov met Serbian President Marko Ilic in Vienna on Wednesday, March 20. The presidents discussed "
     "the security of the Gradina crossing. Austrian Chancellor Lukas Brandl welcomed the meeting. The two sides agreed to meet again in "
     "April."),
    ("2024-03-23", WIRE, "Serbia closes crossing",
     "Serbia closed the Gradina crossing on Saturday. The European Union urged Serbia to open the crossing. Romania supported the "
     "European Union."),
    ("2024-03-26", WIRE, "Bulgaria moves brigade to Sofia",
     "Bulgaria moved 2,500 troops from Plovdiv to Sofia on Tuesday. Serbia condemned the move. Greece called for restraint."),
    ("2024-03-28", SOFIA, "Telephone conversation with the President of Romania",
     "President of Bulgaria Ivan Dragov spoke by phone with President of Romania Andrei Munteanu on March 28. The presidents discussed the "
     "security of the Gradina crossing and the supply of gas to Bulgaria. Romania promised to supply gas to Bulgaria."),
    ("2024-04-02", WIRE, "Serbia and Hungary sign gas agreement",
     "Serbia and Hungary signed an agreement on gas in Budapest on Tuesday. Hungarian Prime Minister Bence Toth said Hungary would send "
     "humanitarian aid to Serbia."),
    ("2024-04-05", WIRE, "Soldiers exchange fire near Kalotina",
     "Serbian soldiers fired at a Bulgarian patrol near Kalotina on Friday. Bulgaria accused Serbia of an attack. Serbia denied that its "
     "soldiers had fired at the patrol. NATO condemned the attack."),
    ("2024-04-08", SOFIA, "Bulgaria recalls its ambassador",
     "Bulgaria recalled its ambassador from Belgrade on Monday. Bulgaria demanded that Serbia punish the soldiers. Bulgaria threatened to "
     "impose sanctions on Serbia if Serbia did not answer by April 15."),
    ("2024-04-12", BELGRADE, "Telephone conversation with the President of Bulgaria",
     "President of Serbia Marko Ilic had a telephone conversation with President of Bulgaria Ivan Dragov on Friday, April 12, at the "
     "initiative of the Serbian side. The presidents discussed the incident near Kalotina and the rights of national minorities. Marko "
     "Ilic demanded that Bulgaria withdraw its troops from Sofia."),
    ("2024-04-12", SOFIA, "President Dragov speaks by phone with President Ilic",
     "Bulgarian President Ivan Dragov held a telephone conversation with Serbian President Marko Ilic on Friday, April 12. The presidents "
     "discussed the incident near Kalotina and the security of the Gradina crossing. Ivan Dragov demanded that Serbia open the crossing. "
     "The presidents agreed to meet in Graz on May 10."),
    ("2024-04-17", WIRE, "Bulgaria imposes sanctions",
     "Bulgaria imposed sanctions on Serbia on Wednesday. The United States supported Bulgaria. Russia criticised the sanctions. Hungary "
     "refused to join the sanctions."),
    ("2024-04-22", WIRE, "Serbia withdraws part of its troops",
     "Serbia withdrew 1,000 soldiers from Dimitrovgrad on Monday. Bulgaria welcomed the withdrawal. Austria thanked Serbia. The United "
     "Nations Secretary-General praised both sides."),
    ("2024-04-26", WIRE, "Red Cross delegates to come",
     "Bulgaria and Serbia agreed on Friday to exchange prisoners on May 14. Bulgarian Foreign Minister Elena Radeva will visit Belgrade on "
     "May 16. Serbia opened the Gradina crossing on April 26."),
)  # fmt: skip


def build(path: Path) -> None:
    """A record of the example, of the tests' reports of the same crisis, and of those above."""
    lines = [
        json.dumps({"id": f"invented-{n:02}", "published": day, "publisher": publisher, "title": title, "language": "en", "text": text})
        for n, (day, publisher, title, text) in enumerate(WRITTEN)
    ]
    source = path.with_suffix(".jsonl")
    source.write_text("\n".join([*lines, *map(json.dumps, REPORTS)]) + "\n", "utf-8")
    with Record(path) as record:
        record.add(EXAMPLE)
        record.add(source)


def pages(path: Path) -> tuple[tuple[str, str, str], ...]:
    """What is taken: the picture's name, the address, light or dark.  Of contacts the call that both sides tell most of."""
    with Record(path, readonly=True) as record:
        calls = [one for one in record.contacts() if one.sort == "phone" and len(one.accounts) > 1]
    contact = max(calls, key=lambda one: sum(len(side.items) for side in one.accounts))
    return (
        ("overview", "/", "light"),
        ("contact", f"/contact/{contact.id}", "light"),
        ("report", "/report/invented-12", "dark"),
        ("actors", "/actors", "dark"),
    )


def main() -> None:
    """Take them all; SystemExit when one is too large for a README."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browser.chromium() as chrome:
        path = Path(folder) / "gradina.db"
        build(path)
        with browser.serving(web.make(path)) as address:
            for name, where, theme in pages(path):
                _take(chrome, address, where, theme, IMAGES / f"{name}.png")


def _take(chrome: Any, address: str, where: str, theme: str, target: Path) -> None:
    with browser.watched(chrome, address, viewport=SIZE, color_scheme=theme, reduced_motion="reduce") as watch:
        watch.goto(where)
        watch.page.wait_for_timeout(1500)  # the network finds its places
        watch.page.screenshot(path=str(target))
    if target.stat().st_size > MOST:
        raise SystemExit(f"{target}: {target.stat().st_size:,} bytes are more than {MOST:,}")


if __name__ == "__main__":
    main()
