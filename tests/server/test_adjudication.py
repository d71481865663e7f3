from __future__ import annotations

from pathlib import Path

import pytest

from lhs_nlp.server import Settings
from tests.server.browsing import Browser, Site, document_of, site_of, text_of

SAFETY = "//*[@id='f0-safety']//form"
WHOLE = "//*[@class='whole']//form"


@pytest.fixture
def blind(store: Path) -> Site:
    return site_of(store, Settings(blind=True))


def reviewer(site: Site, name: str) -> Browser:
    browser = site.browser()
    browser.call_me(name)
    return browser


@pytest.fixture
def differing(blind: Site) -> Site:
    """Ann rejects what Ben takes for achieved; both have read the document."""
    ann, ben = reviewer(blind, "Ann"), reviewer(blind, "Ben")
    page = ann.submit(ann.get(document_of(ann)), SAFETY, "action=reject")
    ann.submit(page, WHOLE, "action=done")
    page = ben.submit(ben.get(document_of(ben)), SAFETY, "action=status", status="achieved")
    ben.submit(page, WHOLE, "action=done")
    return blind


def test_nobody_sees_the_other_before_both_are_done(blind: Site) -> None:
    ann = reviewer(blind, "Ann")
    ann.submit(ann.get(document_of(ann)), SAFETY, "action=reject")
    ben = reviewer(blind, "Ben")
    page = ben.get(document_of(ben))
    assert "Ann" not in text_of(page)
    assert text_of(page.xpath("//*[@id='said']")[0]) == "0 of 2 findings decided"
    assert "Nothing to compare yet" in text_of(ben.get("/agreement"))


def test_progress_of_a_blind_reviewer_is_the_own_one(differing: Site) -> None:
    assert "1 of 3 documents read to the end by you" in text_of(reviewer(differing, "Ann").get("/"))
    assert "0 of 3 documents read to the end by you" in text_of(reviewer(differing, "Cleo").get("/"))


def test_differences_are_shown_with_kappa(differing: Site) -> None:
    page = reviewer(differing, "Cleo").get("/agreement")
    assert "They differ on 1 label, of which 0 are decided" in text_of(page)
    (entry,) = page.xpath("//ul[@class='differences']/li")
    assert "Ann: absent · Ben: achieved" in text_of(entry)
    assert text_of(page.xpath("//tr[th='All together']/td")[0]).startswith("0.64")


@pytest.mark.parametrize(("button", "decided"), [("status=achieved", "achieved"), ("status=", "absent")])
def test_what_is_decided_between_them_is_shown(differing: Site, button: str, decided: str) -> None:
    chair = reviewer(differing, "Cleo")
    page = chair.submit(chair.get("/agreement"), "//ul[@class='differences']//form", button)
    assert "of which 1 are decided" in text_of(page)
    assert f"decided: {decided}" in text_of(page)


def test_two_who_decide_between_reviewers_do_not_overwrite_each_other(differing: Site) -> None:
    old = reviewer(differing, "Dan").get("/agreement")
    chair = reviewer(differing, "Cleo")
    chair.submit(chair.get("/agreement"), "//ul[@class='differences']//form", "status=achieved")
    late = reviewer(differing, "Dan")
    csrf = late.get("/").xpath("//input[@name='csrf']/@value")[0]
    page = late.submit(old, "//ul[@class='differences']//form", "status=", answer=409, csrf=csrf)
    assert "nothing was written" in text_of(page)


def test_many_differences_come_in_pages(differing: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lhs_nlp.server.adjudication.PER_PAGE", 1)
    ann = reviewer(differing, "Ann")
    ann.submit(ann.get(document_of(ann)), "//*[@id='f2-value']//form", "action=reject")
    page = ann.get("/agreement")
    assert "They differ on 2 labels" in text_of(page)
    (following,) = page.xpath("//a[@rel='next']/@href")
    second = ann.get(following)
    entries = [each.xpath("//ul[@class='differences']/li/@id") for each in (page, second)]
    assert [len(entry) for entry in entries] == [1, 1]
    assert entries[0] != entries[1]
    decided = ann.submit(second, "//ul[@class='differences']//form", "status=")
    assert decided.xpath("//ul[@class='differences']/li/@id") == entries[1]


def test_reviewers_who_see_each_other_are_told_that_kappa_is_too_high(site: Site) -> None:
    for name in ("Ann", "Ben"):
        browser = reviewer(site, name)
        browser.submit(browser.get(document_of(browser)), WHOLE, "action=done")
    assert "these values are too high" in text_of(site.browser().get("/agreement"))
