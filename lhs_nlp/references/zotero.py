"""Zotero's RDF export: items with their journals, notes and attachments inside of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape, unescape
from typing import TYPE_CHECKING

from lhs_nlp.references import xml_fields
from lhs_nlp.references.parsed import Content, Parsed
from lhs_nlp.references.rdf_nodes import PREFIXES
from lhs_nlp.references.readings import one_line
from lhs_nlp.references.roles import tag_of, type_in
from lhs_nlp.references.types import Fields
from lhs_nlp.references.values import Value, tagged_values, with_one_date
from lhs_nlp.references.zotero_items import Items

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "name()"
"""Tag of the field that holds the name of a record's element, e.g. ``bib:Article``."""

_TYPE, _NOTE, _EXTRA, _IDENTIFIER = "z:itemType", "dcterms:isReferencedBy", "dc:description", "dc:identifier"
_CONTAINER = re.compile(r"\A(?:dcterms:isPartOf(?:\[\d+\])?/(?!bib:(?:Series|Part)/)[\w:.-]+/)")
_SECTION = re.compile(r"\Adcterms:isPartOf(?:\[\d+\])?/bib:Part/(?=dcterms:isPartOf)")
_ELEMENTS = {
    "journalArticle": ("bib:Article", "bib:Journal"),
    "newspaperArticle": ("bib:Article", "bib:Newspaper"),
    "magazineArticle": ("bib:Article", "bib:Periodical"),
    "conferencePaper": ("rdf:Description", "bib:Journal"),
    "book": ("bib:Book", ""),
    "bookSection": ("bib:BookSection", "bib:Book"),
    "thesis": ("bib:Thesis", ""),
    "report": ("bib:Report", ""),
    "webpage": ("bib:Document", "z:Website"),
}
"""Type of item to the names of its element and of the one that it is part of."""
_IN_CONTAINER = ("journal", "volume", "issue", "issn")
_PEOPLE = ("authors", "editors")
_NAMES = re.compile(r"(.*/foaf:Person)/foaf:(surname|givenName|givenname|name)")
_LABELS = {"pmid": "PMID", "citation_key": "Citation Key"}
"""Lines of the field "Extra" that other programs know."""
_LABELLED = re.compile(r"^(PMID|Citation Key):[ \t]*(.*)$", re.MULTILINE)
_ISBN = re.compile(r"97[89]\d{10}|\d{9}[\dX]")
_HEAD = " ".join(["<rdf:RDF", *(f'xmlns:{prefix}="{uri}"' for uri, prefix in PREFIXES.items())]) + ">"


def read(content: Content) -> Parsed:
    """Read every item; collections, and notes and files that belong to no item, are reported."""
    items = Items(content)
    return Parsed(tuple(_fields(item, declared) for item, declared in items), tuple(items.skipped))


def _fields(item: Element, declared: Mapping[str, str]) -> Fields:
    spaces = ((f"@xmlns:{prefix}", uri) for uri, prefix in declared.items())
    return ((NAME, item.tag), *spaces, *xml_fields.flatten(item))


def write(records: Sequence[Fields]) -> bytes:
    """Write items in UTF-8, each with all that belongs to it inside."""
    from xml.etree.ElementTree import tostring

    lines = [tostring(_element(fields), encoding="unicode") for fields in records]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', _HEAD, *lines, "</rdf:RDF>", ""]).encode(
        "utf-8", "replace"
    )


def _element(fields: Fields) -> Element:
    name = next((value for tag, value in fields if tag == NAME), "rdf:Description")
    return xml_fields.rebuild(name, tuple(field for field in fields if field[0] != NAME))


def values(fields: Fields) -> list[Value]:
    """Return what the fields of a record say."""
    tagged = tuple((_tag(path, value), value) for path, value in fields)
    found = [value for value in tagged_values("zotero", tagged, text=_plain) if value.role not in _PEOPLE]
    found += [value for role in _PEOPLE for value in _people(role, fields)]
    found += _labelled(fields)
    named = next((at for at, (tag, _) in enumerate(fields) if tag == NAME), None)
    # What the element is called says the type again.
    return found if named is None else [*found, Value("short_name", fields[named][1], (named,))]


def _tag(path: str, value: str) -> str:
    """Return the tag of the table of roles: without what a thing is part of, and with the kind of identifier."""
    inside = _CONTAINER.sub("in/", _SECTION.sub("", path))
    tag = xml_fields.simple(inside)
    kind = value.split(" ")[0].casefold() if tag.endswith(_IDENTIFIER) else ""
    return f"{tag}#{kind}" if kind in ("doi", "issn", "isbn") else tag


def _plain(tag: str, value: str) -> str:
    if tag.endswith(("#issn", "#isbn")):
        return value.partition(" ")[2]
    if tag == _EXTRA:
        return "\n".join(line for line in value.split("\n") if not _LABELLED.match(line))
    if tag.startswith(_NOTE):
        text = re.sub(r"</p>\s*<p[^<>]*>|<br\s*/?>", "\n", value)
        return unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", text))
    return value


def _people(role: str, fields: Fields) -> Iterator[Value]:
    start = str(tag_of("zotero", role))
    people: dict[str, dict[str, tuple[int, str]]] = {}
    for at, (path, value) in enumerate(fields):
        match = _NAMES.fullmatch(path)
        if match and xml_fields.simple(path).startswith(f"{start}/"):
            people.setdefault(match[1], {})[match[2].casefold()] = (at, one_line(value))
    for parts in people.values():
        family, given = (parts.get(part, (0, ""))[1] for part in ("surname", "givenname"))
        name = f"{family}, {given}" if family and given else family or given or parts.get("name", (0, ""))[1]
        if name:
            yield Value(role, name, tuple(at for at, _ in parts.values()))


def _labelled(fields: Fields) -> Iterator[Value]:
    roles = {label: role for role, label in _LABELS.items()}
    for at, (path, value) in enumerate(fields):
        if path == _EXTRA:
            for label, text in _LABELLED.findall(value):
                if text.strip():
                    yield Value(roles[label], text.strip(), (at,))


def added(fields: Fields, values: Iterable[tuple[str, str]]) -> Fields:
    """Return fields that say more; each note is one of its own."""
    values = with_one_date([(role, xml_fields.valid(text)) for role, text in values])
    written = [field for field in fields if field[0] != NAME]
    kind = next((type_in("zotero", text) for role, text in values if role == "type"), dict(fields).get(_TYPE, ""))
    element, container = _ELEMENTS.get(kind, ("rdf:Description", ""))
    siblings = xml_fields.Siblings(fields)
    for role, text in values:
        if role == "type":
            written.append((_TYPE, kind))
        elif role in _PEOPLE:
            written += _person(siblings.next(f"{tag_of('zotero', role)}/rdf:Seq/rdf:li"), text)
        elif role in _IN_CONTAINER and (container or role in ("journal", "issn")):
            _add_inside(written, role, text, container or "bib:Journal")
        elif role in _SEVERAL:
            start, rest, before = _SEVERAL[role]
            written.append((f"{siblings.next(start)}{rest}", f"{before}{text}"))
        elif role == "note":
            note = f"<p>{escape(text, quote=False)}</p>".replace("\n", "<br/>")
            written.append((f"{siblings.next(_NOTE)}/bib:Memo/rdf:value", note))
        else:
            _add(written, *_line(role, text))
    flat = xml_fields.flatten(xml_fields.rebuild("item", tuple(written)))
    return ((NAME, dict(fields).get(NAME, element)), *flat)


_SEVERAL: Mapping[str, tuple[str, str, str]] = {
    "keywords": ("dc:subject", "", ""),
    "url": (_IDENTIFIER, "/dcterms:URI/rdf:value", ""),
    "doi": (_IDENTIFIER, "", "DOI "),
}


def _person(path: str, name: str) -> Iterator[tuple[str, str]]:
    family, comma, given = name.partition(", ")
    yield f"{path}/foaf:Person/foaf:surname", family
    if comma:
        yield f"{path}/foaf:Person/foaf:givenName", given


def _add_inside(fields: list[tuple[str, str]], role: str, text: str, container: str) -> None:
    """Add to what the item is part of: to the element that is there, or to a new one."""
    inside = next(
        (match[0] for path, _ in fields if (match := _CONTAINER.match(path))), f"dcterms:isPartOf/{container}/"
    )
    if role == "issn":
        number = re.sub(r"[\s-]", "", text)
        same = sum(xml_fields.simple(path).endswith(_IDENTIFIER) and path.startswith(inside) for path, _ in fields)
        kind = "ISBN" if _ISBN.fullmatch(number) else "ISSN"
        fields.append((f"{inside}{_IDENTIFIER}[{same + 1}]", f"{kind} {text}"))
    else:
        _add(fields, inside + str(tag_of("zotero", role)).removeprefix("in/"), text)


def _line(role: str, text: str) -> tuple[str, str]:
    """Return the field for a value that has one of its own, else a line of the field "Extra"."""
    if role in _LABELS:
        return _EXTRA, f"{_LABELS[role]}: {one_line(text)}"
    tag = tag_of("zotero", role)
    if tag is None:
        return _EXTRA, f"{role}: {text}"
    return tag.removeprefix("in/"), text


def _add(fields: list[tuple[str, str]], tag: str, text: str) -> None:
    at = next((at for at, (name, _) in enumerate(fields) if name == tag), None)
    if at is None:
        fields.append((tag, text))
    else:
        before = fields[at][1]
        fields[at] = (tag, f"{before}\n{text}" if before.strip() else text)
