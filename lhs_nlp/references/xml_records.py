"""Files of records in XML: read one record at a time, down to where the file is damaged, and written one a line."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from lhs_nlp.errors import ReferencesError
from lhs_nlp.references.parsed import Parsed, skipped_text
from lhs_nlp.references.types import Fields, SkippedText
from lhs_nlp.references.xml_fields import flatten

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def parse(data: bytes, records: Sequence[str]) -> Parsed:
    """Read each element of these names, down to where the XML is damaged, if it is.

    Raises
    ------
    ReferencesError
        The XML is refused, or nothing can be read of it.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException

    found: list[Fields] = []
    skipped: list[SkippedText] = []
    try:
        for element in _outermost(data, records):
            if element.tag in records:
                found.append(flatten(element))
            elif text := (element.text or "").strip():
                line = data.count(b"\n", 0, max(data.find(text.encode()), 0)) + 1
                skipped.append(skipped_text(line, f"{element.tag}: {text}", "An element outside of any record."))
            element.clear()
    except DefusedXmlException as error:
        raise ReferencesError("the XML defines entities or refers to other files, which is refused.") from error
    except (ParseError, ValueError, LookupError) as error:
        if not found:
            raise ReferencesError(f"the XML is not well-formed ({error}).") from error
        line, column = getattr(error, "position", (1, 0))
        rest = b"".join(data.splitlines()[line - 1 : line])[column:].decode("utf-8", "replace")
        skipped.append(skipped_text(line, rest, f"The XML is damaged or truncated from here on ({error})."))
    return Parsed(tuple(found), tuple(skipped))


def _outermost(data: bytes, records: Sequence[str]) -> Iterator[Element]:
    """Yield every element that is inside of no record, when it ends."""
    from defusedxml.ElementTree import iterparse

    inside = 0
    for event, element in iterparse(io.BytesIO(data), events=("start", "end")):
        if event == "start":
            inside += element.tag in records
            continue
        inside -= element.tag in records
        if not inside:
            yield element


def document(head: str, root: str, elements: Iterable[Element], *, around: str = "") -> bytes:
    """Return a file of records, one a line: indenting them would change their texts."""
    from xml.etree.ElementTree import tostring

    opening, closing = f"<{root}>", f"</{root}>"
    if around:
        opening, closing = f"<{around}>{opening}", f"{closing}</{around}>"
    lines = (tostring(element, encoding="unicode") for element in elements)
    return "\n".join([head, opening, *lines, closing, ""]).encode("utf-8", "replace")
