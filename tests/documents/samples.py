"""A small document in every format, all of them with the same words."""

from __future__ import annotations

from tests.documents.pdf_writer import lines, write_pdf
from tests.documents.word_writer import paragraph, write_docx

PROSE = "The ward will cut falls by a third within the year, and waits as well."

SAMPLES = {
    "pdf": write_pdf([lines(f"Aims\n\n{PROSE}")]),
    "docx": write_docx(paragraph("Aims", "heading1") + paragraph(PROSE)),
    "jats": f"<article><body><sec><title>Aims</title><p>{PROSE}</p></sec></body></article>".encode(),
    "tei": f"<TEI><text><body><div><head>Aims</head><p>{PROSE}</p></div></body></text></TEI>".encode(),
    "html": f"<!DOCTYPE html><html><body><h1>Aims</h1><p>{PROSE}</p></body></html>".encode(),
    "markdown": f"# Plan\n\n## Aims\n\n{PROSE}\n\n- fewer falls\n".encode(),
    "text": f"Aims\n\n{PROSE}\n".encode(),
}
NAMES = ("plan.pdf", "plan.docx", "plan.xml", "plan.html", "plan.txt", "plan", "plan.jpeg", "a/b c\u00e9.doc")
"""Names that say nothing of Markdown, which is told from text by its name when it has no headings."""
