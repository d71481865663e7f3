from __future__ import annotations

import io
from pathlib import Path

from openpyxl import load_workbook

from lhs_nlp.review.evidence.table import COLUMNS, evidence_rows
from lhs_nlp.review.evidence.workbook import rows_to_xlsx
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.adding import add_file
from lhs_nlp.review.tagging.run import tag_project
from tests.toy import toy_tagger

HOSTILE = 'TY  - JOUR\nTI  - =HYPERLINK("x") *falls* will be fewer\nPY  - 2020\nER  -\n'


def test_workbook_holds_the_evidence_and_no_formula(project: Project, tmp_path: Path) -> None:
    (tmp_path / "hostile.ris").write_text(HOSTILE, encoding="utf-8")
    add_file(project, tmp_path / "hostile.ris", "ana")
    tag_project(project, toy_tagger())
    book = load_workbook(io.BytesIO(rows_to_xlsx("evidence", COLUMNS, evidence_rows(project))))
    rows = list(book["evidence"].iter_rows(values_only=True))
    assert rows[0] == COLUMNS
    assert len(rows) > 3
    assert all(cell.data_type != "f" for row in book["evidence"].iter_rows() for cell in row)
    assert any(str(row[2]).startswith("'=HYPERLINK") for row in rows)
