from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from lhs_nlp.bundle import ENCODER, GENERAL_NAME, MANIFEST, general_encoder
from lhs_nlp.bundle.loading import model_folder
from lhs_nlp.encoders.vectors import directions
from lhs_nlp.errors import BundleError

TITLES = ("Fewer falls on geriatric wards", "Preventing older patients from falling", "Waiting times in clinics", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = model_folder(GENERAL_NAME)
    assert found is not None
    return Path(shutil.copytree(found, tmp_path / GENERAL_NAME))


def test_titles_on_one_topic_are_nearer_to_each_other() -> None:
    found = directions(TITLES, general_encoder().encoder)
    likeness = found @ found.T
    assert likeness[0, 1] > likeness[0, 2] + 0.2
    assert np.array_equal(likeness[3], np.zeros(4))  # a blank title is like nothing


def test_title_has_the_same_vector_alone_and_in_any_batch() -> None:
    encoder = general_encoder().encoder
    alone = np.concatenate([encoder.encode([title]) for title in TITLES])
    assert np.allclose(encoder.encode(TITLES), alone, atol=1e-5)


def test_manifest_tells_where_the_weights_are_from(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert (manifest["id"], manifest["made_from"]["license"]) == (GENERAL_NAME, "Apache-2.0")


def test_changed_file_is_refused(folder: Path) -> None:
    with (folder / ENCODER).open("ab") as file:
        file.write(b"\0")
    with pytest.raises(BundleError, match=r"encoder\.onnx was changed"):
        general_encoder(folder)


@pytest.mark.parametrize("text", ["{", "[]", '{"files": 1}', '{"files": {}, "most_tokens": 128}'])
def test_manifest_that_does_not_serve_is_refused(folder: Path, text: str) -> None:
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(BundleError, match=r"manifest"):
        general_encoder(folder)
