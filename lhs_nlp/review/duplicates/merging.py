"""One reference of several to the same publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lhs_nlp.references.roles import SINGLE
from lhs_nlp.references.types import Reference
from lhs_nlp.review.duplicates.traits import LEAST_ABSTRACT, family, normal

FILLED = (*SINGLE, "authors")
"""What is taken from the others where the fullest reference does not have it."""

_AND_MORE = frozenset({"et al", "others"})
"""What stands at the end of a list in place of the other authors."""


def merged(references: Sequence[Reference]) -> Reference:
    """Return the fullest reference, with what it lacks from the others and the keywords of all.

    What it lacks may be the end of its list of authors or of its abstract.

    Parameters
    ----------
    references
        At least one; of the same publication.

    Returns
    -------
    Reference
        It keeps the fullest reference's fields of the source.
    """
    base, *others = sorted(references, key=_fullness, reverse=True)
    if not others:
        return base
    changes: dict[str, Any] = {}
    for name in FILLED:
        if not _is_known(getattr(base, name)):
            known = next((value for other in others if _is_known(value := getattr(other, name))), None)
            changes |= {} if known is None else {name: known}
    changes.update(_more_authors(base, others))
    changes.update(_whole_abstract(base, others))
    keywords: dict[str, str] = {}
    for keyword in (keyword for other in others for keyword in other.keywords):
        keywords.setdefault(normal(keyword), keyword)
    new = set(keywords) - {normal(keyword) for keyword in base.keywords}
    if new:
        changes["keywords"] = (*base.keywords, *(word for key, word in keywords.items() if key in new))
    return replace(base, **changes)


def _more_authors(base: Reference, others: Sequence[Reference]) -> dict[str, tuple[str, ...]]:
    """Return the authors of the fullest reference with those that another list adds to them: some databases end early.

    A list that begins otherwise may name other people, or the same ones in other ways.
    """
    known = tuple(author for author in base.authors if family(author) not in _AND_MORE)
    families = list(map(family, known))
    longest = max((other.authors for other in others), key=len, default=())
    if not known or len(longest) <= len(known) or list(map(family, longest[: len(known)])) != families:
        return {}
    return {"authors": known + longest[len(known) :]}


def _whole_abstract(base: Reference, others: Sequence[Reference]) -> dict[str, str]:
    """Return an abstract that goes on where that of the fullest reference ends, or stands where it has only a note."""
    own = normal(base.abstract)
    whole = [
        other.abstract
        for other in others
        if other.abstract
        and len(text := normal(other.abstract)) >= len(own) + LEAST_ABSTRACT
        and (text.startswith(own) or len(own) < LEAST_ABSTRACT)
    ]
    return {"abstract": max(whole, key=len)} if own and whole else {}


def _fullness(reference: Reference) -> tuple[int, int]:
    known = sum(_is_known(getattr(reference, name)) for name in FILLED)
    return known, len(reference.abstract or "")


def _is_known(value: object) -> bool:
    return value not in (None, "", ())
