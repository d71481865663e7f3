from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lhs_nlp.archive import Store
from lhs_nlp.errors import ReviewError
from lhs_nlp.framework import default_framework
from lhs_nlp.references import reference_bytes
from lhs_nlp.review.adding import add_file
from lhs_nlp.review.decisions import decide
from lhs_nlp.review.evidence import COLUMNS, evidence_rows
from lhs_nlp.review.meaning import likeness_to, vectors_of
from lhs_nlp.review.project import Project
from lhs_nlp.review.publications import publications_of
from lhs_nlp.review.queue import claims_of, queue_of
from lhs_nlp.review.searching import search
from lhs_nlp.review.tagged_export import tagged_references_of
from lhs_nlp.review.tagging import results_of, results_path, tag_project
from tests.toy import ToyEncoder, toy_tagger


class Stopped(Exception):
    pass


def test_titles_and_abstracts_are_tagged_once(project: Project) -> None:
    done = tag_project(project, toy_tagger())
    assert (done.tagged, done.skipped, done.without_text) == (3, 0, 0)
    again = tag_project(project, toy_tagger())
    assert (again.tagged, again.skipped) == (0, 3)


def test_results_are_a_store_that_other_commands_read(project: Project) -> None:
    tag_project(project, toy_tagger())
    with Store(results_path(project), read_only=True) as store:
        (stored, *_) = store.summaries(store.tagging())
        assert stored.sources[0].name == "record 1"
        assert stored.metadata["doi"] == "10.1000/falls.1"
        assert [run.outcome for run in store.runs()] == ["finished"]


def test_run_that_was_stopped_is_taken_up(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(done: int) -> None:
        if done == 2:
            raise Stopped

    monkeypatch.setattr("lhs_nlp.review.tagging.PASSAGES_PER_CALL", 1)
    with pytest.raises(Stopped):
        tag_project(project, toy_tagger(), stop)
    done = tag_project(project, toy_tagger())
    assert (done.tagged, done.skipped) == (1, 2)
    with Store(results_path(project), read_only=True) as store:
        assert [run.outcome for run in store.runs()] == ["stopped", "finished"]


def test_record_without_text_is_counted(project: Project, tmp_path: Path) -> None:
    (tmp_path / "bare.ris").write_text("TY  - JOUR\nDO  - 10.1/bare\nER  -\n", encoding="utf-8")
    add_file(project, tmp_path / "bare.ris", "ana")
    assert tag_project(project, toy_tagger()).without_text == 1


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


def test_ranking_may_see_benefits(project: Project) -> None:
    tag_project(project, toy_tagger())
    claims = claims_of(project, publications_of(project))
    assert claims.shape == (3, 6)
    assert claims[0].max() > 0.5
    decide(project, 1, "include", "ana")
    assert queue_of(project, benefits=True).ranked


def test_results_are_found_by_text(project: Project) -> None:
    tag_project(project, toy_tagger())
    tagging, found = results_of(project)
    assert (tagging.model, len(found)) == ("toy-1", 3)


@pytest.mark.parametrize(("merge", "tagged"), [(True, [1, 2]), (False, [1, 2, 3, 5])])
def test_references_carry_what_was_found_as_keywords_and_notes(
    project: Project, merge: bool, tagged: list[int]
) -> None:
    with pytest.raises(ReviewError, match="nothing is tagged yet"):
        tagged_references_of(project, merge=merge)
    tag_project(project, toy_tagger())
    references = tagged_references_of(project, merge=merge)
    numbers = [record.id for record in project.records(publications=merge)]
    safe = [
        number for number, reference in zip(numbers, references, strict=True) if "benefit: Safety" in reference.keywords
    ]
    assert safe == tagged
    text = reference_bytes(references[:1], "ris").decode()
    assert "KW  - falls" in text
    assert 'achieved): "Injuries from falls fell by a third' in text


class TestSearch:
    def test_finds_words_in_any_form(self, project: Project) -> None:
        hits = search(project, "waiting clinic", publications_of(project))
        assert [(hit.publication.number, hit.by_words, hit.by_meaning) for hit in hits] == [(4, 1, None)]

    def test_finds_a_publication_by_what_any_of_its_records_says(self, project: Project) -> None:
        hits = search(project, "injuries", publications_of(project))
        assert [hit.publication.number for hit in hits] == [1]

    def test_fuses_both_rankings(self, project: Project) -> None:
        publications = publications_of(project)
        hits = search(project, "handrails", publications, np.array([0.1, 0.2, 0.9]))
        assert [(hit.publication.number, hit.by_words, hit.by_meaning) for hit in hits] == [
            *((2, 1, 2), (4, None, 1), (1, None, 3))
        ]
        assert hits[0].score == pytest.approx(1 / 61 + 1 / 62)

    @pytest.mark.parametrize("text", ["", "\"'*()", "NEAR AND OR NOT", "falls) OR *"])
    def test_takes_whatever_is_typed_for_words(self, project: Project, text: str) -> None:
        search(project, text, publications_of(project))

    def test_vectors_are_made_once(self, project: Project) -> None:
        encoder = ToyEncoder(default_framework())
        publications = publications_of(project)
        first = vectors_of(project, publications, encoder, "a" * 64)
        assert np.allclose(np.linalg.norm(first, axis=1), 1)
        again = vectors_of(project, publications, encoder, "a" * 64)
        assert np.array_equal(first, again)
        assert len(encoder.calls) == 1
        likeness = likeness_to(publications[0].text, project, publications, encoder, "a" * 64)
        assert likeness[0] == pytest.approx(1)
        vectors_of(project, publications, encoder, "b" * 64)
        assert len(encoder.calls) == 3
