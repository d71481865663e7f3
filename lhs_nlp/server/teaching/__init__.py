"""Teaching from the workbench: learn from what was decided, tag the store with the result, and show that."""

from __future__ import annotations

from lhs_nlp.server.teaching.applying import Application
from lhs_nlp.server.teaching.desk import TeachingBusyError, TeachingDesk, TeachingState
from lhs_nlp.server.teaching.jobs import Job
from lhs_nlp.server.teaching.lessons import Lesson, Taught
from lhs_nlp.server.teaching.models import KnownModel, bundle_of, known_models

__all__ = [
    "Application",
    "Job",
    "KnownModel",
    "Lesson",
    "Taught",
    "TeachingBusyError",
    "TeachingDesk",
    "TeachingState",
    "bundle_of",
    "known_models",
]
