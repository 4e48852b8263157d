"""What the corpus says that the knowledge does not know: frequent predicates and names, most frequent first.

    python tools/coverage.py ../shared/corpus/crisis-2021.jsonl ../shared/corpus/world-2025.jsonl [--reports N] [--most N]

A predicate counts when its subject is a party; it is known when the trigger lexicon or the list of
non-events has it.  A name is a run of proper nouns that no table has.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from onrecord import reader
from onrecord.knowledge import lexicon, table
from onrecord.page import Cast, Page, Sentence
from onrecord.record import Report
from onrecord.stages import clauses, grammar, names


def reports(paths: list[Path], most: int) -> Iterator[Report]:
    """The corpus files' reports, the same number of each, spread evenly over the file."""
    for path in paths:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for row in rows[:: max(1, len(rows) // most)][:most]:
            yield Report(row["text"], id=row["id"], title=row.get("title"), published=row.get("published"))


def predicates(page: Page, cast: Cast) -> Iterator[str]:
    """The verbs of a page whose subject is a party."""
    for sentence in page.sentences:
        for clause in clauses.find(sentence, frozenset()).values():
            if clause.kind == "verb" and any(cast.at(sentence.number, i) for i in clause.args.get("subj", [])):
                yield clause.lemma


def unknown_names(sentence: Sentence, cast: Cast) -> Iterator[str]:
    """Runs of proper nouns that no mention covers."""
    for proper, run in itertools.groupby(sentence.tokens, key=lambda t: t.pos == "PROPN"):
        words = list(run)
        if proper and not any(cast.covering(sentence.number, t.i) for t in words):
            yield " ".join(t.text for t in words)


def main() -> None:
    """Print the coverage of predicates and the most frequent words that are missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--reports", type=int, default=400, help="how many reports of each file")
    parser.add_argument("--most", type=int, default=60, help="how many missing words to list")
    args = parser.parse_args()
    known = lexicon.heads("verbs") | frozenset(table("english/nonevents")["verbs"]) | frozenset(table("english/grammar")["light_verbs"])
    said: Counter[str] = Counter()
    named: Counter[str] = Counter()
    stream = reports(args.corpus, args.reports)
    while batch := list(itertools.islice(stream, reader.BATCH)):
        for page in reader._pages(batch, grammar.DEFAULT_MODEL):
            cast = names.cast(page)
            said.update(predicates(page, cast))
            for sentence in page.sentences:
                named.update(unknown_names(sentence, cast))
    total = sum(said.values())
    missing = Counter({word: n for word, n in said.items() if word not in known})
    print(f"predicates with a party as subject: {total}, known {1 - sum(missing.values()) / total:.1%}")
    print("missing predicates:", ", ".join(f"{word} {n}" for word, n in missing.most_common(args.most)))
    print("missing names:", ", ".join(f"{name} {n}" for name, n in named.most_common(args.most)))


if __name__ == "__main__":
    main()
