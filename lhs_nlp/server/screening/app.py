"""The application: pages over a review project."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI

from lhs_nlp import __version__
from lhs_nlp.server.door import add_door
from lhs_nlp.server.screening import conflicts, pages
from lhs_nlp.server.screening.desk import ScreeningBench, ScreeningDesk
from lhs_nlp.server.settings import Settings

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
    for router in (pages.router, conflicts.router):
        app.include_router(router)
    add_door(app, settings, largest=_LARGEST)
    return app
