from __future__ import annotations

from pathlib import Path

from lhs_nlp.review.project import Project
from lhs_nlp.review.project.adding import add_file
from lhs_nlp.review.project.publications import publications_of
from lhs_nlp.review.screening.decisions import decide
from lhs_nlp.review.screening.queue import Pile, claims_of, queue_of
from lhs_nlp.review.screening.rule import Rule, set_rule
from lhs_nlp.review.screening.status import status_of
from lhs_nlp.review.tagging.run import tag_project
from tests.toy import toy_tagger


def test_publications_wait_in_the_order_of_the_files_until_there_is_something_to_learn_from(project: Project) -> None:
    queue = queue_of(project)
    assert ([each.number for each in queue.waiting], queue.ranked) == ([1, 2, 4], False)
    decide(project, 1, "exclude", "ana")
    queue = queue_of(project)
    assert ([each.number for each in queue.waiting], queue.excluded, queue.ranked) == ([2, 4], 1, False)


def test_queue_is_ranked_by_what_was_decided_and_conflicts_wait(project: Project) -> None:
    decide(project, 4, "include", "ana")
    queue = queue_of(project)
    assert (sorted(each.number for each in queue.waiting), queue.ranked) == ([1, 2], True)
    decide(project, 4, "exclude", "ben")
    queue = queue_of(project)
    assert ([each.number for each in queue.waiting], queue.included, queue.ranked) == ([1, 2, 4], 0, False)


def test_vectors_of_titles_are_made_once_and_kept(project: Project) -> None:
    decide(project, 4, "include", "ana")
    queue_of(project)
    kept = project.connection.execute("SELECT count(*) FROM vectors").fetchone()[0]
    assert kept == len({each.reference.title for each in publications_of(project)})
    first = Pile(project).ranking(project)
    assert first is not None
    assert first.titles is not None
    assert first.titles.shape[0] == 3
    assert project.connection.execute("SELECT count(*) FROM vectors").fetchone()[0] == kept


def test_ranking_may_see_benefits(project: Project) -> None:
    tag_project(project, toy_tagger())
    claims = claims_of(project, publications_of(project))
    assert claims.shape == (3, 6)
    assert claims[0].max() > 0.5
    decide(project, 1, "include", "ana")
    assert queue_of(project, benefits=True).ranked


def test_full_texts_wait_of_what_was_included_before(project: Project) -> None:
    decide(project, 1, "include", "ana")
    decide(project, 2, "exclude", "ana")
    decide(project, 2, "include", "ana", stage="full_text")
    queue = queue_of(project, "full_text")
    assert ([each.number for each in queue.waiting], queue.included, queue.stopping.unscreened) == ([1], 0, 1)
    assert status_of(project, "full_text").stopping == queue.stopping


def test_publication_is_found_by_the_number_of_any_of_its_records(project: Project) -> None:
    pile = Pile(project)
    for record in project.records():
        found = pile.publication(record.id)
        assert found is not None
        assert (found.number, record in found.records) == (record.publication, True)
    assert pile.publication(99) is None


def test_order_is_that_of_the_files_where_nothing_can_be_presumed_to_be_excluded(project: Project) -> None:
    set_rule(project, Rule(screeners=2), "ana")
    decide(project, 1, "include", "ana")
    decide(project, 2, "include", "ana")
    queue = queue_of(project, by="ben")
    assert ([each.number for each in queue.waiting], queue.ranked) == ([1, 2, 4], False)


def test_order_is_that_of_the_files_where_records_have_no_words(tmp_path: Path) -> None:
    path = tmp_path / "numbers.ris"
    path.write_text(
        "".join(
            f"TY  - JOUR\nAU  - Silva, A\nPY  - {year}\nDO  - 10.1000/{year}\nER  -\n" for year in (2001, 2007, 2013)
        )
    )
    with Project(tmp_path / "numbers", new=True) as project:
        add_file(project, path, "ana")
        decide(project, 1, "include", "ana")
        queue = queue_of(project)
    assert ([each.number for each in queue.waiting], queue.ranked) == ([2, 3], False)


def test_deciding_anew_does_not_change_the_order_in_which_publications_were_screened(tmp_path: Path) -> None:
    path = tmp_path / "many.ris"
    path.write_text("".join(f"TY  - JOUR\nTI  - Report {number}\nER  -\n" for number in range(40)), encoding="utf-8")
    with Project(tmp_path / "many", new=True) as project:
        add_file(project, path, "ana")
        for number in range(1, 31):
            decide(project, number, "include" if number < 4 else "exclude", "ana")
        before = status_of(project).stopping
        decide(project, 1, "include", "ana", reason="said with a reason, later")
        assert status_of(project).stopping == before == queue_of(project).stopping
        decide(project, 1, "maybe", "ana")
        decide(project, 1, "include", "ana")
        assert status_of(project).stopping == before


def test_conflict_that_the_rule_includes_is_found_and_not_left(project: Project) -> None:
    set_rule(project, Rule(screeners=2, conflicts="include"), "ana")
    decide(project, 1, "include", "ana")
    decide(project, 1, "exclude", "ben")
    status = status_of(project)
    assert (status.counts.included, status.stopping.found, status.stopping.unscreened) == (1, 1, 2)
    assert queue_of(project).ranked
