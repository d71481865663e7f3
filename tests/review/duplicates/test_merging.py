from __future__ import annotations

import pytest

from lhs_nlp.review.duplicates.merging import merged
from tests.review.making import ABSTRACT, reference


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


LONG = f"{ABSTRACT} They fell by a third, and stayed there until the end of the year on all of the wards."


@pytest.mark.parametrize(
    ("short", "read"),
    [
        (f"{ABSTRACT[:130]}...", LONG),
        ("No abstract in the database.", LONG),
        (LONG[:-20], LONG[:-20]),
        (f"Another one. {ABSTRACT}", f"Another one. {ABSTRACT}"),
    ],
)
def test_abstract_is_the_one_that_goes_on(short: str, read: str) -> None:
    assert merged([reference(doi="10.1/a", abstract=short), reference(abstract=LONG)]).abstract == read


def test_note_of_a_database_stands_for_an_abstract_that_nobody_has() -> None:
    assert merged([reference(doi="10.1/a"), reference(abstract="None.")]).abstract == "None."
