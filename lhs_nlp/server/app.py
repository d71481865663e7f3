"""The application: pages and API over a store."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.sessions import SessionMiddleware

from lhs_nlp import __version__
from lhs_nlp.server import adjudication, decisions, operations, pages
from lhs_nlp.server.api import router as api
from lhs_nlp.server.failures import answer_failures
from lhs_nlp.server.guard import Guard
from lhs_nlp.server.library import open_library
from lhs_nlp.server.meters import Metered, Meters
from lhs_nlp.server.settings import Settings
from lhs_nlp.server.tagging import TaggingDesk
from lhs_nlp.server.workbench import Workbench

if TYPE_CHECKING:
    from lhs_nlp.tagger import Tagger

_TWELVE_HOURS = 12 * 60 * 60


def create_app(
    store: str | Path, settings: Settings | None = None, *, load: Callable[[], Tagger] | None = None
) -> FastAPI:
    """Return the application that serves a store.

    Without tokens it answers to names of this machine only; whoever runs it must bind it to a
    loopback address: see `settings.check_host`.

    Parameters
    ----------
    store
        Made by `lhs-nlp batch`; brought up to date when an older version made it.
    settings
        How it is served.
    load
        Loads the tagger of the API when it is first needed; None for the shipped model, which looks
        for the store's framework.

    Raises
    ------
    StoreError
        There is no such store, or it holds no such results.
    """
    settings = settings or Settings()
    library = open_library(Path(store), settings.model, settings.framework)

    def load_shipped() -> Tagger:
        from lhs_nlp.tagger import load as load_tagger

        return load_tagger(framework=library.tagging.framework, limits=settings.limits.documents)

    bench = Workbench(settings, library, TaggingDesk(settings.limits, load or load_shipped), Meters())

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        bench.tagging.close()

    app = FastAPI(
        title="lhs-nlp",
        version=__version__,
        summary="Find which benefits of a learning health system documents claim, and correct what was found.",
        docs_url=None,  # they load scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )
    app.state.workbench = bench
    for router in (pages.router, decisions.router, adjudication.router, operations.router, api):
        app.include_router(router)
    answer_failures(app)
    # The last one added is the first to see a request.
    app.add_middleware(
        SessionMiddleware,
        secret_key=secrets.token_hex(32),
        session_cookie="lhs_nlp_session",
        same_site="strict",
        max_age=_TWELVE_HOURS,
    )
    app.add_middleware(Guard, local=not settings.tokens, largest=settings.limits.body)
    app.add_middleware(Metered, meters=bench.meters)
    return app
