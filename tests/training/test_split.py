"""What is held out of training, and what is left of it."""

from __future__ import annotations

from typing import Any

from lhs_nlp.framework import default_framework
from training.data import LabelledPassages, concatenate, to_targets
from training.split import TrainingData, unseen

FRAMEWORK = default_framework()


def of(*rows: tuple[str, str]) -> LabelledPassages:
    """Return unlabelled targets of (document, text)."""
    made: list[dict[str, Any]] = [
        {"id": f"{doc}#{at}", "doc": doc, "text": text, "labels": {}, "place": f"made:{at}"}
        for at, (doc, text) in enumerate(rows)
    ]
    return to_targets(made, FRAMEWORK)


def test_nothing_held_out_is_trained_on_nor_what_another_document_repeats_of_it() -> None:
    shared = of(*((f"d{number}", f"Falls fell in clinic {number}.") for number in range(60)))
    repeats = of(*((f"other{number}", f"Falls  fell in clinic {number}.") for number in range(60)))
    authored = of(("written", "Waits fell."))
    data = TrainingData(shared, repeats, authored)
    held = data.held_out(seed=1)
    texts = {" ".join(text.split()) for text, is_held in zip(data.real.texts, held, strict=True) if is_held}
    trained = data.trained_on(seed=1)
    assert texts
    assert texts.isdisjoint(" ".join(text.split()) for text in trained.texts)
    whole = concatenate([shared, repeats])
    assert len(trained) == 1 + sum(" ".join(text.split()) not in texts for text in whole.texts)
    assert "written" in trained.docs


def test_document_is_seen_when_a_model_has_seen_one_of_its_passages() -> None:
    files = of(("known", "Falls fell."), ("known", "Waits fell."), ("new", "Costs fell."))
    assert unseen(files, ["waits  FELL", "Trust rose."]).docs == ("new",)
    assert unseen(files, []).docs == files.docs
