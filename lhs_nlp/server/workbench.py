"""What every request needs: settings, the store, and the tagger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from lhs_nlp.server.library import Library
from lhs_nlp.server.meters import Meters
from lhs_nlp.server.settings import Settings
from lhs_nlp.server.tagging import TaggingDesk


@dataclass(frozen=True, slots=True)
class Workbench:
    """What every request needs."""

    settings: Settings
    library: Library
    tagging: TaggingDesk
    meters: Meters


def workbench(request: Request) -> Workbench:
    """Return the workbench of the application that answers."""
    bench: Workbench = request.app.state.workbench
    return bench


Bench = Annotated[Workbench, Depends(workbench)]
