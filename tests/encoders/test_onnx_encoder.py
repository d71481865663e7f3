from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp import BundleError, OnnxEncoder
from lhs_nlp.encoders import onnx_encoder
from tests.onnx_writer import write_encoder
from tests.toy_bundle import BENEFIT_WORDS, STATUS_WORDS, toy_tokenizer

WORDS = (*BENEFIT_WORDS, *STATUS_WORDS, "other")
WIDTH = 5
texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), max_size=20)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Write an encoder in which every token has a vector of its own, and its tokenizer."""
    folder = tmp_path_factory.mktemp("encoder")
    tokenizer = toy_tokenizer()
    tokenizer.enable_padding(length=99)
    tokenizer.enable_truncation(3)
    tokenizer.save(str(folder / "tokenizer.json"))
    table = np.random.default_rng(2).random((tokenizer.get_vocab_size(), WIDTH)).astype(np.float32)
    table[0] = 9  # padding: seen at once if it is not masked
    (folder / "encoder.onnx").write_bytes(write_encoder(table))
    return folder / "encoder.onnx", folder / "tokenizer.json"


@pytest.fixture(scope="module")
def encoder(files: tuple[Path, Path]) -> OnnxEncoder:
    return OnnxEncoder(*files, most_tokens=16)


def test_vectors_are_float32_one_a_text(encoder: OnnxEncoder) -> None:
    vectors = encoder.encode(["falls", "costs fell", ""])
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, encoder.width) == (3, WIDTH)
    assert len({tuple(vector) for vector in vectors.tolist()}) == 3


def test_no_texts_give_no_vectors(encoder: OnnxEncoder) -> None:
    assert encoder.encode([]).shape == (0, WIDTH)


@given(texts)
def test_vector_is_the_same_alone_and_in_any_batch(encoder: OnnxEncoder, rows: list[str]) -> None:
    together = encoder.encode(rows)
    for row, text in enumerate(rows):
        assert np.array_equal(together[row], encoder.encode([text])[0])


def test_order_is_kept_whatever_the_lengths_and_batches(encoder: OnnxEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(4)
    rows = [" ".join(random.choice(WORDS, size)) for size in random.integers(0, 14, 200)]
    whole = encoder.encode(rows)
    monkeypatch.setattr(onnx_encoder, "TOKENS_PER_BATCH", 40)
    assert np.array_equal(encoder.encode(rows), whole)
    order = random.permutation(200)
    assert np.array_equal(encoder.encode([rows[at] for at in order]), whole[order])


def test_text_beyond_the_limit_is_cut(encoder: OnnxEncoder) -> None:
    # 16 tokens with [CLS] and [SEP]: 14 words count, those after do not.
    kept = " ".join(["other"] * 14)
    assert np.array_equal(encoder.encode([f"{kept} falls falls"]), encoder.encode([kept]))
    inside = " ".join(["other"] * 13 + ["falls"])
    assert not np.array_equal(encoder.encode([inside]), encoder.encode([kept]))


def test_text_that_utf8_cannot_write_is_encoded(encoder: OnnxEncoder) -> None:
    strange, replaced = encoder.encode(["falls \ud83d", "falls ?"])
    assert np.array_equal(strange, replaced)


def test_number_of_threads_does_not_matter(files: tuple[Path, Path], encoder: OnnxEncoder) -> None:
    assert np.array_equal(OnnxEncoder(*files, threads=1).encode(["falls"]), encoder.encode(["falls"]))


def test_file_that_is_no_model_is_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    for content in (b"", b"not a model"):
        (tmp_path / "bad").write_bytes(content)
        with pytest.raises(BundleError, match="bad: ONNX Runtime cannot load it"):
            OnnxEncoder(tmp_path / "bad", files[1])
        with pytest.raises(BundleError, match="bad: not a tokenizer"):
            OnnxEncoder(files[0], tmp_path / "bad")
    with pytest.raises(BundleError, match="none: ONNX Runtime cannot load it"):
        OnnxEncoder(tmp_path / "none", files[1])


def test_model_with_other_inputs_is_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    other = files[0].read_bytes().replace(b"attention_mask", b"attention_mark")
    (tmp_path / "other.onnx").write_bytes(other)
    with pytest.raises(BundleError, match="must turn attention_mask and input_ids into vectors"):
        OnnxEncoder(tmp_path / "other.onnx", files[1])
