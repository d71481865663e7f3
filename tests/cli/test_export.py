from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest

from tests.archive.filling import EQUITY, NOTHING, SAFETY, VALUE, other_model, small_store
from tests.cli.running import run

TEXTS = {"a.txt": f"{SAFETY}\n\n{VALUE}", "=b.txt": EQUITY, "c.txt": NOTHING}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return small_store(tmp_path / "in" / "s.sqlite", TEXTS, {"a.txt": {"year": "2020"}})


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(("table", "rows"), [("documents", 3), ("passages", 3), ("findings", 3)])
def test_all_formats_hold_the_same_rows(store: Path, out: Path, table: str, rows: int) -> None:
    for suffix in ("parquet", "csv", "xlsx", "jsonl"):
        outcome = run("export", store, "--to", out / f"t.{suffix}", "--table", table)
        assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    frames = [
        pd.read_parquet(out / "t.parquet"),
        pd.read_csv(out / "t.csv"),
        pd.read_excel(out / "t.xlsx"),
        pd.read_json(out / "t.jsonl", lines=True),
    ]
    assert [len(frame) for frame in frames] == [rows] * 4
    assert len({tuple(frame) for frame in frames}) == 1
    assert len({tuple(frame["document_id"]) for frame in frames}) == 1


def test_documents_with_their_six_verdicts_are_the_default(store: Path, out: Path) -> None:
    run("export", store, "--to", out / "t.csv")
    table = io.StringIO((out / "t.csv").read_bytes().decode("utf-8"), newline="")
    rows = {row["source"]: row for row in csv.DictReader(table)}
    assert (rows["a.txt"]["safety_verdict"], rows["a.txt"]["value_verdict"]) == ("claimed", "claimed")
    assert sum(name.endswith("_verdict") for name in rows["a.txt"]) == 6
    assert "'=b.txt" in rows


def test_documents_that_another_model_alone_has_tagged_are_spoken_of(store: Path, out: Path) -> None:
    small_store(store, {"d.txt": EQUITY + NOTHING}, tagger=other_model())
    outcome = run("export", store, "--to", out / "t.csv")
    assert outcome.code == 0
    assert "3 documents of toy-1 are not among them" in outcome.err


def test_dictionary_is_beside_the_table_or_within_it(store: Path, out: Path) -> None:
    for name in ("a.parquet", "b.csv", "c.jsonl", "d.xlsx"):
        run("export", store, "--to", out / name)
    assert names(out) == {
        *("a.parquet", "a.dictionary.csv", "b.csv", "b.dictionary.csv", "c.jsonl", "c.dictionary.csv", "d.xlsx")
    }
    described = pd.read_csv(out / "a.dictionary.csv")
    assert described["column"].tolist() == list(pd.read_parquet(out / "a.parquet"))
    assert pd.read_excel(out / "d.xlsx", sheet_name="dictionary")["column"].tolist() == described["column"].tolist()


def test_label_studio_gets_tasks_and_the_interface_that_they_need(store: Path, out: Path) -> None:
    outcome = run("export", store, "--to", out / "tasks.json", "--format", "label-studio")
    assert outcome.code == 0
    assert names(out) == {"tasks.json", "tasks.interface.xml"}
    tasks = json.loads((out / "tasks.json").read_text(encoding="utf-8"))
    assert [task["data"]["source"] for task in tasks] == ["=b.txt", "a.txt", "c.txt"]
    assert (out / "tasks.interface.xml").read_text(encoding="utf-8").startswith("<View>")


@pytest.mark.parametrize(("table", "label"), [("documents", [0, 64, "equity:context"]), ("passages", "equity:context")])
def test_doccano_gets_lines(store: Path, out: Path, table: str, label: object) -> None:
    outcome = run("export", store, "--to", out / "d.jsonl", "--format", "doccano", "--table", table)
    assert outcome.code == 0
    assert names(out) == {"d.jsonl"}
    first, *_ = [json.loads(line) for line in (out / "d.jsonl").read_text(encoding="utf-8").splitlines()]
    assert first["label"] == [label]


def test_standard_output_gets_the_table_alone(store: Path) -> None:
    outcome = run("export", store, "--to", "-", "--format", "csv", encoding="latin-1")
    assert outcome.code == 0
    assert len(list(csv.reader(io.StringIO(outcome.out, newline="")))) == 4


def test_results_of_a_model_and_a_framework_are_chosen_by_name(store: Path, out: Path) -> None:
    chosen = ("--model", "toy-1", "--framework", "lhs-benefits")
    assert run("export", store, "--to", out / "t.csv", *chosen).code == 0
    outcome = run("export", store, "--to", out / "u.csv", "--model", "other")
    assert outcome.code == 2
    assert "holds no results of the model 'other'; it holds toy-1" in outcome.err
    assert names(out) == {"t.csv", "t.dictionary.csv"}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (["--to", "t.txt"], "'t.txt' ends in none of .parquet, .csv, .xlsx, .jsonl; name the format"),
        (["--to", "t"], "name the format, e.g. --format label-studio."),
        (["--to", "-"], "standard output has no name to tell the format by"),
        (["--to", "-", "--format", "xlsx"], "xlsx is not for standard output; name a file."),
        (["--to", "t.json", "--format", "doccano", "--table", "findings"], "doccano gets documents or passages"),
        (["--to", "no/such/folder/t.csv"], "no/such/folder/t.csv: cannot be written (No such file or directory)."),
        (["--to", "t.csv", "--table", "verdicts"], "'verdicts' is not one of"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_a_sentence(
    store: Path, out: Path, monkeypatch: pytest.MonkeyPatch, wrong: list[str], sentence: str
) -> None:
    monkeypatch.chdir(out)
    outcome = run("export", store, *wrong)
    assert outcome.code == 2
    assert sentence in " ".join(outcome.err.split())
    assert names(out) == set()


def test_store_that_is_not_there_is_a_sentence_and_nothing_is_written(out: Path) -> None:
    outcome = run("export", out / "none.sqlite", "--to", out / "t.csv")
    assert (outcome.code, names(out)) == (2, set())
    assert "there is no such store" in outcome.err


def test_store_is_never_written_over(store: Path) -> None:
    before = store.read_bytes()
    outcome = run("export", store, "--to", store, "--format", "csv")
    assert outcome.code == 2
    assert "it is the store itself" in outcome.err
    assert store.read_bytes() == before


def test_export_that_fails_leaves_the_old_file(store: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lhs_nlp.archive.export import workbook

    (out / "t.xlsx").write_bytes(b"old")
    monkeypatch.setattr(workbook, "MOST_ROWS", 1)
    outcome = run("export", store, "--to", out / "t.xlsx")
    assert outcome.code == 2
    assert "holds at most 1 rows" in outcome.err
    assert (out / "t.xlsx").read_bytes() == b"old"
    assert names(out) == {"t.xlsx"}


def test_device_gets_the_table_alone(store: Path) -> None:
    assert run("export", store, "--to", "/dev/null", "--format", "csv").code == 0
    assert not Path("/dev/null.dictionary.csv").exists()
