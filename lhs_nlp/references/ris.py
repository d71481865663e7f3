"""RIS: a tag of two letters, two blanks, a hyphen, a blank and a value; TY begins a record and ER ends it.

The reader is our own, not rispy's: records must keep the order of their fields and tags that nobody knows, and every
line must be accounted for. What it writes is checked with rispy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lhs_nlp.references.parsed import Content, Parsed
from lhs_nlp.references.roles import type_in
from lhs_nlp.references.tagged import TaggedRecords, added_lines, with_inverted_names
from lhs_nlp.references.types import Fields
from lhs_nlp.references.values import Value, tagged_values
from lhs_nlp.wording import counted

_TAG = "([A-Z][A-Z0-9])"
_STRICT = re.compile(rf"{_TAG}  -[ ]?(.*)", re.DOTALL)
_LINES = (
    _STRICT,
    re.compile(rf"{_TAG}[ \t]+-[ \t]?(.*)", re.DOTALL),
    re.compile(rf"[ \t]*{_TAG}[ \t]+-[ \t]?(.*)", re.DOTALL),
)
"""How a line with a tag may look, from what the format demands to what is met with; one of them for a whole record."""
_CERTAIN = re.compile(
    r"[ \t]*(?:TY[ \t]+-[ \t]?[A-Z]{2,6}|AU[ \t]+-[ \t]?\S.*|DO[ \t]+-[ \t]?.*\b10\..*|ER[ \t]+-)[ \t]*"
)
"""A line with a tag that no text has, whatever the lines around it look like."""
_STARTS = tuple(re.compile(rf"^\ufeff*{line}", re.MULTILINE) for line in (r"TY  -", r"TY[ \t]+-", r"[ \t]*TY[ \t]+-"))


def start_in(text: str) -> int | None:
    """Return where the first record begins; None when nothing looks like one."""
    return next((match.start() for start in _STARTS if (match := start.search(text))), None)


def read(content: Content) -> Parsed:
    """Read every record; a line outside of one is skipped and reported.

    A record ends with ER, with the next TY or with the file. Lines without a tag belong to the field before them.
    """
    line_pattern = next(
        (line for line, start in zip(_LINES, _STARTS, strict=True) if start.search(content.text)), _STRICT
    )
    reading = TaggedRecords("\n")
    unended = 0
    for number, line in enumerate(content.text.split("\n"), start=1):
        line = line.lstrip("\ufeff")
        if _CERTAIN.fullmatch(line):
            line_pattern = _pattern_of(line, line_pattern)
        match = line_pattern.fullmatch(line)
        while match and match[1] == "ER":
            if not reading and not match[2].strip():
                reading.skip(number, line, "The end of a record that never began.")
            reading.close()
            line = match[2]  # some exports begin the next record on the same line
            match = line_pattern.fullmatch(line)
        if match is None:
            reading.extend(number, line)
            continue
        if match[1] == "TY" and reading.has("TY"):
            unended += 1
            reading.close()
        reading.add(number, match[1], match[2])
    unended += bool(reading)
    warning = f"{counted(unended, 'record')} without an end (ER) in the RIS file; it may be truncated."
    return reading.parsed("ris", "TY", values, (warning,) if unended else ())


def _pattern_of(line: str, before: re.Pattern[str]) -> re.Pattern[str]:
    """Return how the tags of a record look from a line on that has one for certain."""
    if before.fullmatch(line) and not line.lstrip().startswith("TY"):
        return before
    return next(pattern for pattern in _LINES if pattern.fullmatch(line))


def write(records: Sequence[Fields]) -> bytes:
    """Write records, each with its end, in UTF-8."""
    return "".join(
        "".join(f"{_line(tag, value)}\n" for tag, value in fields) + "ER  - \n\n" for fields in records
    ).encode("utf-8", "replace")


def _line(tag: str, value: str) -> str:
    return f"{tag}  - {value}"


def values(fields: Fields) -> list[Value]:
    """Return what the fields of a record say."""
    return with_inverted_names(tagged_values("ris", fields))


def added(fields: Fields, values: Iterable[tuple[str, str]]) -> Fields:
    """Return fields that say more."""
    ordered: list[tuple[str, str]] = []
    for role, text in values:
        if role == "type":
            ordered.insert(0, (role, type_in("ris", text)))
        elif role == "pages":
            first, _, last = text.partition("-")
            if first.isdigit() and last.isdigit():
                last = first[: max(len(first) - len(last), 0)] + last  # "101-9" means 101 to 109
            ordered += [("first_page", first), *([("last_page", last)] if last else [])]
        elif role == "pmid":
            ordered.append(("pmid", f"{text} [PMID]"))
        elif role == "date" and re.fullmatch(r"[\d-]+", text):
            ordered.append((role, text.replace("-", "/")))
        else:
            ordered.append((role, _as_value(text)))
    return tuple(sorted(added_lines("ris", fields, ordered), key=lambda field: field[0] != "TY"))


def _as_value(text: str) -> str:
    """Return a text that reads back as one value: a line of it that looks like a tag joins the one before."""
    lines = [line.strip("\ufeff \t") for line in re.split(r"\r\n|[\r\n]", text.strip())]
    joined = ""
    for line in lines:
        joined += (" " if _LINES[-1].fullmatch(line) else "\n") + line
    return joined[1:].rstrip("\n")
