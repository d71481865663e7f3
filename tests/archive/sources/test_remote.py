from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar
from urllib.parse import urlsplit

import fsspec
import pytest

from lhs_nlp.archive.sources import remote
from lhs_nlp.errors import LhsNlpError
from tests.archive.sources.loading import load
from tests.documents.word_writer import write_zip

FILES = {
    "a.md": b"one",
    "deep/b.txt": b"two",
    "deep/.hidden.txt": b"x",
    "deep/c.png": b"x",
    "z.zip": write_zip({"in.txt": b"three"}),
}


@pytest.fixture
def memory() -> str:
    """Return the URL of a folder in memory."""
    url = f"memory://{uuid.uuid4().hex}/archive"
    write(url)
    return url


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the URL of a folder on a server that speaks S3."""
    server = pytest.importorskip("moto.server", reason="moto is not installed")
    pytest.importorskip("s3fs", reason="s3fs is not installed")
    running = server.ThreadedMotoServer(port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "NO_PROXY": "*",
    }.items():
        monkeypatch.setenv(name, value)
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    bucket = uuid.uuid4().hex
    fsspec.filesystem("s3").mkdir(bucket)
    write(f"s3://{bucket}/archive")
    yield f"s3://{bucket}/archive"
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    running.stop()


def write(url: str) -> None:
    fs, root = fsspec.core.url_to_fs(url)
    for name, content in FILES.items():
        fs.pipe_file(f"{root}/{name}", content)


@pytest.fixture(params=["memory", "s3"])
def url(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(request.param)
    return found


def test_folder_behind_a_url_is_walked(url: str) -> None:
    loaded = load(url)
    assert loaded.contents == {"archive/a.md": b"one", "archive/deep/b.txt": b"two", "archive/z.zip/in.txt": b"three"}
    assert loaded.ignored == ["archive/deep/c.png"]
    assert loaded.reasons == {}


def test_file_and_pattern_behind_a_url_are_read(url: str) -> None:
    assert load(f"{url}/deep/c.png").contents == {"c.png": b"x"}
    assert load(f"{url}/z.zip").contents == {"z.zip/in.txt": b"three"}
    assert list(load(f"{url}/**/*.txt").contents.values()) == [b"two"]


def test_folder_that_a_pattern_behind_a_url_matches_is_told(url: str) -> None:
    loaded = load(f"{url}/*")
    assert list(loaded.contents.values()) == [b"one", b"three"]
    assert loaded.ignored == ["deep"]
    named = f"{url}/[d]*"
    assert load(named).messages == [f"{named}: matches folders alone; for the files in them, put /** behind it."]
    assert list(load(f"{named}/**").contents.values()) == [b"two"]


def test_what_is_not_behind_a_url_is_a_failure(url: str) -> None:
    loaded = load(f"{url}/none.txt")
    assert list(loaded.reasons.values()) == ["not_found"]
    assert "(No such file or directory)" in loaded.messages[0]


def test_table_behind_a_url_is_read(memory: str) -> None:
    fsspec.filesystem("memory").pipe_file(f"{memory}/t.csv", b"id,text\nA,one\n")
    assert load(f"{memory}/t.csv", text="text", id="id").contents == {"t.csv#A": b"one"}


def test_local_file_may_be_named_by_a_url(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one")
    assert list(load(f"file://{tmp_path}").contents.values()) == [b"one"]


def test_url_of_an_unknown_kind_is_wrong_usage() -> None:
    with pytest.raises(LhsNlpError, match=r"gopher://x: cannot be opened: .*Install what fsspec needs"):
        load("gopher://user:secret@x")


class _Pages(BaseHTTPRequestHandler):
    """Serves `pages`; those named in `whole` without their length, piece by piece, as what makes pages does."""

    pages: ClassVar[dict[str, bytes]] = {}
    whole: ClassVar[set[str]] = set()
    asked: ClassVar[list[str]] = []
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._head(self._page())

    def do_GET(self) -> None:
        data = self._page()
        self.asked.append(self.path)
        self._head(data)
        if data is None:
            return
        if not self._is_whole():
            self.wfile.write(data)
            return
        for at in range(0, len(data), 50):
            piece = data[at : at + 50]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.flush()
        self.wfile.write(b"0\r\n\r\n")

    def _page(self) -> bytes | None:
        return self.pages.get(urlsplit(self.path).path)

    def _is_whole(self) -> bool:
        return urlsplit(self.path).path in self.whole

    def _head(self, data: bytes | None) -> None:
        missing = 403 if self.path == "/closed.html" else 404
        self.send_response(missing if data is None else 200)
        if self._is_whole():
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(len(data or b"")))
        is_page = self.path.endswith(("/", ".html"))
        self.send_header("Content-Type", "text/html" if is_page else "application/octet-stream")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def web() -> Iterator[str]:
    """Return the URL of a web server that gives no parts of files."""
    pytest.importorskip("aiohttp", reason="aiohttp is not installed")
    page = b'<a href="annex.html">annex</a> <a href="table.csv">table</a> ' + b"Care got safer. " * 100
    _Pages.pages = {
        "/report.html": page,
        "/live.html": page,
        "/folder/": b'<a href="a.txt">a</a> <a href="b.png">b</a>',
        "/folder/a.txt": b"one",
        "/a.zip": write_zip({"in.txt": b"three"}),
        "/live.zip": write_zip({"in.txt": b"three", "b.txt": bytes(200)}),
        "/large.zip": write_zip({"in.txt": b"three", "b.png": os.urandom(6_000_000)}),
        "/t.csv": b"id,text\nA,one\n",
        "/live.jsonl": b'{"id": "A", "text": "one"}\n{"id": "B", "text": "two"}\n',
    }
    _Pages.whole = {"/live.html", "/live.zip", "/live.jsonl"}
    _Pages.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    running = Thread(target=server.serve_forever, daemon=True)
    running.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    running.join()
    server.server_close()


@pytest.mark.parametrize(("name", "times"), [("report.html", 1), ("live.html", 2), ("report.html?x=1", 1)])
def test_page_of_the_web_is_a_document_though_it_has_links(web: str, name: str, times: int) -> None:
    loaded = load(f"{web}/{name}")
    assert loaded.contents == {name: _Pages.pages["/report.html"]}
    assert _Pages.asked == [f"/{name}"] * times  # once more where its size can only be had so


def test_address_of_the_web_that_ends_in_a_slash_is_a_folder(web: str) -> None:
    loaded = load(f"{web}/folder/")
    assert loaded.contents == {"a.txt": b"one"}
    assert loaded.ignored == ["b.png"]


@pytest.mark.parametrize("name", ["a.zip", "a.zip?download=1", "live.zip", "large.zip"])
def test_zip_archive_is_opened_though_its_server_gives_it_only_whole(web: str, name: str) -> None:
    loaded = load(f"{web}/{name}")
    assert loaded.contents[f"{name}/in.txt"] == b"three"
    assert loaded.reasons == {}


@pytest.mark.parametrize("name", ["t.csv", "t.csv?download=1", "live.jsonl"])
def test_table_of_the_web_is_read_whatever_is_asked_of_it(web: str, name: str) -> None:
    assert load(f"{web}/{name}", text="text", id="id").contents[f"{name}#A"] == b"one"


def test_file_that_its_server_gives_only_whole_has_a_limit(web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_LARGEST_COPY", 100)
    loaded = load(f"{web}/a.zip")
    assert loaded.reasons == {"a.zip": "too_large"}
    assert "download it, and name the copy" in loaded.messages[0]


def test_page_that_is_not_there_is_a_failure_without_the_password(web: str) -> None:
    loaded = load(web.replace("//", "//me:secret@") + "/none.html")
    assert list(loaded.reasons.values()) == ["not_found"]
    assert "secret" not in loaded.messages[0]


@pytest.mark.parametrize(("name", "said"), [("none.html", "404 Not Found"), ("closed.html", "403 Forbidden")])
def test_page_that_cannot_be_had_says_what_its_server_answered(web: str, name: str, said: str) -> None:
    assert load(f"{web}/{name}").messages == [f"{web}/{name}: cannot be opened ({said})."]


def test_server_that_does_not_answer_is_told_from_a_page_that_is_not_there() -> None:
    pytest.importorskip("aiohttp", reason="aiohttp is not installed")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and not listened on
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/a.html"
        (message,) = load(url).messages
    assert message.startswith(f"{url}: cannot be opened (Connect call failed")
