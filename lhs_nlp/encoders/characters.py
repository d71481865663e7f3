"""What tokenizers refuse: characters that are no text."""

from __future__ import annotations

from collections.abc import Iterable


def encodable(texts: Iterable[str]) -> list[str]:
    """Return the texts with a question mark for each lone surrogate, which UTF-8 cannot write."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
