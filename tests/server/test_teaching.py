"""Teaching in the browser: what was decided becomes another model, and the pages show what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from lhs_nlp import load_bundle
from lhs_nlp.archive.store import Store
from lhs_nlp.bundle import ENCODER
from lhs_nlp.errors import BundleError, GoldError
from lhs_nlp.server import Settings, Token, create_app
from tests.learn.taught import write
from tests.server import working
from tests.server.browsing import Site, text_of
from tests.server.schooling import School, claimed, document, ended, models, press, said, school_of, show


@pytest.fixture
def school(tmp_path: Path) -> School:
    return school_of(tmp_path)


def site_of_school(school: School) -> Site:
    """Start another server on the same store."""
    return Site(create_app(school.store, Settings(base=school.base)), school.store)


def document_of_school(school: School) -> str:
    return str(school.browser().get("/").xpath("//table[contains(@class, 'documents')]//th//a/@href")[0])


def test_what_was_decided_changes_the_verdicts_on_the_pages(school: School) -> None:
    browser = school.browser()
    assert claimed(browser, "Reputation") == 6
    page = press(browser)
    assert said(page).startswith("The model has learned")
    (folder,) = school.taught
    name = load_bundle(folder).id
    assert "0 of 6 documents tagged" in models(page)[name]
    assert claimed(browser, "Reputation") == 6  # nothing is shown before it is asked for
    page = show(browser, name)
    assert said(page).startswith("The store is tagged, and the pages show the results")
    assert claimed(browser, "Reputation") == 0
    assert claimed(browser, "Safety") == 6


def test_model_that_was_taught_stays_when_the_store_was_named_by_a_relative_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    school = school_of(Path())
    page = press(school.browser())
    assert said(page).startswith("The model has learned")
    (folder,) = school.taught
    assert load_bundle(folder).id in models(page)


def test_both_results_are_kept_and_the_earlier_ones_can_be_shown_again(school: School) -> None:
    browser = school.browser()
    press(browser)
    show(browser, load_bundle(school.taught[0]).id)
    page = show(browser, "toy-1.0.0")
    assert "6 of 6 documents tagged" in models(page)["toy-1.0.0"]
    assert "shown" in models(page)["toy-1.0.0"]
    assert claimed(browser, "Reputation") == 6
    with Store(school.store, read_only=True) as store:
        assert [store.count(tagging) for tagging in store.taggings()] == [6, 6]


def test_before_and_after_are_shown_with_intervals_to_everybody(school: School) -> None:
    press(school.browser())
    page = school.browser().get("/teach")  # another person's, loaded later
    assert "12 passages of 6 documents" in text_of(page.xpath("//section[@aria-labelledby='brought']")[0])
    rows = {text_of(row[0]): text_of(row[2]) for row in page.xpath("//table//tr[td]")}
    assert set(rows) >= {"Presence, mean F1", "Reputation", "Claims, mean F1", "Log loss (lower is better)"}
    assert "(" in rows["Log loss (lower is better)"]


def test_passages_to_check_on_are_measured_too_and_a_worse_model_is_kept_only_when_told(tmp_path: Path) -> None:
    reputed = {"id": "x", "doc": "x", "text": "Trust will grow.", "labels": {"reputation": "anticipated"}}
    school = school_of(tmp_path, check=write(tmp_path / "check.jsonl", [reputed]))
    browser = school.browser()
    page = press(browser)
    assert said(page).startswith("Not kept: The new model is worse on the passages that it was checked on")
    assert "On the passages to check on" in text_of(page)
    assert school.taught == []
    page = press(browser, force=True)
    assert said(page).startswith("The model has learned")
    assert "kept all the same" in text_of(page)
    assert len(school.taught) == 1


def test_same_decisions_are_kept_as_one_model(school: School) -> None:
    browser = school.browser()
    press(browser)
    press(browser)
    assert len(school.taught) == 1


def test_uploads_are_tagged_by_the_model_that_is_shown(school: School) -> None:
    with school.client() as client:
        browser = school.browser()

        def verdict() -> str:
            (result,) = client.post("/api/v1/tag/texts", json={"texts": [document(7)]}).json()["results"]
            return str(result["benefits"]["reputation"]["verdict"])

        assert verdict() == "claimed"
        press(browser)
        show(browser, load_bundle(school.taught[0]).id)
        assert verdict() != "claimed"


def test_after_a_start_the_newest_results_are_shown_and_uploads_tagged_alike(school: School) -> None:
    browser = school.browser()
    press(browser)
    show(browser, load_bundle(school.taught[0]).id)
    again = site_of_school(school)
    assert claimed(again.browser(), "Reputation") == 0
    with again.client() as client:
        (result,) = client.post("/api/v1/tag/texts", json={"texts": [document(7)]}).json()["results"]
    assert result["benefits"]["reputation"]["verdict"] != "claimed"


def test_tagging_that_was_stopped_goes_on_where_it_was(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = school.browser()
    press(browser)
    name = load_bundle(school.taught[0]).id
    with monkeypatch.context() as patch:
        patch.setattr("lhs_nlp.server.teaching.desk.tag_again", working.tag_two)
        page = show(browser, name)
    assert "goes on from there" in said(page)
    assert "2 of 6 documents tagged" in models(page)[name]
    for shown in (browser, site_of_school(school).browser()):
        assert claimed(shown, "Reputation") == 6  # half a result is not shown, nor by a server that starts now
    assert "6 of 6 documents tagged" in models(show(browser, name))[name]


def test_decision_on_results_that_are_no_longer_shown_is_refused(school: School) -> None:
    browser = school.browser()
    page = browser.get(document_of_school(school))
    press(browser)
    show(browser, load_bundle(school.taught[0]).id)
    answer = browser.submit(page, "//li[@data-entry]//form", "action=accept", answer=409)
    assert "another model" in text_of(answer.xpath("//*[@role='alert']")[0])


def test_without_decisions_it_is_said_that_there_are_none(site: Site) -> None:
    page = press(site.browser())
    assert said(page).startswith("It could not be learned. The store: nothing was decided in it yet")
    assert str(site.store.parent) not in text_of(page)


def test_of_independent_reviews_count_documents_that_two_have_read(tmp_path: Path) -> None:
    school = school_of(tmp_path, blind=True)
    assert "no document was read to its end by two reviewers" in said(press(school.browser()))


@pytest.mark.parametrize("work", [working.crash, working.fail])
def test_what_goes_wrong_is_said_without_the_servers_secrets(
    school: School, work: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lhs_nlp.server.teaching.desk.learn", work)
    page = press(school.browser())
    assert said(page) == "It could not be learned. The server's log says why."
    monkeypatch.undo()
    assert said(press(school.browser())).startswith("The model has learned")


def test_damaged_model_is_said_to_be_damaged(school: School) -> None:
    (school.base / ENCODER).write_bytes(b"")
    page = press(school.browser())
    assert "encoder.onnx" in said(page)
    assert str(school.base.parent) not in text_of(page)


def test_one_thing_at_a_time(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lhs_nlp.server.teaching.desk.learn", working.wait)
    browser, other = school.browser(), school.browser()
    page = browser.get("/teach")
    browser.submit(page, "//form[@action='/teach']")
    refused = other.submit(other.get("/teach"), "//form[@action='/teach']", answer=409)
    assert "A model is being taught already" in text_of(refused.xpath("//*[@role='alert']")[0])
    assert refused.xpath("//form[@action='/teach']//button[@disabled]")
    (school.store.parent / "end").touch()
    assert said(ended(other)).endswith("The store: it was told to end.")


def test_server_that_ends_takes_its_job_along(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lhs_nlp.server.teaching.desk.learn", working.wait)
    with school.client() as client:
        assert client.post("/api/v1/teaching", json={}).status_code == 202
    assert "It could not be learned" in said(ended(school.browser()))


def test_form_of_another_session_teaches_nothing(school: School) -> None:
    browser = school.browser()
    for address in ("/teach", "/teach/models"):
        assert browser.client.post(address, data={"sha256": "0" * 64}).status_code == 403
    assert browser.get("/teach").xpath("//@data-job") == ["none"]


def test_who_shows_no_token_teaches_nothing(tmp_path: Path) -> None:
    school = school_of(tmp_path, tokens=(Token("Ann", "a-token-that-is-long-enough"),))
    with school.client(follow_redirects=False) as client:
        assert client.get("/teach").status_code == 303
        assert client.post("/api/v1/teaching", json={}).status_code == 401
        known = {"authorization": "Bearer a-token-that-is-long-enough"}
        assert client.post("/api/v1/teaching", json={}, headers=known).json()["by"] == "Ann"


def test_model_that_nobody_knows_is_not_found(school: School) -> None:
    with school.client() as client:
        assert client.post(f"/api/v1/models/{'0' * 64}/show").status_code == 404


def test_programs_teach_as_people_do(school: School) -> None:
    with school.client() as client:
        assert client.post("/api/v1/teaching", json={"force": False}).json()["phase"] == "running"
        ended(school.browser())
        state = client.get("/api/v1/teaching").json()
        assert state["job"]["phase"] == "done"
        assert state["taught"]["held_out"]["change"]["log_loss"]["value"] < 0
        sha256 = state["taught"]["sha256"]
        assert client.post(f"/api/v1/models/{sha256}/show").json()["job"]["kind"] == "apply"
        ended(school.browser())
        shown = [model["sha256"] for model in client.get("/api/v1/teaching").json()["models"] if model["shown"]]
    assert shown == [sha256]


def test_what_learning_needs_is_looked_at_before_the_server_listens(school: School, tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="no model bundle"):
        create_app(school.store, Settings(base=tmp_path / "none"))
    with pytest.raises(GoldError, match="cannot be read"):
        create_app(school.store, Settings(check=tmp_path / "none.jsonl"))
