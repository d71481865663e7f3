"""Which styles of a Word document are those of headings; templates make their own from Word's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lhs_nlp.documents.word_elements import W, is_on

if TYPE_CHECKING:
    from docx.styles.styles import Styles

DEEPEST = 9
"""The deepest level of a heading; what is no part of the outline says that it is one below."""
_NO_HEADING = re.compile(r"caption|quote", re.IGNORECASE)
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)


def named_level(name: str) -> int | None:
    """Return the level of a heading by the name of its style, None when it is no heading's."""
    heading = _HEADING.match(name)
    return int(heading.group(1)) if heading else None


def outline_levels(styles: Styles) -> dict[str, int]:
    """Return the level of each style that has one in the outline, by itself or by the style that it is made from."""
    levels = {style.style_id: next(_levels(style), None) for style in styles}
    return {name: level for name, level in levels.items() if level is not None}


def outline_level(element: Any) -> int | None:  # noqa: ANN401 - lxml elements have no public type
    """Return the level that a paragraph or a style has in the outline, 1 for the highest; None when it says nothing."""
    stated = element.find(f"{W}pPr/{W}outlineLvl")
    value = "" if stated is None else str(stated.get(f"{W}val"))
    return int(value) + 1 if value.isdecimal() else None


def bold_styles(styles: Styles) -> frozenset[str]:
    """Return the ids of styles that are bold, of paragraphs and of characters, but for captions and quotations."""
    found = {style.style_id for style in styles if next(_weights(style), False)}
    return frozenset(found - {style.style_id for style in styles if _NO_HEADING.search(style.name or "")})


def _weights(style: Any) -> Iterator[bool]:  # noqa: ANN401
    """Yield whether a style, and those that it is made from, say that they are bold, the nearest first."""
    for each in _bases(style):
        if (bold := each.element.find(f"{W}rPr/{W}b")) is not None:
            yield is_on(bold)


def _levels(style: Any) -> Iterator[int]:  # noqa: ANN401 - python-docx types styles by their kind
    """Yield what a style and those that it is made from say, the nearest first."""
    for each in _bases(style):
        level = outline_level(each.element) or named_level(each.name or "")
        if level is not None:
            yield level


def _bases(style: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield a style and those that it is made from."""
    seen: set[str] = set()
    while style is not None and style.style_id not in seen:
        seen.add(style.style_id)
        yield style
        style = getattr(style, "base_style", None)
