from __future__ import annotations

import pytest

from lhs_nlp.review.duplicates.merging import merged
from tests.review.making import reference


def test_keyword_is_written_once_when_databases_spell_it_differently() -> None:
    one, other = reference(keywords=("Falls", "wards"), doi="10.1/a"), reference(keywords=("falls", "nursing"))
    assert merged([one, other]).keywords == ("Falls", "wards", "nursing")


@pytest.mark.parametrize(
    ("authors", "written"),
    [
        (("Okafor, A.", "Lindqvist, P.", "Zhou, L."), ("Okafor, Ada", "Lindqvist, Per", "Zhou, L.")),
        (("Okafor, A.",), ("Okafor, Ada", "Lindqvist, Per")),
        (("Lindqvist, P.", "Okafor, A.", "Zhou, L."), ("Okafor, Ada", "Lindqvist, Per")),
        ((), ("Okafor, Ada", "Lindqvist, Per")),
    ],
)
def test_authors_are_those_of_the_list_that_goes_on(authors: tuple[str, ...], written: tuple[str, ...]) -> None:
    assert merged([reference(doi="10.1/a"), reference(authors=authors)]).authors == written


def test_others_stand_for_the_authors_that_another_list_names() -> None:
    short = reference(doi="10.1/a", authors=("Okafor, Ada", "others"))
    assert merged([short, reference()]).authors == ("Okafor, Ada", "Lindqvist, Per")
    assert merged([short, reference(authors=("Okafor, Ada",))]).authors == short.authors


def test_single_reference_stays_as_it_is() -> None:
    assert merged([reference(keywords=("falls", "falls"))]) == reference(keywords=("falls", "falls"))
