"""Literature review: one project of references, without duplicates, tagged, ranked and screened."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lhs_nlp.review.digest.digest import Digest, digest_of
    from lhs_nlp.review.duplicates.finding import Duplicates, find_duplicates
    from lhs_nlp.review.evidence.map import EvidenceMap, map_of
    from lhs_nlp.review.evidence.table import evidence_rows
    from lhs_nlp.review.full_texts.attaching import attach_files
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.project.adding import add_file
    from lhs_nlp.review.project.exporting import references_of
    from lhs_nlp.review.project.publications import Publication, publications_of
    from lhs_nlp.review.screening.agreement import PairAgreement, agreement_of
    from lhs_nlp.review.screening.counts import Flow, flow_of
    from lhs_nlp.review.screening.decisions import decide, standing, undo
    from lhs_nlp.review.screening.queue import Pile, Queue, queue_of
    from lhs_nlp.review.screening.ranking import Ranking, ranking_of
    from lhs_nlp.review.screening.rule import Rule, conflicts, outcomes, resolve, rule_of, set_rule
    from lhs_nlp.review.screening.status import ScreeningStatus, status_of
    from lhs_nlp.review.screening.stopping import Stopping, stopping_of
    from lhs_nlp.review.simulation.curves import RecallCurve, recall_curve
    from lhs_nlp.review.simulation.replay import simulate, simulate_file
    from lhs_nlp.review.tagging.results import results_of
    from lhs_nlp.review.tagging.run import tag_project

_HOMES = {
    "digest.digest": ("Digest", "digest_of"),
    "duplicates.finding": ("Duplicates", "find_duplicates"),
    "evidence.map": ("EvidenceMap", "map_of"),
    "evidence.table": ("evidence_rows",),
    "full_texts.attaching": ("attach_files",),
    "project": ("Project",),
    "project.adding": ("add_file",),
    "project.exporting": ("references_of",),
    "project.publications": ("Publication", "publications_of"),
    "screening.agreement": ("PairAgreement", "agreement_of"),
    "screening.counts": ("Flow", "flow_of"),
    "screening.decisions": ("decide", "standing", "undo"),
    "screening.queue": ("Pile", "Queue", "queue_of"),
    "screening.ranking": ("Ranking", "ranking_of"),
    "screening.rule": ("Rule", "conflicts", "outcomes", "resolve", "rule_of", "set_rule"),
    "screening.status": ("ScreeningStatus", "status_of"),
    "screening.stopping": ("Stopping", "stopping_of"),
    "simulation.curves": ("RecallCurve", "recall_curve"),
    "simulation.replay": ("simulate", "simulate_file"),
    "tagging.results": ("results_of",),
    "tagging.run": ("tag_project",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Digest",
    "Duplicates",
    "EvidenceMap",
    "Flow",
    "PairAgreement",
    "Pile",
    "Project",
    "Publication",
    "Queue",
    "Ranking",
    "RecallCurve",
    "Rule",
    "ScreeningStatus",
    "Stopping",
    "add_file",
    "agreement_of",
    "attach_files",
    "conflicts",
    "decide",
    "digest_of",
    "evidence_rows",
    "find_duplicates",
    "flow_of",
    "map_of",
    "outcomes",
    "publications_of",
    "queue_of",
    "ranking_of",
    "recall_curve",
    "references_of",
    "resolve",
    "results_of",
    "rule_of",
    "set_rule",
    "simulate",
    "simulate_file",
    "standing",
    "status_of",
    "stopping_of",
    "tag_project",
    "undo",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `lhs-nlp --help` starts at once."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'lhs_nlp.review' has no attribute {name!r}")
    return getattr(import_module(f"lhs_nlp.review.{_HOME_OF[name]}"), name)
