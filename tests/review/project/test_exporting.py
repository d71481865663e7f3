from __future__ import annotations

from lhs_nlp.references import reference_bytes
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.exporting import references_of


def test_merged_reference_has_what_any_record_knows(project: Project) -> None:
    trial, home, clinics = references_of(project, merge=True)
    assert (trial.doi, trial.pages, trial.journal) == ("10.1000/falls.1", "101-109", "Journal of Ward Safety")
    assert trial.abstract is not None
    assert trial.abstract.startswith("Injuries from falls")
    assert trial.keywords == ("falls", "patient safety")
    assert [each.year for each in (home, clinics)] == [2019, 2020]


def test_merged_reference_is_written_with_what_it_took_and_what_nobody_knows(project: Project) -> None:
    text = reference_bytes(references_of(project, merge=True), "ris").decode()
    assert "AB  - Injuries from falls" in text
    assert "KW  - patient safety" in text
    assert "C9  - kept as it is" in text


def test_all_records_are_kept_when_that_is_asked_for(project: Project) -> None:
    assert references_of(project, merge=False) == [record.reference for record in project.records()]
