from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from lhs_nlp.bundle import MANIFEST, load_bundle, write_manifest
from lhs_nlp.explanation import Example, save_examples
from lhs_nlp.framework import default_framework
from lhs_nlp.report import json_schema, to_html, to_json, to_json_text, to_markdown, to_text
from lhs_nlp.summary import DocumentSummary
from lhs_nlp.tagger import Tagger, load
from tests.cli.running import run
from tests.toy_bundle import CLAIM, MENTION, NOTHING, RESULT, write_toy_bundle

LABELLED = {RESULT: {"value": "achieved"}, "Fewer falls <b>here</b>.": {"safety": "anticipated"}, NOTHING: {}}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_toy_bundle(tmp_path_factory.mktemp("explain") / "toy")
    encoder = load(folder).classifier.encoder
    passages = [Example(f"made#{at}", text, labels) for at, (text, labels) in enumerate(LABELLED.items())]
    save_examples(folder, passages, encoder.encode(list(LABELLED)))
    (folder / MANIFEST).unlink()
    write_manifest(folder, name="toy-1.1.0", framework=default_framework(), most_tokens=64, training={})
    return folder


@pytest.fixture(scope="module")
def tagger(bundle: Path) -> Tagger:
    return load(bundle)


@pytest.fixture(scope="module")
def summary(tagger: Tagger) -> DocumentSummary:
    (summary,) = tagger.tag_texts([f"{CLAIM}\n\n{MENTION}\n\n{RESULT}\n\n{NOTHING}"])
    return tagger.explain(summary)


def without_explanations(summary: DocumentSummary) -> DocumentSummary:
    return replace(
        summary,
        benefits=tuple(
            replace(benefit, evidence=tuple(replace(finding, explanation=None) for finding in benefit.evidence))
            for benefit in summary.benefits
        ),
    )


def test_bundle_with_examples_verifies(bundle: Path) -> None:
    assert "examples.npy" in load_bundle(bundle).manifest["files"]


def test_every_quotation_is_explained_and_nothing_else_changes(tagger: Tagger, summary: DocumentSummary) -> None:
    quoted = [finding for benefit in summary.benefits for finding in benefit.evidence]
    assert quoted
    assert all(finding.explanation for finding in quoted)
    (plain,) = tagger.tag_texts([f"{CLAIM}\n\n{MENTION}\n\n{RESULT}\n\n{NOTHING}"])
    assert [benefit.verdict for benefit in summary.benefits] == [benefit.verdict for benefit in plain.benefits]
    assert [finding.passage for finding in summary.findings] == [finding.passage for finding in plain.findings]


def test_neighbours_are_the_labelled_passages_most_like_it(summary: DocumentSummary) -> None:
    value = next(benefit for benefit in summary.benefits if benefit.benefit == "value")
    explanation = value.evidence[0].explanation
    assert explanation is not None
    assert explanation.neighbours[0].text == RESULT
    assert explanation.neighbours[0].similarity == pytest.approx(1, abs=1e-3)


def test_bundle_without_examples_explains_by_words_alone(tmp_path: Path) -> None:
    tagger = load(write_toy_bundle(tmp_path / "plain"))
    (summary,) = tagger.tag_texts([CLAIM])
    explained = tagger.explain(summary).benefits[1].evidence[0].explanation
    assert explained is not None
    assert explained.words
    assert explained.neighbours == ()


def test_document_without_findings_is_explained_by_nothing(tagger: Tagger) -> None:
    (summary,) = tagger.tag_texts([NOTHING])
    assert tagger.explain(summary) == summary


def test_json_with_explanations_fits_its_schema(summary: DocumentSummary) -> None:
    jsonschema.validate(json.loads(to_json_text(summary)), json_schema())
    evidence = to_json(summary)["benefits"]["value"]["evidence"][0]  # type: ignore[index]
    explanation = evidence["explanation"]
    assert explanation["method"] == "leave-one-word-out"
    for word in explanation["words"]:
        assert evidence["text"][word["start"] : word["end"]] == word["text"]


def test_people_are_shown_words_and_neighbours(summary: DocumentSummary) -> None:
    for shown in (to_text(summary), to_markdown(summary)):
        assert "Carried by: " in shown
        assert "labelled value achieved; similarity 1.00" in " ".join(shown.replace("\u2502", " ").split())
    assert "Carried by" not in to_text(without_explanations(summary))


def test_html_marks_the_words_and_escapes_the_neighbours(summary: DocumentSummary) -> None:
    page = to_html(summary)
    assert '<b class="carries">falls</b>' in page
    assert "Labelled passages like it" in page
    assert "Fewer falls &lt;b&gt;here&lt;/b&gt;" in page
    assert "Fewer falls <b>here</b>" not in page


def test_command_explains_when_it_is_asked_to(bundle: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(CLAIM, encoding="utf-8")
    assert "Carried by: " not in run("tag", path, "--model", bundle).out
    assert "Carried by: " in run("tag", path, "--model", bundle, "--explain").out


def test_table_that_cannot_hold_explanations_is_refused(bundle: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(CLAIM, encoding="utf-8")
    outcome = run("tag", path, "--model", bundle, "--explain", "--format", "csv")
    assert (outcome.code, outcome.out) == (2, "")
    assert "CSV has no room for explanations" in outcome.err
