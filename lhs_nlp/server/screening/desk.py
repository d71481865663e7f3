"""The project behind the pages: opened for each request, its words kept between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Annotated, ClassVar

from fastapi import Depends, HTTPException, Request

from lhs_nlp.archive.store import StoredSummary
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.publications import Publication
from lhs_nlp.review.project.types import Stage
from lhs_nlp.review.screening.queue import Pile, Queue
from lhs_nlp.review.tagging.results import RESULTS, newest_summary
from lhs_nlp.server.settings import Settings

_STATE = """
    SELECT records, judgements, (SELECT count(*) + count(undone_at) FROM full_texts) FROM worked_out
"""
"""What changes when publications or their full texts do."""


class ScreeningDesk:
    """A project, whose publications are read once and ranked again after each decision.

    Parameters
    ----------
    folder
        Of the project.

    Raises
    ------
    ReviewError
        There is no such project.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._pile: Pile | None = None
        self._state: tuple[int, ...] = ()
        with self.opened() as project:
            # No decision is to wait for words to be counted, or titles to be read.
            self._up_to_date(project).ranking(project)

    @contextmanager
    def opened(self) -> Iterator[Project]:
        """Open the project, for the thread that answers a request."""
        with Project(self.folder) as project:
            yield project

    def queue(self, project: Project, stage: Stage, by: str) -> Queue:
        """Return what waits for a screener, ranked by what was decided so far."""
        return self._up_to_date(project).queue(project, stage, by)

    def publication(self, project: Project, number: int) -> Publication:
        """Return a publication by its number, or that of any of its records.

        Raises
        ------
        HTTPException
            404: there is none.
        """
        publication = self._up_to_date(project).publication(number)
        if publication is None:
            raise HTTPException(404, "The project holds no such record.")
        return publication

    def result(self, publication: Publication) -> StoredSummary | None:
        """Return the benefits that were found in a publication; None when it is not tagged."""
        return newest_summary(self.folder / RESULTS, publication)

    def _up_to_date(self, project: Project) -> Pile:
        project.bring_up_to_date()
        state = tuple(project.connection.execute(_STATE).fetchone())
        with self._lock:
            if self._pile is None or state != self._state:
                self._pile, self._state = Pile(project), state
            return self._pile


@dataclass(frozen=True, slots=True)
class ScreeningBench:
    """What every request needs."""

    pages: ClassVar[tuple[tuple[str, str], ...]] = (
        ("/", "Screening"),
        ("/conflicts", "Conflicts"),
        ("/progress", "Progress"),
    )
    """Addresses and names of the pages that every page leads to."""

    settings: Settings
    desk: ScreeningDesk


def screening_bench(request: Request) -> ScreeningBench:
    """Return what the application that answers has at hand."""
    bench: ScreeningBench = request.app.state.workbench
    return bench


Bench = Annotated[ScreeningBench, Depends(screening_bench)]
