from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from lhs_nlp.archive import Source, Store
from lhs_nlp.archive.feed import Repeat
from lhs_nlp.archive.ray_engine.output import Output
from lhs_nlp.archive.ray_engine.storing import fill_store
from lhs_nlp.archive.reading import Failed
from lhs_nlp.framework import default_framework
from tests.archive.filling import SAFETY, VALUE, small_store
from tests.archive.ray_engine.test_output import tagged

NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)


def filled(folder: Path) -> Output:
    output = Output(str(folder), "toy-1", "0" * 64, default_framework())
    a = tagged("a.txt", SAFETY)
    failed = Failed("c.txt", "empty", "c.txt: holds no text.", "f" * 64)
    output.write([a, tagged("b.txt", VALUE), Repeat(Source("copy.txt"), a.sha256), failed], NOW)
    return output


def test_store_holds_what_the_local_engine_would_have_stored(tmp_path: Path) -> None:
    year = {"year": "2020"}
    texts = {"a.txt": SAFETY, "b.txt": VALUE, "copy.txt": SAFETY}
    local = small_store(tmp_path / "local.sqlite", texts, {"a.txt": year, "b.txt": year})
    with Store(tmp_path / "ray.sqlite") as store, Store(local, read_only=True) as other:
        account = fill_store(filled(tmp_path / "out"), store, ["folder", "https://me:secret@host/a.zip"])
        ours, theirs = (
            [(each.summary, each.sources, each.claims.tolist()) for each in each_store.summaries(each_store.tagging())]
            for each_store in (store, other)
        )
        assert ours == theirs
        assert [(each.source, each.reason) for each in store.failures()] == [("c.txt", "empty")]
        (run,) = store.runs()
    assert (run.named, run.outcome, run.tagged, run.failed) == (("folder", "https://host/a.zip"), "finished", 2, 1)
    assert (account.tagged, account.passages, account.failures) == (2, 2, 1)


def test_what_is_stored_stays_when_it_is_filled_again(tmp_path: Path) -> None:
    output = filled(tmp_path / "out")
    with Store(tmp_path / "s.sqlite") as store:
        fill_store(output, store)
        account = fill_store(output, store)
        assert (account.tagged, account.skipped) == (0, 2)
        assert store.count(store.tagging()) == 2


def test_place_whose_document_another_model_alone_has_tagged_is_left_out(tmp_path: Path) -> None:
    output = Output(str(tmp_path / "out"), "toy-1", "0" * 64, default_framework())
    output.write([tagged("a.txt", SAFETY), Repeat(Source("b.txt"), "f" * 64)], NOW)
    with Store(tmp_path / "s.sqlite") as store:
        fill_store(output, store)
        (stored,) = store.summaries(store.tagging())
    assert [source.name for source in stored.sources] == ["a.txt"]


def test_failure_of_an_archive_ends_when_a_later_run_found_something_in_it(tmp_path: Path) -> None:
    output = Output(str(tmp_path / "out"), "toy-1", "0" * 64, default_framework())
    broken = [Failed(f"{name}.zip", "malformed", "Get it again.") for name in ("a", "b")]
    with Store(tmp_path / "s.sqlite") as store:
        output.write([*broken, tagged("b.zip/b.txt", VALUE)], NOW)
        fill_store(output, store)
        assert [each.source for each in store.failures()] == ["a.zip", "b.zip"]
        output.write([tagged("a.zip/a.txt", SAFETY)], NOW + timedelta(days=1))
        fill_store(output, store)
        assert [each.source for each in store.failures()] == ["b.zip"]
        assert store.count(store.tagging()) == 2
