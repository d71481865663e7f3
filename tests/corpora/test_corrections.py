"""Corrections of labels that were given once."""

from pathlib import Path
from typing import Any

import pytest

from lhs_nlp.errors import GoldError
from tests.corpora.writing import CLAIM, public_passage, write_lines
from training.corpora import apply_corrections, read_corrections
from training.corpora.standoff import text_hash

TEXT = "Falls were halved."
ROW = public_passage(0, TEXT, **CLAIM, dimension="program", unsure=True)
OTHER = public_passage(1, "We met weekly.")
CONTEXT = {"safety": "context"}


def corrected(tmp_path: Path, **change: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return `ROW` and `OTHER` after a correction of the first."""
    correction = {"id": ROW["id"], "sha256": text_hash(TEXT), "was": ROW["labels"], "reason": "B: a need."}
    write_lines(tmp_path / "corrections.jsonl", correction | change)
    return apply_corrections([ROW, OTHER], read_corrections(tmp_path))


def test_nothing_changes_when_there_are_no_corrections(tmp_path: Path) -> None:
    assert apply_corrections([ROW, OTHER], read_corrections(tmp_path)) == [ROW, OTHER]


def test_labels_are_overruled_in_place(tmp_path: Path) -> None:
    before = [dict(ROW), dict(OTHER)]
    row, other = corrected(tmp_path, labels={"safety": "anticipated"})
    assert row == ROW | {"labels": {"safety": "anticipated"}}
    assert other == OTHER
    assert [ROW, OTHER] == before


def test_stakeholders_and_dimension_go_when_nothing_is_claimed_any_more(tmp_path: Path) -> None:
    row, _ = corrected(tmp_path, labels=CONTEXT)
    assert (row["stakeholders"], row["concepts"], "dimension" in row) == ([], CLAIM["concepts"], False)


def test_key_concepts_of_a_benefit_go_with_it(tmp_path: Path) -> None:
    row, _ = corrected(tmp_path, labels={})
    assert (row["labels"], row["concepts"], row["stakeholders"]) == ({}, {}, [])


def test_key_concepts_are_unknown_when_a_benefit_is_new(tmp_path: Path) -> None:
    row, _ = corrected(tmp_path, labels=ROW["labels"] | {"value": "achieved"})
    assert "concepts" not in row
    assert row["stakeholders"] == ["patients_families"]


def test_stakeholders_are_unknown_when_a_claim_is_new(tmp_path: Path) -> None:
    need = public_passage(0, TEXT, labels=CONTEXT, concepts={"safety": []}, stakeholders=[])
    correction = {"id": need["id"], "place": "", "sha256": text_hash(TEXT), "was": CONTEXT, "labels": ROW["labels"]}
    (row,) = apply_corrections([need], [correction])
    assert (row["labels"], row["concepts"], "stakeholders" in row) == (ROW["labels"], {"safety": []}, False)


def test_correction_may_give_all_that_is_labelled(tmp_path: Path) -> None:
    given = {
        "labels": {"value": "achieved"},
        "concepts": {"value": ["cost"]},
        "stakeholders": ["payers"],
        "dimension": "collaboration",
    }
    assert corrected(tmp_path, **given)[0] == ROW | given


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "set:gone"}, "there is no passage set:gone to correct"),
        ({"sha256": text_hash("Falls doubled.")}, "text of set:d#0 is not the one that was labelled"),
        ({"was": {"quality": "achieved"}}, "set:d#0 is labelled .'safety': 'achieved'., not .*read the passage again"),
    ],
)
def test_error_names_the_correction_when_it_fits_no_longer(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    with pytest.raises(GoldError, match=rf"corrections\.jsonl:1: .*{message}"):
        corrected(tmp_path, labels={}, **change)


def test_error_names_what_a_correction_lacks(tmp_path: Path) -> None:
    write_lines(tmp_path / "corrections.jsonl", {"id": "set:d#0", "labels": {}})
    with pytest.raises(GoldError, match=r"corrections\.jsonl:1: `sha256`, `was`, `reason` is missing"):
        read_corrections(tmp_path)
