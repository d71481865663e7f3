from __future__ import annotations

import os
from pathlib import Path

import pytest

from lhs_nlp.archive import REASONS, Options, Store, tag_archive
from lhs_nlp.archive.sources import Columns
from lhs_nlp.archive.store.columns import storable
from tests.archive.filling import SAFETY
from tests.archive.hostile import HOSTILE, OUTSIDE, READ
from tests.toy import toy_tagger


def test_hostile_inputs_are_each_a_reason_and_touch_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, output = tmp_path / "in" / "archive", tmp_path / "out"
    for path in (folder, output):
        path.mkdir(parents=True)
    for hostile in HOSTILE:
        hostile.write(folder)
    (folder / "zzz.txt").write_text(SAFETY, encoding="utf-8")
    monkeypatch.chdir(output)
    before = everything_below(tmp_path)

    options = Options(workers=2, seconds=60, megabytes=1500, columns=Columns(text="text"))
    with Store(output / "results.sqlite") as store:
        tag_archive([str(folder)], store, toy_tagger(), options)
        outcomes = {failure.source: failure.reason for failure in store.failures()}
        for (name,) in store.connection.execute("SELECT name FROM sources"):
            outcomes.setdefault(name, READ)

    assert len(HOSTILE) >= 50
    assert outcomes.pop(str(folder / "zzz.txt")) == READ
    assert set(outcomes.values()) <= {READ, *REASONS}
    for hostile in HOSTILE:
        assert reasons_of(folder / hostile.name, outcomes) <= hostile.reasons, hostile.name
        assert reasons_of(folder / hostile.name, outcomes), hostile.name
    assert everything_below(tmp_path) - before == {output / "results.sqlite"}
    assert not Path(OUTSIDE).exists()


def reasons_of(path: Path, outcomes: dict[str, str]) -> set[str]:
    """Return what became of a file, or of what is in it; of an archive that is refused itself, that alone."""
    name = storable(str(path))
    return {outcome for source, outcome in outcomes.items() if source == name} or {
        outcome for source, outcome in outcomes.items() if source.startswith((f"{name}/", f"{name}#"))
    }


def everything_below(folder: Path) -> set[Path]:
    return {Path(parent) / name for parent, folders, names in os.walk(folder) for name in folders + names}
