"""The corpora themselves: sound, documented, and fitting the public texts."""

import json
import re
from pathlib import Path

import pytest

from lhs_nlp.framework import default_framework
from tests.shared import SHARED, needs_shared
from training.corpora import CORPORA, find_problems, read_documents, read_rows, read_standoff, write_datacard
from training.corpora.checks import public_texts
from training.corpora.standoff_validation import find_joining_problems, find_standoff_problems
from training.data import read_passages, to_targets

FRAMEWORK = default_framework()
STANDOFF = CORPORA / "standoff"


def ids_in_code(path: Path) -> set[str]:
    """Return what stands between backticks in a document."""
    return set(re.findall(r"`([^`\n]+)`", path.read_text(encoding="utf-8")))


def test_authored_documents_are_sound() -> None:
    documents = read_documents(CORPORA / "authored")
    assert find_problems(documents, FRAMEWORK) == []
    assert {document["split"] for document in documents.values()} == {"train", "test"}


def test_standoff_labels_are_sound() -> None:
    assert find_standoff_problems(STANDOFF, FRAMEWORK) == []


def test_card_is_what_the_files_give() -> None:
    card = (CORPORA / "DATACARD.md").read_text(encoding="utf-8")
    assert card == write_datacard(CORPORA, FRAMEWORK), "run: python -m training.corpora card"


def test_codebook_names_all_that_the_framework_has() -> None:
    known = {concept for _, concept in FRAMEWORK.concept_keys} | {*FRAMEWORK.benefit_ids, *FRAMEWORK.status_ids}
    known |= {dimension.id for dimension in FRAMEWORK.dimensions}
    known |= {stakeholder.id for stakeholder in FRAMEWORK.stakeholders}
    named = ids_in_code(CORPORA / "codebook.md")
    assert named - known == {"lhs-nlp framework show", "standoff/", "unsure"}
    assert known <= named


def test_readme_names_every_key_of_the_schema() -> None:
    definitions = json.loads((CORPORA / "schema.json").read_text(encoding="utf-8"))["$defs"]
    parts = [definitions[part]["properties"] for part in ("document", "passage", "standoff", "correction")]
    kinds = definitions["document"]["properties"]["kind"]["enum"]
    assert {*kinds, *(key for part in parts for key in part)} <= ids_in_code(CORPORA / "README.md")


class TestPublicTexts:
    pytestmark = needs_shared

    def test_authored_documents_repeat_none_of_their_passages(self) -> None:
        assert find_problems(read_documents(CORPORA / "authored"), FRAMEWORK, public_texts(SHARED)) == []

    def test_standoff_labels_join_them_and_leak_nothing_of_dev(self) -> None:
        assert find_joining_problems(STANDOFF, SHARED, FRAMEWORK) == []

    @pytest.mark.parametrize("source", ["train", "dev"])
    def test_labels_joined_to_them_are_the_labelled_passages(self, source: str) -> None:
        path = SHARED / "passages" / f"{source}.jsonl"
        joined = read_standoff(STANDOFF, SHARED, source=source)
        assert [row | {"place": ""} for row in joined] == [row | {"place": ""} for row in read_rows(path)]
        targets, expected = to_targets(joined, FRAMEWORK), read_passages(path, FRAMEWORK)
        assert (targets.ids, targets.texts) == (expected.ids, expected.texts)
        assert (targets.status == expected.status).all()
