from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from lhs_nlp.archive.runs import recorded_run
from lhs_nlp.archive.store import Run, Store
from lhs_nlp.archive.store.types import Outcome
from lhs_nlp.framework import default_framework


def recorded(path: Path, *, raises: BaseException | None = None, stopped: bool = False) -> Run:
    """Return the row of a run that counts two documents and then ends in this way."""
    counts = {"tagged": 0, "skipped": 0, "failed": 0}
    with Store(path) as store:
        with (
            pytest.raises(type(raises)) if raises else nullcontext(),
            recorded_run(
                store, lambda: counts, model="m", model_sha256="0" * 64, framework=default_framework(), named=["a"]
            ) as run,
        ):
            counts["tagged"] = 2
            run.stopped = stopped
            if raises:
                raise raises
        return store.runs()[-1]


@pytest.mark.parametrize(
    ("raises", "stopped", "outcome"),
    [
        (None, False, "finished"),
        (None, True, "stopped"),
        (OSError("the disk is gone"), False, "stopped"),
        (KeyboardInterrupt(), False, "interrupted"),
    ],
)
def test_a_run_is_told_of_with_how_it_ended(
    tmp_path: Path, raises: BaseException | None, stopped: bool, outcome: Outcome
) -> None:
    run = recorded(tmp_path / "s.sqlite", raises=raises, stopped=stopped)
    assert (run.outcome, run.tagged, run.skipped, run.failed, run.named) == (outcome, 2, 0, 0, ("a",))
    assert run.finished_at is not None
