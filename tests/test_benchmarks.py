from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.screening import ask_peer


def test_peer_is_asked_in_an_environment_that_has_nothing_of_ours(tmp_path: Path) -> None:
    for name, content in {
        "pandas": "def DataFrame(texts, columns): return texts",
        "asreview/__init__": "",
        "asreview/learner": "ActiveLearningCycle = None",
        "asreview/models/__init__": "",
        "asreview/models/models": "get_ai_config = None",
        "asreview/simulation/__init__": "",
        "asreview/simulation/simulate": "Simulate = None",
    }.items():
        module = tmp_path / "peer" / f"{name}.py"
        module.parent.mkdir(parents=True, exist_ok=True)
        module.write_text(content, encoding="utf-8")
    python = tmp_path / "python"
    python.write_text(
        f'#!/bin/sh\nPYTHONPATH="$PYTHONPATH:{tmp_path / "peer"}" exec {sys.executable} -S "$@"\n', encoding="utf-8"
    )
    python.chmod(0o755)
    assert ask_peer(python, {"texts": [], "labels": [], "starts": []}) == []
