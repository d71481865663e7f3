"""How a model fits a framework of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lhs_nlp.framework import Framework


@dataclass(frozen=True, slots=True)
class Fit:
    """How a model fits a framework.

    Attributes
    ----------
    model
        Its id; None without a model.
    problem
        Why it does not fit; None when it does.
    found_by_cues
        Key concepts that it has not learned, and that have cues.
    never_found
        Those that it has not learned, and that have none.
    claims
        The statuses that make a claim for its verdicts, where the framework counts others; else empty.
    """

    model: str | None
    problem: str | None = None
    found_by_cues: tuple[str, ...] = ()
    never_found: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()

    def to_text(self) -> str:
        """Return it as a sentence or two."""
        if self.model is None:
            return f"It was not compared with a model. {self.problem}"
        if self.problem:
            return f"The model {self.model} cannot be used with it. {self.problem}"
        said = f"The model {self.model} can be used with it."
        if self.found_by_cues:
            said += f" Key concepts found by their cues alone: {', '.join(self.found_by_cues)}."
        if self.never_found:
            said += (
                " Key concepts that are never found, as the model has not learned them and they have no cues: "
                f"{', '.join(self.never_found)}. Give them `cues`."
            )
        if self.claims:
            said += (
                f" Its verdicts were fitted for claims that are {' or '.join(self.claims)}; as the framework counts "
                "other statuses, every verdict will need review, and probabilities of claims follow from presence and "
                "status alone."
            )
        return said

    def to_dict(self) -> dict[str, object]:
        """Return it as plain values."""
        return {
            "id": self.model,
            "problem": self.problem,
            "found_by_cues": list(self.found_by_cues),
            "never_found": list(self.never_found),
            "claims_fitted_for": list(self.claims) or None,
        }


def fit_of(own: Framework, model: Path | None) -> Fit:
    """Return how the model in use, or the one that is named, fits a framework of one's own.

    Raises
    ------
    BundleError
        The model that is named cannot be loaded.
    """
    from lhs_nlp.bundle import load_bundle
    from lhs_nlp.classifier import BenefitClassifier
    from lhs_nlp.errors import BundleError, FrameworkError

    try:
        bundle = load_bundle(model)
    except BundleError as error:
        if model:
            raise
        return Fit(None, str(error))
    try:
        BenefitClassifier(bundle, own)
    except FrameworkError as error:
        return Fit(bundle.id, str(error))
    unlearned = [key for key in own.concept_keys if key not in bundle.labels.concepts]
    cued = {key for key in unlearned if own.concept(*key).cues}
    return Fit(
        bundle.id,
        found_by_cues=tuple("/".join(key) for key in unlearned if key in cued),
        never_found=tuple("/".join(key) for key in unlearned if key not in cued),
        claims=() if bundle.labels.claims_like(own) else bundle.labels.claims or (),
    )
