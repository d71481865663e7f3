from __future__ import annotations

import numpy as np
import pytest

from lhs_nlp.archive import StoredSummary
from lhs_nlp.documents import read_text
from lhs_nlp.review.project.publications import Publication
from lhs_nlp.review.project.types import Record
from lhs_nlp.server.screening.sheet import MarkedText, PublicationSheet, sheet_of
from tests.review.making import bare
from tests.toy import toy_tagger

ABSTRACT = "We built a shared checklist. Medication errors fell by a third. Wards were asked twice."


def sheet(title: str | None, abstract: str | None) -> PublicationSheet:
    """Return what is shown of a publication that was tagged."""
    publication = Publication((Record(1, 1, "a.ris", 1, reference := bare(title, abstract=abstract)),), reference)
    summary = toy_tagger().tag_document(read_text(publication.text))
    return sheet_of(publication, StoredSummary(summary, (), np.zeros((0, 0), np.float32), ""))


def words(pieces: tuple[MarkedText, ...]) -> str:
    return " ".join(" ".join(piece.text for piece in pieces).split())


@pytest.mark.parametrize(
    "title",
    [
        "Checklists reduce medication errors.",
        "Do checklists reduce medication errors?",
        "Checklists reduce medication errors",
        "Checklists  in ten\n hospitals:   a stepped  wedge trial",
        "Falls",
    ],
)
def test_title_is_one_and_abstract_the_other_where_a_passage_is_of_both(title: str) -> None:
    shown = sheet(title, ABSTRACT)
    assert words(shown.title) == " ".join(title.split())
    assert words(shown.abstract) == ABSTRACT
    assert not shown.abstract[0].text[0].isspace()


def test_passage_of_title_and_abstract_is_cut_into_two_with_its_marks() -> None:
    shown = sheet("Fewer medication errors with checklists.", "Errors fell by a third on ten wards of a hospital.")
    (title,), (abstract,) = shown.title, shown.abstract
    assert title.marks
    assert title.marks == abstract.marks


@pytest.mark.parametrize("title", [None, "---"])
def test_abstract_is_the_abstract_where_there_is_no_title(title: str | None) -> None:
    shown = sheet(title, ABSTRACT)
    assert (shown.title, words(shown.abstract)) == ((), ABSTRACT)


def test_title_stands_alone_where_there_is_no_abstract() -> None:
    shown = sheet("Checklists reduce medication errors.", None)
    assert (words(shown.title), shown.abstract) == ("Checklists reduce medication errors.", ())
