"""``python -m training.corpora``."""

import json
from pathlib import Path
from typing import Any

import pytest

from lhs_nlp.evaluate import compare, read_gold
from lhs_nlp.framework import default_framework
from tests.corpora.writing import CLAIM, document, passage, public_passage, write_documents, write_lines, write_public
from training.corpora.__main__ import main

FRAMEWORK = default_framework()
TRAIN = public_passage(0, "Falls were halved.", **CLAIM)
DEV = public_passage(0, "Waits grew.", id="set:e#0", doc="set:e", labels={"quality": "not_achieved"})


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    write_documents(
        tmp_path / "authored",
        document("a", passage("We met weekly."), passage("Nobody was hurt.", **CLAIM, unsure=True)),
        document("b", passage("Costs rose."), split="test"),
    )
    return tmp_path


def run(corpora: Path, *arguments: str | Path) -> None:
    main(["--corpora", str(corpora), "--shared", str(corpora / "shared"), *map(str, arguments)])


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_validate_says_what_it_saw_and_left_out(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(corpora, "validate")
    first, second = capsys.readouterr().out.splitlines()
    assert first == "2 authored documents with 3 passages, 0.0 % of 20 to 80 words."
    assert second.startswith("Not compared with public passages, and stand-off labels not joined: ")


def test_validate_fails_when_something_is_wrong(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_documents(corpora / "authored", document("c", passage("Costs rose.", labels={"cost": "context"})))
    with pytest.raises(SystemExit) as stopped:
        run(corpora, "validate")
    assert stopped.value.code == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("c#0 benefit 'cost' is none of")
    assert second.startswith("b#0 repeats c#0: 1.00 of")


def test_validate_joins_stand_off_labels_where_the_texts_are(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_public(corpora / "shared", train=[TRAIN], dev=[DEV])
    run(corpora, "detach")
    run(corpora, "validate")
    assert len(capsys.readouterr().out.splitlines()) == 1
    write_public(corpora / "shared", train=[TRAIN | {"text": "Falls doubled."}], dev=[DEV])
    with pytest.raises(SystemExit):
        run(corpora, "validate")
    assert capsys.readouterr().out.startswith("shared-train.jsonl:1: the text of set:d#0 is not the one")


def test_join_undoes_detach(corpora: Path) -> None:
    write_public(corpora / "shared", train=[TRAIN], dev=[DEV])
    run(corpora, "detach")
    run(corpora, "join", "--source", "dev", corpora / "joined.jsonl")
    assert lines(corpora / "joined.jsonl") == [DEV]
    assert DEV["text"] not in (corpora / "standoff" / "shared-dev.jsonl").read_text(encoding="utf-8")


def test_export_writes_passages_with_their_labels(corpora: Path) -> None:
    run(corpora, "export", corpora / "out.jsonl")
    rows = lines(corpora / "out.jsonl")
    assert [(row["id"], row["doc"], row["split"]) for row in rows] == [
        ("a#0", "a", "train"),
        ("a#1", "a", "train"),
        ("b#0", "b", "test"),
    ]
    assert rows[1] == passage("Nobody was hurt.", **CLAIM, unsure=True) | {
        "id": "a#1",
        "doc": "a",
        "title": "Report a",
        "kind": "qi_report",
        "index": 1,
        "of": 2,
        "before": "We met weekly.",
        "after": "",
        "split": "train",
    }


def test_second_labeller_sees_no_labels(corpora: Path) -> None:
    run(corpora, "export", "--blind", corpora / "out.jsonl")
    assert {tuple(row) for row in lines(corpora / "out.jsonl")} == {("id", "doc", "title", "kind", "section", "text")}


def test_second_labelling_compares_with_the_first(corpora: Path) -> None:
    run(corpora, "export", corpora / "first.jsonl")
    run(corpora, "export", "--blind", corpora / "blind.jsonl")
    labelled = [row | {"labels": {"safety": "context"}} for row in lines(corpora / "blind.jsonl")]
    write_lines(corpora / "second.jsonl", *labelled)
    first, second = (read_gold(corpora / name, FRAMEWORK) for name in ("first.jsonl", "second.jsonl"))
    agreement = compare(first, second, FRAMEWORK, replicates=0)
    assert (agreement.passages, agreement.documents, len(agreement.disagreements)) == (3, 2, 3)


def test_card_is_written_beside_the_documents(corpora: Path) -> None:
    run(corpora, "card")
    assert (corpora / "DATACARD.md").read_text(encoding="utf-8").startswith("# Data card")


def test_error_is_a_sentence_when_there_are_no_documents(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"Error: .*authored: holds no documents"):
        run(tmp_path, "validate")


def test_error_names_a_document_that_is_not_json(corpora: Path) -> None:
    (corpora / "authored" / "c.json").write_text("{", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"Error: .*c\.json: is not JSON"):
        run(corpora, "card")
    (corpora / "authored" / "c.json").write_text("[]", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"Error: .*c\.json: must be one JSON object"):
        run(corpora, "card")


@pytest.mark.parametrize("command", [("export",), ("export", "--blind"), ("join", "--source", "dev")])
def test_error_names_the_file_that_cannot_be_written(corpora: Path, command: tuple[str, ...]) -> None:
    write_public(corpora / "shared", train=[TRAIN], dev=[DEV])
    run(corpora, "detach")
    for place in (corpora / "nowhere" / "out.jsonl", corpora):
        with pytest.raises(SystemExit, match=f"Error: {place}: cannot be read or written"):
            run(corpora, *command, place)


def test_detach_into_a_folder_that_is_not_there_is_an_error(corpora: Path) -> None:
    with pytest.raises(SystemExit, match=r"Error: .*nowhere/standoff: cannot be read or written"):
        run(corpora / "nowhere", "detach")


def test_join_without_labels_of_the_source_writes_nothing(corpora: Path) -> None:
    with pytest.raises(SystemExit, match=r"Error: .*standoff: holds no stand-off labels of the source 'dev'"):
        run(corpora, "join", "--source", "dev", corpora / "joined.jsonl")
    assert not (corpora / "joined.jsonl").exists()


def test_export_that_fails_leaves_the_file_as_it_was(corpora: Path) -> None:
    run(corpora, "export", corpora / "out.jsonl")
    before = lines(corpora / "out.jsonl")
    (corpora / "authored" / "c.json").write_text("{", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"Error: .*c\.json: is not JSON"):
        run(corpora, "export", corpora / "out.jsonl")
    assert lines(corpora / "out.jsonl") == before
