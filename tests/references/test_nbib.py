from __future__ import annotations

from pathlib import Path

from lhs_nlp.references import Reference, reference_bytes
from tests.references.examples import NBIB, read_text


def test_record_is_read(tmp_path: Path) -> None:
    first, second = read_text(tmp_path, NBIB).records
    assert first == Reference(
        type="Journal Article",
        title="Fewer falls after a learning health system was set up",
        abstract="BACKGROUND: Falls harm. RESULTS: Falls fell by 12%.",
        authors=("Okafor, Ada N", "de la Cruz, Jos\u00e9"),
        year=2021,
        doi="10.1234/wq.2021.7",
        pmid="31234567",
        journal="Ward quarterly",
        volume="12",
        issue="4",
        pages="101-109",
        keywords=("safety", "Accidental Falls/prevention & control"),
        url=None,
        language="eng",
        format="nbib",
        fields=first.fields,
    )
    assert ("MH", "*Accidental Falls/prevention & control") in first.fields
    assert (second.pmid, second.title, second.year) == ("31234568", "Waiting times of one clinic", 2019)


def test_records_need_no_blank_line_between_them(tmp_path: Path) -> None:
    text = "\n".join(line for line in NBIB.split("\n") if line)
    assert read_text(tmp_path, text).records == read_text(tmp_path, NBIB).records


def test_text_outside_of_records_is_reported(tmp_path: Path) -> None:
    found = read_text(tmp_path, f"2 results{NBIB}")
    assert [(piece.line, piece.text) for piece in found.skipped] == [(1, "2 results")]


def test_tags_before_the_first_record_are_reported(tmp_path: Path) -> None:
    found = read_text(tmp_path, f"VR  - 1.0\n{NBIB}")
    assert [(piece.line, piece.text) for piece in found.skipped] == [(1, "VR: 1.0")]
    assert len(found.records) == 2


def test_line_of_each_field_has_its_tag_in_four_columns(tmp_path: Path) -> None:
    lines = reference_bytes(read_text(tmp_path, NBIB).records, "nbib").decode().split("\n")
    assert lines[:3] == ["PMID- 31234567", "OWN - NLM", "STAT- MEDLINE"]
    assert lines[lines.index("") + 1] == "PMID- 31234568"


def test_authors_without_full_names_are_read_from_short_ones(tmp_path: Path) -> None:
    (record,) = read_text(tmp_path, "PMID- 1\nAU  - Okafor AN\n").records
    assert record.authors == ("Okafor, AN",)


def test_groups_are_authors_beside_people_and_alone(tmp_path: Path) -> None:
    group = "CN  - Ministry of Made-up Health, Labour and Welfare\n"
    people = "FAU - Okafor, Ada N\nAU  - Okafor AN\n"
    both, alone = read_text(tmp_path, f"PMID- 1\n{group}{people}\nPMID- 2\n{group}").records
    assert both.authors == ("Okafor, Ada N", "Ministry of Made-up Health, Labour and Welfare")
    assert alone.authors == ("Ministry of Made-up Health, Labour and Welfare",)
    assert "short_name" not in reference_bytes([both], "ris").decode()
