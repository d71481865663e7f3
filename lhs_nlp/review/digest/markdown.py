"""The digest as Markdown with citations that pandoc and Quarto read, and the BibTeX that they cite."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lhs_nlp.printing import printable
from lhs_nlp.references import citation, reference_bytes
from lhs_nlp.report import display
from lhs_nlp.report.markdown import escaped, escaped_line
from lhs_nlp.review.digest.digest import Digest, Quoted, Section
from lhs_nlp.review.digest.sentences import about, cited_by, lead_of

_CITED_OR_RAISED = re.compile(r"([@^])")
_LIST = re.compile(r"\A(\(?[A-Za-z0-9]{1,8}(?=[.)] )|(?=:))")
"""The beginning of what pandoc takes for an item of a list, a definition or a division, and CommonMark does not."""


def digest_to_markdown(digest: Digest, bibliography: str) -> str:
    """Return a digest as Markdown, in which no text of a reference acts as markup.

    Parameters
    ----------
    digest
        What is said.
    bibliography
        Name of the BibTeX file beside it, for the head of the file.
    """
    # Strings of JSON are strings of YAML.
    head = {"title": printable(digest.title), "bibliography": bibliography}
    lines = ["---", *(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()), "---"]
    parts = ["\n".join(lines), escaped_line(display.MODEL_NOTE)]
    for section in digest.sections:
        parts += _section(section, digest.publications)
    return "\n\n".join([*parts, "# References", "::: {#refs}\n:::"]) + "\n"


def digest_bibtex(digest: Digest) -> bytes:
    """Return what a digest cites as BibTeX."""
    return reference_bytes([reference for _, reference in digest.references], "bibtex")


def _section(section: Section, publications: int) -> Iterator[str]:
    yield f"# {escaped(section.name)}"
    yield escaped_line(section.description)
    yield " ".join(map(_text, lead_of(section, publications)))
    yield from map(_quotation, section.quotations)
    yield from (f"{_text(sentence.text)} {citation(sentence.keys)}" for sentence in cited_by(section))


def _quotation(quoted: Quoted) -> str:
    text = "\\\n> ".join(map(_text, display.in_lines(quoted.text)))
    return f"> {text} {citation([quoted.key])}\n>\n> ({_text(about(quoted))})"


def _text(text: str) -> str:
    """Return a text of which nothing is markup of pandoc either, nor a citation."""
    return _LIST.sub(r"\1\\", _CITED_OR_RAISED.sub(r"\\\1", escaped_line(text)))
