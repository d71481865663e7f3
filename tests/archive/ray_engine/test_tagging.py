from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from lhs_nlp.archive.batch import READ
from lhs_nlp.archive.ray_engine.stages import Outcome, Tagged
from lhs_nlp.archive.ray_engine.tagging import DocumentTagger
from lhs_nlp.archive.reading import Failed, Order, Task
from lhs_nlp.archive.sources import Ignored
from lhs_nlp.archive.store import Source
from lhs_nlp.classifier import BenefitClassifier
from lhs_nlp.documents import DEFAULT_LIMITS
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.framework import default_framework
from lhs_nlp.tagger import Tagger
from tests.archive.filling import NOTHING, SAFETY, VALUE
from tests.toy import ToyEncoder, toy_bundle, toy_tagger

ORDER = Order(READ, DEFAULT_LIMITS, seconds=60, megabytes=2000)


def task(name: str, text: str) -> Task:
    data = text.encode()
    return Task(Source(name), data, hashlib.sha256(data).hexdigest())


def outcomes(tagger: DocumentTagger, *entries: Task | Ignored) -> list[Outcome]:
    try:
        return list(tagger.outcomes(entries))
    finally:
        tagger.close()


def test_documents_are_read_and_tagged_and_the_rest_passed_on() -> None:
    found = outcomes(
        DocumentTagger(toy_tagger, ORDER, "0" * 64),
        task("a.txt", SAFETY),
        Ignored("b.png"),
        task("c.txt", ""),
        task("d.txt", VALUE),
    )
    tagged = [each for each in found if isinstance(each, Tagged)]
    assert [(each.source.name, each.passages) for each in tagged] == [("a.txt", 1), ("d.txt", 1)]
    assert [each.row["safety_verdict"] for each in tagged if each.row] == ["claimed", "not_claimed"]
    assert [each.reason for each in found if isinstance(each, Failed)] == ["empty"]
    assert Ignored("b.png") in found


class FailingEncoder(ToyEncoder):
    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if NOTHING in texts:
            raise RuntimeError("the graph does not like it")
        return super().encode(texts)


def failing_tagger() -> Tagger:
    framework = default_framework()
    return Tagger(BenefitClassifier(toy_bundle(), framework, encoder=FailingEncoder(framework)))


def test_document_that_makes_the_model_fail_does_not_take_the_others_along() -> None:
    found = outcomes(
        DocumentTagger(failing_tagger, ORDER, "0" * 64),
        task("a.txt", SAFETY),
        task("b.txt", NOTHING),
        task("c.txt", VALUE),
    )
    assert [each.source.name for each in found if isinstance(each, Tagged)] == ["a.txt", "c.txt"]
    (failed,) = [each for each in found if isinstance(each, Failed)]
    assert (failed.source, failed.reason, failed.sha256) == ("b.txt", "crashed", task("b.txt", NOTHING).sha256)
    assert "does not like it" in failed.message


def test_machine_with_another_model_is_refused() -> None:
    with pytest.raises(LhsNlpError, match="install the same lhs-nlp and the same model everywhere"):
        DocumentTagger(toy_tagger, ORDER, "1" * 64)
