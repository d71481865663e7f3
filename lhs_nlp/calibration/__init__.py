"""From logits to probabilities that mean what they say, and from probabilities to decisions."""

from lhs_nlp.calibration.documents import DocumentCalibration, document_features
from lhs_nlp.calibration.platt import Platt, fit_platt, logit, refit_platt, sigmoid
from lhs_nlp.calibration.temperature import fit_temperature
from lhs_nlp.calibration.thresholds import fit_common_threshold, refit_thresholds
from lhs_nlp.calibration.types import Calibration, calibration_from_dict

__all__ = [
    "Calibration",
    "DocumentCalibration",
    "Platt",
    "calibration_from_dict",
    "document_features",
    "fit_common_threshold",
    "fit_platt",
    "fit_temperature",
    "logit",
    "refit_platt",
    "refit_thresholds",
    "sigmoid",
]
