"""A bundle that learns from corrections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lhs_nlp.bundle import Bundle
from lhs_nlp.classifier import BenefitClassifier
from lhs_nlp.errors import BundleError, GoldError
from lhs_nlp.evaluate import Gold
from lhs_nlp.explanation import Examples, load_examples
from lhs_nlp.framework import Framework
from lhs_nlp.learn.answering import answer
from lhs_nlp.learn.comparing import compare_models
from lhs_nlp.learn.corrections import Corrections, normalised
from lhs_nlp.learn.encoding import Progress, encoded
from lhs_nlp.learn.fitting import Model
from lhs_nlp.learn.learning import Learned, learn
from lhs_nlp.learn.saving import has_learned

if TYPE_CHECKING:
    from lhs_nlp.encoders import Encoder


def teach(
    bundle: Bundle,
    corrections: Corrections,
    framework: Framework,
    check: Gold | None = None,
    encoder: Encoder | None = None,
    on_progress: Progress | None = None,
) -> Learned:
    """Let a bundle learn from corrections.

    Parameters
    ----------
    bundle
        The model to start from; its labelled passages, if it carries any, are learned from too.
    corrections
        What to learn.
    framework
        Of the labels. Its key concepts may differ from those of the bundle, as they are not learned; so may
        the statuses that make a claim: claims are measured and calibrated as the bundle counts them.
    check
        Other labelled passages to compare the models on.
    encoder
        Another encoder of the same vectors; None for the bundle's own.
    on_progress
        Is told how far it is.

    Raises
    ------
    BundleError
        The bundle's labelled passages do not fit its encoder.
    FrameworkError
        The bundle was made for other benefits, statuses, dimensions or stakeholders.
    GoldError
        A passage to check on is among the corrections.
    """
    _check_apart(check, corrections)
    encoder = BenefitClassifier(bundle, framework, encoder).encoder
    framework = framework.claiming(bundle.labels.claims or framework.claim_ids)
    prior, gold = Model(bundle.heads, bundle.calibration), corrections.to_gold(framework)
    texts = encoded(encoder, gold.texts, "Reading the corrections", on_progress)
    learned = learn(prior, texts, gold, framework, _examples(bundle), on_progress)
    learned = replace(learned, again=has_learned(bundle))
    if check is None:
        return learned
    texts = encoded(encoder, check.texts, "Reading the passages to check on", on_progress)
    before, after = (answer(model, texts, framework) for model in (prior, learned.refit.model))
    return replace(learned, checked=compare_models(check, before, after, framework))


def _examples(bundle: Bundle) -> Examples | None:
    examples = load_examples(bundle.path)
    if examples and examples.vectors.shape[1] != bundle.heads.width:
        raise BundleError(
            f"{bundle.path}: the vectors of its labelled passages have {examples.vectors.shape[1]} numbers each, and "
            f"the heads read {bundle.heads.width}."
        )
    return examples


def _check_apart(check: Gold | None, corrections: Corrections) -> None:
    taught = {normalised(passage.text) for passage in corrections.passages}
    for passage, text in zip(check.ids, check.texts, strict=True) if check else ():
        if normalised(text) in taught:
            raise GoldError(
                f"The passage {passage!r} is to be checked on and is among the corrections; remove it from one of them."
            )
