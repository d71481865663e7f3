"""Rebuild the example documents from their sources: ``python examples/sources/build.py``.

Needs python-docx and markdown-it-py, which lhs_nlp installs, and Chromium on the PATH.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

SOURCES = Path(__file__).resolve().parent
EXAMPLES = SOURCES.parent
TABLE_WIDTHS = {2: (12.0, 5.0), 3: (2.0, 10.0, 5.0)}
"""Widths of the columns in cm, by their number; 17 cm is the width of the text."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Build both documents beside the directory of their sources."""
    build_docx(SOURCES / "proposal.md", EXAMPLES / "proposal.docx")
    build_pdf(SOURCES / "evaluation-report.html", EXAMPLES / "evaluation-report.pdf")


def build_docx(source: Path, target: Path) -> None:
    """Write a Word document from Markdown, with Word's own styles."""
    tokens = MarkdownIt("commonmark").enable("table").parse(source.read_text(encoding="utf-8"))
    document = docx.Document()
    _set_page(document)
    for node in SyntaxTreeNode(tokens).children:
        _add_block(document, node)
    _set_properties(document, title=document.paragraphs[0].text)
    document.save(str(target))


def build_pdf(source: Path, target: Path) -> None:
    """Print a page of HTML; its title, running heads and page numbers are set in the source."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise SystemExit("Chromium was not found on the PATH: install it (Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as profile:
        options = ["--headless", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={profile}"]
        # Chromium's sandbox refuses to start for root; the page printed is our own.
        command = [browser, *options, "--no-sandbox", f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603


def _set_page(document: Document) -> None:
    # A4, set closely enough for two pages.
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin = section.bottom_margin = Cm(1.8)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    for style, points in (("Heading 1", 12), ("Heading 2", 6)):
        document.styles[style].paragraph_format.space_before = Pt(points)


def _set_properties(document: Document, title: str) -> None:
    properties = document.core_properties
    properties.title = title
    properties.subject = "Improvement proposal (an invented example)"
    properties.author = properties.last_modified_by = "lhs_nlp"
    properties.comments = ""
    properties.created = properties.modified = datetime(2025, 1, 1)


def _add_block(document: Document, node: SyntaxTreeNode) -> None:
    match node.type:
        case "heading":
            # The source's first level is the title, which Word counts as level 0.
            _add_runs(document.add_heading(level=int(node.tag[1]) - 1), node)
        case "bullet_list":
            for item in node.children:
                _add_runs(document.add_paragraph(style="List Bullet"), item)
        case "table":
            _add_table(document, node)
        case _:
            _add_runs(document.add_paragraph(), node)


def _add_table(document: Document, node: SyntaxTreeNode) -> None:
    rows = [row.children for part in node.children for row in part.children]
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Light Grid Accent 1")
    for column, width in zip(table.columns, TABLE_WIDTHS[len(rows[0])], strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, content in zip(row.cells, cells, strict=True):
            _add_runs(cell.paragraphs[0], content)


def _add_runs(paragraph: Paragraph, node: SyntaxTreeNode) -> None:
    for leaf in node.walk():
        if leaf.type == "softbreak":
            paragraph.add_run(" ")
        elif leaf.type == "text" and leaf.content:
            run = paragraph.add_run(leaf.content)
            kind = leaf.parent.type if leaf.parent else None
            run.bold, run.italic = kind == "strong" or None, kind == "em" or None


if __name__ == "__main__":
    main()
