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
    differ(blind, SAFETY)
    return blind


def differ(site: Site, *findings: str) -> None:
    """Have Ann reject what Ben takes for achieved, and both read the document to its end."""
    ann, ben = reviewer(site, "Ann"), reviewer(site, "Ben")
    for finding in findings:
        ann.submit(ann.get(document_of(ann)), finding, "action=reject")
        ben.submit(ben.get(document_of(ben)), finding, "action=status", status="achieved")
    for browser in (ann, ben):
        browser.submit(browser.get(document_of(browser)), WHOLE, "action=done")


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
    assert "of which 1 is decided" in text_of(page)
    assert f"decided: {decided}" in text_of(page)


def test_two_who_decide_between_reviewers_do_not_overwrite_each_other(differing: Site) -> None:
    old = reviewer(differing, "Dan").get("/agreement")
    chair = reviewer(differing, "Cleo")
    chair.submit(chair.get("/agreement"), "//ul[@class='differences']//form", "status=achieved")
    late = reviewer(differing, "Dan")
    csrf = late.get("/").xpath("//input[@name='csrf']/@value")[0]
    page = late.submit(old, "//ul[@class='differences']//form", "status=", answer=409, csrf=csrf)
    assert "nothing was written" in text_of(page)


def test_many_differences_come_in_pages(blind: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lhs_nlp.server.adjudication.PER_PAGE", 1)
    differ(blind, SAFETY, "//*[@id='f2-value']//form")
    ann = reviewer(blind, "Ann")
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


def test_copying_the_other_after_the_differences_were_shown_changes_nothing(differing: Site) -> None:
    ben = reviewer(differing, "Ben")
    before = text_of(ben.get("/agreement").xpath("//section[@aria-labelledby='kappa']")[0])
    page = ben.submit(ben.get(document_of(ben)), SAFETY, "action=reject")
    ben.submit(page, WHOLE, "action=done")
    page = ben.get("/agreement")
    assert text_of(page.xpath("//section[@aria-labelledby='kappa']")[0]) == before
    assert "They differ on 1 label" in text_of(page)


def test_who_decided_between_reviewers_cannot_review_the_document_blind(differing: Site) -> None:
    chair = reviewer(differing, "Cleo")
    chair.submit(chair.get("/agreement"), "//ul[@class='differences']//form", "status=achieved")
    page = chair.submit(chair.get(document_of(chair)), SAFETY, "action=accept", answer=409)
    assert "no longer review it blind" in text_of(page.xpath("//*[@role='alert']")[0])
    answer = chair.client.post(f"/api/v1{document_of(chair)}/decisions", json={"action": "done", "seen": 0})
    assert answer.status_code == 409
    assert "no longer review it blind" in answer.json()["detail"]


def test_page_says_that_it_is_for_who_decides_between_reviewers(differing: Site) -> None:
    page = reviewer(differing, "Cleo").get("/agreement")
    assert "This page is for whoever decides between reviewers" in text_of(page)


def test_what_was_decided_in_sight_of_each_other_is_told_whatever_the_server_does_now(store: Path) -> None:
    site = site_of(store)
    for name in ("Ann", "Ben"):
        browser = reviewer(site, name)
        browser.submit(browser.get(document_of(browser)), WHOLE, "action=done")
    later = site_of(store, Settings(blind=True))
    assert "these values are too high" in text_of(later.browser().get("/agreement"))


def test_what_was_decided_blind_is_not_doubted_on_an_open_server(differing: Site, store: Path) -> None:
    later = site_of(store).browser().get("/agreement")
    assert "too high" not in text_of(later)
