from __future__ import annotations

import pytest

from lhs_nlp.errors import ReviewError
from lhs_nlp.references import reference_bytes
from lhs_nlp.review.project import Project
from lhs_nlp.review.tagging.export import tagged_references_of
from lhs_nlp.review.tagging.run import tag_project
from tests.review.making import make_unsure
from tests.toy import toy_tagger


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


def test_note_says_that_a_status_below_the_threshold_is_unsure(project: Project) -> None:
    tag_project(project, toy_tagger())
    make_unsure(project, "achieved")
    first, *_ = tagged_references_of(project, merge=True)
    assert 'achieved, unsure): "Injuries from falls' in reference_bytes([first], "ris").decode()
