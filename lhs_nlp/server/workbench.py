"""What every request needs: settings, the store, the tagger, and who teaches it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

from fastapi import Depends, FastAPI, Request

from lhs_nlp.corrections import KnownReviews
from lhs_nlp.server.library import Library
from lhs_nlp.server.meters import Meters
from lhs_nlp.server.settings import Settings
from lhs_nlp.server.tagging import TaggingDesk
from lhs_nlp.server.teaching import TeachingDesk


@dataclass(frozen=True, slots=True)
class Workbench:
    """What every request needs; another one takes its place when other results are to be shown."""

    pages: ClassVar[tuple[tuple[str, str], ...]] = (
        ("/", "Portfolio"),
        ("/queue", "Queue"),
        ("/agreement", "Agreement"),
        ("/teach", "Teach"),
        ("/upload", "Tag a document"),
        ("/codebook", "Codebook"),
    )
    """Addresses and names of the pages that every page leads to."""

    settings: Settings
    library: Library
    tagging: TaggingDesk
    teaching: TeachingDesk
    meters: Meters
    compared: KnownReviews

    @property
    def taught_folder(self) -> Path:
        """Where taught models are kept."""
        return self.settings.taught_folder(self.library.path)


def workbench_of(app: FastAPI) -> Workbench:
    """Return the workbench that an application shows now."""
    bench: Workbench = app.state.workbench
    return bench


def workbench(request: Request) -> Workbench:
    """Return the workbench of the application that answers."""
    return workbench_of(request.app)


Bench = Annotated[Workbench, Depends(workbench)]
