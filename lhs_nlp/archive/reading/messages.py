"""What the reading processes are told and what they answer: JSON with its length before it, never a pickle."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from typing import IO, Any

from lhs_nlp.documents import Block, Document, Limits
from lhs_nlp.errors import ReadError
from lhs_nlp.passages import Passage

OUT_OF_MEMORY = "out_of_memory"
"""The reason of an answer after which the process ends."""

_LENGTH = struct.Struct("<Q")
_LARGEST = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Order:
    """How all that follows is to be read.

    Attributes
    ----------
    read
        ``module:function`` that turns (data, name, is_text, limits) into a Document.
    limits
        How large a document may be.
    seconds
        Longest time for one document.
    megabytes
        Most memory that reading may add.
    """

    read: str
    limits: Limits
    seconds: float
    megabytes: int


READY = b"ready"
"""What a process says when it waits for its first document."""

Answer = tuple[Document, tuple[Passage, ...]] | ReadError


def send(stream: IO[bytes], *parts: bytes) -> None:
    """Write messages."""
    for part in parts:
        stream.write(_LENGTH.pack(len(part)))
        stream.write(part)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """Read a message; raise EOFError when the other side is gone."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > _LARGEST:
        raise EOFError
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def order_to_bytes(order: Order) -> bytes:
    """Return an order as JSON."""
    return json_to_bytes(asdict(order))


def order_from_bytes(data: bytes) -> Order:
    """Return the order that was sent."""
    fields = json_from_bytes(data)
    return Order(**{**fields, "limits": Limits(**fields["limits"])})


def answer_to_bytes(answer: Answer) -> bytes:
    """Return an answer as JSON."""
    if isinstance(answer, ReadError):
        return json_to_bytes({"reason": answer.reason, "message": str(answer)})
    document, passages = answer
    fields = {key: getattr(document, key) for key in Document.__slots__}
    fields["blocks"] = [[block.kind, block.start, block.end, block.level] for block in document.blocks]
    fields["metadata"] = dict(document.metadata)
    places = [[passage.start, passage.end, passage.section, passage.page] for passage in passages]
    return json_to_bytes({"document": fields, "passages": places})


def answer_from_bytes(data: bytes) -> Answer:
    """Return the answer that was sent."""
    fields = json_from_bytes(data)
    if "reason" in fields:
        return ReadError(fields["message"], fields["reason"])
    values = fields["document"]
    values["blocks"] = tuple(Block(*block) for block in values["blocks"])
    values["page_starts"] = tuple(values["page_starts"])
    document = Document(**values)
    return document, tuple(
        Passage(at, document.text[start:end], start, end, section, page)
        for at, (start, end, section, page) in enumerate(fields["passages"])
    )


def task_to_bytes(name: str, *, is_text: bool) -> bytes:
    """Return what is said of a document beside its bytes."""
    return json_to_bytes({"name": name, "is_text": is_text})


def task_from_bytes(data: bytes) -> tuple[str, bool]:
    """Return the name, and whether the bytes are the text of a table's row."""
    fields = json_from_bytes(data)
    return fields["name"], fields["is_text"]


def json_to_bytes(value: object) -> bytes:
    """Return a value as JSON."""
    # Lone surrogates (file names that are not UTF-8) pass.
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def json_from_bytes(data: bytes) -> Any:  # noqa: ANN401
    """Return the value that was sent."""
    return json.loads(data.decode("utf-8", "surrogatepass"))


def out_of_memory(name: str, megabytes: int) -> ReadError:
    """Return the error of what needs more memory than it may take."""
    return ReadError(
        f"{name}: needs more than {megabytes:,} MB to read; raise it with --reader-megabytes.", OUT_OF_MEMORY
    )
