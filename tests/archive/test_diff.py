from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lhs_nlp.archive import Store
from lhs_nlp.archive.diff import Comparison, Move, compare, moves
from lhs_nlp.archive.diff_text import diff_to_text
from lhs_nlp.heads import Heads
from lhs_nlp.tagger import Tagger
from tests.archive.filling import EQUITY, NOTHING, SAFETY, VALUE, small_store
from tests.toy import toy_tagger

PROPOSAL = f"# Aims\n\n{SAFETY}\n\n# Methods\n\n{NOTHING}\n\n# Costs\n\n{VALUE}\n"


def doubting_tagger() -> Tagger:
    """Return a tagger of another model, which has little trust in what is said of safety."""
    tagger = toy_tagger()
    bundle = tagger.classifier.bundle
    biases = {task: bias.copy() for task, bias in bundle.heads.biases.items()}
    biases["presence"][tagger.framework.benefit_ids.index("safety")] = -14
    heads = Heads(bundle.heads.weights, biases, bundle.heads.benefits)
    tagger.classifier.bundle = replace(bundle, id="toy-2", sha256="2" * 64, heads=heads)
    return tagger


def strict_tagger() -> Tagger:
    """Return a tagger of a model that finds the same and calls nothing claimed."""
    tagger = toy_tagger()
    bundle = tagger.classifier.bundle
    document = replace(bundle.calibration.document, claimed=1.1)
    tagger.classifier.bundle = replace(
        bundle, id="toy-3", sha256="3" * 64, calibration=replace(bundle.calibration, document=document)
    )
    return tagger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "results.sqlite"
    small_store(path, {"a.md": PROPOSAL, "b.txt": VALUE, "old.txt": EQUITY})
    for tagger in (doubting_tagger(), strict_tagger()):
        small_store(
            path, {"b.txt": VALUE, "a.md": PROPOSAL, f"new-{tagger.classifier.bundle.id}.txt": NOTHING}, tagger=tagger
        )
    return path


def difference(path: Path, before: str, after: str) -> tuple[Comparison, list[Move]]:
    with Store(path, read_only=True) as store:
        first, second = store.tagging(before), store.tagging(after)
        return compare(store, first, second), list(moves(store, first, second))


def text(path: Path, before: str, after: str, show: int = 20) -> str:
    with Store(path, read_only=True) as store:
        first, second = store.tagging(before), store.tagging(after)
        return "\n".join(diff_to_text(compare(store, first, second), moves(store, first, second), first, second, show))


def test_verdict_that_moved_is_explained_by_its_passage(path: Path) -> None:
    comparison, (move,) = difference(path, "toy-1", "toy-2")
    assert (comparison.both, comparison.only_before, comparison.only_after) == (2, 1, 1)
    assert comparison.moved == {("safety", "claimed", "not_claimed"): 1}
    assert (move.source, move.benefit, move.before, move.after) == ("a.md", "safety", "claimed", "not_claimed")
    assert move.confidence_before > 0.9 > 0.2 > move.confidence_after
    (shift,) = move.shifts
    assert shift.passage.text == SAFETY
    assert shift.passage.section == "Aims"
    assert shift.before > 0.9 > 0.5 > shift.after
    assert (shift.status_before, shift.status_after) == ("anticipated", None)


def test_the_other_way_round_it_moves_back(path: Path) -> None:
    _, (move,) = difference(path, "toy-2", "toy-1")
    assert (move.before, move.after) == ("not_claimed", "claimed")
    assert move.shifts[0].after > move.shifts[0].before


def test_verdict_that_moved_by_the_line_alone_has_no_passage(path: Path) -> None:
    comparison, found = difference(path, "toy-1", "toy-3")
    assert comparison.moved.total() == len(found) == 3
    assert {(move.before, move.after, move.shifts) for move in found} == {("claimed", "needs_review", ())}
    assert "draw the line between verdicts elsewhere" in text(path, "toy-1", "toy-3")


def test_model_agrees_with_itself(path: Path) -> None:
    comparison, found = difference(path, "toy-1", "toy-1")
    assert (comparison.both, comparison.moved, found) == (3, {}, [])
    assert "No verdict moved." in text(path, "toy-1", "toy-1")


def test_text_says_what_moved_and_why(path: Path) -> None:
    said = text(path, "toy-1", "toy-2")
    assert "toy-1 (000000000000) -> toy-2 (222222222222), framework lhs-benefits" in said
    assert "2 documents tagged by both, 1 by the first alone, 1 by the second alone." in said
    assert "Safety: claimed -> not claimed 1" in said
    assert "a.md: safety, claimed" in said
    assert f'anticipated -> absent: "{SAFETY}"' in said


def test_text_tells_no_more_than_is_wanted(path: Path) -> None:
    assert "2 more: raise --show" in text(path, "toy-1", "toy-3", show=1)
    assert text(path, "toy-1", "toy-3", show=1).count("claimed >.99") == 1


def test_plain_values_are_rounded(path: Path) -> None:
    _, (move,) = difference(path, "toy-1", "toy-2")
    plain = move.to_dict()
    assert plain["verdict"] == ["claimed", "not_claimed"]
    assert plain["passages"][0]["claim_probability"] == np.round(plain["passages"][0]["claim_probability"], 4).tolist()


def test_moves_may_be_left_half_way_and_the_store_closed(path: Path) -> None:
    with Store(path, read_only=True) as store:
        moved = moves(store, store.tagging("toy-1"), store.tagging("toy-3"))
        assert isinstance(moved, Generator)
        next(moved)
    moved.close()
