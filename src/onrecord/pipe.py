"""onrecord as a part of a spaCy pipeline: ``nlp.add_pipe("onrecord")``.

The component reads each Doc's text and gives

- ``doc._.onrecord``: the Reading, rebuilt from ``doc.user_data`` when it is asked for, so that a Doc can be saved,
  sent to another process and loaded again;
- ``doc.spans["onrecord"]``: every part of every row, labelled with its role (trigger, actor, recipient, content, date, …),
  with the row's id as ``span.id_`` and the party's code as ``span.kb_id_``;
- ``doc.spans["onrecord_events"]``: the triggers, labelled with the type.

Relative dates need the day of publication: set ``doc._.published`` ("2024-05-10" or a date) before the component
runs, or give all docs one day by ``nlp.add_pipe("onrecord", config={"published": "2024-05-10"})``.

>>> import spacy, onrecord.pipe
>>> nlp = spacy.blank("en")
>>> _ = nlp.add_pipe("onrecord")
>>> doc = nlp("France urged Iran to free two detained teachers.")
>>> [(span.text, span.label_) for span in doc.spans["onrecord"]][:3]
[('urged', 'trigger'), ('France', 'actor'), ('Iran', 'recipient')]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

import onrecord
from onrecord.export import docbin
from onrecord.record import Reading

NAME: Final = "onrecord"
BATCH: Final = 32
"""Docs that are read together."""


class Component:
    """Reads Docs; what the tokens of a Doc are, and which other components ran, changes nothing of its rows."""

    def __init__(self, published: str | None = None, spans_key: str = NAME) -> None:
        self.published = published
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its rows.  InputError when its day of publication is none."""
        return self._marked(doc, onrecord.read(self._report(doc)))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """The same Docs with their rows, several read together.  InputError as above."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            for doc, reading in zip(batch, onrecord.read_many(map(self._report, batch)), strict=True):
                yield self._marked(doc, reading)

    def _report(self, doc: Doc) -> onrecord.Report:
        """The Doc's text as a report, published when the Doc says so, else when the configuration does.

        The day stays on the Doc as text, with which a Doc can be saved.
        """
        day = doc._.published or self.published
        doc._.published = None if day is None else str(day)
        return onrecord.Report(doc.text, published=doc._.published)

    def _marked(self, doc: Doc, reading: Reading) -> Doc:
        docbin.mark(doc, reading, self.spans_key)
        return doc


def reading_of(doc: Doc) -> Reading | None:
    """What the component read in a Doc; None when it did not run on it."""
    data = doc.user_data.get(docbin.GROUP)
    return None if data is None else docbin.unpacked(data, doc.text)


@Language.factory(NAME, default_config={"published": None, "spans_key": NAME}, assigns=["doc._.onrecord", "doc.spans"])
def make(nlp: Language, name: str, published: str | date | None, spans_key: str) -> Component:
    """The component for a pipeline: ``published`` for docs that do not say it, ``spans_key`` the name of the span groups."""
    return Component(None if published is None else str(published), spans_key)


Doc.set_extension("published", default=None, force=True)
Doc.set_extension(NAME, getter=reading_of, force=True)
