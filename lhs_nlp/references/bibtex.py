"""BibTeX and BibLaTeX, split by bibtexparser; values are kept with their braces and LaTeX, and read without."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from lhs_nlp.references import keys, latex
from lhs_nlp.references.keys import Keys, plain_letters
from lhs_nlp.references.parsed import Content, Parsed, skipped_text
from lhs_nlp.references.readings import DAY
from lhs_nlp.references.roles import tag_of, type_in
from lhs_nlp.references.types import Fields, SkippedText
from lhs_nlp.references.values import Value, reference_of, tagged_values

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry

TYPE, KEY = "ENTRYTYPE", "ID"
"""Tags of the two fields that have no name in the format: ``@article{smith2020,``."""

_START = re.compile(r"^[ \t\ufeff]*@\w+[ \t]*[{(]", re.MULTILINE)
_KEY = re.compile(r"[A-Za-z][\w:.+/-]*", re.ASCII)
"""A key that is kept from another format; a bare number would soon come twice."""
_WRAP = re.compile(r"(?<!\n)\n[ \t]+(?=\S)")
"""A break that only keeps lines short, as Web of Science and JabRef make it; paragraphs begin at the margin."""
_PLAIN_ROLES = ("doi", "url", "year", "date")
_PEOPLE = ("author", "editor")
_IN_BOOKS = ("inproceedings", "conference", "incollection", "inbook")
"""Types of which the work that holds them is a ``booktitle``, and no ``journal``."""


def start_in(text: str) -> int | None:
    """Return where the first entry begins; None when nothing looks like one."""
    match = _START.search(text)
    return match.start() if match else None


def read(content: Content) -> Parsed:
    """Read every entry; comments, preambles and what is damaged are skipped and reported."""
    splitter = _splitter()
    records: list[Fields] = []
    skipped: list[SkippedText] = []
    strings: dict[str, str] = {}
    for block in splitter(content.text.replace("\ufeff", "")).split().blocks:
        entry = _entry(block)
        if entry is not None:
            fields = ((field.key, _resolved(field.value, strings)) for field in entry.fields)
            records.append(((TYPE, entry.entry_type), (KEY, entry.key), *fields))
        elif (named := _string(block)) is not None:
            strings[named[0].casefold()] = named[1]
        else:
            skipped.append(skipped_text((block.start_line or 0) + 1, block.raw or "", _reason(block)))
    return Parsed(tuple(records), tuple(skipped))


@cache
def _splitter() -> type:
    from bibtexparser.splitter import Splitter

    # What is damaged is reported with its line; the library would print it as well.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    return Splitter


def _entry(block: Block) -> Entry | None:
    """Return a block's entry: a key or a field that comes twice is no reason to lose it."""
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry

    if isinstance(block, DuplicateFieldKeyBlock | DuplicateBlockKeyBlock):
        block = block.ignore_error_block or block
    return block if isinstance(block, Entry) else None


def _string(block: Block) -> tuple[str, str] | None:
    from bibtexparser.model import DuplicateBlockKeyBlock, String

    if isinstance(block, DuplicateBlockKeyBlock):
        block = block.ignore_error_block or block
    return (block.key, block.value) if isinstance(block, String) else None


def _reason(block: Block) -> str:
    from bibtexparser.model import ExplicitComment, ImplicitComment, ParsingFailedBlock, Preamble

    if isinstance(block, ExplicitComment | ImplicitComment):
        return "A comment or text outside of any entry."
    if isinstance(block, Preamble):
        return "A preamble, which belongs to no entry."
    if isinstance(block, ParsingFailedBlock):
        return f"A damaged entry: {getattr(block.error, 'abort_reason', None) or block.error}"
    return "Not an entry."


def _resolved(value: str, strings: Mapping[str, str]) -> str:
    """Return a value with the names of the file's strings replaced: a record must stand on its own."""
    parts = latex.parts_of(value)
    if not any(part.casefold() in strings for part in parts):
        return value
    return "{" + "".join(latex.without_enclosure(strings.get(part.casefold(), part)) for part in parts) + "}"


def write(records: Sequence[Fields]) -> bytes:
    """Write entries in UTF-8; one without a key gets one of its first author, year and title."""
    taken = Keys((value for fields in records for tag, value in fields if tag == KEY), str.casefold)
    return "\n".join(_written(fields, taken) for fields in records).encode("utf-8", "replace")


def with_numbered_keys(records: Sequence[Fields], converted: Sequence[bool]) -> list[Fields]:
    """Return records without a key that comes twice, in capitals or not, which BibTeX refuses.

    See `keys.with_numbered_keys`.
    """
    return keys.with_numbered_keys(records, converted, tag=KEY, same=str.casefold)


def _written(fields: Fields, taken: Keys) -> str:
    head = {tag: value for tag, value in reversed(fields) if tag in (TYPE, KEY)}
    lines = [f"  {tag} = {value},\n" for tag, value in fields if tag not in (TYPE, KEY)]
    key = head[KEY] if KEY in head else new_key(fields, taken)
    return f"@{head.get(TYPE) or 'misc'}{{{key},\n{''.join(lines)}}}\n"


def new_key(fields: Fields, taken: Keys) -> str:
    """Return a key of first author, year and a word of the title that is not taken, and take it."""
    found = reference_of("bibtex", fields, values(fields))
    family = plain_letters(found.authors[0].split(",")[0]) if found.authors else ""
    word = next((word for word in (found.title or "").split() if len(word) > 3), "")
    return taken.take(f"{family or 'anonymous'}{found.year or ''}{plain_letters(word)}")


def values(fields: Fields) -> list[Value]:
    """Return what the fields of a record say."""
    return tagged_values("bibtex", fields, tag=_tag, text=_plain)


def _tag(tag: str) -> str:
    return tag if tag in (TYPE, KEY) else tag.casefold()


def _plain(tag: str, value: str) -> str:
    name = tag.casefold()
    if tag in (TYPE, KEY):
        return value
    if name in _PEOPLE:
        return "\n".join(latex.people(value))
    if name in (tag_of("bibtex", role) for role in _PLAIN_ROLES):
        return latex.address(value)
    text = latex.plain(_WRAP.sub(" ", value))
    if name == "pages":
        return re.sub(r"\s*[-\u2013]+\s*", "-", text)
    return text.replace(",", ";") if name in ("keywords", "keyword") and ";" not in text else text


def added(fields: Fields, values: Iterable[tuple[str, str]]) -> Fields:
    """Return fields that say more; people, keywords and notes join the field that is there."""
    more = dict[str, list[str]]()
    written = list(fields)
    for role, text in values:
        tag = tag_of("bibtex", role)
        if role == "journal" and dict(written).get(TYPE, "").casefold() in _IN_BOOKS:
            tag = "booktitle"
        if role == "type":
            written.insert(0, (TYPE, type_in("bibtex", text)))
        elif role == "citation_key" and _KEY.fullmatch(text):
            written.insert(1, (KEY, text))
        elif role in ("doi", "url"):
            more.setdefault(role, []).append(re.sub(r"[{}\\\s]", "", text))
        elif tag in (None, KEY) or (role == "date" and not DAY.fullmatch(text)):  # which no program would read
            more.setdefault(str(tag_of("bibtex", "note")), []).append(latex.escaped(f"{role}: {text}"))
        else:
            more.setdefault(tag, []).append(latex.escaped_name(text) if tag in _PEOPLE else latex.escaped(text))
    for tag, texts in more.items():
        _join(written, tag, texts)
    return tuple(written)


def _join(fields: list[tuple[str, str]], tag: str, texts: list[str]) -> None:
    joint = {"author": " and ", "editor": " and ", "annote": "\n"}.get(tag, "; ")
    at = next((at for at, (name, _) in enumerate(fields) if name.casefold() == tag), None)
    if at is None:
        fields.append((tag, f"{{{joint.join(texts)}}}"))
    else:
        name, before = fields[at]
        before = latex.without_enclosure(before)
        if tag == "keywords" and ";" not in before:
            before = before.replace(",", ";")
        fields[at] = (name, f"{{{joint.join([before, *texts] if before.strip() else texts)}}}")
