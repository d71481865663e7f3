"""From the bytes of a PDF to a Document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from lhs_nlp.documents.builder import DocumentBuilder, sha256_of
from lhs_nlp.documents.hyphens import HYPHENS, Hyphenation
from lhs_nlp.documents.limits import Limits
from lhs_nlp.documents.pdf.columns import in_reading_order
from lhs_nlp.documents.pdf.drawn_bullets import with_drawn_bullets
from lhs_nlp.documents.pdf.forms import is_placeholder, open_form, show_answers
from lhs_nlp.documents.pdf.lines import Line, page_lines
from lhs_nlp.documents.pdf.paragraphs import Paragraph, to_paragraphs
from lhs_nlp.documents.pdf.running_heads import without_running_heads
from lhs_nlp.documents.pdf.scans import is_scanned
from lhs_nlp.documents.pdf.turned import turn_upright
from lhs_nlp.documents.types import Document
from lhs_nlp.errors import ReadError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

format = "pdf"

_FILE_NAME = re.compile(
    r"microsoft (?:word|powerpoint)|\.(?:docx?|pdf|indd|wpd|qxd|pptx?|rtf)\Z|untitled|\A\S*[_\d]\S*\Z", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_DATE = re.compile(r"D:((?:19|20)\d{2})(\d{2})(\d{2})")
_LONGEST_TITLE = 300
"""Characters of a title that are looked at."""


def matches(data: bytes, name: str) -> bool:
    """Return whether the bytes begin as a PDF; some have junk before the header."""
    return b"%PDF-" in data[:1024]


def read(data: bytes, name: str, limits: Limits) -> Document:
    """Read a PDF that has a text layer.

    Running heads, feet and page numbers are removed, words broken at line ends mended,
    and paragraphs joined over columns and pages.

    Raises
    ------
    ReadError
        `encrypted`, `scanned`, `empty`, `malformed` or `too_large`; `unsupported` when its pages are still to be built.
    """
    pdf = _open(data)
    try:
        _check_pages(len(pdf), limits)
        lines = _lines(pdf, limits)
        _refuse_placeholder(pdf, lines)
        pages = without_running_heads(lines)
        _refuse_scanned(pdf, pages)
        metadata = _metadata(pdf)
        count = len(pdf)
    finally:
        pdf.close()
    stated = metadata.pop("title", "")
    paragraphs = to_paragraphs([column for lines in pages for column in in_reading_order(lines)])
    title = stated if _is_title(stated, pages) else _largest(paragraphs)
    builder = DocumentBuilder()
    hyphenation = Hyphenation.of([line.text for paragraph in paragraphs for line in paragraph.lines])
    for paragraph in paragraphs:
        builder.add_runs(paragraph.kind, _runs(paragraph, hyphenation), level=paragraph.level)
    return builder.build(
        source=name, format=format, sha256=sha256_of(data), title=title, pages=count, metadata=metadata
    )


def _open(data: bytes) -> PdfDocument:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
        open_form(pdf)
        len(pdf)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(
                "protected by a password; remove it first, e.g. `qpdf --decrypt --password=... in.pdf out.pdf`.",
                "encrypted",
            ) from error
        raise ReadError(
            "a damaged or truncated PDF; get the file again, or repair it with `qpdf`.", "malformed"
        ) from error
    return pdf


def _check_pages(count: int, limits: Limits) -> None:
    if count == 0:
        raise ReadError("the PDF has no pages.", "empty")
    if count > limits.pages:
        raise ReadError(
            f"{count:,} pages, over the limit of {limits.pages:,}; raise it with --max-pages, or split the file.",
            "too_large",
        )


def _lines(pdf: PdfDocument, limits: Limits) -> list[list[Line]]:
    import pypdfium2

    pages: list[list[Line]] = []
    characters = 0
    for at in range(len(pdf)):
        try:
            page = _page(pdf, at)
            textpage = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise ReadError(
                f"page {at + 1} is damaged; get the file again, or repair it with `qpdf`.", "malformed"
            ) from error
        characters += textpage.count_chars()
        if characters > limits.characters:
            raise ReadError(f"more than {limits.characters:,} characters, over the limit; split the file.", "too_large")
        pages.append(with_drawn_bullets(page, page_lines(textpage, at + 1)))
        textpage.close()
        page.close()
    return pages


def _page(pdf: PdfDocument, at: int) -> PdfPage:
    page = pdf[at]
    if page.formenv and show_answers(page):
        page.close()
        page = pdf[at]
    if turn_upright(page):
        page.close()
        page = pdf[at]
    return page


def _refuse_placeholder(pdf: PdfDocument, pages: Sequence[Sequence[Line]]) -> None:
    if pages and is_placeholder(pdf, " ".join(line.text for line in pages[0])):
        raise ReadError(
            "a form whose pages only Adobe's programs build; open it in one of them and print it to a PDF.",
            "unsupported",
        )


def _refuse_scanned(pdf: PdfDocument, pages: Sequence[Sequence[Line]]) -> None:
    if is_scanned(pdf, pages):
        raise ReadError(
            "its pages, or most of them, are pictures without a text layer; run OCR on it first, e.g. "
            "`ocrmypdf --skip-text in.pdf out.pdf`.",
            "scanned",
        )


def _metadata(pdf: PdfDocument) -> dict[str, str]:
    stated = pdf.get_metadata_dict()
    found = {key: stated.get(key.capitalize(), "") for key in ("title", "author", "subject", "keywords")}
    date = _DATE.match(stated.get("CreationDate", ""))
    if date:
        found["date"] = "-".join(date.groups())
    return found


def _is_title(stated: str, pages: Sequence[Sequence[Line]]) -> bool:
    """Return whether the title that the file states is one: no file's name, and not another document's."""
    words = {word.lower() for word in _WORD.findall(stated)}
    shown = {word.lower() for lines in pages[:2] for line in lines for word in _WORD.findall(line.text)}
    return bool(words) and not _FILE_NAME.search(stated[:_LONGEST_TITLE]) and len(words & shown) >= 0.6 * len(words)


def _largest(paragraphs: Sequence[Paragraph]) -> str | None:
    """Return the first heading in the largest font of the first page that has text."""
    page = paragraphs[0].lines[0].page if paragraphs else 0
    headings = [each for each in paragraphs if each.kind == "heading" and each.lines[0].page == page]
    texts = [" ".join(line.text.strip() for line in heading.lines) for heading in headings]
    if not headings:
        return None
    at = max(range(len(headings)), key=lambda at: headings[at].lines[0].size)
    return " ".join(texts[at : at + 2]) if texts[at].endswith(":") else texts[at]


def _runs(paragraph: Paragraph, hyphenation: Hyphenation) -> Iterator[tuple[str, int | None]]:
    """Yield the paragraph's text page by page."""
    by_page = groupby(paragraph.lines, key=lambda line: line.page)
    runs = [(hyphenation.join(line.text for line in lines), page) for page, lines in by_page]
    yield from _mended(runs, hyphenation)


def _mended(runs: list[tuple[str, int]], hyphenation: Hyphenation) -> Iterator[tuple[str, int | None]]:
    """Move the rest of a word that a page break divides to the page where it begins."""
    for at in range(len(runs) - 1):
        (text, page), (following, next_page) = runs[at], runs[at + 1]
        if text.endswith(HYPHENS) and " " in following:
            rest, following = following.split(" ", 1)
            runs[at], runs[at + 1] = (hyphenation.join([text, rest]), page), (following, next_page)
    yield from runs
