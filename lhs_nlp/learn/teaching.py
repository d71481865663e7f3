"""A bundle that learns from corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.bundle import Bundle, Labels
from lhs_nlp.classifier import BenefitClassifier
from lhs_nlp.errors import BundleError, FrameworkError, GoldError
from lhs_nlp.evaluate import Gold
from lhs_nlp.explanation import Examples, load_examples
from lhs_nlp.framework import Framework
from lhs_nlp.learn.comparing import answer, compare_models
from lhs_nlp.learn.corrections import Corrections, words
from lhs_nlp.learn.fitting import Model
from lhs_nlp.learn.learning import Learned, Progress, learn
from lhs_nlp.learn.saving import has_learned

if TYPE_CHECKING:
    from lhs_nlp.encoders import Encoder

_PART = 256
"""Passages that are encoded at once."""


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
        What the bundle was made for.
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
    encoder = BenefitClassifier(bundle, framework, encoder).encoder
    prior, gold = Model(bundle.heads, bundle.calibration), corrections.to_gold(framework)
    vectors = _encoded(encoder, gold.texts, "Reading the corrections", on_progress)
    learned = learn(prior, vectors, gold, framework, _examples(bundle), on_progress)
    learned = replace(learned, again=has_learned(bundle))
    if check is None:
        return learned
    vectors = _encoded(encoder, check.texts, "Reading the passages to check on", on_progress)
    before, after = (answer(model, vectors, framework) for model in (prior, learned.refit.model))
    return replace(learned, checked=compare_models(check, before, after, framework))


def _encoded(encoder: Encoder, texts: Sequence[str], doing: str, on_progress: Progress | None) -> NDArray[np.float32]:
    """Encode by parts, so that it can be told how far it is."""
    vectors = np.empty((len(texts), encoder.width), np.float32)
    for start in range(0, len(texts), _PART):
        if on_progress:
            on_progress(doing, start, len(texts))
        vectors[start : start + _PART] = encoder.encode(texts[start : start + _PART])
    return vectors


def _examples(bundle: Bundle) -> Examples | None:
    examples = load_examples(bundle.path)
    if examples and examples.vectors.shape[1] != bundle.heads.width:
        raise BundleError(
            f"{bundle.path}: the vectors of its labelled passages have {examples.vectors.shape[1]} numbers each, and "
            f"the heads read {bundle.heads.width}."
        )
    return examples


def _check_apart(check: Gold | None, corrections: Corrections) -> None:
    taught = {words(passage.text) for passage in corrections.passages}
    for passage, text in zip(check.ids, check.texts, strict=True) if check else ():
        if words(text) in taught:
            raise GoldError(
                f"The passage {passage!r} is to be checked on and is among the corrections; remove it from one of them."
            )
