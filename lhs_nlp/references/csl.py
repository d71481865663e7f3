"""CSL-JSON, as Zotero, Mendeley and pandoc write it; a field's value is kept as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from math import isfinite
from typing import Any

from lhs_nlp.references import keys
from lhs_nlp.references.parsed import Content, Parsed, skipped_text
from lhs_nlp.references.readings import DAY, readings
from lhs_nlp.references.roles import tag_of, type_in
from lhs_nlp.references.tagged import is_record
from lhs_nlp.references.types import Fields, SkippedText
from lhs_nlp.references.values import Value, reference_of, tagged_values

_HALF = re.compile("[\ud800-\udfff]")
_BLANK = re.compile(r"[\s,]*")
_LISTS = ("items", "references")
"""Keys under which Better BibTeX and pandoc hold the list of items."""
_OPENING = re.compile(r"\s*([\[{])")
_PAIR = re.compile(r"[\s,]*(\"(?:[^\"\\]|\\.)*\")\s*:\s*")
_PEOPLE = ("author", "editor")
_PARTS = {"lastName": "family", "firstName": "given"}
"""Names that Zotero has for the parts of a name."""
_NO_RECORD = "An item without type, title, abstract, authors, DOI and PMID."
_JOINTS = {"note": "\n"}
"""What is put between several values of a key; "; " where nothing else is said."""


def matches(text: str) -> bool:
    """Return whether a text begins as JSON."""
    start = text.lstrip("\ufeff \t\n")
    return bool(re.match(r"\[\s*(?:\{|\]|\Z)|\{\s*\"", start))


class _Object(list[tuple[str, Any]]):
    """An object as its pairs, in their order; a key may come twice."""

    def values(self) -> Iterator[tuple[str, Any]]:
        """Yield keys and values, objects inside of values as dictionaries."""
        return ((key, _nested(value)) for key, value in self)


def _nested(value: object) -> object:
    if isinstance(value, _Object):
        return dict(value.values())
    return [_nested(item) for item in value] if isinstance(value, list) else value


def _whole_number(text: str) -> int | str:
    """Return a number; one of so many digits that Python refuses it stays text."""
    try:
        return int(text)
    except ValueError:
        return text


def _number(text: str) -> float | str:
    """Return a number; one too large for any stays text, as JSON has no infinity."""
    return number if isfinite(number := float(text)) else text


def read(content: Content) -> Parsed:
    """Read every item; what is none, or comes after a break in the JSON, is skipped and reported."""
    text = content.text.lstrip("\ufeff")
    records: list[Fields] = []
    skipped: list[SkippedText] = []
    line, counted = 1, 0
    for at, item, problem in _items(text):
        # From item to item: to count from the beginning for each that is skipped takes minutes for a large file.
        line, counted = line + text.count("\n", counted, at), at
        fields = tuple((key, _json(value)) for key, value in item.values()) if isinstance(item, _Object) else ()
        if fields and is_record(reference_of("csl", fields, values(fields))):
            records.append(fields)
            continue
        if not problem:
            problem = _NO_RECORD if fields else "Not an item: an object with fields was expected."
            rest = json.dumps(_nested(item))
        else:
            rest = text[at:]
        skipped.append(skipped_text(line, rest, problem))
    return Parsed(tuple(records), tuple(skipped))


def _items(text: str) -> Iterator[tuple[int, object, str]]:
    """Yield position, item and problem of each item in a list; a single item, or {"items": [...]}, is one too."""
    decoder = json.JSONDecoder(
        object_pairs_hook=_Object, parse_int=_whole_number, parse_float=_number, parse_constant=str
    )
    opened = _list_in(text, decoder)
    at = opened or 0
    while True:
        at += len(_BLANK.match(text, at)[0])  # type: ignore[index]  # matches anything
        if at == len(text) or (opened and text[at] == "]"):
            yield from _rest(text, at, listed=bool(opened))
            return
        try:
            item, end = decoder.raw_decode(text, at)
        except ValueError as error:
            yield at, None, f"The JSON is damaged or truncated from here on ({error})."
            return
        yield at, item, ""
        at = end


def _list_in(text: str, decoder: json.JSONDecoder) -> int | None:
    """Return where the first item of the list stands, which may be the value of a key; None for an item alone."""
    opening = _OPENING.match(text)
    if opening is None or opening[1] == "[":
        return opening.end() if opening else None
    at = opening.end()
    while pair := _PAIR.match(text, at):
        if pair[1].strip('"') in _LISTS and text.startswith("[", pair.end()):
            return pair.end() + 1
        try:
            at = decoder.raw_decode(text, pair.end())[1]
        except ValueError:
            return None
    return None


def _rest(text: str, at: int, *, listed: bool) -> Iterator[tuple[int, object, str]]:
    if listed and at == len(text):
        yield at, None, "The list ends here without its closing bracket; the file may be truncated."
    elif rest := text[at + 1 :].strip(" \t\n}"):
        yield text.index(rest, at + 1), None, "Text after the list of items."


def write(records: Sequence[Fields]) -> bytes:
    """Write items as a list, one a line, in UTF-8."""
    return ("[\n" + ",\n".join(map(_item, records)) + "\n]\n").encode("utf-8", "replace")


def with_numbered_keys(records: Sequence[Fields], converted: Sequence[bool]) -> list[Fields]:
    """Return items without an id that comes twice, of which other programs keep one; see `keys.with_numbered_keys`."""
    return keys.with_numbered_keys(
        records, converted, tag="id", key=lambda value: _text(json.loads(value)), value=json.dumps
    )


def _item(fields: Fields) -> str:
    return "{" + ", ".join(f"{_json(key)}: {value}" for key, value in fields) + "}"


def values(fields: Fields) -> list[Value]:
    """Return what the fields of a record say."""
    return tagged_values("csl", fields, text=_plain)


def _plain(tag: str, value: str) -> str:
    data = json.loads(value)
    if tag in _PEOPLE:
        return "\n".join(_person(person) for person in data) if isinstance(data, list) else _text(data)
    if tag == "creators" and isinstance(data, list):
        return "\n".join(_person(person) for person in data if _is_author(person))
    if tag == "tags" and isinstance(data, list):
        return "\n".join(_text(word.get("tag") if isinstance(word, dict) else word) for word in data)
    if tag == "issued":
        return _date(data)
    if tag == "keyword" and isinstance(data, str) and ";" not in data:
        return data.replace(",", ";")
    return _text(data)


def _is_author(creator: object) -> bool:
    return not isinstance(creator, dict) or creator.get("creatorType", "author") == "author"


def _person(person: object) -> str:
    if not isinstance(person, dict):
        return _text(person)
    if whole := person.get("literal") or person.get("name"):
        return _text(whole)
    person = {_PARTS.get(key, key): part for key, part in person.items()}
    family = " ".join(_text(person[key]) for key in ("non-dropping-particle", "family") if key in person)
    given = " ".join(_text(person[key]) for key in ("given", "dropping-particle", "suffix") if key in person)
    return f"{family}, {given}" if family and given else family or given


def _date(date: object) -> str:
    if not isinstance(date, dict):
        return _text(date)
    parts = date.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return "-".join(_text(part) for part in parts[0])
    return _text(date.get("raw") or date.get("literal") or "")


def _text(data: object) -> str:
    if isinstance(data, list):
        return "; ".join(_text(item) for item in data)
    if data is None:
        return ""
    return data.encode("utf-8", "replace").decode() if isinstance(data, str) else _json(data)


def _json(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False)
    # Half a character, which JSON can name and no encoding can hold, is left escaped.
    return json.dumps(data) if _HALF.search(text) else text


def added(fields: Fields, values: Iterable[tuple[str, str]]) -> Fields:
    """Return fields that say more; people, keywords and notes join the field that is there."""
    values = list(values)
    written = list(fields or [("id", json.dumps(_new_id(values)))])
    # All at once: a comma in the first one would part it where the next one joins.
    words = "; ".join(text for role, text in values if role == "keywords")
    others = [value for value in values if value[0] != "keywords"]
    for role, text in [*others, *([("keywords", words)] if words else [])]:
        tag = tag_of("csl", role)
        if tag is None or (role == "date" and not readings("year", text)):
            tag, text = "note", f"{role}: {text}"
        _add(written, tag, type_in("csl", text) if role == "type" else text)
    return tuple(written)


def _new_id(values: Sequence[tuple[str, str]]) -> str:
    """Return an id, without which other programs refuse an item: the same for the same reference alone."""
    said = "\n".join(f"{role}: {text}" for role, text in values)
    return f"reference-{sha256(said.encode('utf-8', 'replace')).hexdigest()[:12]}"


def _add(fields: list[tuple[str, str]], tag: str, text: str) -> None:
    at = next((at for at, (name, _) in enumerate(fields) if name == tag), None)
    before = json.loads(fields[at][1]) if at is not None else None
    data: object = text
    if tag in _PEOPLE:
        family, comma, given = text.partition(", ")
        person = {"family": family, "given": given} if comma else {"literal": text}
        data = [*(before if isinstance(before, list) else []), person]
    elif tag == "issued":
        # What is no day of a calendar, programs that read parts of dates choke on.
        day = DAY.fullmatch(text)
        data = {"date-parts": [[int(part) for part in day.groups() if part]]} if day else {"raw": text}
    elif before and tag not in ("id", "type"):  # the work's own comes after the one that was made for it
        data = _JOINTS.get(tag, "; ").join([_plain(tag, json.dumps(before)), text])
    field = (tag, _json(data))
    if at is None:
        fields.append(field)
    else:
        fields[at] = field
