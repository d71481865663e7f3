"""The smallest ONNX files: encoded by hand, so that tests need neither torch nor the onnx package.

Fields are numbered as in onnx.proto; a message is its encoded fields, one after another.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FLOAT, INT64 = 1, 7
_IR_VERSION, _OPSET = 8, 13


def write_encoder(table: NDArray[np.float32]) -> bytes:
    """Return a graph of ``input_ids, attention_mask -> vectors``.

    A token's vector is its row of `table`, [vocabulary, d], not negative; a text's is the
    greatest of its tokens in each dimension, padding left out.
    """
    width = table.shape[1]
    graph = b"".join(
        [
            _node("Gather", ["table", "input_ids"], "tokens"),
            _node("Cast", ["attention_mask"], "mask", _attribute("to", FLOAT)),
            _node("Unsqueeze", ["mask", "last_axis"], "column"),
            _node("Mul", ["tokens", "column"], "kept"),
            _node("ReduceMax", ["kept"], "vectors", _attribute("axes", [1]), _attribute("keepdims", 0)),
            _text(2, "toy"),
            _message(5, _tensor("table", FLOAT, table.shape, table.astype("<f4").tobytes())),
            _message(5, _tensor("last_axis", INT64, (1,), np.array([2], "<i8").tobytes())),
            _message(11, _value("input_ids", INT64, ["n", "t"])),
            _message(11, _value("attention_mask", INT64, ["n", "t"])),
            _message(12, _value("vectors", FLOAT, ["n", width])),
        ]
    )
    opset = _text(1, "") + _number(2, _OPSET)
    return _number(1, _IR_VERSION) + _message(7, graph) + _message(8, opset)


def _node(operation: str, inputs: Sequence[str], output: str, *attributes: bytes) -> bytes:
    names = b"".join(_text(1, name) for name in inputs)
    more = b"".join(_message(5, attribute) for attribute in attributes)
    return _message(1, names + _text(2, output) + _text(4, operation) + more)


def _attribute(name: str, value: int | list[int]) -> bytes:
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, 2)
    return _text(1, name) + b"".join(_number(8, one) for one in value) + _number(20, 7)


def _tensor(name: str, kind: int, shape: Sequence[int], data: bytes) -> bytes:
    return b"".join(_number(1, size) for size in shape) + _number(2, kind) + _text(8, name) + _message(9, data)


def _value(name: str, kind: int, shape: Sequence[int | str]) -> bytes:
    sizes = (_number(1, size) if isinstance(size, int) else _text(2, size) for size in shape)
    dimensions = b"".join(_message(1, size) for size in sizes)
    return _text(1, name) + _message(2, _message(1, _number(1, kind) + _message(2, dimensions)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _message(field, value.encode())


def _message(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])
