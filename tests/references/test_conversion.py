from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from lhs_nlp.references import (
    FORMATS,
    Reference,
    converted,
    reference_bytes,
    reference_from,
    with_fields,
    with_tags,
)
from tests.references.examples import RIS, TEXTS, read_text

NO_ABSTRACT = "[No abstract available]"
COMMON = ("title", "authors", "year", "doi", "pmid", "journal", "volume", "issue", "keywords", "language")


@pytest.fixture(params=TEXTS)
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Reference:
    return read_text(tmp_path, TEXTS[request.param]).records[0]


@pytest.mark.parametrize("format", FORMATS)
def test_what_both_formats_know_is_the_same_after_conversion(record: Reference, format: str, tmp_path: Path) -> None:
    (again,) = read_text(tmp_path, reference_bytes([record], format)).records
    assert {name: getattr(again, name) for name in COMMON} == {name: getattr(record, name) for name in COMMON}
    assert (again.abstract or "").split() == (record.abstract or "").split()


@pytest.mark.parametrize("format", FORMATS)
def test_converted_is_what_a_file_of_that_format_holds(record: Reference, format: str, tmp_path: Path) -> None:
    (again,) = read_text(tmp_path, reference_bytes([record], format)).records
    new = converted(record, format)
    named = tuple(field for field in again.fields if field in new.fields or field[0] != "ID")
    assert replace(again, fields=named) == new


@pytest.mark.parametrize("format", FORMATS)
def test_abstract_that_says_there_is_none_is_none_and_stays_in_its_own_format(record: Reference, format: str) -> None:
    shown = converted(replace(record, abstract="Falls fell."), format)
    said = reference_from(format, tuple((tag, text.replace("Falls fell.", NO_ABSTRACT)) for tag, text in shown.fields))
    assert said != shown
    assert said.abstract is None
    assert with_fields(said) == said
    assert with_fields(replace(said, abstract="Falls fell.")).abstract == "Falls fell."
    others = [converted(said, other) for other in FORMATS if {other, format} != {"csv", "xlsx"} and other != format]
    assert not [text for other in others for _, text in other.fields if NO_ABSTRACT in text]


def test_abstract_beside_a_field_that_says_there_is_none_is_read(tmp_path: Path) -> None:
    text = f"TY  - JOUR\nTI  - One\nN2  - {NO_ABSTRACT}\nAB  - Falls fell.\nER  - \n"
    assert read_text(tmp_path, text).records[0].abstract == "Falls fell."


def test_what_has_no_place_in_the_other_format_becomes_a_note(tmp_path: Path) -> None:
    text = RIS.replace("XX  - a tag", "JA  - Ward Q\nXX  - a tag")
    fields = converted(read_text(tmp_path, text).records[0], "nbib").fields
    notes = [value for tag, value in fields if tag == "GN"]
    assert notes == [
        "url: https://example.org/7",
        "Accession Number: 77",
        "ris fields: JO: Ward Quart JA: Ward Q XX: a tag of one vendor",
    ]


@pytest.mark.parametrize("format", ["bibtex", "nbib", "zotero", "csl"])
@pytest.mark.parametrize("date", ["JUL 15", "2021 Jul-Aug"])
def test_date_that_is_no_day_leaves_the_year(tmp_path: Path, format: str, date: str) -> None:
    (record,) = read_text(tmp_path, f"TY  - JOUR\nTI  - One\nDA  - {date}\nPY  - 2021\nER  - ").records
    (again,) = read_text(tmp_path, reference_bytes([record], format)).records
    dates = [value for tag, value in again.fields if tag in ("date", "DP", "dc:date", "year", "issued")]
    assert (again.year, len(dates)) == (2021, 1)
    assert date in " ".join(value for _, value in again.fields)


def test_date_of_pubmed_is_a_day_elsewhere(tmp_path: Path) -> None:
    (record,) = read_text(tmp_path, "PMID- 1\nTI  - One\nDP  - 2021 Jul 5\n").records
    assert ("DA", "2021/07/05") in converted(record, "ris").fields
    assert dict(converted(record, "bibtex").fields)["date"] == "{2021-07-05}"


@pytest.mark.parametrize("format", FORMATS)
def test_several_numbers_and_places_are_kept(tmp_path: Path, format: str) -> None:
    both = "IS  - 1111-2222 (Electronic)\nIS  - 3333-4444\nPL  - Bern\nPL  - Basel\n"
    (record,) = read_text(tmp_path, f"PMID- 1\nTI  - One\n{both}").records
    text = " ".join(value for _, value in converted(record, format).fields)
    assert [part for part in ("1111-2222", "3333-4444", "Bern", "Basel") if part not in text] == []


@pytest.mark.parametrize("format", [format for format in FORMATS if format != "csl"])
def test_every_word_of_a_source_is_in_what_it_becomes(tmp_path: Path, format: str) -> None:
    record = read_text(tmp_path, RIS).records[0]
    text = " ".join(value for _, value in converted(record, format).fields)
    words = {*re.findall(r"\w+", text.casefold()), "https", "doi", "org", "pmid"}  # they only introduce a number
    missing = [value for _, value in record.fields[1:] if not words.issuperset(re.findall(r"\w+", value.casefold()))]
    assert missing == []


def test_type_is_named_as_the_other_format_does(tmp_path: Path) -> None:
    first, second = read_text(tmp_path, RIS).records
    assert [converted(first, format).type for format in FORMATS] == [
        "JOUR",
        "Journal Article",
        "article",
        "Journal Article",
        "Journal Article",
        "journalArticle",
        "article-journal",
        "JOUR",
        "JOUR",
    ]
    assert converted(second, "csl").type == "report"


@pytest.mark.parametrize(("journal", "type"), [("Ward Quarterly", "JOUR"), ("", "GEN")])
def test_type_that_is_not_known_is_generic_unless_there_is_a_journal(journal: str, type: str) -> None:
    record = reference_from("csv", (("title", "One"), ("journal", journal)))
    assert converted(record, "ris").fields[0] == ("TY", type)


@pytest.mark.parametrize(
    ("types", "journal", "type"),
    [
        (("Comparative Study", "Journal Article", "Case Reports"), "Ward Quarterly", "JOUR"),
        (("Case Reports", "Book Chapter"), "", "CHAP"),
        (("Comparative Study", "Editorial"), "", "JOUR"),
        (("Comparative Study",), "Ward Quarterly", "JOUR"),
        (("Comparative Study",), "", "GEN"),
    ],
)
def test_first_of_several_types_that_is_known_counts(types: tuple[str, ...], journal: str, type: str) -> None:
    record = reference_from("nbib", (("PMID", "1"), ("TI", "One"), *(("PT", name) for name in types), ("JT", journal)))
    assert converted(record, "ris").fields[0] == ("TY", type)


@pytest.mark.parametrize(
    ("name", "ris", "bibtex", "csl"),
    [
        ("mastersthesis", "THES", "mastersthesis", "thesis"),
        ("article", "JOUR", "article", "article-journal"),
        ("book", "BOOK", "book", "book"),
        ("News", "NEWS", "article", "article-newspaper"),
        ("inbook", "CHAP", "inbook", "chapter"),
        ("conference", "CONF", "conference", "paper-conference"),
        ("MGZN", "MGZN", "article", "article-magazine"),
        ("EJOU", "EJOU", "article", "article-journal"),
        ("Electronic Article", "EJOU", "article", "article-journal"),
        ("Review", "JOUR", "article", "article-journal"),
        ("Article; Early Access", "JOUR", "article", "article-journal"),
        ("Proceedings Paper", "CONF", "inproceedings", "paper-conference"),
    ],
)
def test_type_of_databases_is_known(name: str, ris: str, bibtex: str, csl: str) -> None:
    record = reference_from("csv", (("title", "One"), ("type", name)))
    assert [converted(record, format).type for format in ("ris", "bibtex", "csl")] == [ris, bibtex, csl]


def test_tags_are_added_once_and_read_back(record: Reference, tmp_path: Path) -> None:
    tagged = with_tags(record, ["LHS: safety", "LHS: equity", "LHS: safety"], ["Claimed: falls fell.", " "])
    assert {*record.keywords, "LHS: safety", "LHS: equity"} == set(tagged.keywords)
    assert replace(tagged, keywords=record.keywords, fields=record.fields) == record
    assert with_tags(tagged, ["LHS: safety", "safety"], ["Claimed: falls fell."]) == tagged
    assert read_text(tmp_path, reference_bytes([tagged], record.format)).records == (tagged,)


@pytest.mark.parametrize("format", FORMATS)
def test_tags_come_through_conversion(record: Reference, format: str) -> None:
    keywords = with_tags(converted(record, format), ["LHS: safety"], ["note 1"]).keywords
    assert set(keywords) == {*record.keywords, "LHS: safety"}


def test_keyword_is_one_even_with_a_semicolon_or_a_line_break(record: Reference) -> None:
    tagged = with_tags(record, ["one; of\ntwo"])
    assert "one, of two" in tagged.keywords
    assert len(tagged.keywords) == len(record.keywords) + 1


def test_note_that_is_only_a_part_of_another_is_added(record: Reference) -> None:
    tagged = with_tags(with_tags(record, notes=["Safety: claimed"]), notes=["Safety"])
    assert " ".join(value for _, value in tagged.fields).count("Safety") == 2


def test_no_tags_change_nothing(record: Reference) -> None:
    assert with_tags(record) == record


CHANGES = [
    ("title", "Another title"),
    ("abstract", "Another abstract."),
    ("doi", "10.9999/other"),
    ("year", 1999),
    ("pages", "7-9"),
    ("authors", ("Roe, Kim",)),
    ("keywords", ("one", "two")),
    ("journal", None),
    ("language", "fr"),
]


@pytest.mark.parametrize(("name", "value"), CHANGES, ids=[name for name, _ in CHANGES])
def test_edited_attribute_replaces_what_the_fields_said(record: Reference, name: str, value: object) -> None:
    edited = with_fields(replace(record, **{name: value}))  # type: ignore[arg-type]
    assert getattr(edited, name) == value
    others = [other for other in COMMON if other != name]
    assert [getattr(edited, other) for other in others] == [getattr(record, other) for other in others]


@pytest.mark.parametrize(("source", "target"), list(product(TEXTS, ["ris", "csv"])))
def test_edited_attributes_are_written(tmp_path: Path, source: str, target: str) -> None:
    record = replace(read_text(tmp_path, TEXTS[source]).records[0], title="Another title")
    (again,) = read_text(tmp_path, reference_bytes([record], target)).records
    assert again.title == "Another title"
