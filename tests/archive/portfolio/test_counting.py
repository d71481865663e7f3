from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from lhs_nlp.archive import Store, StoreError
from lhs_nlp.archive.portfolio import Portfolio, counting, portfolio_of
from lhs_nlp.documents import read_bytes
from tests.archive.examples import store_of
from tests.archive.filling import EQUITY, NOTHING, SAFETY, VALUE, begin, fill, small_store
from tests.report import examples
from tests.toy import toy_tagger

BOTH = f"{SAFETY}\n\n{VALUE}"
TEXTS = {"a.txt": SAFETY, "b.txt": BOTH, "c.txt": EQUITY, "d.txt": NOTHING, "e.txt": f"{SAFETY} {NOTHING}"}


def counted(path: Path, *by: str) -> Portfolio:
    with Store(path, read_only=True) as store:
        return portfolio_of(store, store.tagging(), by)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return small_store(
        tmp_path / "s.sqlite", TEXTS, {"a.txt": {"Year": "2020", "kind": "x"}, "b.txt": {"Year": "2021"}}
    )


def test_counts_are_those_of_the_summaries(path: Path) -> None:
    portfolio = counted(path)
    with Store(path, read_only=True) as store:
        summaries = [stored.summary for stored in store.summaries(store.tagging())]
    assert portfolio.documents == len(summaries) == 5
    assert portfolio.words == sum(summary.document.words for summary in summaries)
    assert portfolio.passages == sum(len(summary.passages) for summary in summaries)
    assert portfolio.patterns == Counter(tuple(each.verdict for each in summary.benefits) for summary in summaries)
    for at, benefit in enumerate(portfolio.tagging.framework.benefit_ids):
        found = [summary.benefits[at] for summary in summaries]
        assert portfolio.verdicts[benefit] == Counter(each.verdict for each in found)
        assert portfolio.statuses[benefit] == Counter(key for each in found for key, n in each.statuses.items() if n)
        assert portfolio.mentioned[benefit] == sum(
            any(each.statuses.values()) for each in found if each.verdict != "claimed"
        )


def test_document_that_claims_what_no_passage_surely_speaks_of_hides_none_that_only_speaks_of_it(
    tmp_path: Path,
) -> None:
    unsure = examples.unsure_evidence()
    quality, *others = unsure.benefits
    claiming = replace(unsure, benefits=(replace(quality, verdict="claimed"), *others))
    speaking = examples.proposal()
    quality, *others = speaking.benefits
    speaking = replace(speaking, benefits=(replace(quality, verdict="not_claimed"), *others))
    portfolio = counted(store_of(tmp_path / "s.sqlite", [claiming, speaking]))
    assert (portfolio.claimed("quality").count, portfolio.mentioned["quality"]) == (1, 1)


def test_what_goes_together_and_to_whom_it_is_offered_is_counted(path: Path) -> None:
    portfolio = counted(path)
    assert (portfolio.pair("safety", "value").count, portfolio.pair("safety", "value").of) == (1, 3)
    assert (portfolio.pair("value", "safety").count, portfolio.pair("value", "safety").of) == (1, 1)
    assert portfolio.stakeholders["patients_families"] == {"safety": 3, "value": 1}
    assert portfolio.stakeholders["payers"] == {}


def test_key_concept_is_claimed_in_a_passage_that_claims_its_benefit_else_only_spoken_of(path: Path) -> None:
    concepts = counted(path).concepts
    assert (concepts["safety", "harm_prevention"].claimed, concepts["safety", "harm_prevention"].mentioned) == (3, 0)
    assert (concepts["equity", "disparities"].claimed, concepts["equity", "disparities"].mentioned) == (0, 1)
    assert (concepts["value", "efficiency"].claimed, concepts["value", "efficiency"].mentioned) == (0, 0)


def test_year_is_found_in_the_metadata_and_other_keys_when_asked_for(path: Path) -> None:
    (years,) = counted(path).groupings
    assert [(group.name, group.documents) for group in years.groups] == [("2020", 1), ("2021", 1)]
    assert (years.key, years.unknown, years.groups[1].share("value").count) == ("Year", 3, 1)
    assert [grouping.key for grouping in counted(path, "kind").groupings] == ["Year", "kind"]


def test_key_that_no_metadata_have_is_answered_by_those_that_they_have(path: Path) -> None:
    with pytest.raises(StoreError, match="has metadata of 'colour'; the metadata tell of Year, kind"):
        counted(path, "colour")


def test_what_the_file_says_of_itself_can_be_grouped_by(tmp_path: Path) -> None:
    path = store_of(tmp_path / "s.sqlite", [examples.proposal()])
    key = next(iter(examples.proposal().document.metadata))
    (grouping,) = counted(path, key).groupings
    assert [group.documents for group in grouping.groups] == [1]


def test_document_in_two_places_is_counted_once(tmp_path: Path) -> None:
    portfolio = counted(small_store(tmp_path / "s.sqlite", {"a.txt": SAFETY, "b.txt": SAFETY}))
    assert (portfolio.documents, len(portfolio.listed)) == (1, 1)


def test_document_that_is_no_longer_anywhere_is_left_out(path: Path) -> None:
    with Store(path) as store:
        run, tagging = begin(store, toy_tagger())
        fill(store, read_bytes(NOTHING.encode(), name="b.txt"), toy_tagger(), tagging, run)
    portfolio = counted(path)
    assert portfolio.claimed("value").count == 0
    assert [document.source for document in portfolio.listed] == ["a.txt", "b.txt", "c.txt", "e.txt"]


def test_strongest_quotation_is_quoted_once_however_often_it_is_repeated(tmp_path: Path) -> None:
    texts = {f"{at}.md": f"# Title {at}\n\n{SAFETY}" for at in range(9)}
    quotations = counted(small_store(tmp_path / "s.sqlite", texts)).quotations
    (quoted,) = quotations["safety"]
    assert (quoted.quotation.text, quoted.title, quoted.source) == (SAFETY, "Title 0", "0.md")
    assert quotations["value"] == ()


def test_of_equally_sure_quotations_what_was_achieved_comes_first(tmp_path: Path) -> None:
    texts = {"a.txt": "Falls will be fewer.", "b.txt": "Falls fell by a third."}
    quoted = counted(small_store(tmp_path / "s.sqlite", texts)).quotations["safety"]
    assert [one.quotation.status for one in quoted] == ["achieved", "anticipated"]


def test_quotations_are_of_claims_alone(tmp_path: Path) -> None:
    assert counted(small_store(tmp_path / "s.sqlite", {"a.txt": EQUITY})).quotations["equity"] == ()


def test_listed_documents_explain_themselves_while_they_are_few(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, *_ = counted(path).listed
    assert [one.benefit for one in first.quotations] == ["safety"]
    assert [one.benefit for one in second.quotations] == ["safety", "value"]
    monkeypatch.setattr(counting, "EXPLAINED", 4)
    assert not any(document.quotations for document in counted(path).listed)


def test_very_many_documents_are_all_counted_and_the_first_listed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "LISTED", 2)
    portfolio = counted(path)
    assert (portfolio.documents, [document.source for document in portfolio.listed]) == (5, ["a.txt", "b.txt"])


def test_failures_are_counted_by_reason_and_the_first_listed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(path) as store:
        run, _ = begin(store, toy_tagger())
        for name, reason in (("x.pdf", "scanned"), ("y.pdf", "encrypted"), ("z.pdf", "scanned")):
            store.add_failure(name, reason, "A sentence.", run)
    monkeypatch.setattr(counting, "FAILED", 2)
    portfolio = counted(path)
    assert list(portfolio.failures.items()) == [("scanned", 2), ("encrypted", 1)]
    assert [failure.source for failure in portfolio.failed] == ["x.pdf", "y.pdf"]


def test_store_whose_documents_are_gone_is_an_empty_portfolio(path: Path) -> None:
    with Store(path) as store:
        store.connection.execute("DELETE FROM sources")
    portfolio = counted(path)
    assert (portfolio.documents, portfolio.tagged_from, portfolio.groupings) == (0, None, ())
