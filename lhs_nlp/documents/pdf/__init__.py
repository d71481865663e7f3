"""PDF by PDFium: lines with their place and font, put back into paragraphs."""

from lhs_nlp.documents.pdf.reading import format, matches, read

__all__ = ["format", "matches", "read"]
