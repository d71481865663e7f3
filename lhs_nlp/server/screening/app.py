"""The application: pages over a review project."""

from __future__ import annotations

import secrets
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.sessions import SessionMiddleware

from lhs_nlp import __version__
from lhs_nlp.server import entering
from lhs_nlp.server.failures import answer_failures
from lhs_nlp.server.guard import Guard
from lhs_nlp.server.screening import conflicts, pages
from lhs_nlp.server.screening.desk import ScreeningBench, ScreeningDesk
from lhs_nlp.server.settings import Settings

_TWELVE_HOURS = 12 * 60 * 60
_LARGEST = 100_000
"""Most bytes of a form."""


def create_screening_app(project: str | Path, settings: Settings | None = None) -> FastAPI:
    """Return the application that screens a project's references.

    Without tokens it answers to names of this machine only; whoever runs it must bind it to a
    loopback address: see `settings.check_host`.

    Parameters
    ----------
    project
        Folder of the project.
    settings
        How it is served: who screens, and who may enter.

    Raises
    ------
    ReviewError
        There is no such project.
    """
    settings = settings or Settings()
    app = FastAPI(title="lhs-nlp", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.workbench = ScreeningBench(settings, ScreeningDesk(Path(project)))
    for router in (pages.router, conflicts.router, entering.router):
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
    app.add_middleware(Guard, local=not settings.tokens, largest=_LARGEST)
    return app
