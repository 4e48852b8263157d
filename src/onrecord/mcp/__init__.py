"""A record for a chat assistant: an MCP server on standard input and output, that answers with the words to cite.

Needs the extra ``mcp``.  Inside this package ``mcp`` is the library of that name, and this one is ``onrecord.mcp``.
"""

from __future__ import annotations

import os

from onrecord.export.frames import MissingExtraError
from onrecord.keeping import Record

__all__ = ["serve"]


def serve(path: str | os.PathLike[str]) -> None:
    """Serve the record in a file to one client over standard input and output, until the client leaves.

    It is opened for reading only.  StoreError says why it cannot be; MissingExtraError how to install what is missing.
    """
    try:
        from onrecord.mcp.server import built  # heavy: loads the library
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise MissingExtraError('the server needs the package mcp: pip install "onrecord[mcp]"') from None
    with Record(path, readonly=True) as record:
        built(record).run("stdio")
