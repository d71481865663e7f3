from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from lhs_nlp.archive import Store
from lhs_nlp.errors import ReviewError
from lhs_nlp.review.full_texts.attaching import attach_by_hand
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.adding import add_file
from lhs_nlp.review.screening.decisions import add_criterion, decide
from lhs_nlp.review.screening.rule import Rule, outcomes, set_rule
from lhs_nlp.review.tagging.results import RESULTS
from lhs_nlp.review.tagging.run import tag_project
from lhs_nlp.server import Settings, Token
from lhs_nlp.server.screening import create_screening_app
from tests.review.exports import write_exports
from tests.server.browsing import HERE, Browser, text_of
from tests.toy import toy_tagger

Screener = Callable[[str], Browser]
DECIDE = "//form[@data-decide]"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a project of three publications: 1, 2 and 4."""
    with Project(tmp_path / "falls", new=True) as project:
        for path in write_exports(tmp_path):
            add_file(project, path, "ana")
    return tmp_path / "falls"


@pytest.fixture
def screener(folder: Path) -> Screener:
    app = create_screening_app(folder, Settings(reviewer="Ann"))

    def enter(name: str) -> Browser:
        browser = Browser(TestClient(app, base_url=HERE))
        browser.call_me(name)
        return browser

    return enter


def decided(folder: Path) -> dict[int, str]:
    with Project(folder) as project:
        return {number: str(choice) for number, choice in outcomes(project).items()}


def test_deciding_leads_to_the_record_that_ranks_next(folder: Path, screener: Screener) -> None:
    ann = screener("Ann")
    page = ann.get("/")
    assert text_of(page.xpath("//h1")[0]).startswith("Checklists against falls")
    assert "3 duplicates together" in text_of(page.xpath("//article")[0])
    page = ann.submit(page, DECIDE, "choice=include", reason="about falls")
    assert decided(folder) == {1: "include"}
    assert not text_of(page.xpath("//h1")[0]).startswith("Checklists")
    assert "learned anew from each decision" in text_of(page.xpath("//aside")[0])
    page = ann.submit(page, DECIDE, "choice=exclude")
    page = ann.submit(page, DECIDE, "choice=exclude")
    assert text_of(page.xpath("//h1")[0]) == "Nothing waits for Ann"


def test_undo_shows_the_record_again(folder: Path, screener: Screener) -> None:
    ann = screener("Ann")
    page = ann.get("/")
    assert page.xpath("//form[@action='/undo']//button/@disabled")
    page = ann.submit(page, DECIDE, "choice=exclude")
    page = ann.submit(page, "//form[@action='/undo']")
    assert text_of(page.xpath("//h1")[0]).startswith("Checklists")
    assert decided(folder) == {}


def test_undo_leaves_decisions_on_full_texts(folder: Path, screener: Screener) -> None:
    ann = screener("Ann")
    page = ann.submit(ann.get("/"), DECIDE, "choice=include")
    with Project(folder) as project:
        decide(project, 1, "exclude", "Ann", stage="full_text")
    ann.submit(page, "//form[@action='/undo']")
    assert decided(folder) == {}


def test_criteria_stand_beside_the_record_and_are_chosen(folder: Path, screener: Screener) -> None:
    ann = screener("Ann")
    page = ann.submit(ann.get("/"), "//form[@action='/criteria']", kind="exclude", text="not in a hospital")
    assert "exclude not in a hospital" in text_of(page.xpath("//aside//ol")[0])
    ann.submit(page, DECIDE, "choice=exclude", criterion="1")
    assert "You decided: exclude" in text_of(ann.get("/records/3").xpath("//main")[0])
    assert ann.client.get("/records/99").status_code == 404
    ann.submit(page, DECIDE, "choice=exclude", criterion="7", answer=422)


def test_who_decides_is_written_down_and_others_decisions_are_not_shown(folder: Path, screener: Screener) -> None:
    with Project(folder) as project:
        set_rule(project, Rule(screeners=2), "ana")
    ann, ben = screener("Ann"), screener("Ben")
    ann.submit(ann.get("/"), DECIDE, "choice=exclude", reason="no trial")
    assert decided(folder) == {1: "incomplete"}
    page = ben.get("/")
    assert text_of(page.xpath("//h1")[0]).startswith("Checklists")
    assert "no trial" not in text_of(page)
    ben.submit(page, DECIDE, "choice=include")
    assert decided(folder) == {1: "conflict"}


def test_conflict_is_settled_in_the_name_of_who_does_it(folder: Path, screener: Screener) -> None:
    with Project(folder) as project:
        number = add_criterion(project, "exclude", "not in a hospital", "ana")
        decide(project, 2, "include", "ana")
        decide(project, 2, "exclude", "ben", criterion=number, reason="a care home")
    cleo = screener("Cleo")
    page = cleo.get("/conflicts")
    assert "1 conflict" in text_of(page.xpath("//h1")[0])
    assert "ben: exclude, not in a hospital, a care home" in text_of(page.xpath("//ul[@class='said']")[0])
    settled = cleo.submit(page, DECIDE, "choice=exclude")
    assert "0 conflicts" in text_of(settled.xpath("//h1")[0])
    assert decided(folder) == {2: "exclude"}
    with Project(folder) as project:
        (name,) = project.connection.execute("SELECT made_by FROM decisions WHERE role = 'adjudicate'").fetchone()
    assert name == "Cleo"
    decision = cleo.submit(cleo.get("/records/1"), DECIDE, "choice=include")
    assert decision is not None
    form = {"csrf": page.xpath("//input[@name='csrf']/@value")[0], "choice": "include"}
    assert cleo.client.post("/conflicts/1", data=form).status_code == 409


def test_conflicts_name_no_keys_as_none_could_tell_which_record_is_meant(folder: Path, screener: Screener) -> None:
    with Project(folder) as project:
        for number in (2, 4):
            decide(project, number, "include", "ana")
            decide(project, number, "exclude", "ben")
    cleo = screener("Cleo")
    buttons = cleo.get("/conflicts").xpath(f"{DECIDE}//button")
    assert [text_of(button) for button in buttons] == ["Include", "Exclude", "Maybe"] * 2
    assert cleo.get("/").xpath(f"{DECIDE}//kbd/text()") == ["i", "e", "m"]


def test_conflict_that_somebody_else_settled_meanwhile_stays_settled(folder: Path, screener: Screener) -> None:
    with Project(folder) as project:
        decide(project, 2, "include", "ana")
        decide(project, 2, "exclude", "ben")
    cleo, dora = screener("Cleo"), screener("Dora")
    page = dora.get("/conflicts")
    cleo.submit(cleo.get("/conflicts"), DECIDE, "choice=exclude")
    dora.submit(page, DECIDE, "choice=include", answer=409)
    assert decided(folder) == {2: "exclude"}


def test_conflict_stays_on_its_page_when_whoever_settles_is_in_doubt(folder: Path, screener: Screener) -> None:
    with Project(folder) as project:
        decide(project, 2, "include", "ana")
        decide(project, 2, "exclude", "ben")
    cleo, dora = screener("Cleo"), screener("Dora")
    cleo.submit(cleo.get("/conflicts"), DECIDE, "choice=maybe", reason="ask the authors")
    page = dora.get("/conflicts")
    assert "1 conflict" in text_of(page.xpath("//h1")[0])
    assert "Cleo, between them: maybe, ask the authors" in text_of(page.xpath("//ul[@class='said']")[0])
    dora.submit(page, DECIDE, "choice=exclude")
    assert decided(folder) == {2: "exclude"}


def test_settling_a_conflict_can_be_undone(folder: Path, screener: Screener) -> None:
    with Project(folder) as project:
        decide(project, 2, "include", "ana")
        decide(project, 2, "exclude", "ben")
    cleo = screener("Cleo")
    cleo.submit(cleo.get("/conflicts"), DECIDE, "choice=exclude")
    page = cleo.get("/")
    assert not page.xpath("//form[@action='/undo']//button/@disabled")
    page = cleo.submit(page, "//form[@action='/undo']")
    assert "1 conflict" in text_of(page.xpath("//h1")[0])
    assert decided(folder) == {2: "conflict"}


def test_progress_tells_what_may_be_left_and_how_far_screeners_agree(folder: Path, screener: Screener) -> None:
    with Project(folder) as project:
        for number in (1, 2):
            for name in ("ana", "ben"):
                decide(project, number, "include" if number == 1 else "exclude", name)
    shown = text_of(screener("Ann").get("/progress").xpath("//main")[0])
    assert "2 of 3 publications decided" in shown
    assert "of 1, probably 0 or fewer, with 95% confidence 1 or fewer" in shown
    assert "Go on" in shown
    assert "ana and ben21.00" in shown


def test_pages_do_not_say_stop_while_publications_wait_for_more_screeners(folder: Path, screener: Screener) -> None:
    with Project(folder) as project:
        set_rule(project, Rule(screeners=2), "ana")
        for number in (1, 2, 4):
            decide(project, number, "include" if number == 1 else "exclude", "ana")
    for page in ("/", "/progress"):
        shown = text_of(screener("Ann").get(page).xpath("//main")[0])
        assert "No more need be begun, and 3 publications wait for more screeners" in shown
        assert "may stop" not in shown


def test_pages_say_nothing_of_stopping_when_there_is_nothing_to_screen(tmp_path: Path) -> None:
    Project(tmp_path / "empty", new=True).close()
    browser = Browser(TestClient(create_screening_app(tmp_path / "empty", Settings(reviewer="Ann")), base_url=HERE))
    for page in ("/", "/progress"):
        shown = text_of(browser.get(page).xpath("//main")[0])
        assert "There is nothing to screen yet." in shown
        assert "may stop" not in shown


def test_benefits_are_marked_where_they_were_found(folder: Path, screener: Screener) -> None:
    with Project(folder) as project:
        tag_project(project, toy_tagger())
    page = screener("Ann").get("/records/1")
    article = page.xpath("//article")[0]
    assert article.xpath(".//mark//span[@class='spoken']")
    with Project(folder) as project:
        words = project.record(1).reference.title or ""
    assert all(word in text_of(article.xpath(".//h1")[0]) for word in words.split())


def test_benefits_of_a_full_text_are_named_without_marks(folder: Path, screener: Screener, tmp_path: Path) -> None:
    ann = screener("Ann")
    ann.get("/records/1")
    (tmp_path / "trial.txt").write_text("Falls\n\nMedication errors fell by a third.", encoding="utf-8")
    with Project(folder) as project:
        attach_by_hand(project, 1, tmp_path / "trial.txt", "ana")
        tag_project(project, toy_tagger())
    article = ann.get("/records/1").xpath("//article")[0]
    assert "In its full text: " in text_of(article)
    assert "Safety: claimed" in text_of(article)
    assert not article.xpath(".//mark")


def test_benefits_stay_while_a_newer_model_has_only_begun(folder: Path, screener: Screener) -> None:
    with Project(folder) as project:
        tag_project(project, toy_tagger())
    with Store(folder / RESULTS) as store:
        stored = next(each for each in store.summaries(store.tagging()) if each.sources[0].name == "record 2")
        run, newer = store.begin_run(
            model="newer", model_sha256="f" * 64, framework=stored.summary.framework, named=["falls"]
        )
        assert store.add(stored.summary, stored.claims, stored.sources, newer, run)
    for number in (1, 2):
        assert screener("Ann").get(f"/records/{number}").xpath("//article//mark")


def test_records_are_shown_while_the_first_of_them_is_being_tagged(folder: Path, screener: Screener) -> None:
    Store(folder / RESULTS).close()
    assert screener("Ann").get("/records/1").xpath("//article")


def test_records_that_are_added_meanwhile_are_screened_too(folder: Path, screener: Screener, tmp_path: Path) -> None:
    ann = screener("Ann")
    assert "Waiting for Ann3" in text_of(ann.get("/").xpath("//aside")[0])
    (tmp_path / "more.ris").write_text("TY  - JOUR\nTI  - Lifts in wards\nER  - \n", encoding="utf-8")
    with Project(folder) as project:
        add_file(project, tmp_path / "more.ris", "ana")
    assert "Waiting for Ann4" in text_of(ann.get("/").xpath("//aside")[0])


def test_forms_of_another_site_or_session_are_refused(screener: Screener) -> None:
    ann = screener("Ann")
    assert ann.client.post("/undo", data={"csrf": "guessed"}).status_code == 403
    assert ann.client.post("/undo", headers={"origin": "http://elsewhere.example"}).status_code == 403
    assert "default-src 'none'" in ann.client.get("/").headers["content-security-policy"]


def test_token_is_asked_for_when_there_are_tokens(folder: Path) -> None:
    settings = Settings(tokens=(Token("Ann", "a-token-that-is-long-enough"),))
    browser = Browser(TestClient(create_screening_app(folder, settings), base_url=HERE))
    assert "Sign in" in text_of(browser.get("/").xpath("//h1")[0])
    page = browser.sign_in("a-token-that-is-long-enough")
    assert "Reviewer Ann" in text_of(page)


def test_project_that_is_not_there_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match="there is no project"):
        create_screening_app(tmp_path / "none")


def test_who_decided_at_the_command_line_is_known_whatever_the_capitals(folder: Path, screener: Screener) -> None:
    with Project(folder) as project:
        decide(project, 1, "exclude", "ann")
    page = screener("Ann").get("/records/1")
    assert "You decided: exclude." in text_of(page)
    assert not page.xpath("//form[@data-undo]/button/@disabled")
