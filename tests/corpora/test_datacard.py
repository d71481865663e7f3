"""The data card."""

import json
from pathlib import Path

import pytest

from lhs_nlp.evaluate import compare, read_gold
from lhs_nlp.framework import default_framework
from tests.corpora.writing import CLAIM, document, passage, public_passage, write_documents, write_lines
from training.corpora import passage_rows, to_standoff, write_datacard

FRAMEWORK = default_framework()
DOCUMENTS = (
    document("a", passage(), passage("Nobody was hurt.", **CLAIM, dimension="program", unsure=True)),
    document(
        "b",
        passage("Needless tests cost us, and hurt some.", labels={"value": "context", "safety": "context"}),
        kind="mission",
        country="Peru",
        split="test",
    ),
)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    write_documents(tmp_path / "authored", *DOCUMENTS)
    return tmp_path


def test_card_counts_documents_and_passages(corpora: Path) -> None:
    card = write_datacard(corpora, FRAMEWORK)
    assert "2 documents, 3 passages, 18 words" in card
    assert "| mission | 1 | 1 | 0 | 0 | 1 | 1 |" in card
    assert "| Peru | 1 | 1 | 0 | 0 | 1 | 1 |" in card
    assert "| **All** | 2 | 3 | 1 | 2 | 1 | 1 |" in card


def test_card_counts_labels_in_each_split(corpora: Path) -> None:
    train, test = write_datacard(corpora, FRAMEWORK).split("Test, in passages:")
    assert "| Safety | 0 | 1 | 0 | 0 | 1 |" in train
    assert "| Safety | 0 | 0 | 0 | 1 | 1 |" in test
    assert "| **All** | 0 | 0 | 0 | 2 | 2 |" in test


def test_card_counts_what_passages_carry(corpora: Path) -> None:
    card = write_datacard(corpora, FRAMEWORK)
    for line in (
        "- passages without a benefit: 1 (33.3 %)",
        "- passages with several benefits: 1 (33.3 %)",
        "- passages whose labeller hesitated (`unsure`): 1 (33.3 %)",
        "| 2 | 1 |",
        "1 (33.3 %) of the passages claim a benefit.",
        "| Project | 0 |",
        "| Program | 1 |",
        "| Patients and families | 1 |",
        "| Safety | Harm prevention | 1 |",
        "| Safety | none, in general words | 1 |",
        "Least 3, quartiles 5, 7 and 8, most 8. Of the passages, 0.0 % have 20 to 80 words.",
    ):
        assert line in card


def test_card_says_when_agreement_was_not_measured(corpora: Path) -> None:
    card = write_datacard(corpora, FRAMEWORK)
    assert "Not measured yet: the authored documents have been labelled once." in card
    assert "None yet." in card


def test_card_shows_agreement_as_it_was_measured(corpora: Path) -> None:
    rows = [row for entry in DOCUMENTS for row in passage_rows(entry)]
    labelled = [row if row["labels"] else row | {"labels": {"safety": "anticipated"}} for row in rows]
    first, second = (
        read_gold(write_lines(corpora / name, *part), FRAMEWORK) for name, part in (("1", rows), ("2", labelled))
    )
    measured = compare(first, second, FRAMEWORK, replicates=0).to_dict(0)
    (corpora / "agreement.json").write_text(json.dumps(measured), encoding="utf-8")
    card = write_datacard(corpora, FRAMEWORK)
    assert "3 passages of 2 authored documents were labelled a second time" in card
    assert "| Value | 1.00 | - | - |" in card
    assert "Not measured yet" not in card


def test_card_shows_no_interval_without_width(corpora: Path) -> None:
    rows = [row for entry in DOCUMENTS for row in passage_rows(entry)]
    same = read_gold(write_lines(corpora / "1", *rows), FRAMEWORK)
    measured = compare(same, same, FRAMEWORK, replicates=0).to_dict(0)
    for task in ("presence", "claims", "status"):
        measured[task]["pooled"]["kappa"] |= {"value": 1.0, "low": 1.0, "high": 1.0}
    (corpora / "agreement.json").write_text(json.dumps(measured), encoding="utf-8")
    assert "| **All** | 1.00 | 1.00 | 1.00 |" in write_datacard(corpora, FRAMEWORK)


def test_card_counts_stand_off_labels_and_corrections(corpora: Path) -> None:
    row = to_standoff(public_passage(0, "Nobody was hurt.", **CLAIM), "train")
    write_lines(corpora / "standoff" / "shared-train.jsonl", row)
    correction = {"id": row["id"], "sha256": row["sha256"], "was": CLAIM["labels"], "labels": {}, "reason": "A15"}
    write_lines(corpora / "standoff" / "corrections.jsonl", correction)
    card = write_datacard(corpora, FRAMEWORK)
    assert "`shared-train.jsonl`: 1 passages of 1 documents." in card
    assert "Corrections of labels of `train.jsonl`: 1." in card
