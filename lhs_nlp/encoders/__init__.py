"""One protocol, ``encode(texts) -> float32 [n, d]``, and its implementations."""

from lhs_nlp.encoders.onnx_encoder import OnnxEncoder
from lhs_nlp.encoders.protocol import Encoder
from lhs_nlp.encoders.sentence_transformer import SentenceTransformerEncoder

__all__ = ["Encoder", "OnnxEncoder", "SentenceTransformerEncoder"]
