from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from lhs_nlp.archive.store import Store
from tests.server.browsing import Browser, Site, document_of, text_of

SAFETY = "//*[@id='f0-safety']//form"
VALUE = "//*[@id='f2-value']//form"
WHOLE = "//*[@class='whole']//form"


def said(page: object) -> str:
    return text_of(page.xpath("//*[@id='said']")[0])  # type: ignore[attr-defined]


def state(page: object, entry: str) -> str:
    return text_of(page.xpath(f"//*[@id='{entry}']/span[@class='state']")[0])  # type: ignore[attr-defined]


@pytest.fixture
def ann(site: Site) -> Browser:
    browser = site.browser()
    browser.call_me("  Ann   Lee ")
    return browser


def test_finding_is_accepted_rejected_and_changed_by_a_name(ann: Browser) -> None:
    page = ann.get(document_of(ann))
    page = ann.submit(page, SAFETY, "action=accept", comment="clear <b>case</b>")
    assert state(page, "f0-safety") == "accepted by Ann Lee"
    assert "clear <b>case</b>" in text_of(page)
    page = ann.submit(page, SAFETY, "action=status", status="not_achieved")
    assert state(page, "f0-safety") == "status changed by Ann Lee"
    page = ann.submit(page, SAFETY, "action=reject")
    assert state(page, "f0-safety") == "rejected by Ann Lee"
    assert "p0" not in page.xpath("//mark/@id")
    assert said(page) == "1 of 2 findings decided"


def test_finding_that_is_accepted_in_another_status_has_that_status(ann: Browser) -> None:
    page = ann.submit(ann.get(document_of(ann)), SAFETY, "action=accept", status="context")
    assert state(page, "f0-safety") == "status changed by Ann Lee"
    assert page.xpath("//*[@id='f0-safety']/@data-status") == ["context"]


def test_rejected_finding_can_be_added_again(ann: Browser) -> None:
    page = ann.submit(ann.get(document_of(ann)), SAFETY, "action=reject")
    page = ann.submit(page, SAFETY, "action=add", status="achieved")
    assert state(page, "f0-safety") == "added by Ann Lee"
    assert "p0" in page.xpath("//mark/@id")


def test_missed_benefit_is_added_to_selected_words(ann: Browser) -> None:
    page = ann.get(document_of(ann))
    adding = "//*[@id='adding']//form"
    page = ann.submit(page, adding, position="1", benefit="equity", status="context", words="met on Tuesdays")
    entry = page.xpath("//*[@id='f1-equity']")[0]
    assert text_of(entry.xpath(".//span[@class='excerpt']")[0]) == "met on Tuesdays"
    assert "p1" in page.xpath("//mark/@id")


def test_no_benefit_and_undo(ann: Browser) -> None:
    page = ann.get(document_of(ann))
    page = ann.submit(page, "//*[@id='passage-form']", position="2", seen="0")
    assert page.xpath("//mark/@id") == ["p0"]
    page = ann.submit(page, WHOLE, "action=undo")
    assert page.xpath("//mark/@id") == ["p0", "p2"]


def test_document_is_read_to_its_end(ann: Browser) -> None:
    page = ann.submit(ann.get(document_of(ann)), WHOLE, "action=done")
    assert said(page) == "0 of 2 findings decided, document read by Ann Lee"
    assert "1 of 3 documents read to the end" in text_of(ann.get("/"))
    page = ann.submit(page, WHOLE, "action=undo")
    assert said(page) == "0 of 2 findings decided"


def test_page_that_is_out_of_date_writes_nothing_and_shows_what_holds(site: Site, ann: Browser) -> None:
    ben = site.browser()
    ben.call_me("Ben")
    old = ben.get(document_of(ben))
    ann.submit(ann.get(document_of(ann)), SAFETY, "action=reject")
    page = ben.submit(old, SAFETY, "action=accept", answer=409)
    assert "nothing was written" in text_of(page.xpath("//*[@role='alert']")[0])
    assert state(page, "f0-safety") == "rejected by Ann Lee"
    page = ben.submit(page, SAFETY, "action=add", status="achieved")
    assert state(page, "f0-safety") == "added by Ben"


def test_decision_that_does_not_fit_is_a_sentence_on_the_page(ann: Browser) -> None:
    page = ann.get(document_of(ann))
    page = ann.submit(page, SAFETY, "action=status", answer=422, position="77")
    assert "one of the document's passages" in text_of(page.xpath("//*[@role='alert']")[0])


@pytest.mark.parametrize(
    "change", [{"action": "burn"}, {"seen": "-1"}, {"seen": "many"}, {"position": "x"}, {"position": "9" * 40}]
)
def test_form_that_holds_what_cannot_be_is_refused(ann: Browser, change: dict[str, str]) -> None:
    page = ann.get(document_of(ann))
    assert ann.submit(page, SAFETY, answer=422, **{"action": "accept", **change}) is not None


def test_decisions_say_which_model_found_what_was_decided_on(site: Site, ann: Browser) -> None:
    ann.submit(ann.get(document_of(ann)), VALUE, "action=reject")
    with Store(site.store, read_only=True) as store:
        row = store.connection.execute(
            "SELECT reviewer, benefit, old_status, new_status, models.name FROM decisions "
            "JOIN summaries ON summaries.id = summary_id JOIN models ON models.id = model_id"
        ).fetchone()
    assert tuple(row) == ("Ann Lee", "value", "achieved", None, "toy-1")


def test_no_decision_is_lost_when_twenty_decide_at_once(site: Site) -> None:
    """Each goes on until heard: every one of 20 decisions is stored, none written over unseen."""

    def reviewer(number: int) -> int:
        client = site.client()
        address = f"/api/v1{document_of(site.browser())}/decisions"
        refusals = 0
        while True:
            labels = client.get(address).json()["labels"]
            seen = next(each["version"] for each in labels if each["benefit"] == "safety")
            sent = {"action": "status", "position": 0, "benefit": "safety", "status": "achieved", "seen": seen}
            answer = client.post(address, json={**sent, "comment": f"number {number}"})
            if answer.status_code == 201:
                return refusals
            assert answer.status_code == 409
            refusals += 1

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(reviewer, range(20)))
    with Store(site.store, read_only=True) as store:
        comments = [row[0] for row in store.connection.execute("SELECT comment FROM decisions")]
    assert sorted(comments) == sorted(f"number {number}" for number in range(20))


def test_name_must_not_be_blank(browser: Browser) -> None:
    browser.submit(browser.get("/"), "//form[@action='/reviewer']", answer=422, name="   ")
