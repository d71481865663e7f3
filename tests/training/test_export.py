from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from numpy.typing import NDArray

from lhs_nlp.encoders import OnnxEncoder
from lhs_nlp.framework import default_framework
from tests.training.made import EXPORT_WARNINGS, QUICK, passages
from training.export import SMALLEST, export_encoder, export_heads
from training.finetune import embed, read_tokenizer
from training.network import BenefitNetwork, load_network

TEXTS = (*(row["text"] for row in passages(10, "d")), "", "falls", "the " * 40)

pytestmark = pytest.mark.filterwarnings(*EXPORT_WARNINGS)


@pytest.fixture(scope="module")
def network(base: Path) -> BenefitNetwork:
    return load_network(base, default_framework())


@pytest.fixture(scope="module")
def encoder(base: Path, network: BenefitNetwork, tmp_path_factory: pytest.TempPathFactory) -> OnnxEncoder:
    path = tmp_path_factory.mktemp("export") / "encoder.onnx"
    export_encoder(network, path)
    return OnnxEncoder(path, base / "tokenizer.json", QUICK.most_tokens)


def vectors(network: BenefitNetwork, base: Path) -> NDArray[np.float32]:
    found: NDArray[np.float32] = embed(network, read_tokenizer(base, QUICK.most_tokens), TEXTS)
    return found


def test_exported_vectors_are_those_of_torch_up_to_the_rounding_of_weights(
    base: Path, network: BenefitNetwork, encoder: OnnxEncoder
) -> None:
    assert np.abs(encoder.encode(TEXTS) - vectors(network, base)).max() < 2e-3


def test_exported_vectors_are_those_of_torch_with_the_weights_that_are_stored(
    base: Path, network: BenefitNetwork, encoder: OnnxEncoder
) -> None:
    rounded = load_network(base, default_framework())
    rounded.load_state_dict(network.state_dict())
    large = [weight for weight in rounded.encoder.parameters() if weight.ndim == 2 and weight.numel() >= SMALLEST]
    assert large
    with torch.no_grad():
        for weight in large:
            weight.copy_(weight.half().float())
    assert np.abs(encoder.encode(TEXTS) - vectors(rounded, base)).max() < 1e-5


def test_vectors_of_weights_of_8_bits_point_in_nearly_the_same_direction(
    base: Path, network: BenefitNetwork, tmp_path: Path
) -> None:
    path = tmp_path / "encoder.onnx"
    export_encoder(network, path, "int8")
    found, exact = OnnxEncoder(path, base / "tokenizer.json", QUICK.most_tokens).encode(TEXTS), vectors(network, base)
    cosines = (found * exact).sum(axis=1) / np.linalg.norm(found, axis=1) / np.linalg.norm(exact, axis=1)
    assert cosines.min() > 0.998
    large = [each for each in onnx.load(str(path)).graph.initializer if np.prod(each.dims) >= SMALLEST]
    assert large
    assert {each.data_type for each in large} == {onnx.TensorProto.INT8}


def test_exported_vector_is_the_same_alone_and_in_any_batch(encoder: OnnxEncoder) -> None:
    together = encoder.encode(TEXTS)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-5


def test_exported_heads_give_the_logits_of_torch(base: Path, network: BenefitNetwork) -> None:
    with torch.no_grad():
        network.status_own.weight.normal_()
    found = vectors(network, base)
    with torch.inference_mode():
        expected = network.heads(torch.from_numpy(found))
    logits = export_heads(network)(found)
    for task in ("presence", "status", "dimension", "concepts", "stakeholders"):
        assert getattr(logits, task) == pytest.approx(getattr(expected, task).numpy(), abs=1e-5)
