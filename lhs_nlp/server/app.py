"""The application: pages and API over a store."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
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
from lhs_nlp.server.workbench import Workbench, workbench_of

if TYPE_CHECKING:
    from lhs_nlp.tagger import Tagger

_ROUTERS = (
    pages.router,
    decisions.router,
    adjudication.router,
    teach.router,
    uploads.router,
    operations.router,
    api,
)


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
    settings = settings or Settings()
    library = open_library(Path(store), settings.model, settings.framework)
    _check_learning(settings, library.tagging.framework)
    app = FastAPI(
        title="lhs-nlp",
        version=__version__,
        summary="Find which benefits of a learning health system documents claim, and correct what was found.",
        docs_url=None,  # they load scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=_lifespan,
    )
    app.state.workbench = bench = Workbench(
        settings,
        library,
        TaggingDesk(settings.limits, load or partial(_load_shown, app)),
        TeachingDesk(partial(_show, app), settings.places(library.path)),
        Meters(),
        KnownReviews(),
    )
    for router in _ROUTERS:
        app.include_router(router)
    # The last one added is the first to see a request; sessions tell who is a stranger.
    app.add_middleware(Strangers, tokens=settings.tokens)
    add_door(app, settings, largest=settings.limits.body)
    app.add_middleware(Metered, meters=bench.meters)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    bench = workbench_of(app)
    bench.tagging.close()
    bench.teaching.close()


def _load_shown(app: FastAPI) -> Tagger:
    """Load the model whose results are shown, if it was taught here, else the one that learning starts from."""
    from lhs_nlp.tagger import load

    bench = workbench_of(app)
    shown, settings = bench.library.tagging, bench.settings
    bundle = bundle_of(bench.taught_folder, shown.model_sha256) or settings.base
    return load(bundle, shown.framework, limits=settings.limits.documents)


def _show(app: FastAPI, model_sha256: str) -> None:
    """Show the results of another model from now on."""
    bench = workbench_of(app)
    app.state.workbench = replace(bench, library=bench.library.of_model(model_sha256))
    bench.tagging.forget()


def _check_learning(settings: Settings, framework: Framework) -> None:
    """Raise LhsNlpError for what learning will need and cannot read, before anybody has decided on anything."""
    if settings.base:
        load_bundle(settings.base, verify=False)
    if settings.check:
        read_gold(settings.check, framework)
