"""A bundle that learns from corrections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lhs_nlp.bundle import Bundle, Labels
from lhs_nlp.classifier import BenefitClassifier
from lhs_nlp.errors import FrameworkError, GoldError
from lhs_nlp.evaluate import Gold
from lhs_nlp.explanation import load_examples
from lhs_nlp.framework import Framework
from lhs_nlp.learn.comparing import answer, compare_models
from lhs_nlp.learn.corrections import Corrections, words
from lhs_nlp.learn.fitting import Model
from lhs_nlp.learn.learning import Learned, learn

if TYPE_CHECKING:
    from lhs_nlp.encoders import Encoder


def teach(
    bundle: Bundle,
    corrections: Corrections,
    framework: Framework,
    check: Gold | None = None,
    encoder: Encoder | None = None,
) -> Learned:
    """Let a bundle learn from corrections.

    Parameters
    ----------
    bundle
        The model to start from; its labelled passages, if it carries any, are learned from too.
    corrections
        What to learn.
    framework
        What the bundle was made for.
    check
        Other labelled passages to compare the models on.
    encoder
        Another encoder of the same vectors; None for the bundle's own.

    Raises
    ------
    FrameworkError
        The bundle was made for another framework, key concepts included.
    GoldError
        A passage to check on is among the corrections.
    """
    if Labels.of(framework) != bundle.labels:
        raise FrameworkError(
            f"The model {bundle.id} was not trained for the framework {framework.id!r} as it is; "
            "a model learns from corrections in the framework that it was trained for."
        )
    _check_apart(check, corrections)
    encode = BenefitClassifier(bundle, framework, encoder).encoder.encode
    prior, gold = Model(bundle.heads, bundle.calibration), corrections.to_gold(framework)
    learned = learn(prior, encode(gold.texts), gold, framework, load_examples(bundle.path))
    if check is None:
        return learned
    vectors = encode(check.texts)
    before, after = (answer(model, vectors, framework) for model in (prior, learned.refit.model))
    return replace(learned, checked=compare_models(check, before, after, framework))


def _check_apart(check: Gold | None, corrections: Corrections) -> None:
    taught = {words(passage.text) for passage in corrections.passages}
    for passage, text in zip(check.ids, check.texts, strict=True) if check else ():
        if words(text) in taught:
            raise GoldError(
                f"The passage {passage!r} is to be checked on and is among the corrections; remove it from one of them."
            )
