"""A server whose reviewers hold that trust is no benefit, and what it takes to teach that to the toy model."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from lxml import html

from lhs_nlp import load
from lhs_nlp.archive.store import Store
from lhs_nlp.corrections import Desk, Proposal, decide
from lhs_nlp.server import Settings, create_app
from tests.archive.filling import small_store
from tests.learn.taught import rows
from tests.server.browsing import Browser, Site, text_of
from tests.toy_bundle import write_toy_bundle

PATIENCE = 300.0
"""Seconds to wait for a job: it is a process, which has to start."""


@dataclass(frozen=True, slots=True)
class School(Site):
    """A server, and the model that learns."""

    base: Path

    @property
    def taught(self) -> list[Path]:
        """Folders of the models that were taught."""
        return sorted(self.store.with_name("s-models").glob("[!.]*"))


def school_of(folder: Path, documents: int = 6, **settings: object) -> School:
    """Serve a store of documents that were all read to their end."""
    base = write_toy_bundle(folder / "toy")
    texts = {f"d{at}.md": document(at) for at in range(documents)}
    store = small_store(folder / "s.sqlite", texts, tagger=load(base))
    decide_on(store)
    return School(create_app(store, Settings(base=base, **settings)), store, base)  # type: ignore[arg-type]


def document(number: int) -> str:
    """Return the text of a document; all are of the same kind."""
    return "\n\n".join(row["text"] for row in rows(number + 1)[-4:])


def decide_on(store: Path, reviewer: str = "ana") -> None:
    """Reject each passage on trust, and read every document to its end."""
    with Store(store) as opened:
        tagging = opened.tagging()
        for stored in list(opened.summaries(tagging)):
            seen = 0
            for finding in stored.summary.findings:
                if finding.benefit == "reputation":
                    proposal = Proposal("reject", 0, finding.passage.index, "reputation")
                    seen = decide(opened, stored, tagging, Desk(reviewer), proposal).id
            decide(opened, stored, tagging, Desk(reviewer), Proposal("done", seen))


def press(browser: Browser, *, force: bool = False) -> html.HtmlElement:
    """Press the button that begins to learn, and return the page when it is done."""
    form = "//form[@action='/teach']"
    if force:
        browser.submit(browser.get("/teach"), form, force="true")
    else:
        browser.submit(browser.get("/teach"), form)
    return ended(browser)


def show(browser: Browser, name: str) -> html.HtmlElement:
    """Press the button that shows a model's results, and return the page when it is done."""
    browser.submit(browser.get("/teach"), f"//li[.//b[text()='{name}']]//form")
    return ended(browser)


def ended(browser: Browser) -> html.HtmlElement:
    """Return the page when nothing goes on any more."""
    deadline = time.monotonic() + PATIENCE
    while (page := browser.get("/teach")).xpath("//*[@data-job='running']"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return page


def said(page: html.HtmlElement) -> str:
    """Return how the job stands, as the page says it."""
    return text_of(page.xpath("//*[@data-job]//*[@role='status']")[0])


def models(page: html.HtmlElement) -> dict[str, str]:
    """Return names of models to what the page says of them."""
    return {text_of(each.xpath(".//b")[0]): text_of(each) for each in page.xpath("//ul[@class='models']/li")}


def claimed(browser: Browser, benefit: str) -> int:
    """Return how many documents claim a benefit, as the portfolio counts."""
    row = next(row for row in browser.get("/").xpath("//table[1]/tbody/tr") if benefit in text_of(row[0]))
    return int(text_of(row[1]))
