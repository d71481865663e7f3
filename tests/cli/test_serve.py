from __future__ import annotations

import json
import re
import signal
import socket
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.archive.filling import SAFETY, small_store
from tests.cli.running import run, start


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return small_store(tmp_path / "s.sqlite", {"a.txt": SAFETY})


@contextmanager
def served(store: Path, *options: str | Path) -> Iterator[str]:
    """Serve until the end of the context, then interrupt; yield the address."""
    process = start("serve", store, "--port", "0", *options)
    try:
        assert process.stdout is not None
        said = process.stdout.readline().decode()
        found = re.search(r"http://[^ ]+:\d+/", said)
        assert found, said
        yield found[0]
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=60)
        assert (process.returncode, error) == (0, b"")
    finally:
        process.kill()
        process.wait()


def get(address: str, **headers: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:  # noqa: S310
        return str(answer.read().decode())


def test_store_is_served_until_interrupted(store: Path) -> None:
    with served(store, "--reviewer", "  Ann ") as address:
        page = get(address)
        assert "Benefits in 1 document" in page
        assert "Reviewer <b>Ann</b>" in page


def test_upload_is_tagged_by_the_model(store: Path) -> None:
    with served(store) as address:
        sent = json.dumps({"texts": [SAFETY]}).encode()
        request = urllib.request.Request(  # noqa: S310
            f"{address}api/v1/tag/texts", data=sent, headers={"content-type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            (result,) = json.load(answer)["results"]
    assert result["benefits"]["safety"]["verdict"] == "claimed"


def test_token_file_opens_the_door_to_who_knows_a_token(store: Path, tmp_path: Path) -> None:
    tokens = tmp_path / "tokens"
    tokens.write_text("Ann a-token-that-is-long-enough\n", encoding="utf-8")
    with served(store, "--token-file", tokens, "--host", "0.0.0.0") as address:  # noqa: S104
        page = get(address.replace("0.0.0.0", "127.0.0.1"), Authorization="Bearer a-token-that-is-long-enough")  # noqa: S104
        assert "Benefits in 1 document" in page
        assert "Sign in" in get(address.replace("0.0.0.0", "127.0.0.1"))  # noqa: S104


def test_address_that_others_can_reach_without_tokens_is_exit_code_2(store: Path) -> None:
    outcome = run("serve", store, "--host", "0.0.0.0")  # noqa: S104
    assert outcome.code == 2
    assert "give it a --token-file" in outcome.err


def test_reviewer_beside_tokens_is_exit_code_2(store: Path, tmp_path: Path) -> None:
    tokens = tmp_path / "tokens"
    tokens.write_text("Ann a-token-that-is-long-enough\n", encoding="utf-8")
    outcome = run("serve", store, "--token-file", tokens, "--reviewer", "Ben")
    assert outcome.code == 2
    assert "--reviewer: is for a server without --token-file" in " ".join(outcome.err.split())


def test_store_that_is_not_there_is_exit_code_2_and_is_not_made(tmp_path: Path) -> None:
    outcome = run("serve", tmp_path / "none.sqlite")
    assert outcome.code == 2
    assert "there is no such store" in outcome.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("host", ["x" * 500, "a..b", "caf\udce9", "192.0.2.1"])
def test_name_that_is_no_address_is_a_short_sentence(store: Path, tmp_path: Path, host: str) -> None:
    tokens = tmp_path / "tokens"
    tokens.write_text("Ann a-token-that-is-long-enough\n", encoding="utf-8")
    outcome = run("serve", store, "--host", host, "--token-file", tokens)
    assert outcome.code == 2
    assert "is no address of this machine; name one with --host" in outcome.err
    assert len(outcome.err) < 200


def test_port_that_is_taken_is_a_sentence(store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        outcome = run("serve", store, "--port", str(taken.getsockname()[1]))
    assert outcome.code == 2
    assert "name another --port" in outcome.err


def test_without_the_extra_it_says_what_to_install(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    outcome = run("serve", store)
    assert outcome.code == 2
    assert "pip install -e '.[web]'" in outcome.err
