from __future__ import annotations

from dataclasses import replace

import pytest

from lhs_nlp.documents import Document, read_text
from lhs_nlp.review.full_texts.matching import Match, Matcher
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.publications import publications_of

TRIAL = "Checklists against falls in hospital wards: a stepped-wedge trial"
HOME = "Handrails and lighting at home after a first fall"
WAITING = "Waiting times in outpatient clinics"


@pytest.fixture
def matcher(project: Project) -> Matcher:
    return Matcher(publications_of(project))


def document(text: str, title: str | None = None, **metadata: str) -> Document:
    return replace(read_text(text), title=title, metadata=metadata)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{TRIAL}\n\nOkafor and Lindqvist\n\nhttps://doi.org/10.1000/FALLS.1\n\nFalls harm.", "its DOI and its title"),
        ("CHECKLISTS AGAINST FALLS IN\nHOSPITAL WARDS: A STEPPED-WEDGE TRIAL\n\nFalls harm.", "its title"),
        ("A reprint of 10.1000/falls.1, without its title.", "the only DOI on its first pages"),
    ],
)
def test_document_is_known_by_doi_or_title(matcher: Matcher, text: str, reason: str) -> None:
    assert matcher.match(document(text), "scan1.pdf") == Match((1,), reason)


@pytest.mark.parametrize(
    "name", ["10.1000_falls.1.pdf", "papers/10.1000-falls.1.PDF", "C:\\papers\\10.1000_falls.1.pdf"]
)
def test_name_of_a_file_may_be_its_doi(matcher: Matcher, name: str) -> None:
    assert matcher.match(document("Falls harm."), name) == Match((1,), "its DOI")


def test_metadata_of_a_file_may_tell_doi_and_title(matcher: Matcher) -> None:
    assert matcher.match(document("Falls harm.", doi="10.1000/falls.1"), "a.pdf").publication == 1
    assert (
        matcher.match(
            document("Falls harm.", title="Handrails and lighting at home, after a first fall"), "a.pdf"
        ).publication
        == 2
    )
    assert matcher.match(document("Falls harm."), "Waiting times in outpatient clinics.pdf").publication == 4


def test_dois_that_are_cited_are_no_match(matcher: Matcher) -> None:
    text = "An essay\n\nAs others found (doi:10.1000/falls.1 and doi:10.1000/other.2), falls harm."
    found = matcher.match(document(text), "essay.pdf")
    assert (found.publications, found.publication) == ((), None)
    assert "they may be cited" in found.reason


def test_cited_doi_does_not_outweigh_the_title(matcher: Matcher) -> None:
    text = f"{HOME}\n\nA comment on 10.1000/falls.1. Falls harm."
    assert matcher.match(document(text), "a.pdf") == Match((2,), "its title")


def test_doi_that_speaks_against_the_title_is_ambiguous(matcher: Matcher) -> None:
    found = matcher.match(document(f"{HOME}\n\nFalls harm.", doi="10.1000/falls.1"), "a.pdf")
    assert (found.publications, found.publication) == ((1, 2), None)
    assert found.reason == "its DOI says another record than its title"


def test_title_within_a_longer_one_is_not_the_document(project: Project) -> None:
    from lhs_nlp.review.project.publications import Publication
    from lhs_nlp.review.project.types import Record
    from tests.review.making import bare

    titles = ["Falls in two hospital wards", "Falls in two hospital wards: ten years later"]
    publications = [
        Publication((Record(at, at, "a", at, bare(title)),), bare(title)) for at, title in enumerate(titles, start=1)
    ]
    found = Matcher(publications).match(document(f"{titles[1]}\n\nFalls harm."), "a.pdf")
    assert found == Match((2,), "its title")


@pytest.mark.parametrize(
    ("titles", "own", "publications"),
    [
        (("{}", "{} protocol"), "{}", (1,)),
        (("{}", "{} protocol"), "{} protocol", (2,)),
        (("{} of today",), "{} to-day", (1,)),
        (("Protocol: {}",), "{}", ()),
        (("{}, 2019", "{}, 2020"), "{}, 2020", (2,)),
        (("{}, 2019",), "{}, 2020", ()),
        (("{}, part II",), "{}, part 2", (1,)),
    ],
)
def test_work_of_the_same_name_is_not_the_document(
    titles: tuple[str, ...], own: str, publications: tuple[int, ...]
) -> None:
    from lhs_nlp.review.project.publications import Publication
    from lhs_nlp.review.project.types import Record
    from tests.review.making import bare

    name = "What evidence exists on handrails, lighting and alarms against falls in hospital wards and nursing homes"
    records = [
        Publication((Record(at, at, "a", at, bare(title.format(name))),), bare(title.format(name)))
        for at, title in enumerate(titles, start=1)
    ]
    assert Matcher(records).match(document("Falls harm.", title=own.format(name)), "a.pdf").publications == publications


def test_title_of_several_records_is_ambiguous() -> None:
    from lhs_nlp.review.project.publications import Publication
    from lhs_nlp.review.project.types import Record
    from tests.review.making import bare

    title = "Annual report of the wards"
    publications = [Publication((Record(at, at, "a", at, bare(title)),), bare(title)) for at in (1, 2)]
    assert Matcher(publications).match(document(title), "a.pdf").publications == (1, 2)


def test_document_of_no_record_is_unmatched(matcher: Matcher) -> None:
    assert matcher.match(document("A menu\n\nSoup."), "menu.pdf") == Match((), "no record has its DOI or its title")


def test_short_titles_tell_nothing() -> None:
    from lhs_nlp.review.project.publications import Publication
    from lhs_nlp.review.project.types import Record
    from tests.review.making import bare

    matcher = Matcher([Publication((Record(1, 1, "a", 1, bare("Falls harm")),), bare("Falls harm"))])
    assert matcher.match(document("Falls harm everybody."), "Falls harm.pdf").publications == ()
