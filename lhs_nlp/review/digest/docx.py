"""The digest as a Word document."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from lhs_nlp.printing import printable
from lhs_nlp.references import citation
from lhs_nlp.references.xml_fields import valid
from lhs_nlp.report import display
from lhs_nlp.review.digest.digest import Digest, Quoted, Section
from lhs_nlp.review.digest.sentences import about, cited_by, lead_of
from lhs_nlp.review.evidence.cited import bibliography_line
from lhs_nlp.wording import counted

if TYPE_CHECKING:
    from docx.document import Document


def digest_to_docx(digest: Digest) -> bytes:
    """Return a digest as DOCX: a heading a benefit, quotations, and the references in the order of the project."""
    from docx import Document

    document = Document()
    document.core_properties.title, document.core_properties.author = _text(digest.title)[:255], ""
    document.add_heading(_text(digest.title), 0)
    untagged = f", {digest.untagged:,} more without text or not tagged" if digest.untagged else ""
    document.add_paragraph(f"{counted(digest.publications, 'publication')}{untagged}. {display.MODEL_NOTE}")
    for section in digest.sections:
        _add_section(document, section, digest.publications)
    document.add_heading("References", 1)
    for key, reference in digest.references:
        paragraph = document.add_paragraph()
        paragraph.add_run(_text(key)).bold = True
        doi = f" doi:{reference.doi}" if reference.doi else ""
        paragraph.add_run(_text(f" {bibliography_line(reference)}{doi}"))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_section(document: Document, section: Section, publications: int) -> None:
    document.add_heading(_text(section.name), 1)
    document.add_paragraph().add_run(_text(section.description)).italic = True
    document.add_paragraph(_text(" ".join(lead_of(section, publications))))
    for quoted in section.quotations:
        _add_quotation(document, quoted)
    for sentence in cited_by(section):
        document.add_paragraph(_text(f"{sentence.text} {citation(sentence.keys)}"))


def _add_quotation(document: Document, quoted: Quoted) -> None:
    text = "\n".join(display.in_lines(quoted.text))
    paragraph = document.add_paragraph(_text(f"\u201c{text}\u201d"), style="Quote")
    paragraph.add_run(_text(f" {citation([quoted.key])} ({about(quoted)})")).italic = False


def _text(text: str) -> str:
    """Return a text that the format can hold."""
    return valid(printable(text))
