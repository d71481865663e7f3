"""Export the trained encoder to ONNX, its weights stored small and computed in float32."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from torch import Tensor, nn

from lhs_nlp.heads import TASKS, Heads
from training.network import BenefitNetwork

SMALLEST = 10_000
"""Tensors of fewer numbers stay as they are."""

HALF = ".float16"
"""What the name of a matrix that is stored as float16 ends with."""

POOLED = "network."
"""What the names of the network's weights begin with in the exported graph."""


class _Pooled(nn.Module):
    def __init__(self, network: BenefitNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        return self.network.pool(input_ids, attention_mask)


def export_encoder(network: BenefitNetwork, path: Path, stored_as: Literal["float16", "int8"] = "float16") -> None:
    """Write ``input_ids, attention_mask -> vectors`` as ONNX, with its large matrices stored small.

    The graph turns the weights back into float32 once, when it is loaded, and computes in
    float32. Activations are never quantised: with the usual dynamic quantisation their
    scale is a maximum over the batch, so that a passage's vector would depend on its
    neighbours; 8-bit weights alone move probabilities by up to 0.05, float16 by 0.001.
    """
    network.eval()
    network.encoder.set_attn_implementation("eager")
    example = torch.ones((2, 8), dtype=torch.long)
    dynamic = {0: "passages", 1: "tokens"}
    torch.onnx.export(
        _Pooled(network),
        (example, example),
        str(path),
        input_names=["input_ids", "attention_mask"],
        output_names=["vectors"],
        dynamic_axes={"input_ids": dynamic, "attention_mask": dynamic, "vectors": {0: "passages"}},
        opset_version=17,
        dynamo=False,
    )
    store = store_weights_as_float16 if stored_as == "float16" else store_weights_as_int8
    onnx.save(store(onnx.load(str(path))), str(path))


def export_heads(network: BenefitNetwork) -> Heads:
    """Return the network's heads as plain linear maps."""
    tensors = {name: tensor.numpy() for name, tensor in network.linear_heads().items()}
    return Heads(
        weights={task: tensors[f"{task}.weight"] for task in TASKS},
        biases={task: tensors[f"{task}.bias"] for task in TASKS},
        benefits=network.benefits,
    )


def store_weights_as_float16(model: onnx.ModelProto) -> onnx.ModelProto:
    """Replace each large float32 matrix by its float16 form and the node that casts it back."""
    return _store(model, _as_float16)


def store_weights_as_int8(model: onnx.ModelProto) -> onnx.ModelProto:
    """Replace each large float32 matrix by whole numbers to 127, the scale of each column, and the nodes that multiply.

    The matrix that looks tokens up has a scale for each row.
    """
    looked_up = {node.input[0] for node in model.graph.node if node.op_type == "Gather"}
    return _store(model, lambda name, weights: _as_int8(name, weights, axis=1 if name in looked_up else 0))


_Stored = tuple[list[onnx.TensorProto], list[onnx.NodeProto]]
"""What a matrix is stored as, and what makes it again."""


def _store(model: onnx.ModelProto, store: Callable[[str, NDArray[np.float32]], _Stored]) -> onnx.ModelProto:
    graph = model.graph
    kept: list[onnx.TensorProto] = []
    restoring: list[onnx.NodeProto] = []
    for tensor in graph.initializer:
        weights = numpy_helper.to_array(tensor)
        if weights.ndim == 2 and weights.size >= SMALLEST and weights.dtype == np.float32:
            tensors, nodes = store(tensor.name, weights)
            kept += tensors
            restoring += nodes
        else:
            kept.append(tensor)
    operations = list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(restoring + operations)
    onnx.checker.check_model(model)
    return model


def _as_float16(name: str, weights: NDArray[np.float32]) -> _Stored:
    half = f"{name}{HALF}"
    cast = helper.make_node("Cast", [half], [name], to=onnx.TensorProto.FLOAT)
    return [numpy_helper.from_array(weights.astype(np.float16), half)], [cast]


def _as_int8(name: str, weights: NDArray[np.float32], axis: int) -> _Stored:
    scale = np.maximum(np.abs(weights).max(axis=axis, keepdims=True), np.finfo(np.float32).tiny) / 127
    whole, scaled, as_float = f"{name}.int8", f"{name}.scale", f"{name}.cast"
    tensors = [
        numpy_helper.from_array(np.rint(weights / scale).astype(np.int8), whole),
        numpy_helper.from_array(scale.astype(np.float32), scaled),
    ]
    cast = helper.make_node("Cast", [whole], [as_float], to=onnx.TensorProto.FLOAT)
    return tensors, [cast, helper.make_node("Mul", [as_float, scaled], [name])]
