"""What an event is about: fills ``contexts``, from the words of its sentence and of its paragraph.

A context's words are lemmas or short phrases of them.  One that is named in the event's own sentence
counts; one named elsewhere in the paragraph counts when the paragraph names it at least twice.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from onrecord.knowledge import table
from onrecord.page import Sentence

LONGEST: Final = 3
"""Words in the longest phrase of the table."""
REPEATED: Final = 2


@functools.cache
def _index() -> Mapping[str, tuple[str, ...]]:
    """Lemma or phrase of lemmas → the contexts that it speaks of."""
    index: dict[str, list[str]] = {}
    for context, words in table("english/contexts").items():
        for word in words:
            index.setdefault(word, []).append(context)
    return {word: tuple(contexts) for word, contexts in index.items()}


def find(sentences: Sequence[Sentence]) -> dict[int, tuple[str, ...]]:
    """The contexts of each sentence of a report, by its number, in the order of the alphabet."""
    own = {sentence.number: Counter(_named(sentence)) for sentence in sentences}
    paragraphs: dict[int, Counter[str]] = {}
    for sentence in sentences:
        paragraphs.setdefault(sentence.block.start, Counter()).update(own[sentence.number])
    return {s.number: _of(own[s.number], paragraphs[s.block.start]) for s in sentences}


def _of(own: Counter[str], paragraph: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(set(own) | {context for context, times in paragraph.items() if times >= REPEATED}))


def _named(sentence: Sentence) -> Iterator[str]:
    """Every context that a word or phrase of the sentence speaks of, once a mention."""
    index = _index()
    lemmas = [token.lemma for token in sentence.tokens]
    for i in range(len(lemmas)):
        for length in range(1, min(LONGEST, len(lemmas) - i) + 1):
            yield from index.get(" ".join(lemmas[i : i + length]), ())
