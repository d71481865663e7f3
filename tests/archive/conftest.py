"""An archive of three documents, and runs over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lhs_nlp.archive import Account, Options, Store, tag_archive
from lhs_nlp.tagger import Tagger
from tests.archive.filling import EQUITY, NOTHING, SAFETY, VALUE
from tests.toy import toy_tagger

Tag = Callable[..., Account]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    (folder / "2020").mkdir(parents=True)
    (folder / "a.md").write_text(f"# Aims\n\n{SAFETY}\n\n{NOTHING}\n", encoding="utf-8")
    (folder / "2020" / "b.txt").write_text(f"{VALUE}\n\n{NOTHING}\n", encoding="utf-8")
    (folder / "2020" / "c.txt").write_text(f"{EQUITY}\n\n{NOTHING}\n", encoding="utf-8")
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "results.sqlite"


@pytest.fixture
def tag(path: Path) -> Tag:
    """Tag into the store, as a run of its own."""

    def run(*named: Path | str, tagger: Tagger | None = None, **options: object) -> Account:
        with Store(path) as store:
            wanted = replace(Options(workers=1), **options)  # type: ignore[arg-type]
            return tag_archive([str(name) for name in named], store, tagger or toy_tagger(), wanted)

    return run
