"""Literature review: one project of references, without duplicates, tagged, ranked and screened."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lhs_nlp.review.adding import add_file
    from lhs_nlp.review.agreement import PairAgreement, agreement_of
    from lhs_nlp.review.attaching import attach_files
    from lhs_nlp.review.counts import Flow, flow_of
    from lhs_nlp.review.curves import RecallCurve, recall_curve
    from lhs_nlp.review.decisions import decide, standing, undo
    from lhs_nlp.review.digest import Digest, digest_of
    from lhs_nlp.review.duplicates import Duplicates, find_duplicates
    from lhs_nlp.review.evidence import evidence_rows
    from lhs_nlp.review.evidence_map import EvidenceMap, map_of
    from lhs_nlp.review.exporting import references_of
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.publications import Publication, publications_of
    from lhs_nlp.review.queue import Pile, Queue, queue_of
    from lhs_nlp.review.ranking import Ranking, ranking_of
    from lhs_nlp.review.rule import Rule, conflicts, outcomes, resolve, rule_of, set_rule
    from lhs_nlp.review.simulation import simulate, simulate_file
    from lhs_nlp.review.status import ScreeningStatus, status_of
    from lhs_nlp.review.stopping import Stopping, stopping_of
    from lhs_nlp.review.tagging import results_of, tag_project

_HOMES = {
    "adding": ("add_file",),
    "agreement": ("PairAgreement", "agreement_of"),
    "attaching": ("attach_files",),
    "counts": ("Flow", "flow_of"),
    "curves": ("RecallCurve", "recall_curve"),
    "decisions": ("decide", "standing", "undo"),
    "digest": ("Digest", "digest_of"),
    "duplicates": ("Duplicates", "find_duplicates"),
    "evidence": ("evidence_rows",),
    "evidence_map": ("EvidenceMap", "map_of"),
    "exporting": ("references_of",),
    "project": ("Project",),
    "publications": ("Publication", "publications_of"),
    "queue": ("Pile", "Queue", "queue_of"),
    "ranking": ("Ranking", "ranking_of"),
    "rule": ("Rule", "conflicts", "outcomes", "resolve", "rule_of", "set_rule"),
    "simulation": ("simulate", "simulate_file"),
    "status": ("ScreeningStatus", "status_of"),
    "stopping": ("Stopping", "stopping_of"),
    "tagging": ("results_of", "tag_project"),
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
