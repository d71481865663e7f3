"""The Ray engine on a cluster of this machine alone; without Ray its steps are tested in `ray_engine/`."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lhs_nlp.archive import Account, Options, Store, tag_archive
from lhs_nlp.archive.ray_engine import fill_store, tag_on_ray
from lhs_nlp.archive.ray_engine.session import imported_ray, session
from lhs_nlp.archive.sources import Columns
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.report.failure import Failure
from lhs_nlp.tagger import Tagger
from tests.archive.filling import EQUITY, NOTHING, SAFETY, VALUE
from tests.archive.readers import HANG, READ
from tests.archive.rows import rows
from tests.cli.running import run, start
from tests.toy import toy_tagger
from tests.toy_bundle import CLAIM, RESULT, write_toy_bundle

# Ray warns of what it calls itself, and leaves sockets open.
pytestmark = pytest.mark.filterwarnings("default")
needs_ray = pytest.mark.usefixtures("ray")

SENTENCES = (SAFETY, VALUE, EQUITY, NOTHING)


@pytest.fixture(scope="module")
def ray() -> Iterator[None]:
    """Start Ray once for all tests, and end it after them."""
    if importlib.util.find_spec("ray") is None:
        pytest.skip("Ray is not installed: pip install -e '.[ray]'")
    with session(imported_ray()):
        yield


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return 200 documents, some in a ZIP, some copies of others, three that cannot be read; and a picture."""
    folder = tmp_path / "archive"
    (folder / "deep").mkdir(parents=True)
    for number in range(150):
        kept = [sentence for at, sentence in enumerate(SENTENCES) if number >> at & 1]
        text = "\n\n".join([f"# Report {number % 140}", *kept, NOTHING])
        (folder / ("deep" if number % 2 else ".") / f"{number}.md").write_text(text)
    with zipfile.ZipFile(folder / "more.zip", "w") as members:
        for number in range(47):
            members.writestr(f"in/{number}.txt", f"Site {number}. {SENTENCES[number % 4]}")
    (folder / "blank.txt").write_text(" ")
    (folder / "blank-copy.txt").write_text(" ")
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.7\nnothing of a PDF follows")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Return a folder of three documents, one of which is blank."""
    folder = tmp_path / "few"
    folder.mkdir()
    for name, text in {"a.txt": f"{CLAIM}\n", "b.txt": f"{RESULT}\n", "blank.txt": " "}.items():
        (folder / name).write_text(text)
    return folder


def counts(account: Account) -> tuple[object, ...]:
    return (account.tagged, account.passages, account.skipped, account.failed, account.ignored)


@needs_ray
def test_local_pool_and_ray_give_identical_results(archive: Path, tmp_path: Path) -> None:
    locally, on_ray, failures = Account(), Account(), list[Failure]()
    with Store(tmp_path / "local.sqlite") as store:
        tag_archive([str(archive)], store, toy_tagger(), account=locally)
    output = tag_on_ray(
        [str(archive)], str(tmp_path / "out"), toy_tagger, actors=2, account=on_ray, on_failure=failures.append
    )
    with Store(tmp_path / "ray.sqlite") as store:
        fill_store(output, store)
    assert rows(tmp_path / "ray.sqlite") == rows(tmp_path / "local.sqlite")
    assert counts(on_ray) == counts(locally)
    assert on_ray.seen == 200
    assert sorted(Path(each.source).name for each in failures) == ["blank-copy.txt", "blank.txt", "damaged.pdf"]


@needs_ray
def test_second_run_tags_only_what_is_new(few: Path, tmp_path: Path) -> None:
    first, second = Account(), Account()
    tag_on_ray([str(few)], str(tmp_path / "out"), toy_tagger, account=first)
    (few / "new.txt").write_text(SAFETY)
    (few / "a.txt").rename(few / "renamed.txt")
    output = tag_on_ray([str(few)], str(tmp_path / "out"), toy_tagger, account=second)
    assert (first.tagged, second.tagged, second.skipped, second.failed) == (2, 1, 2, {"empty": 1})
    assert len(list(output.documents())) == 3


def other_tagger() -> Tagger:
    tagger = toy_tagger()
    tagger.classifier.bundle = replace(tagger.classifier.bundle, id="toy-2", sha256="1" * 64)
    return tagger


@needs_ray
def test_rows_of_tables_and_time_limit_are_those_of_the_options(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f"id,text,year\na,{SAFETY},2020\nb,{HANG.decode()},2021\nc,{VALUE},2022\n")
    account = Account()
    options = Options(seconds=1, columns=Columns("text", "id"), read=READ)
    output = tag_on_ray([str(table)], str(tmp_path / "out"), toy_tagger, options, account=account)
    assert (account.tagged, account.failed) == (2, {"timeout": 1})
    assert [place.get("metadata", place.get("reason")) for place in output.places()] == [
        '{"year":"2020"}',
        "timeout",
        '{"year":"2022"}',
    ]


@needs_ray
def test_run_ends_at_the_first_failure_when_told_to(few: Path, tmp_path: Path) -> None:
    account = Account()
    tag_on_ray([str(few / "blank.txt")], str(tmp_path / "out"), toy_tagger, Options(fail_fast=True), account=account)
    assert account.failed == {"empty": 1}


@needs_ray
def test_table_without_a_text_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,text\n")
    with pytest.raises(LhsNlpError, match="--text-column"):
        tag_on_ray([str(tmp_path / "t.csv")], str(tmp_path / "out"), toy_tagger)


@needs_ray
def test_machine_with_another_model_stops_the_run_with_what_to_do(few: Path, tmp_path: Path) -> None:
    taggers = iter([toy_tagger(), other_tagger()])
    with pytest.raises(LhsNlpError, match="same model everywhere"):
        tag_on_ray([str(few)], str(tmp_path / "out"), lambda: next(taggers))


@needs_ray
def test_command_writes_parquet_and_fills_the_store(few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LHS_NLP_MODEL", str(write_toy_bundle(tmp_path / "bundle")))
    store = tmp_path / "s.sqlite"
    outcome = run("batch", few, "--engine", "ray", "--parquet", tmp_path / "out", "--store", store)
    assert (outcome.code, outcome.out.splitlines()[1]) == (
        1,
        "Tagged 2, skipped 0 (there already, or copies), failed 1.",
    )
    assert "blank.txt" in outcome.err
    with Store(store, read_only=True) as filled:
        claimed = [
            [benefit.benefit for benefit in each.summary.benefits if benefit.verdict == "claimed"]
            for each in filled.summaries(filled.tagging())
        ]
    assert claimed == [["safety"], ["value"]]


@pytest.mark.slow
@needs_ray
def test_run_that_was_killed_and_given_again_ends_as_the_local_one(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LHS_NLP_MODEL", str(write_toy_bundle(tmp_path / "bundle")))
    local, store, output = tmp_path / "local.sqlite", tmp_path / "ray.sqlite", tmp_path / "out"
    run("batch", archive, "--store", local)
    # One actor fills a file with 64 documents.
    given = ("batch", archive, "--engine", "ray", "--workers", "1", "--parquet", output, "--store", store)
    process = start(*given, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not list(output.rglob("documents/**/part-*.parquet")):
        assert process.poll() is None
        time.sleep(0.05)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert no_process_is_left(process.pid)
    outcome = run(*given)
    assert "skipped 0 " not in outcome.out
    assert rows(store) == rows(local)


def no_process_is_left(session: int, seconds: float = 120) -> bool:
    """Return whether all processes of a session end in time, as Ray's do when the program that started them is gone."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_command_without_a_place_for_parquet_says_so(tmp_path: Path) -> None:
    outcome = run("batch", tmp_path, "--engine", "ray")
    assert outcome.code == 2
    assert "--parquet" in outcome.err


def test_output_in_the_memory_of_one_process_is_refused_with_what_to_name(tmp_path: Path) -> None:
    with pytest.raises(LhsNlpError, match="that all machines reach"):
        tag_on_ray([str(tmp_path)], "memory://out", toy_tagger)


def test_missing_ray_is_named_with_the_extra_to_install(tmp_path: Path) -> None:
    (tmp_path / "ray.py").write_text("raise ImportError('no module named ray')")
    code = (
        "from lhs_nlp.archive.ray_engine.session import imported_ray\n"
        "from lhs_nlp.errors import LhsNlpError\n"
        "try: imported_ray()\n"
        "except LhsNlpError as error: print(error)\n"
    )
    code = f"import sys; sys.path[:] = [{str(tmp_path)!r}, *{sys.path!r}]\n{code}"
    ended = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert "pip install -e '.[ray]'" in ended.stdout


def test_engine_is_imported_without_ray() -> None:
    code = "import sys, lhs_nlp.archive.ray_engine; print('ray' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ended.stdout == "False\n"
