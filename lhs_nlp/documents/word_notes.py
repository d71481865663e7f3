"""The footnotes and endnotes of a Word document, which it keeps in parts of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lhs_nlp.documents.word_elements import W, is_gone

if TYPE_CHECKING:
    from typing import Any

    from docx.document import Document as WordDocument


def notes(word: WordDocument) -> Iterator[Any]:
    """Yield the notes that the text refers to, footnotes first, each an element with paragraphs."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml

    for kind, name in ((RELATIONSHIP_TYPE.FOOTNOTES, "footnote"), (RELATIONSHIP_TYPE.ENDNOTES, "endnote")):
        references = word.element.body.iter(f"{W}{name}Reference")
        cited = {reference.get(f"{W}id") for reference in references if not is_gone(reference)}
        parts = [each.target_part for each in word.part.rels.values() if each.reltype == kind and not each.is_external]
        for part in parts if cited else ():
            yield from (note for note in parse_xml(part.blob).iter(f"{W}{name}") if note.get(f"{W}id") in cited)
