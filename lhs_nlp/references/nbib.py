"""Nbib, also known as PubMed or MEDLINE format: a tag in four columns, a hyphen, a value that may be wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lhs_nlp.references.parsed import Content, Parsed
from lhs_nlp.references.readings import one_line, readings
from lhs_nlp.references.roles import type_in
from lhs_nlp.references.tagged import TaggedRecords, added_lines, with_inverted_names
from lhs_nlp.references.types import Fields
from lhs_nlp.references.values import Value, tagged_values, with_one_date

_LINE = re.compile(r"(?=.{4}-)([A-Z][A-Z0-9]{0,3}) *-(?: (.*))?")
_START = re.compile(r"^\ufeff*PMID- ?", re.MULTILINE)
_IDENTIFIERS = ("AID", "LID")
_QUALIFIED = re.compile(r"\s*\[(\w+)\]\s*\Z")


def start_in(text: str) -> int | None:
    """Return where the first record begins; None when nothing looks like one."""
    match = _START.search(text)
    return match.start() if match else None


def read(content: Content) -> Parsed:
    """Read every record; a line outside of one is skipped and reported. A record ends with the next PMID."""
    reading = TaggedRecords(" ")
    for number, line in enumerate(content.text.split("\n"), start=1):
        line = line.lstrip("\ufeff")
        match = _LINE.fullmatch(line)
        if match is None:
            reading.extend(number, line.strip())
            continue
        if match[1] == "PMID":
            reading.close()
            if not (match[2] or "").strip():
                continue  # it only begins the record, as `write` makes it do
        reading.add(number, match[1], match[2] or "")
    return reading.parsed("nbib", "PMID", values)


def write(records: Sequence[Fields]) -> bytes:
    """Write records in UTF-8, one line a field; each begins with PMID, which is empty when unknown."""
    return "\n".join(
        "".join(f"{tag:<4}- {value}\n" for tag, value in _led_by_pmid(fields)) for fields in records
    ).encode("utf-8", "replace")


def _led_by_pmid(fields: Fields) -> Fields:
    return fields if fields and fields[0][0] == "PMID" else (("PMID", ""), *fields)


def values(fields: Fields) -> list[Value]:
    """Return what the fields of a record say."""
    full = any(tag == "FAU" for tag, _ in fields)
    shown = with_inverted_names(tagged_values("nbib", fields, text=_plain))
    short = [Value("short_name", value, (at,)) for at, (tag, value) in enumerate(fields) if full and tag == "AU"]
    people = full or any(tag == "AU" for tag, _ in fields)  # without them, the table of roles has groups for authors
    groups = [
        Value("authors", name, (at,))
        for at, (tag, value) in enumerate(fields)
        if people and tag == "CN"
        for name in filter(None, readings("authors", value))
    ]
    return [*shown, *groups, *short]


def _plain(tag: str, value: str) -> str:
    if tag in _IDENTIFIERS:
        kind = _QUALIFIED.search(value)
        return value[: kind.start()] if kind and kind[1] == "doi" else ""
    return value.replace("*", "") if tag == "MH" else value


def added(fields: Fields, values: Iterable[tuple[str, str]]) -> Fields:
    """Return fields that say more."""
    written: list[tuple[str, str]] = []
    for role, text in values:
        text = type_in("nbib", text) if role == "type" else one_line(text)
        written.append((role, f"{text} [doi]" if role == "doi" else text))
    return added_lines("nbib", fields, sorted(with_one_date(written), key=lambda value: value[0] != "pmid"))
