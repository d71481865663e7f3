"""What is read of Word documents that tests write."""

from __future__ import annotations

from lhs_nlp.documents import Document, read_bytes
from tests.documents.word_writer import write_docx


def made(body: str, title: str = "", header: str = "") -> Document:
    return read_bytes(write_docx(body, title=title, header=header), name="plan.docx")


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def texts(body: str) -> list[str]:
    return [text for _, text in blocks(made(body))]
