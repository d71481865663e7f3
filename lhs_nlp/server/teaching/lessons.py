"""Learn from what reviewers decided in a store."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from lhs_nlp.framework import Framework
from lhs_nlp.server.teaching.child import Report
from lhs_nlp.server.teaching.models import bundle_of

if TYPE_CHECKING:
    from lhs_nlp.learn import Comparison


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is to be learned, and where the model goes.

    Attributes
    ----------
    store
        In which reviewers decided.
    framework
        Of the decisions.
    blind
        Whether they decided independently.
    base
        Folder of the model to start from; None for the shipped one.
    check
        File of other labelled passages on which the new model must not be worse; None: there are none.
    folder
        Where taught models are kept.
    force
        Keep the new model also when it is worse.
    """

    store: Path
    framework: Framework
    blind: bool
    base: Path | None
    check: Path | None
    folder: Path
    force: bool


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learned.

    Attributes
    ----------
    base
        Name of the model before.
    corrections
        How many there were, in words.
    comparison, checked
        Before and after: see `Learned`.
    objection
        Why the new model should not be used; None when it may.
    sha256
        Of the new model; None when it was not kept.
    """

    base: str
    corrections: str
    comparison: Comparison | None
    checked: Comparison | None
    objection: str | None
    sha256: str | None


def learn(lesson: Lesson, report: Report) -> Taught:
    """Learn from all decisions, measure, and keep the new model unless it is worse.

    Raises
    ------
    LhsNlpError
        Nothing was decided yet, a model or a file is missing, or does not fit the framework, or the folder of
        taught models cannot be written.
    """
    from lhs_nlp.bundle import load_bundle
    from lhs_nlp.evaluate import read_gold
    from lhs_nlp.learn import (
        check_free,
        corrections_to_text,
        decided_in,
        framework_to_text,
        learned_id,
        save_learned,
        teach,
    )

    corrections = decided_in(lesson.store, lesson.framework, blind=lesson.blind)
    bundle = load_bundle(lesson.base)
    check = read_gold(lesson.check, lesson.framework) if lesson.check else None
    place = _free_place(lesson.folder, learned_id(bundle, corrections))
    check_free(place)  # now, and not after what takes minutes
    learned = teach(bundle, corrections, lesson.framework, check)
    said = corrections_to_text(corrections) + framework_to_text(bundle, lesson.framework)
    kept = None
    if not learned.objection or lesson.force:
        save_learned(place, bundle, corrections, learned)
        kept = _only_once(place, lesson.folder)
    return Taught(
        base=bundle.id,
        corrections=" ".join(said.split()),
        comparison=learned.comparison,
        checked=learned.checked,
        objection=learned.objection,
        sha256=kept,
    )


def _free_place(folder: Path, name: str) -> Path:
    plain = re.sub(r"[^\w.+-]", "_", name)
    places = (folder / (plain if number == 1 else f"{plain}-{number}") for number in count(1))
    return next(place for place in places if not place.exists())


def _only_once(place: Path, folder: Path) -> str:
    """Return the new model's hash; when the same decisions had taught the same before, that one stays."""
    from lhs_nlp.bundle import load_bundle

    sha256 = load_bundle(place).sha256
    if bundle_of(folder, sha256, but=place) is not None:
        shutil.rmtree(place)
    return sha256
