from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Event, Thread

import jsonschema
import pytest

from lhs_nlp.documents import Limits
from lhs_nlp.report import json_schema
from lhs_nlp.server import ServerLimits, Settings, create_app
from lhs_nlp.server.tagging import TaggingDesk
from lhs_nlp.summary import DocumentSummary
from lhs_nlp.tagger import Tagger
from tests.archive.filling import NOTHING, SAFETY
from tests.documents.word_writer import write_zip
from tests.server.browsing import Site, site_of
from tests.toy import toy_tagger

EXAMPLE = Path(__file__).parents[2] / "examples" / "proposal.docx"


def test_upload_is_tagged_as_the_command_line_does(site: Site) -> None:
    with site.client() as client:
        files = {"file": ("../../etc/proposal.docx", EXAMPLE.read_bytes())}
        (result,) = client.post("/api/v1/tag/document", files=files).json()["results"]
    jsonschema.validate(result, json_schema())
    assert result["document"]["source"] == "proposal.docx"
    assert result["benefits"] == _benefits(toy_tagger().tag(EXAMPLE))


def _benefits(summary: DocumentSummary) -> object:
    from lhs_nlp.report import to_json

    return to_json(summary)["benefits"]


def test_upload_is_called_as_its_file_is_where_the_form_cannot_hold_the_name(site: Site) -> None:
    form = b'--x\r\nContent-Disposition: form-data; name="file"; filename="S\xc3\xa3o %22final%22.txt"\r\n\r\n'
    headers = {"content-type": "multipart/form-data; boundary=x"}
    with site.client() as client:
        answer = client.post("/api/v1/tag/document", content=form + SAFETY.encode() + b"\r\n--x--\r\n", headers=headers)
    assert answer.json()["results"][0]["document"]["source"] == 'São "final".txt'


def test_upload_is_not_kept(site: Site) -> None:
    with site.client() as client:
        client.post("/api/v1/tag/document", files={"file": ("x.txt", SAFETY.encode())})
        assert client.get("/api/v1/documents").json()["total"] == 3


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("x.pdf", b"%PDF-1.7 broken", "malformed"),
        ("x.bin", bytes(range(256)) * 9, "unsupported"),
        ("x.txt", b"", "empty"),
    ],
)
def test_upload_that_cannot_be_read_is_a_reason(site: Site, name: str, data: bytes, reason: str) -> None:
    with site.client() as client:
        answer = client.post("/api/v1/tag/document", files={"file": (name, data)})
    assert (answer.status_code, answer.json()["reason"]) == (422, reason)
    assert "/" not in answer.json()["detail"].replace("and/or", "")


def test_upload_that_is_too_large_is_refused(store: Path) -> None:
    limits = ServerLimits(documents=Limits(megabytes=0.05))
    with site_of(store, Settings(limits=limits)).client() as client:
        answer = client.post("/api/v1/tag/document", files={"file": ("x.txt", b"word " * 15_000)})
    assert answer.status_code == 413


def test_reading_that_takes_too_long_is_ended_and_the_next_upload_is_read(store: Path) -> None:
    limits = ServerLimits(seconds=0.001)
    with site_of(store, Settings(limits=limits)).client() as client:
        for _ in range(2):
            answer = client.post("/api/v1/tag/document", files={"file": ("x.docx", EXAMPLE.read_bytes())})
            assert (answer.status_code, answer.json()["reason"]) == (422, "timeout")


def test_document_over_a_limit_is_refused_without_options_of_the_command_line(store: Path) -> None:
    limits = ServerLimits(documents=Limits(pages=1))
    with site_of(store, Settings(limits=limits)).client() as client:
        report = EXAMPLE.with_name("evaluation-report.pdf")
        answer = client.post("/api/v1/tag/document", files={"file": (report.name, report.read_bytes())})
    assert answer.json()["reason"] == "too_large"
    assert "over the limit of 1; split it" in answer.json()["detail"]
    assert "--" not in answer.json()["detail"]


@pytest.mark.parametrize("data", [write_zip({"xl/workbook.xml": b""}), b"PAR1" + bytes(100)])
def test_table_is_refused_without_options_of_the_command_line(site: Site, data: bytes) -> None:
    with site.client() as client:
        answer = client.post("/api/v1/tag/document", files={"file": ("a --b` c; d.xlsx", data)})
    assert answer.json()["reason"] == "unsupported"
    assert answer.json()["detail"].startswith("a --b` c; d.xlsx: not a document but a")
    assert answer.json()["detail"].endswith("by `lhs-nlp batch`.")


def test_texts_are_tagged_in_their_order(site: Site) -> None:
    with site.client() as client:
        results = client.post("/api/v1/tag/texts", json={"texts": [NOTHING, SAFETY]}).json()["results"]
    assert [each["benefits"]["safety"]["verdict"] for each in results] == ["not_claimed", "claimed"]


@pytest.mark.parametrize("blank", ["", " \n", "\u200b"])
def test_blank_text_is_named_and_not_taken_for_one_without_claims(site: Site, blank: str) -> None:
    with site.client() as client:
        answer = client.post("/api/v1/tag/texts", json={"texts": [SAFETY, blank]})
    assert answer.status_code == 422
    assert answer.json() == {"detail": "text 2: the text is missing or blank.", "reason": "empty"}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"texts": []}, 422),
        ({"texts": "one"}, 422),
        ({"texts": ["x"], "more": 1}, 422),
        ({"texts": ["x"] * 6}, 413),
        ({"texts": ["x" * 1001]}, 413),
    ],
)
def test_texts_that_are_too_many_or_no_texts_are_refused(store: Path, sent: dict[str, object], status: int) -> None:
    with site_of(store, Settings(limits=ServerLimits(texts=5, characters=1000))).client() as client:
        assert client.post("/api/v1/tag/texts", json=sent).status_code == status


class _Waiting(Tagger):
    """A tagger that is at work until it is told to end."""

    def __init__(self, begun: Event, end: Event) -> None:
        super().__init__(toy_tagger().classifier)
        self.begun, self.end = begun, end

    def tag_texts(self, texts: Iterable[str]) -> list[DocumentSummary]:
        self.begun.set()
        self.end.wait()
        return super().tag_texts(texts)


def test_who_would_wait_too_long_is_told_to_come_again(store: Path) -> None:
    begun, end = Event(), Event()
    settings = Settings(limits=ServerLimits(tagging=1, waiting=0))
    app = create_app(store, settings, load=lambda: _Waiting(begun, end))
    site = Site(app, store)
    with site.client() as client:
        first: list[int] = []
        worker = Thread(
            target=lambda: first.append(client.post("/api/v1/tag/texts", json={"texts": [SAFETY]}).status_code)
        )
        worker.start()
        begun.wait()
        answer = client.post("/api/v1/tag/texts", json={"texts": [SAFETY]})
        end.set()
        worker.join()
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert first == [200]
        assert client.post("/api/v1/tag/texts", json={"texts": [SAFETY]}).status_code == 200


def test_turn_is_given_back_when_tagging_fails() -> None:
    def load() -> Tagger:
        raise RuntimeError("no model")

    desk = TaggingDesk(ServerLimits(tagging=1, waiting=0), load)
    for _ in range(3):
        with pytest.raises(RuntimeError, match="no model"):
            desk.tag_texts([SAFETY])
