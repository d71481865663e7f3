from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest

from tests import offline
from tests.cli.running import run

ROOT = Path(offline.__file__).parents[1]


def checks(*arguments: str | Path) -> tuple[int, dict[str, Any]]:
    outcome = run("doctor", *arguments, "--format", "json")
    report = json.loads(outcome.out)
    assert report["schema"] == "lhs-nlp/doctor/1"
    return outcome.code, {check["name"]: check for check in report["checks"]} | {"ok": report["ok"]}


def test_sound_installation_passes_every_check(bundle: Path) -> None:
    outcome = run("doctor")
    assert (outcome.code, outcome.err) == (0, "")
    assert all(line.startswith("ok  ") for line in outcome.out.splitlines())
    code, found = checks()
    assert (code, found["ok"]) == (0, True)
    assert "toy-1.0.0, 5 files verified" in found["model"]["detail"]
    assert str(bundle) in found["model"]["detail"]
    assert found["general encoder"]["detail"].startswith("all-minilm-l6-v2, verified")
    assert found["classification"]["detail"] == "a passage is classified, the same alone and in a batch"


def test_every_library_that_is_required_is_named_with_its_version() -> None:
    _, found = checks()
    for name in ("onnxruntime", "lxml", "tokenizers", "charset-normalizer", "python-docx"):
        assert found[name]["detail"] == version(name)
    assert found["extra [train]"]["ok"]


def test_missing_library_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_lxml(name: str) -> str:
        if name == "lxml":
            raise PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr("importlib.metadata.version", without_lxml)
    outcome = run("doctor")
    assert outcome.code == 1
    assert "FAIL  lxml                 missing: install lhs-nlp again" in outcome.out.splitlines()


def test_changed_model_fails_and_names_the_file(bundle: Path, tmp_path: Path) -> None:
    changed = shutil.copytree(bundle, tmp_path / "changed")
    with (changed / "encoder.onnx").open("ab") as file:
        file.write(b"x")
    code, found = checks("--model", changed)
    assert (code, found["ok"], found["model"]["ok"], found["framework"]["ok"]) == (1, False, False, True)
    assert "encoder.onnx was changed" in found["model"]["detail"]
    assert not found["classification"]["ok"]


def test_missing_model_fails(tmp_path: Path) -> None:
    outcome = run("doctor", "--model", tmp_path)
    assert outcome.code == 1
    assert "FAIL  model" in outcome.out


def test_no_network_is_used(tmp_path: Path) -> None:
    """In a process of its own, so that what is imported for the first time is watched too."""
    document = tmp_path / "a.txt"
    document.write_text("Falls will be fewer.", encoding="utf-8")
    for command in (["doctor"], ["tag", str(document)]):
        program = [sys.executable, "-m", "tests.offline", *command]
        done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")


def test_network_would_have_been_noticed() -> None:
    with pytest.raises(ConnectionRefusedError, match=r"blocked: socket\.connect"):
        offline.refuse("socket.connect", (socket.AF_INET, ("192.0.2.1", 80)))
    attempt = "import sys, socket; from tests import offline; sys.addaudithook(offline.refuse); socket.socket()"
    done = subprocess.run([sys.executable, "-c", attempt], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "the network is blocked: socket.__new__" in done.stderr
