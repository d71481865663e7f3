"""Names of people as databases list them: each as "Family, Given" where that is clear."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_CAPITAL = "[A-Z\u00c0-\u00d6\u00d8-\u00de]"
_INITIALS = rf"(?:{_CAPITAL}\.?-?){{1,4}}(?:\s+(?:{_CAPITAL}\.?-?){{1,4}}){{0,2}}"
_ONLY_INITIALS = re.compile(_INITIALS)
_FAMILY_FIRST = re.compile(rf"([^\W\d_][^,;\n]*?)\s+({_INITIALS}(?:\s+(?:Jr|Sr|2nd|3rd|\dth)\.?)?)")
"""A name such as "Smith JA"."""
_INITIALS_FIRST = re.compile(rf"({_INITIALS})\s+(?=[^,;\n]*[a-z])([^\W\d_][^,;\n]*)")
"""A name such as "JA Smith"."""
_INVERTED = re.compile(r"[^,]+,[^,]+")
_ORGANISATION = re.compile(
    r"\b(?:of|for)\b|(?i:\b(?:group|study|team|trial|investigators|collaborat\w+|consortium|network|committee|council|"
    r"commission|department|ministry|university|institute|organi[sz]ation|association|society|agency|cent(?:er|re)|"
    r"foundation|board|service|research|health)\b)"
)
_COUNTRY_OR_BODY = re.compile(r"(?:UK|USA?|EU|UN|WHO|NHS|NIH|CDC|NICE)\b")
"""Capitals that are no initials of a person, at the head of a name or at its end."""
_INITIAL_AT_END = re.compile(r"\b[A-Z]\.\Z")


def names_in(cell: str) -> list[str]:
    """Return the names in a cell; what is no clear list of people stays whole, and so do organisations in one."""
    if re.search(r"[;\n]", cell):
        parts = _parts(r"[;\n]", cell)
        if _are_most(parts, _is_inverted):
            return parts
        return _people_and_groups(parts) or _turned(parts) or parts
    people = _parts(r"\s+(?:and|&)\s+", cell)
    if len(people) > 1 and _are_most(people, _is_inverted):
        return people
    parts = _parts(r",\s*(?:(?:and|&)\s+)?|\s+(?:and|&)\s+", cell)
    ends = len(parts) > 1 and cell.find(".") == len(cell) - 1  # the list with a full stop
    return _turned([*parts[:-1], parts[-1][:-1]] if ends else parts) or _paired(parts) or [cell]


def inverted(name: str) -> str:
    """Return a name such as "Smith JA" with a comma between family and initials; any other as it is."""
    return _family_first(name) or name


def _people_and_groups(parts: Sequence[str]) -> list[str]:
    """Return the names of lists with commas beside each other, "Smith J, Jones K; ABC Group."; [] for others."""
    lists = [_turned(_parts(",", part)) for part in parts]
    if not any(len(names) > 1 for names in lists):
        return []
    names = [name for part, listed in zip(parts, lists, strict=True) for name in (listed or [part])]
    return names if _INITIAL_AT_END.search(names[-1]) else [*names[:-1], names[-1].removesuffix(".")]


def _parts(separator: str, text: str) -> list[str]:
    return [part for part in map(str.strip, re.split(separator, text)) if part]


def _are_most(names: Sequence[str], test: Callable[[str], object]) -> bool:
    people = [name for name in names if not _ORGANISATION.search(name)]
    return 2 * sum(bool(test(name)) for name in people) > len(people)


def _is_inverted(name: str) -> bool:
    return bool(_INVERTED.fullmatch(name)) and not _family_first(name.partition(",")[0])


def _turned(names: Sequence[str]) -> list[str]:
    """Return names with a comma between family and initials; [] when most have no initials."""
    for turned in (_family_first, _initials_first):
        if _are_most(names, turned):
            return [turned(name) or name for name in names]
    return []


def _family_first(name: str) -> str | None:
    match = None if _ORGANISATION.search(name) else _FAMILY_FIRST.fullmatch(name)
    return f"{match[1]}, {match[2]}" if match and not _COUNTRY_OR_BODY.fullmatch(match[2]) else None


def _initials_first(name: str) -> str | None:
    is_body = _ORGANISATION.search(name) or _COUNTRY_OR_BODY.match(name)
    match = None if is_body else _INITIALS_FIRST.fullmatch(name)
    return f"{match[2]}, {match[1]}" if match else None


def _paired(parts: Sequence[str]) -> list[str]:
    """Return the names of a list in which commas separate families from initials as well as names."""
    families, initials = parts[::2], parts[1::2]
    if len(families) != len(initials) or not all(_ONLY_INITIALS.fullmatch(part) for part in initials):
        return []
    return [f"{family}, {given}" for family, given in zip(families, initials, strict=True)]
