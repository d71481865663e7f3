"""What is written follows the rules by which other programs import, checked with their own libraries if there are."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string
from defusedxml.ElementTree import fromstring

from lhs_nlp.references import Reference, converted, reference_bytes, with_tags
from tests.references.examples import TEXTS, read_text

rispy = import_module("rispy")  # it has no types

SAFETY = "LHS benefit: safety"
NOTE = "Claimed as achieved: {falls} fell by 12% & more."


@pytest.fixture(params=TEXTS)
def tagged(request: pytest.FixtureRequest, tmp_path: Path) -> list[Reference]:
    records = read_text(tmp_path, TEXTS[request.param]).records
    return [with_tags(record, [SAFETY], [NOTE]) for record in records]


def test_ris_begins_with_a_known_type_and_ends_with_its_mark(tagged: list[Reference]) -> None:
    text = reference_bytes(tagged, "ris").decode()
    records = [record.split("\n") for record in text.strip().split("\n\nTY")]
    assert len(re.findall(r"^ER  - $", text, re.MULTILINE)) == len(records) == len(tagged)
    for entry, record in zip(rispy.loads(text), tagged, strict=True):
        assert entry["type_of_reference"] in rispy.TYPE_OF_REFERENCE_MAPPING
        title = entry.get("title") or entry.get("primary_title")
        assert title.split() == (record.title or "").split()
        assert SAFETY in entry["keywords"]
        assert NOTE in entry["notes"]


def test_bibtex_has_no_damaged_entries_and_no_key_twice(tagged: list[Reference]) -> None:
    library = parse_string(reference_bytes(tagged, "bibtex").decode())
    assert library.failed_blocks == []
    assert len({entry.key for entry in library.entries}) == len(tagged)
    assert all(SAFETY in entry["keywords"] for entry in library.entries)


def test_csl_items_have_id_type_and_texts(tagged: list[Reference]) -> None:
    items = json.loads(reference_bytes(tagged, "csl"))
    assert all(item["id"] and item["type"] for item in items)
    assert len({item["id"] for item in items}) == len(tagged)
    assert all(SAFETY in item["keyword"] and NOTE in item["note"] for item in items)


def test_nbib_has_a_number_first_and_no_line_without_a_tag(tagged: list[Reference]) -> None:
    for record in reference_bytes(tagged, "nbib").decode().rstrip("\n").split("\n\n"):
        lines = record.split("\n")
        assert lines[0].startswith("PMID- ")
        assert [line for line in lines if not re.match(r"[A-Z]{2,4} *- ", line)] == []
        assert f"OT  - {SAFETY}" in lines
        assert f"GN  - {NOTE}" in lines


def test_endnote_records_have_name_and_number_of_their_type(tagged: list[Reference]) -> None:
    root = fromstring(reference_bytes(tagged, "endnote"))
    assert [element.tag for element in root] == ["records"]
    for record in root.iter("record"):
        kind = record.find("ref-type")
        assert kind is not None
        assert kind.get("name")
        assert (kind.text or "").isdigit()
        assert SAFETY in ["".join(keyword.itertext()) for keyword in record.iter("keyword")]


def test_table_of_another_format_has_the_columns_that_screening_programs_look_for(tmp_path: Path) -> None:
    records = [with_tags(record, [SAFETY], [NOTE]) for record in read_text(tmp_path, TEXTS["ris"]).records]
    head = reference_bytes(records, "csv").decode("utf-8-sig").split("\r\n")[0].split(",")
    assert {"title", "abstract", "authors", "year", "doi", "keywords", "notes", "journal", "url"} <= set(head)


@pytest.fixture(params=TEXTS)
def plain(request: pytest.FixtureRequest, tmp_path: Path) -> list[Reference]:
    return list(read_text(tmp_path, TEXTS[request.param]).records)


def test_another_reader_of_ris_finds_everything(plain: list[Reference]) -> None:
    text = reference_bytes([converted(record, "ris") for record in plain], "ris").decode()
    for entry, record in zip(rispy.loads(text), plain, strict=True):
        assert (entry.get("title") or entry["primary_title"]).split() == (record.title or "").split()
        assert tuple(entry.get("authors") or entry.get("first_authors", ())) == record.authors
        assert (entry.get("year") or entry["publication_year"])[:4] == str(record.year)
        assert (entry.get("abstract") or entry.get("notes_abstract", "")).split() == (record.abstract or "").split()
        assert record.doi is None or record.doi in entry["doi"].casefold()
        assert {*record.keywords} <= {word.strip() for text in entry.get("keywords", ()) for word in text.split(";")}


def test_another_reader_of_bibtex_finds_everything(plain: list[Reference]) -> None:
    from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors, SplitNameParts

    layers = [LatexDecodingMiddleware(), SeparateCoAuthors(), SplitNameParts()]
    data = reference_bytes([converted(record, "bibtex") for record in plain], "bibtex").decode()
    entries = parse_string(data, append_middleware=layers).entries
    for entry, record in zip(entries, plain, strict=True):
        assert without_braces(entry["title"]).split() == (record.title or "").split()
        people = entry["author"] if "author" in entry.fields_dict else []
        families = [without_braces(" ".join([*name.von, *name.last])) for name in people]
        assert [family.split(" ")[-1] for family in families] == [
            author.split(",")[0].split(" ")[-1] for author in record.authors
        ]
        assert without_braces(entry["year"]) == str(record.year)
        assert record.doi is None or record.doi in without_braces(entry["doi"]).casefold()
        assert all(keyword in without_braces(entry["keywords"]) for keyword in record.keywords)


def without_braces(text: str) -> str:
    return re.sub(r"[{}]", "", text)


def test_another_reader_of_tables_finds_everything(plain: list[Reference], tmp_path: Path) -> None:
    import pandas as pd

    # By way of RIS: a table that was read is written with the columns that it had.
    records = [converted(converted(record, "ris"), "csv") for record in plain]
    (tmp_path / "t.csv").write_bytes(reference_bytes(records, "csv"))
    (tmp_path / "t.xlsx").write_bytes(reference_bytes(records, "xlsx"))
    csv = pd.read_csv(tmp_path / "t.csv", dtype=str, keep_default_na=False)
    xlsx = pd.read_excel(tmp_path / "t.xlsx", dtype=str, keep_default_na=False)
    for table in (csv, xlsx):
        names = {name.casefold(): name for name in table.columns}
        assert list(table[names["title"]]) == [record.title for record in plain]
        for row, record in zip(table.to_dict("records"), plain, strict=True):
            said = " ".join(map(str, row.values()))
            known = (*record.authors, record.abstract, record.journal, str(record.year), *record.keywords)
            assert all(text in said for text in filter(None, known))
