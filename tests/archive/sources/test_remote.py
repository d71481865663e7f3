from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from lhs_nlp.archive.sources.remote import is_url, without_credentials
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


def test_what_is_not_behind_a_url_is_a_failure(url: str) -> None:
    loaded = load(f"{url}/none.txt")
    assert list(loaded.reasons.values()) == ["not_found"]


def test_table_behind_a_url_is_read(memory: str) -> None:
    fsspec.filesystem("memory").pipe_file(f"{memory}/t.csv", b"id,text\nA,one\n")
    assert load(f"{memory}/t.csv", text="text", id="id").contents == {"t.csv#A": b"one"}


def test_local_file_may_be_named_by_a_url(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one")
    assert list(load(f"file://{tmp_path}").contents.values()) == [b"one"]


def test_url_of_an_unknown_kind_is_wrong_usage() -> None:
    with pytest.raises(LhsNlpError, match=r"gopher://x: cannot be opened: .*Install what fsspec needs"):
        load("gopher://user:secret@x")


def test_urls_are_told_from_paths() -> None:
    assert [is_url(name) for name in ("s3://b/k", "zip::s3://b/k.zip", "https://x/y", "C:\\x", "a:b", "a/b")] == [
        *(True, True, True, False, False, False)
    ]


def test_passwords_are_not_shown() -> None:
    assert without_credentials("ftp://me:secret@host/a@b.txt") == "ftp://host/a@b.txt"
    assert without_credentials("s3://bucket/me@home.txt") == "s3://bucket/me@home.txt"
    assert os.sep in without_credentials("/a/b")
