"""The desk: a local web page over one record.  A skin: it parses a query, asks the record, and shows the answer.

``make`` gives the application; ``onrecord serve`` runs it.  Each page is a module in ``views``, which builds
what its template shows; the same lists are to be had as JSON and CSV at the same address with another ending.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from onrecord.web import api, faults, security
from onrecord.web.desk import Desk
from onrecord.web.views import JUDGING, ROUTERS, WARMED

__all__ = ["make"]


def make(path: str | os.PathLike[str], judge: bool = False, hosts: Iterable[str] = (), warm: bool = True) -> FastAPI:
    """The application over a record that is there already; StoreError when it cannot be opened.

    ``judge``: whether rows may be judged on its pages; without it nothing of it writes.  ``hosts``: names by which it may be
    called besides ``localhost`` and the loopback addresses.  ``warm``: whether the ledgers are made ready when it starts.
    """
    desk = Desk(Path(path), judge=judge)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if warm:
            desk.ledgers.warm(WARMED)
        yield
        desk.close()

    app = FastAPI(
        title="onrecord",
        version=version("onrecord"),
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.desk = desk
    for router in (*ROUTERS, *(JUDGING if judge else ())):
        app.include_router(router)
    app.mount("/api/v1", api.make(desk))
    app.mount("/static", StaticFiles(directory=Path(str(files("onrecord.web") / "static"))), name="static")
    faults.install(app)
    app.add_middleware(security.Guard, hosts=hosts)
    return app
