"""A framework in which other statuses make a claim than in the one that the model was made for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lhs_nlp import load, load_bundle
from lhs_nlp.bundle import MANIFEST
from lhs_nlp.framework import default_framework, default_framework_toml
from lhs_nlp.learn import framework_to_text, teach
from tests.cli.running import run
from tests.learn.taught import read, rows
from tests.toy_bundle import CLAIM, MENTION, NOTHING, RESULT, write_toy_bundle

TEXTS = [CLAIM, RESULT, MENTION, NOTHING]
DEFAULT = default_framework()
ACHIEVED = DEFAULT.claiming(["achieved"])


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return write_toy_bundle(tmp_path / "toy")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Write a framework in which what is hoped for is no claim."""
    path = tmp_path / "own.toml"
    path.write_text(default_framework_toml().replace("claim = true\nrank = 2", "claim = false\nrank = 2"))
    return path


def test_probability_of_a_claim_follows_from_presence_and_status(bundle: Path) -> None:
    scores = load(bundle, ACHIEVED).classifier.scores(TEXTS)
    achieved = DEFAULT.status_ids.index("achieved")
    assert scores.claim == pytest.approx(scores.presence * scores.status[:, :, achieved])
    safety, value = (DEFAULT.benefit_ids.index(benefit) for benefit in ("safety", "value"))
    assert scores.claim[0, safety] < 0.05 < 0.9 < scores.claim[1, value]


def test_same_claims_are_calibrated_as_before(bundle: Path) -> None:
    same = DEFAULT.claiming(["achieved", "anticipated"])
    before, after = (load(bundle, framework).classifier.scores(TEXTS).claim for framework in (DEFAULT, same))
    assert (before == after).all()


def test_every_verdict_needs_review_and_it_is_said_why(bundle: Path) -> None:
    summary = load(bundle, ACHIEVED).tag_texts([RESULT])[0]
    assert {benefit.verdict for benefit in summary.benefits} == {"needs_review"}
    assert "counts as claimed where it is achieved, for which the model's verdicts were not fitted" in summary.text
    assert {each.verdict for each in load(bundle).tag_texts([RESULT])[0].benefits} != {"needs_review"}


def test_verdicts_on_documents_are_not_scored(bundle: Path, own: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": 1, "doc": 1, "text": RESULT, "labels": {"value": "achieved"}}))
    arguments = ("evaluate", gold, "--framework", own, "--model", bundle)
    outcome = run(*arguments, "--level", "document")
    assert outcome.code == 2
    assert "every verdict needs review, and there is nothing to score" in " ".join(outcome.err.split())
    assert run(*arguments).code == 0


def test_validate_says_so(bundle: Path, own: Path) -> None:
    said = run("framework", "validate", own, "--model", bundle).out
    assert "Its verdicts were fitted for claims that are anticipated or achieved; as the framework counts other" in said
    report = json.loads(run("framework", "validate", own, "--model", bundle, "--format", "json").out)
    assert report["model"]["claims_fitted_for"] == ["anticipated", "achieved"]


def test_claims_are_learned_as_the_model_counts_them(bundle: Path, tmp_path: Path) -> None:
    loaded = load_bundle(bundle)
    corrections = read(tmp_path, rows())
    as_counted, other = (teach(loaded, corrections, framework) for framework in (DEFAULT, ACHIEVED))
    assert other.refit.model.calibration.to_dict() == as_counted.refit.model.calibration.to_dict()
    assert other.comparison == as_counted.comparison
    said = " ".join(framework_to_text(loaded, ACHIEVED).split())
    assert "a claim is achieved; in the model, and so in what is said of claims here, anticipated or achieved." in said
    assert not framework_to_text(loaded, DEFAULT)


@pytest.mark.parametrize(
    ("statuses", "told"),
    [(DEFAULT.status_ids, ("anticipated", "achieved")), (("planned", "done", "not_done", "context"), None)],
)
def test_bundle_that_does_not_tell_counts_as_the_shipped_framework_where_it_has_its_statuses(
    bundle: Path, statuses: tuple[str, ...], told: tuple[str, ...] | None
) -> None:
    manifest = json.loads((bundle / MANIFEST).read_text())
    del manifest["labels"]["claims"]
    manifest["labels"]["statuses"] = list(statuses)
    (bundle / MANIFEST).write_text(json.dumps(manifest))
    labels = load_bundle(bundle).labels
    assert labels.claims == told
    assert labels.claims_like(ACHIEVED) is (told is None)
