from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lhs_nlp.errors import BundleError
from lhs_nlp.framework import default_framework
from lhs_nlp.heads import load_heads, save_heads
from tests.toy import toy_heads


def test_heads_survive_saving(tmp_path: Path) -> None:
    heads = toy_heads(default_framework())
    save_heads(heads, tmp_path / "heads.safetensors")
    again = load_heads(tmp_path / "heads.safetensors")
    vectors = np.random.default_rng(5).normal(size=(7, heads.weights["presence"].shape[1])).astype(np.float32)
    assert np.array_equal(again(vectors).status, heads(vectors).status)
    assert again(vectors).status.shape == (7, 6, 4)


def test_file_that_is_no_safetensors_is_refused(tmp_path: Path) -> None:
    (tmp_path / "heads.safetensors").write_bytes(b"not tensors")
    with pytest.raises(BundleError, match="not the heads"):
        load_heads(tmp_path / "heads.safetensors")


def test_misshapen_heads_are_refused(tmp_path: Path) -> None:
    heads = toy_heads(default_framework())
    heads.weights["presence"] = heads.weights["presence"][:, :-1].copy()
    save_heads(heads, tmp_path / "heads.safetensors")
    with pytest.raises(BundleError, match="shapes"):
        load_heads(tmp_path / "heads.safetensors")
