from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp.references.types import Reference
from lhs_nlp.review.duplicates.finding import BY_HAND, CONTRADICTED, DUPLICATE, find_duplicates
from tests.review.making import ABSTRACT, ARTICLE, bare, reference

OTHER_ABSTRACT = (
    "Nurses of two care homes kept a diary for six weeks. They named noise, alarms that nobody hears, and the "
    "long way to the bathroom; most asked for rails, lamps and one more colleague at night."
)
HOSPITALS, PRISONS = (f"Falls at night among older people in {place}" for place in ("hospitals", "prisons"))


def are_duplicates(one: Reference, other: Reference) -> bool:
    return bool(find_duplicates([one, other]).groups)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(reference(title=ARTICLE.title and ARTICLE.title.upper() + "."), id="capitals"),
        pytest.param(reference(title="Checklists against falls in hospital wards: a steped-wedge trial"), id="typo"),
        pytest.param(
            reference(title="<b>Checklists</b> against falls in hospital wards: a stepped\u2010wedge trial"),
            id="markup",
        ),
        pytest.param(reference(journal="J Ward Saf", authors=("Okafor, A.", "Lindqvist, P.")), id="abbreviations"),
        pytest.param(reference(authors=("Ökafor, Ada", "Líndqvist, Per")), id="accents"),
        pytest.param(reference(authors=("Okafor, Ada",)), id="fewer authors"),
        pytest.param(reference(year=2020, volume=None, pages=None), id="online a year before"),
        pytest.param(bare(ARTICLE.title), id="title alone"),
        pytest.param(reference(title=f"{ARTICLE.title} (Report No. 7)"), id="number of a report"),
        pytest.param(reference(title=None), id="no title, same place in the journal"),
    ],
)
def test_records_of_one_publication_are_found_when_databases_write_it_differently(other: Reference) -> None:
    assert are_duplicates(ARTICLE, other)
    assert are_duplicates(other, ARTICLE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(ARTICLE, reference(title=f"{ARTICLE.title}: protocol"), id="its protocol"),
        pytest.param(ARTICLE, reference(title=f"Erratum: {ARTICLE.title}"), id="its erratum"),
        pytest.param(bare("Falls on wards, part 1", year=2020), bare("Falls on wards, part 2", year=2020), id="parts"),
        pytest.param(
            bare("Falls on wards, part II", year=2020), bare("Falls on wards, part III", year=2020), id="Roman parts"
        ),
        pytest.param(bare("Editorial"), bare("Editorial"), id="a title that many have"),
        pytest.param(
            reference(doi="10.1000/article"),
            reference(doi="10.1101/preprint", journal=None, volume=None, issue=None, pages=None, year=2020),
            id="its preprint",
        ),
        pytest.param(ARTICLE, reference(title="Handrails and lighting at home", pages="110-119"), id="its neighbour"),
        pytest.param(bare(None), bare(None), id="records of nothing"),
        pytest.param(
            reference(title="Falls", volume=None, pages=None),
            reference(title="Falls", volume=None, pages=None, authors=("Zhou, Li",)),
            id="a short title of other authors",
        ),
        pytest.param(bare(HOSPITALS), bare(PRISONS), id="titles that differ in a word, alone"),
        pytest.param(
            reference(title=HOSPITALS, abstract=ABSTRACT),
            reference(title=PRISONS, abstract=OTHER_ABSTRACT, pages="110-119"),
            id="another article of the authors in the volume",
        ),
    ],
)
def test_other_publications_are_kept_apart_when_they_look_alike(one: Reference, other: Reference) -> None:
    assert not are_duplicates(one, other)
    assert not are_duplicates(other, one)


@pytest.mark.parametrize("identifier", [{"doi": "10.1000/abc"}, {"pmid": "123456"}])
def test_one_identifier_is_enough_when_the_rest_is_missing(identifier: dict[str, str]) -> None:
    assert are_duplicates(reference(**identifier), bare(None, **identifier))


def test_one_doi_is_not_enough_when_title_and_first_author_differ() -> None:
    supplement = reference(doi="10.1000/s1", title="Abstracts of the annual meeting", authors=("Zhou, Li",))
    found = find_duplicates([reference(doi="10.1000/s1"), supplement])
    assert found.groups == ()
    assert [pair.reason for pair in found.close] == ["same DOI; other title, other first author"]


def test_one_doi_and_first_author_are_not_enough_when_the_titles_have_nothing_in_common() -> None:
    other = reference(doi="10.1000/s1", title="Vitamin D and the healing of fractures in mice", pages="S7")
    found = find_duplicates([reference(doi="10.1000/s1"), other])
    assert found.groups == ()
    assert [pair.reason for pair in found.close] == ["same DOI, first author; other title"]


def test_one_doi_and_first_author_are_enough_when_a_title_lacks_its_subtitle() -> None:
    titles = ("Falls at night", "Falls at night: a stepped-wedge trial of checklists in twelve hospital wards")
    assert are_duplicates(*(bare(title, doi="10.1000/abc", authors=("Okafor, Ada",)) for title in titles))


def test_translated_title_is_found_when_the_doi_or_the_abstract_is_the_same() -> None:
    translated = "Listas de verificación contra las caídas en el hospital"
    assert are_duplicates(reference(doi="10.1000/abc"), reference(doi="10.1000/abc", title=translated))
    assert are_duplicates(reference(abstract=ABSTRACT), reference(abstract=f"{ABSTRACT} Fewer fell.", title=translated))


def test_short_title_without_authors_is_found_at_its_place_in_the_journal() -> None:
    unsigned = reference(title="Falls on wards", authors=())
    assert are_duplicates(unsigned, replace(unsigned, title="Falls on Wards."))
    assert are_duplicates(unsigned, replace(unsigned, authors=("Okafor, Ada",)))
    assert not are_duplicates(unsigned, replace(unsigned, volume="99"))
    assert not are_duplicates(unsigned, replace(unsigned, pages=None))
    assert not are_duplicates(*(replace(unsigned, doi=f"10.1000/{number}") for number in (1, 2)))
    assert not are_duplicates(*(replace(unsigned, authors=(name,)) for name in ("Okafor, Ada", "Zhou, Li")))


def test_other_abstract_does_not_count_when_the_title_is_the_same() -> None:
    assert are_duplicates(reference(abstract=ABSTRACT), reference(abstract=OTHER_ABSTRACT))


def test_record_without_abstract_does_not_join_two_whose_titles_and_abstracts_differ() -> None:
    between = reference(title=HOSPITALS)
    one, other = replace(between, abstract=ABSTRACT), reference(title=PRISONS, abstract=OTHER_ABSTRACT)
    found = find_duplicates([one, other, between])
    assert [group.members for group in found.groups] == [(0, 2)]
    assert [(pair.first, pair.second) for pair in found.close] == [(1, 2), (0, 1)]


def test_misprinted_doi_does_not_hide_a_duplicate_when_the_place_in_the_journal_is_the_same() -> None:
    assert are_duplicates(reference(doi="10.1000/abc"), reference(doi="10.1000/abd"))


def test_articles_of_one_group_are_kept_apart_when_pubmed_numbers_each() -> None:
    titles = (f"Slow-release {drug} and falls among older people: a crossover trial" for drug in ("alphol", "betanol"))
    one, other = (reference(title=title, pmid=pmid) for title, pmid in zip(titles, ("111", "222"), strict=True))
    copy = replace(one, pmid=None)
    assert [group.members for group in find_duplicates([one, other, copy]).groups] == [(0, 2)]
    (close,) = find_duplicates([one, replace(one, pmid="333")]).close
    assert close.reason.endswith("; other PMID")
    assert are_duplicates(replace(one, doi="10.1000/abc"), replace(other, doi="10.1000/abc"))


def test_versions_of_one_deposit_are_duplicates() -> None:
    assert are_duplicates(bare("Falls data", doi="10.6084/m9.f.1"), bare("Falls data", doi="10.6084/m9.f.1.v2"))


def test_group_tells_why_its_members_belong_together() -> None:
    records = [bare("Other things entirely"), reference(doi="10.1/a"), ARTICLE, reference(doi="10.1/a", year=2022)]
    found = find_duplicates(records)
    (group,) = found.groups
    assert group.members == (1, 2, 3)
    assert [(pair.first, pair.second, pair.score, pair.reason) for pair in group.pairs[:1]] == [(1, 3, 1.0, "same DOI")]
    assert group.pairs[1].reason == "title 1.00 alike; same authors, year, journal, volume, first page"
    assert (found.references, found.publications) == (4, 2)


def test_record_without_identifier_does_not_join_two_that_differ() -> None:
    protocol, review = (bare(f"Falls on acute wards in winter: {kind}", year=2020) for kind in ("protocol", "review"))
    between = bare("Falls on acute wards in winter: protocl", year=2020)
    groups = find_duplicates([protocol, review, between]).groups
    assert all(not {0, 1} <= set(group.members) for group in groups)


def test_what_somebody_joined_or_parted_holds_whatever_the_score() -> None:
    records = [ARTICLE, reference(), reference(title=f"{ARTICLE.title}: protocol")]
    found = find_duplicates(records, together=[(2, 0)], apart=[(1, 0)])
    assert [group.members for group in found.groups] == [(0, 2)]
    assert found.groups[0].pairs[0].reason == BY_HAND


def test_join_by_hand_that_cannot_be_is_told_once_when_its_records_are_alike_too() -> None:
    found = find_duplicates([reference()] * 3, together=[(0, 1), (1, 2), (2, 1)], apart=[(0, 2)])
    assert [group.members for group in found.groups] == [(0, 1)]
    assert [(pair.first, pair.second, pair.reason) for pair in found.close] == [(1, 2, CONTRADICTED)]


def test_copy_of_another_year_is_found_when_every_word_of_its_title_is_common() -> None:
    title = "falls older people prevention hospital exercise care risk"
    others = [bare(f"{title} {' '.join(f'{word}{at}' for word in 'abcdef')}", year=2000) for at in range(201)]
    found = find_duplicates([*others, bare(title, year=2019), bare(title, year=2020)])
    assert [group.members for group in found.groups] == [(201, 202)]


def test_no_references_have_no_duplicates() -> None:
    assert find_duplicates([]).publications == 0


titles = st.sampled_from(["falls on wards", "falls on the wards of a hospital", "a trial of handrails at home", ""])
references = st.builds(
    reference,
    title=titles,
    year=st.sampled_from([2020, 2021, None]),
    doi=st.sampled_from(["10.1/a", "10.1/b", None]),
    authors=st.sampled_from([("Okafor, Ada",), ("Zhou, Li",), ()]),
)


Pairs = list[tuple[int, int]]


@st.composite
def judged(draw: st.DrawFn) -> tuple[list[Reference], Pairs, Pairs]:
    """Return references, with pairs that somebody joined and pairs that somebody parted; they may contradict."""
    records = draw(st.lists(references, max_size=12))
    both = list(permutations(range(len(records)), 2))
    pairs = st.lists(st.sampled_from(both), max_size=6) if both else st.just([])
    return records, draw(pairs), draw(pairs)


@given(judged())
def test_groups_are_a_partition_and_every_join_has_its_pair(case: tuple[list[Reference], Pairs, Pairs]) -> None:
    records, together, apart = case
    found = find_duplicates(records, together=together, apart=apart)
    members = [member for group in found.groups for member in group.members]
    assert len(members) == len(set(members))
    for group in found.groups:
        assert len(group.pairs) == len(group.members) - 1
        assert {at for pair in group.pairs for at in (pair.first, pair.second)} == set(group.members)
        assert all(pair.score >= DUPLICATE for pair in group.pairs)


@given(judged())
def test_every_pair_is_told_once_and_what_was_judged_holds(case: tuple[list[Reference], Pairs, Pairs]) -> None:
    records, together, apart = case
    found = find_duplicates(records, together=together, apart=apart)
    told = [*(pair for group in found.groups for pair in group.pairs), *found.close]
    assert len(told) == len({(pair.first, pair.second) for pair in told})
    assert all(pair.first < pair.second for pair in told)
    joined = {pair for group in found.groups for pair in combinations(group.members, 2)}
    close = {(pair.first, pair.second) for pair in found.close}
    assert not joined & (close | {(min(pair), max(pair)) for pair in apart})
    assert {(min(pair), max(pair)) for pair in together} <= joined | close


@given(st.lists(references, min_size=1, max_size=8), st.randoms())
def test_copy_is_always_found(records: list[Reference], chance: random.Random) -> None:
    original = reference(title="An unheard-of approach to counting falls at night", doi="10.1/original")
    at = chance.randrange(len(records) + 1)
    records = [*records[:at], original, *records[at:], replace(original, journal=None, pages=None)]
    groups = find_duplicates(records).groups
    assert any({at, len(records) - 1} <= set(group.members) for group in groups)
