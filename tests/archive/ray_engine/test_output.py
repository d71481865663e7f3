from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pyarrow.dataset as ds
import pytest

from lhs_nlp.archive import Source
from lhs_nlp.archive.feed import Known, Repeat
from lhs_nlp.archive.ray_engine.contents import Contents
from lhs_nlp.archive.ray_engine.output import Output
from lhs_nlp.archive.ray_engine.rows import row_of
from lhs_nlp.archive.ray_engine.stages import Tagged
from lhs_nlp.archive.reading import Failed
from lhs_nlp.archive.store import claims_of
from lhs_nlp.documents import read_bytes
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.framework import default_framework
from tests.archive.filling import SAFETY, VALUE, tag
from tests.toy import toy_tagger

NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def output(url: object, model: str = "0" * 64) -> Output:
    return Output(str(url), "toy-1", model, default_framework())


def tagged(name: str, text: str) -> Tagged:
    summary, findings = tag(toy_tagger(), read_bytes(text.encode(), name=name))
    row = row_of(summary, claims_of(findings, 6))
    return Tagged(Source(name, {"year": "2020"}), summary.document.sha256, row, len(findings), 0)


@pytest.fixture(params=["folder", "memory"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "out") if request.param == "folder" else f"memory://{uuid.uuid4().hex}/out"


def test_results_are_there_again_when_read(url: str) -> None:
    a, b = tagged("a.txt", SAFETY), tagged("b.txt", VALUE)
    output(url).write([a, b], NOW)
    assert sorted(output(url).documents(), key=lambda row: str(row["source"])) == [a.row, b.row]
    assert [(place["source"], place["sha256"], place["metadata"]) for place in output(url).places()] == [
        ("a.txt", a.sha256, '{"year":"2020"}'),
        ("b.txt", b.sha256, '{"year":"2020"}'),
    ]


def test_contents_are_known_that_this_model_has_tagged(url: str) -> None:
    a, b = tagged("a.txt", SAFETY), tagged("b.txt", VALUE)
    output(url).write([a], NOW)
    output(url, model="1" * 64).write([b], NOW)
    asked = [(a.sha256, "0:0"), (b.sha256, "0:1")]
    assert Contents(*output(url).contents()).ask(asked) == ["known", "other"]
    assert Contents(*output(url).contents(retag=True)).ask(asked) == ["known", "new"]


def test_of_a_place_the_last_look_counts(url: str) -> None:
    a, b = tagged("a.txt", SAFETY), tagged("b.txt", VALUE)
    failed = Failed("a.txt", "malformed", "a.txt: damaged.", "f" * 64)
    output(url).write([a, b], NOW)
    output(url).write([failed, Known(b.source, b.sha256)], LATER)
    first, second = output(url).places()
    assert (first["reason"], first["message"], second["sha256"]) == ("malformed", "a.txt: damaged.", b.sha256)
    output(url).write([Known(a.source, a.sha256)], LATER + timedelta(hours=1))
    assert [place["sha256"] for place in output(url).places()] == [a.sha256, b.sha256]


def test_failure_counts_before_a_source_of_the_same_run(url: str) -> None:
    output(url).write([Failed("copy.txt", "malformed", "copy.txt: damaged.", "f" * 64)], NOW)
    output(url).write([Repeat(Source("copy.txt"), "f" * 64)], NOW)
    assert [place["reason"] for place in output(url).places()] == ["malformed"]


def test_work_done_twice_is_there_once(url: str) -> None:
    a, b = tagged("a.txt", SAFETY), tagged("b.txt", VALUE)
    output(url).write([a, b], NOW)
    output(url).write([b, a], NOW)
    assert len(list(output(url).documents())) == 2


def test_file_that_was_being_written_when_all_stopped_is_not_seen(tmp_path: Path) -> None:
    output(tmp_path).write([tagged("a.txt", SAFETY)], NOW)
    (part,) = (tmp_path / "documents").rglob("part-*.parquet")
    (part.parent / f".{part.name}-1").write_bytes(part.read_bytes()[:100])
    assert [row["source"] for row in output(tmp_path).documents()] == ["a.txt"]


def test_damaged_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    output(tmp_path).write([tagged("a.txt", SAFETY)], NOW)
    (part,) = (tmp_path / "documents").rglob("part-*.parquet")
    part.write_bytes(part.read_bytes()[:100])
    with pytest.raises(LhsNlpError, match=rf"{part.name}: not read as Parquet .*; delete it"):
        output(tmp_path).contents()


def test_output_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where the folder should be")
    with pytest.raises(LhsNlpError, match="out: cannot be written"):
        output(tmp_path / "out").write([tagged("a.txt", SAFETY)], NOW)


def test_unknown_kind_of_url_is_refused() -> None:
    with pytest.raises(LhsNlpError, match="nosuch://x: cannot be opened"):
        output("nosuch://x")


def test_findings_are_a_tidy_table_in_pandas(tmp_path: Path) -> None:
    output(tmp_path).write([tagged("a.txt", f"{SAFETY}\n\n{VALUE}")], NOW)
    frame = ds.dataset(tmp_path / "documents", partitioning="hive").to_table().to_pandas()
    assert frame.loc[0, ["safety_verdict", "equity_verdict"]].tolist() == ["claimed", "not_claimed"]
    findings = pd.json_normalize(list(frame.explode("findings")["findings"]))
    assert findings["benefit"].tolist() == ["safety", "value"]
