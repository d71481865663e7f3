"""Find publications by words and by meaning, both rankings fused into one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.review.project import Project
from lhs_nlp.review.project.connection import translated_errors
from lhs_nlp.review.project.publications import Publication

RANK_CONSTANT = 60
"""How little a rank's exact number counts, as in reciprocal rank fusion (Cormack et al. 2009,
doi:10.1145/1571941.1572114)."""

DEPTH = 200
"""Ranks of each kind that are fused."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A publication that was found.

    Parameters
    ----------
    publication
        What was found.
    score
        Sum of 1 / (60 + rank) over both rankings.
    by_words, by_meaning
        Its rank, from 1; None where it is not among the first 200.
    """

    publication: Publication
    score: float
    by_words: int | None
    by_meaning: int | None


def search(
    project: Project,
    text: str,
    publications: Sequence[Publication],
    likeness: NDArray[np.floating] | None = None,
) -> list[Hit]:
    """Return publications that speak of something, the best first.

    Parameters
    ----------
    project
        Where.
    text
        Words or a sentence; a publication need not have all of the words.
    publications
        Those of the project.
    likeness
        How like the text each publication is in meaning, [n]; None to search by words alone.
    """
    ranks: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for rank, number in enumerate(_by_words(project, text), start=1):
        ranks[number]["words"] = rank
    if likeness is not None:
        for rank, at in enumerate(np.argsort(-likeness, kind="stable")[:DEPTH], start=1):
            ranks[publications[at].number]["meaning"] = rank
    known = {publication.number: publication for publication in publications}
    hits = [
        Hit(
            known[number],
            sum(1 / (RANK_CONSTANT + rank) for rank in found.values()),
            found.get("words"),
            found.get("meaning"),
        )
        for number, found in ranks.items()
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.publication.number))


def _by_words(project: Project, text: str) -> list[int]:
    """Return publications by their best record: a title's words count most."""
    words = _WORD.findall(text)
    if not words:
        return []
    project.bring_up_to_date()
    query = " OR ".join(f'"{word}"' for word in words)
    with translated_errors(project.path):
        rows = project.connection.execute(
            "SELECT publication_id FROM words JOIN publications ON record_id = words.rowid"
            " WHERE words MATCH ? ORDER BY bm25(words, 3.0, 1.0, 2.0), words.rowid LIMIT ?",
            (query, 5 * DEPTH),
        )
        return list(dict.fromkeys(row["publication_id"] for row in rows))[:DEPTH]
