from __future__ import annotations

import json
from contextlib import AbstractContextManager
from pathlib import Path

import jsonschema
import pytest

from lhs_nlp.archive.store import Store
from lhs_nlp.evaluate import read_gold
from lhs_nlp.framework import default_framework
from lhs_nlp.report import json_schema
from lhs_nlp.server import Settings
from lhs_nlp.server.library import Library
from tests.server.browsing import Site, site_of


def sha256_of(site: Site, name: str = "a.md") -> str:
    documents = site.client().get("/api/v1/documents").json()["documents"]
    return str(next(each["sha256"] for each in documents if each["source"] == name))


def test_documents_are_listed_with_their_verdicts(site: Site) -> None:
    found = site.client().get("/api/v1/documents", params={"benefit": "safety"}).json()
    assert (found["total"], found["page"], found["last_page"]) == (1, 1, 1)
    (document,) = found["documents"]
    assert document["source"] == "a.md"
    assert document["verdicts"]["safety"]["verdict"] == "claimed"
    assert document["finished"] == 0


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"benefit": "wealth"}, 422),
        ({"status": "perhaps"}, 422),
        ({"verdict": "maybe"}, 422),
        ({"page": 0}, 422),
        ({"page": 10**30}, 422),
        ({"text": "x" * 501}, 422),
        ({"text": "\x00"}, 200),
        ({"text": "a\x00b"}, 200),
        ({"text": '"a\x00b"'}, 200),
        ({"text": '"'}, 200),
    ],
)
def test_query_that_cannot_be_is_refused(site: Site, query: dict[str, str], status: int) -> None:
    answer = site.client().get("/api/v1/documents", params=query)
    assert answer.status_code == status
    assert "detail" in answer.json() or status == 200


def test_result_of_a_document_is_what_the_command_line_gives(site: Site) -> None:
    found = site.client().get(f"/api/v1/documents/{sha256_of(site)}", params={"passages": True}).json()
    jsonschema.validate(found["result"], json_schema())
    assert len(found["result"]["passages"]) == 3
    assert found["review"]["labels"][0] == {
        "position": 0,
        "benefit": "safety",
        "status": "anticipated",
        "decided_by": None,
        "version": 0,
    }


def test_result_and_review_of_a_document_are_read_at_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Library] = []
    reading = Library.reading

    def counted(library: Library) -> AbstractContextManager[Store]:
        opened.append(library)
        return reading(library)

    address = f"/api/v1/documents/{sha256_of(site)}"
    monkeypatch.setattr(Library, "reading", counted)
    for path in (address, f"{address}/decisions"):
        opened.clear()
        assert site.client().get(path).status_code == 200
        assert len(opened) == 1


def test_document_that_is_not_there_is_404(site: Site) -> None:
    assert site.client().get(f"/api/v1/documents/{'0' * 64}").status_code == 404
    assert site.client().get("/api/v1/documents/x").status_code == 422
    assert site.client().get("/api/v1/nothing").json() == {"detail": "Not Found"}


def test_decision_is_written_and_read_again(site: Site) -> None:
    client, address = site.client(), f"/api/v1/documents/{sha256_of(site)}/decisions"
    sent = {"action": "reject", "position": 0, "benefit": "safety", "seen": 0, "comment": "no claim"}
    written = client.post(address, json=sent)
    assert written.status_code == 201
    review = client.get(address).json()
    assert review["decisions"] == [written.json()]
    assert review["labels"][0] == {
        "position": 0,
        "benefit": "safety",
        "status": None,
        "decided_by": "reviewer",
        "version": written.json()["id"],
    }


def test_decision_that_comes_too_late_is_409_and_changes_nothing(site: Site) -> None:
    client, address = site.client(), f"/api/v1/documents/{sha256_of(site)}/decisions"
    sent = {"action": "reject", "position": 0, "benefit": "safety", "seen": 0}
    client.post(address, json=sent)
    late = client.post(address, json={**sent, "action": "accept"})
    assert late.status_code == 409
    assert "nothing was written" in late.json()["detail"]
    assert len(client.get(address).json()["decisions"]) == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"action": "burn", "seen": 0},
        {"action": "reject"},
        {"action": "reject", "seen": 0, "position": 2**60, "benefit": "safety"},
        {"action": "reject", "seen": 0, "position": 99, "benefit": "safety"},
        {"action": "done", "seen": 0, "reviewer": "somebody else"},
        {"action": "done", "seen": 0, "comment": "x" * 2001},
    ],
)
def test_decision_that_does_not_fit_is_422(site: Site, sent: dict[str, object]) -> None:
    address = f"/api/v1/documents/{sha256_of(site)}/decisions"
    assert site.client().post(address, json=sent).status_code == 422


def test_corrections_are_given_in_the_form_that_evaluation_reads(site: Site, tmp_path: Path) -> None:
    client = site.client()
    client.post(f"/api/v1/documents/{sha256_of(site)}/decisions", json={"action": "done", "seen": 0})
    answer = client.get("/api/v1/corrections")
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    file = tmp_path / "corrections.jsonl"
    file.write_text(answer.text, encoding="utf-8")
    gold = read_gold(file, default_framework())
    assert len(gold) == 3
    labels = [json.loads(line)["labels"] for line in answer.text.splitlines()]
    assert labels == [{"safety": "anticipated"}, {}, {"value": "achieved"}]


def test_blind_reviewers_read_their_own_decisions_alone(store: Path) -> None:
    site = site_of(store, Settings(blind=True))
    ann, ben = site.browser(), site.browser()
    ann.call_me("Ann")
    ben.call_me("Ben")
    address = f"/api/v1/documents/{sha256_of(site)}/decisions"
    for browser in (ann, ben):
        sent = {"action": "reject", "position": 0, "benefit": "safety", "seen": 0}
        assert browser.client.post(address, json=sent).status_code == 201
        review = browser.client.get(address).json()
        assert len(review["decisions"]) == 1
