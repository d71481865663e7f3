"""Find the statements at an article's end: a funder's mission and an author's company claim nothing for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lhs_nlp.documents import Block
from lhs_nlp.passages.spans import size_of

_OF_ARTICLES = r"""
    contributors | contributorship(?:\ statement)? | contributions\ of\ (?:the\ )?authors?
  | (?:(?:credit\ )?author(?:s['\u2019]?|['\u2019]s|ship)?\ )contributions?(?:\ statement)?
  | (?:competing|conflicting)\ (?:financial\ )?interests?(?:\ (?:statement|declaration))?
  | (?:(?:declarations?|disclosures?|statements?)\ of\ )?(?:potential\ )?conflicts?\ of\ interests?
    (?:\ (?:statement|declaration|disclosures?))?
  | (?:declarations?|disclosures?|statements?)\ of\ (?:(?:competing|conflicting)\ )?interests?
  | financial\ disclosures?(?:\ statement)? | disclosure\ statement
  | role\ of\ the\ (?:funders?|funding\ sources?|sponsors?)
  | data\ (?:and\ materials?\ )?availability(?:\ statement)? | data\ sharing\ statement
  | availability\ of\ data(?:\ and\ materials?)?
  | provenance\ and\ peer\ review | publisher['\u2019]s\ note
"""
"""What journals call statements that other documents hardly have, as a pattern."""
_OF_OTHERS_TOO = r"""
    acknowledge?ments?
  | funding(?:\ (?:and\ support|disclosures?|information|sources?|statement|support))?
  | (?:sources?\ of|financial|grant)\ (?:funding|support)
"""
"""Names that sections of proposals and reports have as well, which tell what the money and the help are good for."""
_NAME = re.compile(
    rf"(?:\d{{1,2}}(?:\.\d{{1,2}})*[.):]?\s+)?(?:(?P<of_articles>{_OF_ARTICLES})|{_OF_OTHERS_TOO})",
    re.VERBOSE | re.IGNORECASE,
)
_ALONE = re.compile(r"\s*[.:]?\s*\Z")
_RUN_IN = re.compile(r"(?:\s*[.:]\s+\S|\s+[A-Z])")
"""What follows a name with which the paragraph of the statement begins: "Funding: none", "Funding This study was"."""
_LONGEST_NAME = 80
_LONGEST = 200
"""Words of a statement, at most."""


def without_statements(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without statements on funding, interests, contributions and the like.

    A statement is what stands below a block that is nothing but the name of one, up to the next heading, or a
    paragraph that begins with such a name. There are none in a document that has none of interests, contributions
    or the like, which other documents hardly have.

    Parameters
    ----------
    text
        Of the document.
    blocks
        Of the document, in order.
    """
    parts = list(_parts(text, blocks))
    names = [_statement(text, part) for part in parts]
    if not any(name and name["of_articles"] for name in names):
        return list(blocks)
    return [
        block for part, name in zip(parts, names, strict=True) for block in part if name is None or block.is_heading
    ]


def _parts(text: str, blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield runs of blocks: each begins with a heading or a name, and a paragraph that begins with a name is one."""
    part: list[Block] = []
    after_run_in = False
    for block in blocks:
        run_in = _name(text, block, _RUN_IN) is not None
        if part and (run_in or after_run_in or block.is_heading or _name(text, block, _ALONE)):
            yield part
            part = []
        part.append(block)
        after_run_in = run_in
    if part:
        yield part


def _statement(text: str, part: Sequence[Block]) -> re.Match[str] | None:
    """Return the name of the statement that a part is, None when it is none."""
    first, *others = part
    run_in = _name(text, first, _RUN_IN)
    stated = part if run_in else others
    if not stated or size_of(text, stated[0].start, stated[-1].end) > _LONGEST:
        return None
    return run_in or _name(text, first, _ALONE)


def _name(text: str, block: Block, following: re.Pattern[str]) -> re.Match[str] | None:
    """Return the name that a block begins with, None when it does not, or something else follows."""
    if following is _RUN_IN and block.kind != "paragraph":
        return None
    beginning = text[block.start : min(block.end, block.start + _LONGEST_NAME)]
    name = _NAME.match(beginning)
    return name if name and following.match(beginning, name.end()) else None
