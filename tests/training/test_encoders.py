"""The two encoders beside each other, on the same weights."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from lhs_nlp.encoders import OnnxEncoder, SentenceTransformerEncoder
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.framework import default_framework
from tests.training.made import EXPORT_WARNINGS
from training.base import PACKAGE, base_encoder
from training.export import export_encoder
from training.network import load_network

TEXTS = [
    "The checklist reduced medication errors on two wards.",
    "Costs fell.",
    "",
    "Patients were asked how they had experienced their stay, and what they would have wished for instead. " * 20,
]

pytestmark = [
    pytest.mark.filterwarnings(*EXPORT_WARNINGS),
    pytest.mark.skipif(find_spec(PACKAGE) is None, reason="the package of the base encoder is not installed"),
]


@pytest.fixture(scope="module")
def reference() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(str(base_encoder()), device="cpu", batch=2)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> OnnxEncoder:
    path = tmp_path_factory.mktemp("base") / "encoder.onnx"
    export_encoder(load_network(base_encoder(), default_framework()), path)
    return OnnxEncoder(path, base_encoder() / "tokenizer.json", most_tokens=256)


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def test_both_encoders_agree_on_the_base_model(reference: SentenceTransformerEncoder, exported: OnnxEncoder) -> None:
    # The library's model ends with vectors of length one, ours does not.
    assert reference.width == exported.width == 384
    assert np.abs(reference.encode(TEXTS) - unit(exported.encode(TEXTS))).max() < 1e-3


def test_vector_is_the_same_alone_and_in_any_batch(reference: SentenceTransformerEncoder) -> None:
    alone = np.concatenate([reference.encode([text]) for text in TEXTS])
    assert np.abs(reference.encode(TEXTS) - alone).max() < 1e-5


def test_vectors_are_float32_in_order_and_may_be_none(reference: SentenceTransformerEncoder) -> None:
    vectors = reference.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (4, 384)
    assert np.allclose(reference.encode(TEXTS[::-1]), vectors[::-1], atol=1e-5)
    assert reference.encode([]).shape == (0, 384)


def test_text_that_utf8_cannot_write_is_encoded(reference: SentenceTransformerEncoder) -> None:
    assert np.array_equal(reference.encode(["falls \ud83d"]), reference.encode(["falls ?"]))


def test_model_that_is_not_there_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(LhsNlpError, match="cannot be loaded by sentence-transformers"):
        SentenceTransformerEncoder(str(tmp_path / "none"))
