from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from lhs_nlp.references import WITH_KEYS, reference_bytes
from lhs_nlp.references.types import Reference
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.citing import cited_publications
from lhs_nlp.review.project.exporting import references_of
from lhs_nlp.review.project.publications import publications_of


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


@pytest.mark.parametrize("format", WITH_KEYS)
def test_publication_has_the_key_under_which_it_is_cited_elsewhere(project: Project, format: str) -> None:
    cited = [key for key, _ in cited_publications(publications_of(project))]
    assert cited[0] == "okafor2021"  # the fullest record came without one
    assert _keys(references_of(project, merge=True, format=format), format) == cited
    assert _keys(references_of(project, merge=True, only={2}, format=format), format) == cited[1:2]


def test_records_that_are_written_one_by_one_keep_their_own_keys(project: Project) -> None:
    records = references_of(project, merge=False, format="bibtex")
    assert records == [record.reference for record in project.records()]


def _keys(references: Sequence[Reference], format: str) -> list[str]:
    pattern = {"bibtex": r"^@\w+\{(.+),$", "csl": r'"id": "(.+?)"'}[format]
    return re.findall(pattern, reference_bytes(references, format).decode(), re.MULTILINE)
