"""Find lists of references: the titles of other works speak of benefits that the document does not claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lhs_nlp.documents import Block

_NAMES = frozenset(
    (
        "bibliography",
        "bibliography & references cited",
        "bibliography and references cited",
        "citations",
        "cited literature",
        "list of references",
        "literature",
        "literature cited",
        "reference list",
        "references",
        "references and notes",
        "references cited",
        "selected bibliography",
        "selected references",
        "works cited",
    )
)
_REVIEWED = "literature"
"""The name that a section on what others found may have as well: it cites as often, but by "et al." alone."""
_LONGER_NAME = re.compile(r"(?:\S+\s+){1,2}references")
"""What a heading, and nothing less, may be called besides: "Software references"."""
_LONGEST_NAME = 60
_NUMBER = re.compile(r"\A(?:\d{1,2}(?:\.\d{1,2})*|[ivxlc]{1,5}|[a-z])[.):]?\s+", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d{2}(?!\d)")
_SOURCE = re.compile(
    r"""
    https?:// | \bdoi\b | \bet\ al\b | \bvol\. | \bpp\.
    | \b\d{1,4}\s?\(\d{1,4}\) | \b\d{1,4}\s?[:,]\s?\d{1,5}\s?[-\u2013]\s?\d                  # 11(2), 11:100-105
    | \b[A-Z][\w'\u2019-]{1,40},?\ (?:[A-Z][.\ -]{0,2}){1,3}(?=[,:;&(]|and\b|[12]\d{3}|\Z)   # Smith, J. K., Jones AB;
    """,
    re.VERBOSE,
)
"""A link, a volume, pages, or an author with initials: what a list of an applicant's earlier customers lacks."""
_WORDS_TO_A_YEAR, _WORDS_TO_A_SOURCE = 60, 120
"""Words of a list to each of them, at most: entries have some thirty words."""


def without_reference_lists(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without lists of references.

    A list begins with a block that is nothing but a name of such lists, e.g. "References", ends before the next
    heading or with its last entry, and is one by its years and by its authors' initials or links.

    Parameters
    ----------
    text
        Of the document.
    blocks
        Of the document, in order.
    """
    return [block for part in _parts(text, blocks) for block in _without_list(text, part)]


def _parts(text: str, blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield runs of blocks, each of which begins with a heading or with the name of a list."""
    part: list[Block] = []
    for block in blocks:
        if part and (block.is_heading or _names_list(text, block)):
            yield part
            part = []
        part.append(block)
    if part:
        yield part


def _without_list(text: str, part: Sequence[Block]) -> Sequence[Block]:
    last = next((at for at in reversed(range(1, len(part))) if _YEAR.search(text, part[at].start, part[at].end)), 0)
    if last and _names_list(text, part[0]) and _is_list(text[part[1].start : part[last].end], _name(text, part[0])):
        return [*(block for block in part[:1] if block.is_heading), *part[last + 1 :]]
    return part


def _names_list(text: str, block: Block) -> bool:
    if block.end - block.start > _LONGEST_NAME:
        return False
    name = _name(text, block)
    bare = _NUMBER.sub("", name)
    return name in _NAMES or bare in _NAMES or (block.is_heading and _LONGER_NAME.fullmatch(bare) is not None)


def _name(text: str, block: Block) -> str:
    return text[block.start : block.end].strip().rstrip(":.").rstrip().lower()


def _is_list(text: str, name: str) -> bool:
    words = len(text.split())
    years = sum(1 for _ in _YEAR.finditer(text))
    sources = [source[0] for source in _SOURCE.finditer(text)]
    telling = len(sources) - (sources.count("et al") if name.endswith(_REVIEWED) else 0)
    return years * _WORDS_TO_A_YEAR >= words and telling * _WORDS_TO_A_SOURCE >= words
