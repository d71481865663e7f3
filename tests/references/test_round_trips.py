"""What is written and read again is identical, whatever the texts are."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lhs_nlp.errors import ReferencesError
from lhs_nlp.references import FORMATS, Reference, ReferenceFile, read_references, reference_bytes
from lhs_nlp.references.xml_fields import flatten, rebuild
from tests.references.examples import TEXTS

AWKWARD = st.sampled_from(
    [
        *(
            "ER  - ",
            "TY  - JOUR",
            "PMID- 1",
            "@book{a,",
            "{",
            "}",
            "\\",
            "\\{",
            "--",
            '"',
            "'",
            "=1+1",
            " =1",
            "\uff1d1",
            "a; b",
            "a, b",
        ),
        *("<i>a</i>", "<", "]]>", "&amp;", "%", "$x$", "#"),
        *("\u2028", "\x85", "\x0b", "\ufeff", "\n", "\n\n", "\r", "\t"),
    ]
)
TEXT = st.lists(st.one_of(AWKWARD, st.text(max_size=8)), max_size=5).map("".join)
WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=9)
VALUES = ("title", "abstract", "authors", "year", "doi", "pmid", "journal", "volume", "issue", "pages")
ONE_PARAGRAPH = ("nbib", "pubmed")
"""Formats that hold an abstract without its line breaks."""
PHRASE = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


def optional(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | texts


@st.composite
def references(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXT) -> Reference:
    names = draw(st.lists(st.tuples(PHRASE, PHRASE).map(", ".join), max_size=3))
    return Reference(
        type=draw(st.sampled_from([None, "JOUR", "book", "thesis", "odd"])),
        title=draw(texts),
        abstract=draw(optional(texts)),
        authors=tuple(names),
        year=draw(st.none() | st.integers(1800, 2100)),
        doi=draw(st.none() | st.just("10.1234/a_b(c)d")),
        pmid=draw(st.none() | st.just("31234567")),
        journal=draw(optional(texts)),
        volume=draw(optional(texts)),
        issue=draw(optional(texts)),
        pages=draw(st.none() | st.just("12-34")),
        keywords=tuple(draw(st.lists(texts, max_size=3))),
        url=draw(st.none() | st.just("https://example.org/a%20b_{c}#d")),
        language=draw(optional(texts)),
        format="csv",
        fields=(),
    )


def read(data: bytes, suffix: str = ".txt") -> ReferenceFile:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"export{suffix}"
        path.write_bytes(data)
        return read_references(path)


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=25)
@given(records=st.lists(references(), min_size=1, max_size=3))
def test_written_and_read_again_is_identical(format: str, records: list[Reference]) -> None:
    records = [record for record in records if (record.title or "").strip(" \r\n\t\ufeff\x0b\x85\u2028")]
    if records:
        once = read(reference_bytes(records, format), FORMATS[format][0])
        again = read(reference_bytes(once.records, format), FORMATS[format][0])
        assert len(once.records) == len(records)
        assert once.skipped == ()
        assert again.records == once.records


@pytest.mark.parametrize("format", TEXTS)
def test_example_is_written_and_read_again_as_it_was(format: str) -> None:
    records = read(TEXTS[format].encode()).records
    again = read(reference_bytes(records, format))
    assert (again.format, again.records, again.skipped) == (format, records, ())


@pytest.mark.parametrize("format", FORMATS)
def test_work_comes_through_every_format(format: str) -> None:
    work = read(TEXTS["ris"].encode()).records[0]
    again = read(reference_bytes([work], format), FORMATS[format][0]).records[0]
    abstract = " ".join(str(work.abstract).split()) if format in ONE_PARAGRAPH else work.abstract
    for name in (*VALUES, "keywords"):
        assert getattr(again, name) == (abstract if name == "abstract" else getattr(work, name))


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=15)
@given(record=references(PHRASE))
def test_plain_words_come_through_every_format(format: str, record: Reference) -> None:
    (again,) = read(reference_bytes([record], format), FORMATS[format][0]).records
    for name in VALUES:
        assert getattr(again, name) == getattr(record, name)
    assert again.keywords == tuple(dict.fromkeys(record.keywords))
    assert again.language == record.language


LINE = st.one_of(
    st.sampled_from(
        ["TY  - JOUR", "ER  - ", "ER  -", "TI  - Falls", "XX  - ", "", "  ", "KW  - a; b", "DO  - 10.1234/1"]
    ),
    st.sampled_from(["plain", "  indented", "AB - one blank", "AB  -none", "\ufeffTY  - BOOK", "ER  - TY  - BOOK"]),
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"), max_size=12),
)


@settings(max_examples=150)
@given(lines=st.lists(LINE, max_size=20))
def test_every_line_of_ris_is_in_a_record_or_reported(lines: list[str]) -> None:
    lines = ["TY  - JOUR", *lines]
    found = read("\n".join(lines).encode())
    told = " ".join(value for record in found.records for field in record.fields for value in field)
    told += " ".join(piece.text for piece in found.skipped)
    words = [word for line in lines for word in re.sub(r"^\ufeff*(ER  - ?)?([A-Z][A-Z0-9]  -)?", "", line).split()]
    assert [word for word in words if word not in told] == []
    assert read(reference_bytes(found.records, "ris")).records == found.records


@pytest.mark.parametrize("format", TEXTS)
@settings(max_examples=25)
@given(data=st.data())
def test_damaged_bytes_are_read_or_an_error(format: str, data: st.DataObject) -> None:
    text = TEXTS[format].encode()
    at = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(at, min(at + 50, len(text))))
    damaged = text[:at] + data.draw(st.binary(max_size=20)) + text[end:]
    try:
        found = read(damaged)
    except ReferencesError:
        return
    if found.format != "xlsx":
        assert read(reference_bytes(found.records, found.format), FORMATS[found.format][0]).records == found.records


NAMES = st.sampled_from(["title", "style", "i", "keyword", "a-b", "x.y"])
LEAVES = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=6)


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> str:
    from xml.sax.saxutils import escape, quoteattr

    name = draw(NAMES)
    attributes = "".join(f" {key}={quoteattr(draw(LEAVES))}" for key in draw(st.lists(NAMES, max_size=2, unique=True)))
    children = draw(st.lists(elements(depth - 1), max_size=3)) if depth else []
    parts = [escape(draw(LEAVES)) + child for child in children]
    return f"<{name}{attributes}>{''.join(parts)}{escape(draw(LEAVES))}</{name}>"


@settings(max_examples=100)
@given(text=elements())
def test_xml_is_the_same_after_its_fields(text: str) -> None:
    from xml.etree.ElementTree import tostring

    from defusedxml.ElementTree import fromstring

    element = fromstring(text)
    fields = flatten(element)
    again = rebuild(element.tag, fields)
    assert flatten(fromstring(tostring(again))) == fields
    assert "".join(again.itertext()).split() == "".join(element.itertext()).split()
