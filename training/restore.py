"""The network of a bundle, from its exported weights: where the checkpoints are gone, the model can still learn on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from lhs_nlp.bundle import ENCODER, load_bundle
from lhs_nlp.errors import BundleError
from lhs_nlp.framework import Framework
from training.export import HALF, POOLED
from training.network import BenefitNetwork, load_network


def restore_network(bundle: Path, base: Path, framework: Framework) -> BenefitNetwork:
    """Return the network that this bundle was exported from, its large matrices rounded to float16.

    Of the status head, export keeps the sum of the common part and of each benefit's own: here
    that sum is each benefit's own, and the common part is nothing.

    Parameters
    ----------
    bundle
        Folder of the bundle, as `write_model` made it.
    base
        Folder of the pretrained encoder that it was trained from: its shape is taken from there.
    framework
        What the heads are for.

    Raises
    ------
    BundleError
        The bundle is damaged, or its encoder is of another shape than the base.
    """
    heads = load_bundle(bundle).heads
    network = load_network(base, framework)
    weights = _encoder_weights(bundle / ENCODER)
    for task, matrix in heads.weights.items():
        name = "status_own" if task == "status" else task
        weights |= {f"{name}.weight": matrix, f"{name}.bias": heads.biases[task]}
    expected = {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()}
    for name in ("status_shared.weight", "status_shared.bias"):
        weights[name] = np.zeros(expected[name], np.float32)
    if {name: weights[name].shape for name in expected if name in weights} != expected:
        raise BundleError(f"{bundle}: its network has another shape than one on {base}.")
    state = {name: torch.from_numpy(np.array(weights[name], np.float32)) for name in expected}
    network.load_state_dict(state)
    return network


def _encoder_weights(path: Path) -> dict[str, NDArray[np.floating]]:
    """Return the encoder's weights by the names that they have in the network.

    Matrices that multiply from the right are stored transposed and without a name of their own: the
    place in the network is in the name of the operation.
    """
    graph = onnx.load(str(path)).graph
    tensors = {tensor.name.removesuffix(HALF): numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights = {name.removeprefix(POOLED): array for name, array in tensors.items() if name.startswith(POOLED)}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in tensors:
            name = node.name.removeprefix("/").removesuffix("/MatMul").replace("/", ".")
            weights[f"{name}.weight"] = tensors[node.input[1]].T
    return weights
