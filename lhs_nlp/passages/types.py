"""A passage: what is classified, and what is quoted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """One to three consecutive sentences of one section.

    Attributes
    ----------
    index
        Position in the document, from 0.
    text
        The passage, exactly ``document.text[start:end]``.
    start, end
        Offsets into the document's text, in characters.
    section
        Heading of the section it stands in; None before the first heading.
    page
        Page on which it starts, counted from 1; None when the document has no pages.
    """

    index: int
    text: str
    start: int
    end: int
    section: str | None = None
    page: int | None = None
