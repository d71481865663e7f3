"""From people's corrections to a better model: heads, calibration and thresholds, without torch."""

from lhs_nlp.learn.choosing import choose
from lhs_nlp.learn.comparing import Comparison
from lhs_nlp.learn.corrections import Correction, Corrections, decided_in, read_corrections, settle
from lhs_nlp.learn.fitting import Model
from lhs_nlp.learn.learning import Learned, learn
from lhs_nlp.learn.refitting import Refit, refit
from lhs_nlp.learn.saving import check_free, learned_id, save_learned
from lhs_nlp.learn.teaching import teach
from lhs_nlp.learn.text import changes, corrections_to_text, framework_to_text, learned_to_text, scores

__all__ = [
    "Comparison",
    "Correction",
    "Corrections",
    "Learned",
    "Model",
    "Refit",
    "changes",
    "check_free",
    "choose",
    "corrections_to_text",
    "decided_in",
    "framework_to_text",
    "learn",
    "learned_id",
    "learned_to_text",
    "read_corrections",
    "refit",
    "save_learned",
    "scores",
    "settle",
    "teach",
]
