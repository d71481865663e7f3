"""The default encoder: a transformer exported to ONNX, run by ONNX Runtime, without torch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.encoders.characters import encodable
from lhs_nlp.errors import BundleError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

TOKENS_PER_BATCH = 1024
"""Most tokens of a batch, padding included. It bounds what the runtime's arena keeps; larger is no faster."""

INPUTS = frozenset({"input_ids", "attention_mask"})
"""What the graph takes, int64 [n, tokens] each."""


class OnnxEncoder:
    """Encode texts with an ONNX graph of ``input_ids, attention_mask -> vectors [n, d]``.

    Texts are grouped by length, so that little is padded; padding is masked and the graph
    computes in float32, so a text's vector does not depend on its batch beyond rounding.

    Parameters
    ----------
    model
        The ONNX file.
    tokenizer
        A `tokenizer.json` of Hugging Face tokenizers; padding and truncation in it are reset.
    most_tokens
        Longer texts are cut after this many tokens.
    threads
        Threads of one call; None leaves the choice to ONNX Runtime.

    Raises
    ------
    BundleError
        A file cannot be loaded, or the graph is of another form.
    """

    def __init__(self, model: Path, tokenizer: Path, most_tokens: int = 256, threads: int | None = None) -> None:
        self._tokenizer = _load_tokenizer(tokenizer, most_tokens)
        self._session = _load_session(model, threads)
        self._width = _width(self._session, model)

    @property
    def width(self) -> int:
        """Length d of a vector."""
        return self._width

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text, float32 [n, d], in the order of `texts`."""
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(encodable(texts))]
        vectors = np.empty((len(ids), self._width), np.float32)
        for rows in _batches([len(row) for row in ids]):
            vectors[rows] = self._session.run(None, _padded([ids[row] for row in rows]))[0]
        return vectors


def _load_tokenizer(path: Path, most_tokens: int) -> Tokenizer:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises bare Exception for a malformed file
        raise BundleError(f"{path}: not a tokenizer ({error}).") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(most_tokens)
    return tokenizer


def _load_session(path: Path, threads: int | None) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or 0
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own exceptions share no public root
        raise BundleError(f"{path}: ONNX Runtime cannot load it ({error}).") from error


def _width(session: InferenceSession, path: Path) -> int:
    inputs = {entry.name for entry in session.get_inputs()}
    shapes = [entry.shape for entry in session.get_outputs()]
    if inputs != INPUTS or len(shapes) != 1 or len(shapes[0]) != 2 or not isinstance(shapes[0][1], int):
        raise BundleError(f"{path}: not an encoder; it must turn {' and '.join(sorted(INPUTS))} into vectors [n, d].")
    return shapes[0][1]


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    """Yield rows of like length, at most `TOKENS_PER_BATCH` tokens with padding, longest first."""
    rows: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda at: -lengths[at]):
        if rows and (len(rows) + 1) * lengths[rows[0]] > TOKENS_PER_BATCH:
            yield rows
            rows = []
        rows.append(row)
    if rows:
        yield rows


def _padded(ids: list[list[int]]) -> dict[str, NDArray[np.int64]]:
    longest = max(len(row) for row in ids)
    input_ids = np.zeros((len(ids), longest), np.int64)
    mask = np.zeros_like(input_ids)
    for at, row in enumerate(ids):
        input_ids[at, : len(row)] = row
        mask[at, : len(row)] = 1
    return {"input_ids": input_ids, "attention_mask": mask}
