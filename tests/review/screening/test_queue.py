from __future__ import annotations

from lhs_nlp.review.project import Project
from lhs_nlp.review.project.publications import publications_of
from lhs_nlp.review.screening.decisions import decide
from lhs_nlp.review.screening.queue import claims_of, queue_of
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


def test_ranking_may_see_benefits(project: Project) -> None:
    tag_project(project, toy_tagger())
    claims = claims_of(project, publications_of(project))
    assert claims.shape == (3, 6)
    assert claims[0].max() > 0.5
    decide(project, 1, "include", "ana")
    assert queue_of(project, benefits=True).ranked
