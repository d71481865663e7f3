"""The application: pages and API over a store."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI

from lhs_nlp import __version__
from lhs_nlp.bundle import load_bundle
from lhs_nlp.corrections import KnownReviews
from lhs_nlp.evaluate import read_gold
from lhs_nlp.framework import Framework
from lhs_nlp.server import adjudication, decisions, operations, pages, teach, uploads
from lhs_nlp.server.api import router as api
from lhs_nlp.server.door import add_door
from lhs_nlp.server.library import open_library
from lhs_nlp.server.meters import Metered, Meters
from lhs_nlp.server.settings import Settings
from lhs_nlp.server.strangers import Strangers
from lhs_nlp.server.tagging import TaggingDesk
from lhs_nlp.server.teaching import TeachingDesk, bundle_of
from lhs_nlp.server.workbench import Workbench

if TYPE_CHECKING:
    from lhs_nlp.tagger import Tagger


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
        Loads the tagger of uploads when it is first needed; None for the model whose results are shown, if
        it was taught here, else for the one that learning starts from; it looks for the store's framework.

    Raises
    ------
    StoreError
        There is no such store, or it holds no such results.
    BundleError, GoldError
        The model that learning starts from, or the passages to check on, cannot be read.
    """
    settings, store = settings or Settings(), Path(store)
    library = open_library(store, settings.model, settings.framework)
    _check_learning(settings, library.tagging.framework)

    def bench() -> Workbench:
        current: Workbench = app.state.workbench
        return current

    def load_shown() -> Tagger:
        from lhs_nlp.tagger import load as load_tagger

        shown = bench().library.tagging
        bundle = bundle_of(bench().taught_folder, shown.model_sha256) or settings.base
        return load_tagger(bundle, shown.framework, limits=settings.limits.documents)

    def show(model_sha256: str) -> None:
        app.state.workbench = replace(bench(), library=bench().library.of_model(model_sha256))
        bench().tagging.forget()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        bench().tagging.close()
        bench().teaching.close()

    app = FastAPI(
        title="lhs-nlp",
        version=__version__,
        summary="Find which benefits of a learning health system documents claim, and correct what was found.",
        docs_url=None,  # they load scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )
    app.state.workbench = Workbench(
        settings,
        library,
        TaggingDesk(settings.limits, load or load_shown),
        TeachingDesk(show, settings.places(store)),
        Meters(),
        KnownReviews(),
    )
    for router in (
        pages.router,
        decisions.router,
        adjudication.router,
        teach.router,
        uploads.router,
        operations.router,
        api,
    ):
        app.include_router(router)
    # The last one added is the first to see a request; sessions tell who is a stranger.
    app.add_middleware(Strangers, tokens=settings.tokens)
    add_door(app, settings, largest=settings.limits.body)
    app.add_middleware(Metered, meters=bench().meters)
    return app


def _check_learning(settings: Settings, framework: Framework) -> None:
    """Raise LhsNlpError for what learning will need and cannot read, before anybody has decided on anything."""
    if settings.base:
        load_bundle(settings.base, verify=False)
    if settings.check:
        read_gold(settings.check, framework)
