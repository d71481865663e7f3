"""References in another format, with tags added, or with edited attributes: always so that nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lhs_nlp.references.formats import format_named, same_fields
from lhs_nlp.references.parsed import Format
from lhs_nlp.references.readings import one_line
from lhs_nlp.references.roles import MANY, SINGLE, known_type
from lhs_nlp.references.types import Fields, Reference
from lhs_nlp.references.values import Value, reference_of

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Characters of which many make a text a binary file; they stand for nothing."""
_JOURNAL = "Journal Article"
_REPEATED = "short_name"
"""Role of what another field says in full."""
_OF_OTHERS = re.compile(r"PubmedData/(?:ReferenceList|History)\b")
"""Fields that say nothing of the work itself: what it cites, and when a database got to know it."""
_ROLES = tuple(dict.fromkeys(("type", "title", "authors", "year", *SINGLE, *MANY)))
"""Roles that a Reference has an attribute for, in the order in which they are written."""


def reference_from(format: str, fields: Fields) -> Reference:
    """Return the Reference that fields of a format make.

    Parameters
    ----------
    format
        One of `FORMATS`.
    fields
        Tags and values of one record, as the format has them.
    """
    return reference_of(format, fields, format_named(format).values(fields))


def with_tags(reference: Reference, keywords: Iterable[str] = (), notes: Iterable[str] = ()) -> Reference:
    """Return a reference that carries more keywords and notes, in the fields that its format has for them.

    Parameters
    ----------
    reference
        A record of any format.
    keywords
        Added after its own; those that it has are not added again.
    notes
        Added after its own; those that it has are not added again.

    Returns
    -------
    Reference
        Of the same format.
    """
    reference = with_fields(reference)
    module = format_named(reference.format)
    values = module.values(reference.fields)
    told = {value.text.casefold() for value in values if value.role == "keywords"}
    said = [value.text for value in values if value.role == "note"]
    words = (one_line(word.replace(";", ",")) for word in keywords)
    new = [("keywords", word) for word in dict.fromkeys(words) if word and word.casefold() not in told]
    new += [("note", note) for note in dict.fromkeys(map(str.strip, notes)) if note and not _is_told(note, said)]
    return reference_from(reference.format, module.added(reference.fields, new)) if new else reference


def _is_told(note: str, said: Iterable[str]) -> bool:
    """Return whether a note is one of these or, where a format joins them, some whole lines of one."""
    return any(f"\n{note}\n" in f"\n{text}\n" or one_line(note) == one_line(text) for text in said)


def with_fields(reference: Reference) -> Reference:
    """Return a reference whose fields say what its attributes say.

    An attribute that was edited after reading replaces what the fields said of it; others stay as they were.
    """
    module = format_named(reference.format)
    values = module.values(reference.fields)
    fields = _edited(reference, module, values)
    return reference if fields is reference.fields else reference_from(reference.format, fields)


def _edited(reference: Reference, module: Format, values: Sequence[Value]) -> Fields:
    before = reference_of(reference.format, reference.fields, values)
    edited = [role for role in _ROLES if getattr(before, role) != getattr(reference, role)]
    if not edited:
        return reference.fields
    told_by = {*edited, "date"} if "year" in edited else {*edited}  # an old date would speak against a new year
    kept = {at for value in values if value.role not in told_by for at in value.at}
    dropped = {at for value in values if value.role in told_by for at in value.at} - kept
    fields = tuple(field for at, field in enumerate(reference.fields) if at not in dropped)
    return module.added(fields, _attributes(reference, edited))


def converted(reference: Reference, format: str) -> Reference:
    """Return a reference in another format.

    What has a field of its own there is put into it; everything else that the source said of the work becomes one note.

    Parameters
    ----------
    reference
        A record of any format.
    format
        One of `FORMATS`.
    """
    return reference_from(format, fields_in(format, reference))


def fields_in(format: str, reference: Reference) -> Fields:
    """Return the fields that a reference has in a format, see `converted`."""
    module = format_named(reference.format)
    values = module.values(reference.fields)
    fields = _edited(reference, module, values)
    if same_fields(reference.format, format):
        return fields
    if fields is not reference.fields:
        values = module.values(fields)
        reference = reference_of(reference.format, fields, values)
    return format_named(format).added((), _said(reference, values))


def _attributes(reference: Reference, roles: Iterable[str]) -> list[tuple[str, str]]:
    found = []
    for role in roles:
        value = getattr(reference, role)
        texts = value if isinstance(value, tuple) else () if value is None else (str(value),)
        found += [(role, _CONTROL.sub(" ", text)) for text in texts]
    return found


def _said(reference: Reference, values: Sequence[Value]) -> list[tuple[str, str]]:
    """Return everything that the fields of a reference say, once each."""
    kind = known_type(value.text for value in values if value.role == "type")
    kind = kind or (_JOURNAL if reference.journal else reference.type or "")
    attributes = [("type", kind), *_attributes(reference, (role for role in _ROLES if role != "type"))]
    covered = {text.casefold() for _, text in attributes}
    more: list[tuple[str, str]] = []
    told: set[int] = set()
    for value in values:
        if value.is_void:
            told.update(value.at)
        elif value.role in _ROLES:
            told.update(value.at if value.text.casefold() in covered and _is_whole(value, reference) else ())
        else:
            told.update(value.at)
            if value.role != _REPEATED and value.text.casefold() not in covered:
                more.append((value.role, value.text))
    rest = [
        f"{tag}: {one_line(text)}"
        for at, (tag, text) in enumerate(reference.fields)
        if at not in told and text.strip() and "@" not in tag and not _OF_OTHERS.match(tag)
    ]
    return [*attributes, *dict.fromkeys(more), *([(f"{reference.format} fields", "\n".join(rest))] if rest else [])]


def _is_whole(value: Value, reference: Reference) -> bool:
    """Return whether a value is all that its field says: a year may come from a date."""
    return value.role != "year" or all(one_line(reference.fields[at][1]).strip('{}"') == value.text for at in value.at)
