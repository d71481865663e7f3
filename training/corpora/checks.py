"""Everything that is checked before the corpora are used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lhs_nlp.framework import Framework
from training.corpora.documents import (
    LONGEST,
    SHORTEST,
    passage_rows,
    read_documents,
    read_rows,
    share_of_usual_length,
)
from training.corpora.standoff_validation import find_joining_problems, find_standoff_problems
from training.corpora.validation import find_problems


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong, and what was looked at or left out: sentences."""

    problems: tuple[str, ...]
    notes: tuple[str, ...]


def check_corpora(corpora: Path, shared: Path, framework: Framework) -> Report:
    """Check a folder of corpora.

    Parameters
    ----------
    corpora
        With ``authored/`` and ``standoff/``.
    shared
        Folder of the public texts; where it is absent, what needs them is left out, and a note says so.
    framework
        Of the labels.
    """
    documents = read_documents(corpora / "authored")
    public = public_texts(shared)
    problems = find_problems(documents, framework, public)
    standoff = find_standoff_problems(corpora / "standoff", framework)
    if public and not standoff:
        standoff = find_joining_problems(corpora / "standoff", shared, framework)
    if problems:
        return Report((*problems, *standoff), ())
    texts = [row["text"] for document in documents.values() for row in passage_rows(document)]
    return Report(tuple(standoff), tuple(_notes(len(documents), texts, shared, bool(public))))


def public_texts(shared: Path) -> dict[str, str]:
    """Return the texts of the labelled public passages by id; {} where they are absent."""
    paths = [shared / "passages" / name for name in ("train.jsonl", "dev.jsonl")]
    return {row["id"]: row["text"] for path in paths if path.exists() for row in read_rows(path)}


def _notes(documents: int, texts: list[str], shared: Path, compared: bool) -> Iterator[str]:
    usual = 100 * share_of_usual_length(texts)
    size = f"{documents} authored documents with {len(texts):,} passages"
    yield f"{size}, {usual:.1f} % of {SHORTEST} to {LONGEST} words."
    if not compared:
        yield f"Not compared with public passages, and stand-off labels not joined: {shared} does not hold them."
