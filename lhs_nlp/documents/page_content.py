"""What of a web page is its content: without navigation, and without tables that only lay it out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEADINGS = {f"h{level}": level for level in range(1, 7)}
"""Tags of headings and their levels."""

_WITHOUT_TEXT = "script style noscript template svg math iframe object".split()
_DROPPED = "nav header footer aside form button select dialog".split()
_CHROME_ROLES = ("navigation", "banner", "contentinfo", "search", "dialog", "alertdialog")
_CHROME_NAME = re.compile(
    r"(?!(?:has|no|with|without)-)"
    r"(?:\w+-)?(?:cookies?|breadcrumbs?|nav|navbar|navigation|menu|sidebar|skip-?links?)(?:-\w+)*"
    r"|(?:\w+-)?(?:share|social|consent)-(?:banner|bar|buttons?|icons?|links?|list|media|modal|popup)|share|social"
    r"|(?:onetrust|cybotcookiebot|cookie(?:banner|bar|consent|notice|popup))\w*(?:-\w+)*",
    re.IGNORECASE,
)
"""Whole names only: `social-determinants` and `informed-consent` are content, as what has a sidebar beside it is."""
_STRUCK = ("del", "s", "strike")
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.IGNORECASE)
"""How editors strike text through that write no such element."""
_LONGEST_CELL = 120
"""Words of a cell, or twice those of one with several paragraphs, above which its table is a frame around text."""


def drop_chrome(root: HtmlElement) -> None:
    """Drop what surrounds the content; never so much that less than half of the text is left."""
    for element in list(root.iter(*_WITHOUT_TEXT)):
        _drop(element)
    whole = len(root.text_content())
    for element in list(root.iter(*_DROPPED)):
        # An article's own header holds its title and authors.
        if element.tag in ("header", "footer", "form", "aside") and len(element.text_content()) > whole / 2:
            continue
        _drop(element)
    for element in [found for found in root.iter() if isinstance(found.tag, str) and _is_chrome(found)]:
        if len(element.text_content()) < whole / 2:
            _drop(element)


def _is_chrome(element: HtmlElement) -> bool:
    if element.tag in ("html", "body", "main", "article"):
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}".replace("_", "-").split()
    hidden = element.get("aria-hidden") == "true" or element.get("hidden") is not None
    return hidden or element.get("role") in _CHROME_ROLES or any(map(_CHROME_NAME.fullmatch, names))


def drop_struck(root: HtmlElement) -> None:
    """Drop what was deleted and is shown struck through; not where the end of it was forgotten."""
    whole = len(root.text_content())
    for element in [found for found in root.iter("*") if _is_struck(found)]:
        if len(element.text_content()) < whole / 2:
            _drop(element)


def _is_struck(element: HtmlElement) -> bool:
    return element.tag in _STRUCK or _STRUCK_STYLE.search(element.get("style", "")) is not None


def drop_frames(root: HtmlElement) -> None:
    """Turn rows into plain divisions where a table only lays out the page."""
    for row in list(root.iter("tr")):
        if _frames_text(row):
            for element in (row, *row.iterchildren("td", "th")):
                element.tag = "div"


def _frames_text(row: HtmlElement) -> bool:
    """Return whether cells of a row hold running text, lists, headings or tables of their own."""
    if next(row.iter("table", "ul", "ol", *HEADINGS), None) is not None:
        return True
    cells = [
        (len(cell.text_content().split()), sum(1 for _ in cell.iter("p"))) for cell in row.iterchildren("td", "th")
    ]
    return any(words > _LONGEST_CELL or (words > _LONGEST_CELL / 2 and paragraphs > 1) for words, paragraphs in cells)


def _drop(element: HtmlElement) -> None:
    """Empty an element; taking it out would write the text behind it again, which may hold what XML does not allow."""
    del element[:]
    element.text = None


def main_part(root: HtmlElement) -> HtmlElement:
    """Return the page's one main part when it says which it is, else the whole page."""
    found = list(root.iter("main")) or root.xpath("//*[@role='main']") or list(root.iter("article"))
    whole = len(root.text_content())
    return found[0] if len(found) == 1 and len(found[0].text_content()) > whole / 2 else root
