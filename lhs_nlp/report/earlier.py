"""Tell a report that was written earlier, in any format, from every other file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lhs_nlp.report.display import MODEL_NOTE

_JSON = re.compile(r'(?:\[\s*)?\{\s*"schema": "lhs-nlp/tag/')
_HTML = re.compile(r"<!DOCTYPE html>\s*<html[^>]*>\s*<head>.*?default-src .*?<title>Benefits(?::| in )", re.DOTALL)
_CSV = re.compile(r"document_id,title,source,format,pages,words,(?:benefit,verdict|passage,start),")
_PARAGRAPHS = re.compile(r"\n\s*\n")
_FACTS = re.compile(r"[·;]\s+[\d,]+\s+words?\Z")
_FAILURE = re.compile(r"^(?:\S+ n|N)ot read \([\w-]+\)", re.MULTILINE)
_BETWEEN = re.compile(r"---\Z|# ")


def is_report(data: bytes) -> bool:
    """Return whether these bytes are a report as this package writes them, and nothing else is in them.

    Parameters
    ----------
    data
        The content of a file.
    """
    try:
        text = data.decode("utf-8").strip()
    except UnicodeDecodeError:
        return False
    return any(begins.match(text) for begins in (_JSON, _HTML, _CSV)) or _is_prose(_PARAGRAPHS.split(text))


def _is_prose(paragraphs: Sequence[str]) -> bool:
    """Return whether these are of a report as text or Markdown: it begins and ends as one does."""
    begins = any(_FACTS.search(paragraph) or _FAILURE.search(paragraph) for paragraph in paragraphs[:2])
    ends = [at for at, paragraph in enumerate(paragraphs, start=1) if paragraph.startswith(MODEL_NOTE)]
    failures = paragraphs[ends[-1] if ends else 0 :]
    return begins and all(_FAILURE.search(paragraph) or _BETWEEN.match(paragraph) for paragraph in failures)
