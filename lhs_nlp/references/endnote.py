"""EndNote's XML export; the looks of texts, their ``style``, are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lhs_nlp.references import xml_fields, xml_records
from lhs_nlp.references.parsed import Content, Parsed
from lhs_nlp.references.roles import tag_of, type_in
from lhs_nlp.references.types import Fields
from lhs_nlp.references.values import Value, tagged_values

_SEVERAL = ("authors", "editors", "keywords", "url")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def read(content: Content) -> Parsed:
    """Read every record."""
    return xml_records.parse(content.data, ("record",))


def write(records: Sequence[Fields]) -> bytes:
    """Write records in UTF-8."""
    elements = (xml_fields.rebuild("record", fields) for fields in records)
    return xml_records.document(_HEAD, "records", elements, around="xml")


def values(fields: Fields) -> list[Value]:
    """Return what the fields of a record say."""
    return tagged_values("endnote", fields, tag=xml_fields.simple, text=xml_fields.plain)


def added(fields: Fields, values: Iterable[tuple[str, str]]) -> Fields:
    """Return fields that say more; notes join the one that is there."""
    written = list(fields)
    siblings = xml_fields.Siblings(fields)
    for role, text in values:
        if role == "type":
            written.append(("ref-type/@name", type_in("endnote", text)))
            written.append(("ref-type", type_in("endnote", text, key="endnote_number")))
            continue
        tag = tag_of("endnote", role)
        if tag is None:
            tag, text = str(tag_of("endnote", "note")), f"{role}: {text}"
        text = xml_fields.valid(f"PMID: {text}" if role == "pmid" else text)
        if role in _SEVERAL:
            written.append((f"{siblings.next(tag)}/style", text))
        else:
            _add(written, tag, text)
    return xml_fields.flatten(xml_fields.rebuild("record", tuple(written)))


def _add(fields: list[tuple[str, str]], tag: str, text: str) -> None:
    at = next((at for at, (name, _) in enumerate(fields) if xml_fields.simple(name) == tag), None)
    if at is None:
        fields.append((f"{tag}/style", text))
    else:
        name, before = fields[at]
        text = xml_fields.escaped(text) if name.endswith("node()") else text
        fields[at] = (name, f"{before}\n{text}" if before.strip() else text)
