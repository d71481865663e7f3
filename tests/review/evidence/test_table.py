from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lhs_nlp.archive.export.workbook import Sheet, write_sheets
from lhs_nlp.errors import ReviewError
from lhs_nlp.framework import default_framework
from lhs_nlp.review.evidence.table import COLUMNS, evidence_rows
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.adding import add_file
from lhs_nlp.review.screening.decisions import decide
from lhs_nlp.review.tagging.run import tag_project
from tests.review.making import make_unsure
from tests.toy import toy_tagger

HOSTILE = 'TY  - JOUR\nTI  - =HYPERLINK("x") *falls* will be fewer\nPY  - 2020\nER  -\n'


def test_evidence_has_a_row_for_each_claim_with_its_quotation(project: Project) -> None:
    with pytest.raises(ReviewError, match="nothing is tagged yet"):
        list(evidence_rows(project))
    tag_project(project, toy_tagger())
    decide(project, 2, "include", "ana")
    rows = list(evidence_rows(project))
    assert all(tuple(row) == COLUMNS for row in rows)
    (safety,) = [row for row in rows if (row["record"], row["benefit"]) == (1, "safety")]
    assert (safety["verdict"], safety["status"]) == ("claimed", "achieved")
    assert safety["quotation"].startswith("Injuries from falls fell by a third")
    assert {row["record"] for row in evidence_rows(project, "included")} <= {2}
    assert len(list(evidence_rows(project, claimed=False))) == 3 * len(default_framework().benefits)


def test_status_below_the_threshold_is_not_present(project: Project) -> None:
    tag_project(project, toy_tagger())
    make_unsure(project, "achieved")
    rows = {row["record"]: row for row in evidence_rows(project) if row["benefit"] == "safety"}
    assert [(row["status"], row["present"]) for row in rows.values()] == [("achieved", False), ("anticipated", True)]


def test_key_of_the_first_record_is_kept_where_another_is_fuller(tmp_path: Path) -> None:
    (tmp_path / "bare.bib").write_text("@article{mykey,\n title = {Checklists on wards}, doi = {10.1000/falls.1}\n}\n")
    (tmp_path / "full.ris").write_text(
        "TY  - JOUR\nTI  - Checklists on wards\nAU  - Okafor, Ada\nPY  - 2021\nDO  - 10.1000/falls.1\n"
        "AB  - Injuries from falls fell by a third.\nER  -\n"
    )
    with Project(tmp_path / "falls", new=True) as project:
        for name in ("bare.bib", "full.ris"):
            add_file(project, tmp_path / name, "ana")
        tag_project(project, toy_tagger())
        assert {row["key"] for row in evidence_rows(project, claimed=False)} == {"mykey"}


def test_workbook_holds_the_evidence_and_no_formula(project: Project, tmp_path: Path) -> None:
    (tmp_path / "hostile.ris").write_text(HOSTILE, encoding="utf-8")
    add_file(project, tmp_path / "hostile.ris", "ana")
    tag_project(project, toy_tagger())
    file = io.BytesIO()
    write_sheets([Sheet("evidence", COLUMNS, evidence_rows(project))], file)
    book = load_workbook(file)
    rows = list(book["evidence"].iter_rows(values_only=True))
    assert rows[0] == COLUMNS
    assert len(rows) > 3
    assert all(cell.data_type != "f" for row in book["evidence"].iter_rows() for cell in row)
    assert any(str(row[2]).startswith("'=HYPERLINK") for row in rows)
