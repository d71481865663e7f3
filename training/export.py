"""Export the trained encoder to ONNX, its weights stored small and computed in float32."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
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


def export_encoder(network: BenefitNetwork, path: Path) -> None:
    """Write ``input_ids, attention_mask -> vectors`` as ONNX, with float16 weights.

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
    model = onnx.load(str(path))
    onnx.save(store_weights_as_float16(model), str(path))


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
    graph = model.graph
    casts, kept = [], []
    for tensor in graph.initializer:
        weights = numpy_helper.to_array(tensor)
        if weights.ndim == 2 and weights.size >= SMALLEST and weights.dtype == np.float32:
            half = f"{tensor.name}{HALF}"
            casts.append(helper.make_node("Cast", [half], [tensor.name], to=onnx.TensorProto.FLOAT))
            tensor = numpy_helper.from_array(weights.astype(np.float16), half)
        kept.append(tensor)
    operations = list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(casts + operations)
    onnx.checker.check_model(model)
    return model
