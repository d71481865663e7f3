"""What the elements of a Word document hold: blocks, parts of tables, visible text."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from lhs_nlp.documents.line_breaks import LINE_BREAK
from lhs_nlp.documents.reference_marks import points_elsewhere
from lhs_nlp.documents.symbol_fonts import FIRST, in_unicode, is_sign_font

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = frozenset({_FALLBACK, f"{W}del", f"{W}moveFrom", f"{W}pPr"})
"""What is shown in another way, was deleted or moved away, or holds no text."""
_NOT_IN_LINE = frozenset({f"{W}txbxContent", f"{_M}oMathPara"})
"""What stands in a paragraph but not in its text: text boxes, whose paragraphs are blocks, and displayed formulas."""
_BREAKS = frozenset({f"{W}br", f"{W}cr"})
_SPACES = frozenset({f"{W}tab", f"{W}p"})
_PLACE = re.compile(r"[0-9A-Fa-f]{1,4}")
_HIDING = {
    f"{W}r": [f"{W}rPr/{W}{name}" for name in ("vanish", "strike", "dstrike")],
    f"{W}sdt": [f"{W}sdtPr/{W}showingPlcHdr"],
}
"""Properties of elements whose text is not to be read."""
_GALLERY, _CONTENTS = f"{W}sdtPr/{W}docPartObj/{W}docPartGallery", "Table of Contents"
"""What says that a content control is a table of contents, also where its entries have no style that does."""
_OFF = frozenset({"0", "false", "off", "none"})
_NO_LIST = "0"
"""The list of a paragraph that was taken out of one."""

_LONGEST_HEADING = 12
_LONGEST_CELL = 60
"""Words of a cell of several paragraphs, above which its table is a frame around text."""


def join_paragraphs(body: Any) -> None:  # noqa: ANN401 - lxml elements have no public type
    """Move what is left of paragraphs that have no end of their own into those that they go on with, as Word will."""
    carried: dict[Any, list[Any]] = {}  # to where a run of them ends, all at once
    for paragraph in list(body.iter(f"{W}p")):
        following = next(paragraph.itersiblings(f"{W}p", f"{W}tbl", f"{W}sdt"), None) if _goes_on(paragraph) else None
        content = carried.pop(paragraph, [])
        if following is not None and following.tag == f"{W}p":
            content += [child for child in paragraph if child.tag not in _GONE]
            carried[following] = content
        else:
            at = 0 if paragraph.find(f"{W}pPr") is None else 1
            paragraph[at:at] = content


def _goes_on(paragraph: Any) -> bool:  # noqa: ANN401
    """Return whether a paragraph's end was deleted or moved away, or it is the large initial of the next one."""
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    is_initial = frame is not None and frame.get(f"{W}dropCap") in ("drop", "margin")
    return is_initial or any(paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None for gone in ("del", "moveFrom"))


def blocks(parent: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml elements have no public type
    """Yield paragraphs and tables in order, also those in content controls and text boxes, not those in tables."""
    from lxml import etree

    walk = etree.iterwalk(parent, events=("start",))
    for _, element in walk:
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        if element.tag in _GONE or element.tag == f"{W}tbl" or _is_hidden(element):
            walk.skip_subtree()


def parts(parent: Any, name: str) -> Iterator[Any]:  # noqa: ANN401
    """Yield a table's rows or a row's cells, without those of tables inside."""
    from lxml import etree

    walk = etree.iterwalk(parent, events=("start",), tag=f"{W}{name}")
    for _, element in walk:
        yield element
        walk.skip_subtree()


def text_of(element: Any) -> str:  # noqa: ANN401
    """Return the visible text of a paragraph with its line breaks, or of a table inside a cell."""
    from lxml import etree

    shown: list[tuple[str, bool]] = []
    walk = etree.iterwalk(element, events=("start",))
    for _, node in walk:
        if node.tag in _GONE or node.tag in _NOT_IN_LINE or _is_hidden(node):
            walk.skip_subtree()
        elif text := _shown(node):
            shown.append((text, _is_raised(node)))
    return _without_marks(shown)


def _without_marks(pieces: Iterable[tuple[str, bool]]) -> str:
    """Return pieces of text, each raised or not, as one, without those raised ones that are marks of references."""
    kept, before = [], ""
    for raised, group in groupby(pieces, key=itemgetter(1)):
        text = "".join(text for text, _ in group)
        if not (raised and points_elsewhere(text, before)):
            kept.append(text)
            before = text
    return "".join(kept)


def _is_raised(node: Any) -> bool:  # noqa: ANN401
    place = node.find(f"../{W}rPr/{W}vertAlign")
    return place is not None and place.get(f"{W}val") == "superscript"


def _shown(node: Any) -> str:  # noqa: ANN401
    """Return what an element itself adds to the text."""
    if node.tag == f"{W}t":
        return in_unicode(node.text or "", _font(node))
    if node.tag == f"{W}sym":
        return _sign(node)
    if node.tag == f"{_M}t":
        return node.text or ""
    if node.tag in _BREAKS:
        return LINE_BREAK
    if node.tag in _SPACES:
        return " "
    return "-" if node.tag == f"{W}noBreakHyphen" else ""


def _font(text: Any) -> str:  # noqa: ANN401
    """Return the name of the font that a text's run names, "" when it names none."""
    fonts = text.find(f"../{W}rPr/{W}rFonts")
    return "" if fonts is None else str(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "")


def _sign(node: Any) -> str:  # noqa: ANN401
    """Return a sign that was inserted by its place in a font; those of other fonts are at Unicode's."""
    font, place = node.get(f"{W}font", ""), node.get(f"{W}char", "")
    if not _PLACE.fullmatch(place):
        return ""
    code = int(place, 16)
    return in_unicode(chr(ord(FIRST) & 0xFF00 | code if is_sign_font(font) and code <= 0xFF else code), font)


def _is_hidden(node: Any) -> bool:  # noqa: ANN401
    """Return whether a run is hidden or struck through, or a content control holds no text of the document.

    Such is one that shows only what to write into it, or a table of contents.
    """
    return any(is_on(node.find(mark)) for mark in _HIDING.get(node.tag, ())) or _is_contents(node)


def _is_contents(node: Any) -> bool:  # noqa: ANN401
    gallery = node.find(_GALLERY) if node.tag == f"{W}sdt" else None
    return gallery is not None and gallery.get(f"{W}val") == _CONTENTS


def is_on(mark: Any) -> bool:  # noqa: ANN401
    """Return whether a property is set: where it stands, unless it says that it is off."""
    return mark is not None and mark.get(f"{W}val") not in _OFF


def is_gone(node: Any) -> bool:  # noqa: ANN401
    """Return whether an element was deleted or moved away with what it stands in."""
    return any(above.tag in _GONE for above in node.iterancestors())


def frames_text(cell: Any) -> bool:  # noqa: ANN401
    """Return whether a cell holds running text, as in forms whose answers stand in a table."""
    texts = [text_of(block) for block in blocks(cell)]
    return sum(bool(text.strip()) for text in texts) > 1 and sum(len(text.split()) for text in texts) > _LONGEST_CELL


def style_id(paragraph: Any) -> str:  # noqa: ANN401
    """Return the id of a paragraph's style, '' when it has none."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


def is_item(paragraph: Any, style: str) -> bool:  # noqa: ANN401
    """Return whether a paragraph is an item of a list."""
    number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
    if number is not None and number.get(f"{W}val") == _NO_LIST:
        return False
    return style.lower().startswith("list") or paragraph.find(f"{W}pPr/{W}numPr") is not None


def list_level(item: Any) -> str:  # noqa: ANN401
    """Return how deep an item of a list is set in, '' when it does not say so itself."""
    found = item.find(f"{W}pPr/{W}numPr/{W}ilvl")
    return "" if found is None else str(found.get(f"{W}val"))


def neighbour(paragraph: Any, *, above: bool = False) -> Any:  # noqa: ANN401
    """Return the next paragraph that is not blank, None when something else stands before it."""
    for sibling in paragraph.itersiblings(preceding=above):
        if sibling.tag != f"{W}p":
            return None
        if text_of(sibling).strip():
            return sibling
    return None


def may_head(text: str) -> bool:
    """Return whether a text is as short as headings are, and no sentence."""
    return 0 < len(text.split()) <= _LONGEST_HEADING and not text.rstrip().endswith((".", ";", ","))


def looks_like_heading(paragraph: Any, text: str, bold: Container[str]) -> bool:  # noqa: ANN401
    """Return whether a short paragraph is bold throughout, as headings are when no style for them was used.

    `bold` are the ids of styles that are.
    """
    if not may_head(text):
        return False
    runs = [run for run in paragraph.iter(f"{W}r") if "".join(node.text or "" for node in run.iter(f"{W}t")).strip()]
    styled = style_id(paragraph) in bold
    return bool(runs) and all(_is_bold(run, bold, styled=styled) for run in runs)


def _is_bold(run: Any, bold: Container[str], *, styled: bool) -> bool:  # noqa: ANN401
    """Return whether a run is bold, by itself or by styles; two styles that are bold undo each other."""
    direct, style = run.find(f"{W}rPr/{W}b"), run.find(f"{W}rPr/{W}rStyle")
    if direct is not None:
        return is_on(direct)
    return (style is not None and style.get(f"{W}val") in bold) != styled
