"""Literature review: one project of references, without duplicates, tagged, ranked and screened."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lhs_nlp.review.adding import add_file
    from lhs_nlp.review.counts import Flow, flow_of
    from lhs_nlp.review.curves import RecallCurve, recall_curve
    from lhs_nlp.review.decisions import decide, standing, undo
    from lhs_nlp.review.duplicates import Duplicates, find_duplicates
    from lhs_nlp.review.evidence import evidence_rows
    from lhs_nlp.review.exporting import references_of
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.publications import Publication, publications_of
    from lhs_nlp.review.queue import Queue, queue_of
    from lhs_nlp.review.ranking import Ranking, features_of
    from lhs_nlp.review.simulation import simulate, simulate_file
    from lhs_nlp.review.tagging import results_of, tag_project

_HOMES = {
    "adding": ("add_file",),
    "counts": ("Flow", "flow_of"),
    "curves": ("RecallCurve", "recall_curve"),
    "decisions": ("decide", "standing", "undo"),
    "duplicates": ("Duplicates", "find_duplicates"),
    "evidence": ("evidence_rows",),
    "exporting": ("references_of",),
    "project": ("Project",),
    "publications": ("Publication", "publications_of"),
    "queue": ("Queue", "queue_of"),
    "ranking": ("Ranking", "features_of"),
    "simulation": ("simulate", "simulate_file"),
    "tagging": ("results_of", "tag_project"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Duplicates",
    "Flow",
    "Project",
    "Publication",
    "Queue",
    "Ranking",
    "RecallCurve",
    "add_file",
    "decide",
    "evidence_rows",
    "features_of",
    "find_duplicates",
    "flow_of",
    "publications_of",
    "queue_of",
    "recall_curve",
    "references_of",
    "results_of",
    "simulate",
    "simulate_file",
    "standing",
    "tag_project",
    "undo",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `lhs-nlp --help` starts at once."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'lhs_nlp.review' has no attribute {name!r}")
    return getattr(import_module(f"lhs_nlp.review.{_HOME_OF[name]}"), name)
