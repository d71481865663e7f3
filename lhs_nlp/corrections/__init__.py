"""What reviewers decide of results: a log in the store, labels that follow from it, a queue, agreement."""

from lhs_nlp.corrections.agreement import Comparison, Difference, compare_reviewers, reviewers_of
from lhs_nlp.corrections.case import LONGEST_COMMENT
from lhs_nlp.corrections.errors import ConflictError, CorrectionError, NotBlindError
from lhs_nlp.corrections.labelled import LabelledPassage, labelled, labelled_passages
from lhs_nlp.corrections.labels import Label, Review, review_of
from lhs_nlp.corrections.log import decide, decisions
from lhs_nlp.corrections.pairs import KnownReviews
from lhs_nlp.corrections.queue import Progress, QueueEntry, progress, queue, waiting
from lhs_nlp.corrections.types import ACTIONS, Action, Decision, Desk, Proposal, Role

__all__ = [
    "ACTIONS",
    "LONGEST_COMMENT",
    "Action",
    "Comparison",
    "ConflictError",
    "CorrectionError",
    "Decision",
    "Desk",
    "Difference",
    "KnownReviews",
    "Label",
    "LabelledPassage",
    "NotBlindError",
    "Progress",
    "Proposal",
    "QueueEntry",
    "Review",
    "Role",
    "compare_reviewers",
    "decide",
    "decisions",
    "labelled",
    "labelled_passages",
    "progress",
    "queue",
    "review_of",
    "reviewers_of",
    "waiting",
]
