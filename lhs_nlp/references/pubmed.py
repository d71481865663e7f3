"""PubMed's XML: articles and chapters of books."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lhs_nlp.references import xml_fields, xml_records
from lhs_nlp.references.parsed import Content, Parsed
from lhs_nlp.references.readings import doi_in, one_line
from lhs_nlp.references.roles import roles_of, tag_of, type_in
from lhs_nlp.references.types import Fields
from lhs_nlp.references.values import Value, tagged_values

_ROOT = "record"
_ARTICLE, _BOOK = "PubmedArticle", "PubmedBookArticle"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_SEVERAL = ("abstract", "keywords", "note", "language", "type", "issn", "place")
_GROUPED = ("abstract", "doi", "authors")
"""Roles of which several fields together make one value."""


def read(content: Content) -> Parsed:
    """Read every article and chapter."""
    return xml_records.parse(content.data, (_ARTICLE, _BOOK))


def write(records: Sequence[Fields]) -> bytes:
    """Write records in UTF-8."""
    elements = (xml_fields.rebuild(_element(fields), fields) for fields in records)
    return xml_records.document(_HEAD, "PubmedArticleSet", elements)


def _element(fields: Fields) -> str:
    return _BOOK if any(tag.startswith("BookDocument/") for tag, _ in fields) else _ARTICLE


def values(fields: Fields) -> list[Value]:
    """Return what the fields of a record say."""
    found = tagged_values("pubmed", fields, tag=xml_fields.simple, text=xml_fields.plain)
    found = [value for value in found if value.role not in _GROUPED]
    return [*found, *_dois(fields), *_abstract(fields), *_authors(fields)]


def _groups(fields: Fields, role: str) -> Iterator[dict[str, tuple[int, str]]]:
    """Yield, for each element of a role, its parts: name below it, index of the field, plain text."""
    for path in roles_of("pubmed")[role]:
        groups: dict[str, dict[str, tuple[int, str]]] = {}
        for at, (tag, value) in enumerate(fields):
            steps = tag.split("/")
            start, rest = "/".join(steps[: path.count("/") + 1]), "/".join(steps[path.count("/") + 1 :])
            if xml_fields.simple(start) == path:
                groups.setdefault(start, {})[xml_fields.simple(rest)] = (at, xml_fields.plain(tag, value))
        yield from groups.values()


def _dois(fields: Fields) -> Iterator[Value]:
    for group in _groups(fields, "doi"):
        kinds = [text for name, (_, text) in group.items() if name in ("@EIdType", "@IdType")]
        if "doi" in kinds and (doi := doi_in(_own(group))):
            yield Value("doi", doi, _indices(group))


def _own(group: dict[str, tuple[int, str]]) -> str:
    return next((text for name, (_, text) in group.items() if name in ("", "node()")), "")


def _indices(group: dict[str, tuple[int, str]]) -> tuple[int, ...]:
    return tuple(at for at, _ in group.values())


def _abstract(fields: Fields) -> Iterator[Value]:
    parts = [
        (group.get("@Label", (0, ""))[1], one_line(_own(group)), _indices(group))
        for group in _groups(fields, "abstract")
    ]
    text = "\n".join(f"{label}: {text}" if label else text for label, text, _ in parts if text)
    if text:
        yield Value("abstract", text, tuple(at for *_, indices in parts for at in indices))


def _authors(fields: Fields) -> Iterator[Value]:
    for group in _groups(fields, "authors"):
        family, given, initials, suffix, whole = (
            one_line(group.get(name, (0, ""))[1])
            for name in ("LastName", "ForeName", "Initials", "Suffix", "CollectiveName")
        )
        given = " ".join(part for part in (given or initials, suffix) if part)
        name = f"{family}, {given}" if family and given else family or whole
        if name:
            named = ("LastName", "ForeName", "Initials", "Suffix", "CollectiveName", "@ValidYN")
            yield Value("authors", name, tuple(at for part, (at, _) in group.items() if part in named))


def added(fields: Fields, values: Iterable[tuple[str, str]]) -> Fields:
    """Return fields that say more."""
    written = list(fields)
    siblings = xml_fields.Siblings(fields)
    for role, text in values:
        tag = tag_of("pubmed", role)
        text = xml_fields.valid(type_in("nbib", text) if role == "type" else text)
        if role == "authors":
            written += _author(siblings.next(str(tag)), text)
        elif role == "doi":
            path = siblings.next("PubmedData/ArticleIdList/ArticleId")
            written += [(f"{path}/@IdType", "doi"), (path, text)]
        elif tag is None:
            written.append((siblings.next(str(tag_of("pubmed", "note"))), f"{role}: {text}"))
        elif role in _SEVERAL:
            written.append((siblings.next(tag), text))
        else:
            written.append((tag, text))
    return xml_fields.flatten(xml_fields.rebuild(_ROOT, tuple(written)))


def _author(path: str, name: str) -> Fields:
    family, comma, given = name.partition(", ")
    if not comma:
        return ((f"{path}/CollectiveName", name),)
    initials = "".join(word[0] for word in re.split(r"[\s.-]+", given) if word)
    return ((f"{path}/LastName", family), (f"{path}/ForeName", given), (f"{path}/Initials", initials))
