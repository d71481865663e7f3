from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from lhs_nlp.references import Reference, ReferenceFile, SkippedText, converted, read_references, reference_bytes
from tests.references.examples import RIS, read_text
from tests.shared import SHARED, needs_shared

rispy = import_module("rispy")  # it has no types
ONE = "TY  - JOUR\nTI  - Fewer falls\nER  - \n"


def skipped(found: ReferenceFile) -> list[tuple[int, str]]:
    return [(piece.line, piece.text) for piece in found.skipped]


def test_record_is_read(tmp_path: Path) -> None:
    first, second = read_text(tmp_path, RIS).records
    assert first == Reference(
        type="JOUR",
        title="Fewer falls after a learning health system was set up",
        abstract="Background: Falls harm.\n\nResults: Falls fell by 12%.",
        authors=("Okafor, Ada N.", "de la Cruz, Jos\u00e9"),
        year=2021,
        doi="10.1234/wq.2021.7",
        pmid="31234567",
        journal="Ward Quarterly",
        volume="12",
        issue="4",
        pages="101-109",
        keywords=("accidental falls", "learning health systems", "safety"),
        url="https://example.org/7",
        language="en",
        format="ris",
        fields=first.fields,
    )
    assert second.fields == (
        ("TY", "RPRT"),
        ("TI", "Waiting times of one clinic"),
        ("A1", "Ministry of Made-up Health"),
        ("PY", "2019"),
    )


def test_fields_keep_order_unknown_tags_and_line_breaks(tmp_path: Path) -> None:
    fields = read_text(tmp_path, RIS).records[0].fields
    assert [tag for tag, _ in fields][:4] == ["TY", "AU", "AU", "T1"]
    assert ("XX", "a tag of one vendor") in fields
    assert ("T1", "Fewer falls after a learning\nhealth system was set up") in fields


def test_file_is_written_as_it_was(tmp_path: Path) -> None:
    assert reference_bytes(read_text(tmp_path, RIS).records, "ris").decode().rstrip() == RIS.rstrip()


def test_preamble_and_what_is_between_records_is_reported_with_its_line(tmp_path: Path) -> None:
    found = read_text(tmp_path, f"Provider: a vendor\nContent: text\n\n{ONE}Record 2 of 2\n{ONE}the end\n")
    assert len(found.records) == 2
    assert skipped(found) == [
        (1, "Provider: a vendor"),
        (2, "Content: text"),
        (7, "Record 2 of 2"),
        (11, "the end"),
    ]
    assert {piece.reason for piece in found.skipped} == {"A line outside of any record."}


def test_head_of_an_export_in_tags_is_no_record(tmp_path: Path) -> None:
    found = read_text(tmp_path, f"ER  - \n{ONE}EF  - end of file\n")
    assert [record.title for record in found.records] == ["Fewer falls"]
    assert skipped(found) == [(1, "ER  - "), (5, "EF: end of file")]


def test_record_without_end_is_ended_by_the_next_and_a_warning_counts_them(tmp_path: Path) -> None:
    found = read_text(tmp_path, f"TY  - JOUR\nTI  - One\n{ONE}TY  - BOOK\nTI  - Three")
    assert [record.title for record in found.records] == ["One", "Fewer falls", "Three"]
    assert found.warnings == ("2 records without an end (ER) in the RIS file; it may be truncated.",)
    assert found.skipped == ()


def test_record_without_type_is_read(tmp_path: Path) -> None:
    found = read_text(tmp_path, f"{ONE}TI  - Two\nAU  - Roe, K.\nER  - \n")
    assert [record.type for record in found.records] == ["JOUR", None]


def test_next_record_on_the_line_of_an_end_is_read(tmp_path: Path) -> None:
    found = read_text(tmp_path, "TY  - JOUR\nTI  - One\nER  - TY  - BOOK\nTI  - Two\nER  -")
    assert [(record.type, record.title) for record in found.records] == [("JOUR", "One"), ("BOOK", "Two")]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffTY  - JOUR\r\nTI  - Fewer falls\r\nER  - \r\n",
        "TY  - JOUR\rTI  - Fewer falls\rER  - \r",
        "TY - JOUR\nTI - Fewer falls\nER -\n",
        "TY  -JOUR\nTI  -Fewer falls\nER  -\n",
        "TY\t-\tJOUR\nTI\t-\tFewer falls\nER\t-\n",
        "   TY  - JOUR\n   TI  - Fewer falls\n   ER  - \n",
        "TY  - JOUR\nTI  - Fewer\nfalls\nER  - \n",
    ],
    ids=["bom and CRLF", "CR", "one blank", "no blank", "tabs", "indented", "wrapped"],
)
def test_loose_files_are_read(tmp_path: Path, text: str) -> None:
    (record,) = read_text(tmp_path, text).records
    assert (record.type, record.title) == ("JOUR", "Fewer falls")


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - Two\nAU - Roe, K.\nDO - 10.1234/7\nER - \n",
        "TY - JOUR\nTI - Two\nAU - Roe, K.\nDO - 10.1234/7\nER -\n",
        "  TY  - JOUR\n  TI  - Two\n  AU  - Roe, K.\n  DO  - 10.1234/7\n  ER  - \n",
    ],
    ids=["from the second tag on", "all", "indented"],
)
def test_record_of_looser_lines_among_strict_ones_is_read(tmp_path: Path, text: str) -> None:
    found = read_text(tmp_path, f"{ONE}\n{text}\n{ONE}")
    assert [record.title for record in found.records] == ["Fewer falls", "Two", "Fewer falls"]
    assert (found.records[1].authors, found.records[1].doi) == (("Roe, K.",), "10.1234/7")
    assert found.records[2].fields == found.records[0].fields
    assert (found.skipped, found.warnings) == ((), ())


def test_mark_of_byte_order_between_joined_files_is_dropped(tmp_path: Path) -> None:
    assert len(read_text(tmp_path, f"\ufeff{ONE}\ufeff{ONE}").records) == 2


def test_hyphen_at_the_start_of_a_line_is_no_tag(tmp_path: Path) -> None:
    (record,) = read_text(tmp_path, "TY  - JOUR\nAB  - Levels of\nPM - 2.5 rose; CO - too.\nER  - ").records
    assert record.abstract == "Levels of\nPM - 2.5 rose; CO - too."


@pytest.mark.parametrize(
    ("first", "last", "pages"),
    [
        ("123", "130", "123-130"),
        ("123-130", "130", "123-130"),
        ("S12\u2013S18", "S18", "S12-S18"),
        ("101\u2010109", "", "101-109"),
        ("30", "30", "30-30"),
        ("123-130", "", "123-130"),
    ],
)
def test_pages_are_first_and_last_even_if_the_first_says_both(
    tmp_path: Path, first: str, last: str, pages: str
) -> None:
    (record,) = read_text(tmp_path, f"TY  - JOUR\nSP  - {first}\nEP  - {last}\nER  - ").records
    assert record.pages == pages


@pytest.mark.parametrize(
    ("fields", "pmid"),
    [
        ("U1  - 31234567 [PMID]", "31234567"),
        ("AN  - 31234567\nDB  - MEDLINE", "31234567"),
        ("AN  - MEDLINE:31234567", "31234567"),
        ("AN  - 31234567\nDP  - NLM", "31234567"),
        ("AN  - CN-77\nC3  - EMBASE 77,PUBMED 31234567", "31234567"),
        ("N1  - PMID: 31234567", "31234567"),
        ("L2  - https://pubmed.ncbi.nlm.nih.gov/31234567/", "31234567"),
        ("AN  - 0992879\nDB  - EconLit", None),
        ("ID  - 84", None),
    ],
)
def test_pmid_is_read_only_where_pubmed_is_meant(tmp_path: Path, fields: str, pmid: str | None) -> None:
    (record,) = read_text(tmp_path, f"TY  - JOUR\n{fields}\nER  - ").records
    assert record.pmid == pmid


def test_number_of_an_article_stands_for_pages_where_there_are_none(tmp_path: Path) -> None:
    with_pages, without = (
        read_text(tmp_path, f"TY  - JOUR\n{pages}C7  - 789\nER  - ").records[0] for pages in ("SP  - 1\nEP  - 9\n", "")
    )
    assert (with_pages.pages, without.pages) == ("1-9", "789")
    assert dict(converted(without, "bibtex").fields)["pages"] == "{789}"
    assert dict(converted(with_pages, "bibtex").fields)["annote"] == "{ris fields: C7: 789}"


def test_initials_behind_a_family_are_told_from_it(tmp_path: Path) -> None:
    people = "A1  - Okafor A.-N.\nA1  - de la Cruz J.\nA1  - Wards UK\nA1  - ABC Study Group\nA2  - Roe K."
    (record,) = read_text(tmp_path, f"TY  - JOUR\n{people}\nER  - ").records
    assert record.authors == ("Okafor, A.-N.", "de la Cruz, J.", "Wards UK", "ABC Study Group")
    assert record.fields[1] == ("A1", "Okafor A.-N.")
    written = dict(converted(record, "bibtex").fields)
    assert written["author"] == "{Okafor, A.-N. and de la Cruz, J. and {Wards UK} and {ABC Study Group}}"
    assert written["editor"] == "{Roe, K.}"


def test_rispy_reads_what_is_written(tmp_path: Path) -> None:
    found = read_text(tmp_path, RIS)
    first, second = rispy.loads(reference_bytes(found.records, "ris").decode())
    assert first["authors"] == ["Okafor, Ada N.", "de la Cruz, Jos\u00e9"]
    assert first["unknown_tag"]["XX"] == ["a tag of one vendor"]
    assert second["title"] == "Waiting times of one clinic"


def test_long_skipped_text_is_shortened(tmp_path: Path) -> None:
    (piece,) = read_text(tmp_path, f"{'x' * 1000}\n{ONE}").skipped
    assert piece == SkippedText(1, "x" * 200 + "[...]", "A line outside of any record.")


class TestRealFiles:
    pytestmark = needs_shared

    paths = sorted((SHARED / "references").glob("*.ris"))

    @pytest.mark.parametrize("path", paths, ids=lambda path: path.name)
    def test_every_record_and_every_line_is_accounted_for(self, path: Path) -> None:
        found = read_references(path)
        lines = [line for line in path.read_bytes().decode("utf-8-sig").split("\n") if line.strip()]
        tagged = [line for line in lines if re.match(r"[A-Z][A-Z0-9]  -", line)]
        ends = [line for line in tagged if line.startswith("ER")]
        fields = [field for record in found.records for field in record.fields]
        assert len(found.records) == len(ends)
        assert len(fields) == len(tagged) - len(ends)
        written = [line for tag, value in fields for line in f"{tag}  - {value}".split("\n") if line.strip()]
        assert written == [line for line in lines if line not in ends]
        assert found.skipped == ()
        assert found.warnings == ()

    @pytest.mark.parametrize("path", paths, ids=lambda path: path.name)
    def test_written_and_read_again_is_identical(self, path: Path, tmp_path: Path) -> None:
        records = read_references(path).records
        assert read_text(tmp_path, reference_bytes(records, "ris")).records == records

    @pytest.mark.parametrize("path", paths, ids=lambda path: path.name)
    def test_rispy_finds_the_same_titles_in_what_is_written(self, path: Path) -> None:
        records = read_references(path).records
        titles = [next((value for tag, value in record.fields if tag in ("TI", "T1")), "") for record in records]
        found = rispy.loads(reference_bytes(records, "ris").decode(), skip_unknown_tags=False)
        theirs = [entry.get("title") or entry.get("primary_title") or "" for entry in found]
        assert [title.split() for title in theirs] == [title.split() for title in titles]
