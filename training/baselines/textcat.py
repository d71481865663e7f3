"""spaCy's classifier of texts as it comes: a bag of words and a small convolutional network, without vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.heads import Logits
from training.baselines.logits import presence_and_status
from training.data import LabelledPassages

if TYPE_CHECKING:
    from spacy.language import Language

EPOCHS = 8
BATCH = 64
DROPOUT = 0.2
SURE = 1e-6
"""Scores are kept so far from 0 and 1, where their logits would be infinite."""


def textcat(
    train: LabelledPassages, texts: tuple[str, ...], seed: int, epochs: int = EPOCHS, batch: int = BATCH
) -> Logits:
    """Return logits of a `textcat_multilabel` with a label a benefit and one a benefit with status.

    A benefit's statuses are scored each by itself; the softmax of the logarithms shares out what they have together.
    """
    benefits = train.presence.shape[1]
    scores = _scores(_trained(train, seed, epochs, batch), texts).clip(SURE, 1 - SURE)
    presence, status = scores[:, :benefits], scores[:, benefits:]
    return presence_and_status(
        np.log(presence / (1 - presence)), np.log(status).reshape(len(texts), benefits, -1), train
    )


def _labels(train: LabelledPassages) -> NDArray[np.bool_]:
    """Return presence, then each benefit's statuses, [n, B + B x T]."""
    statuses = np.arange(train.status.max() + 1)
    with_status = train.status[:, :, None] == statuses
    return np.column_stack([train.presence == 1, with_status.reshape(len(train), -1)])


def _trained(train: LabelledPassages, seed: int, epochs: int, batch: int) -> Language:
    import spacy
    from spacy.training import Example
    from thinc.api import fix_random_seed

    fix_random_seed(seed)
    nlp = spacy.blank("en")
    nlp.add_pipe("textcat_multilabel")
    examples = [
        Example.from_dict(nlp.make_doc(text), {"cats": {str(at): float(is_so) for at, is_so in enumerate(labels)}})
        for text, labels in zip(train.texts, _labels(train), strict=True)
    ]
    optimiser = nlp.initialize(lambda: examples)
    random = np.random.default_rng(seed)
    for _ in range(epochs):
        order = random.permutation(len(examples))
        for start in range(0, len(order), batch):
            nlp.update([examples[at] for at in order[start : start + batch]], sgd=optimiser, drop=DROPOUT)
    return nlp


def _scores(nlp: Language, texts: tuple[str, ...]) -> NDArray[np.float64]:
    """Return the score of every label, in the order of `_labels`."""
    return np.array([[doc.cats[str(at)] for at in range(len(doc.cats))] for doc in nlp.pipe(texts)])
