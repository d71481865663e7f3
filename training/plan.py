"""By which stages a network is made: learned from labels, taught by a larger one, refined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from lhs_nlp.bundle import load_bundle
from lhs_nlp.errors import BundleError
from lhs_nlp.framework import Framework
from training.base import TEACHER_PARTS, TEACHER_SHA256, teacher_encoder
from training.corpora.documents import Row
from training.finetune import Recipe
from training.fitting import train_networks
from training.network import BenefitNetwork
from training.refinement import passages_to_refine_on, refine
from training.restore import restore_network
from training.split import TrainingData
from training.teacher import TEACHER, teach


@dataclass(frozen=True, slots=True)
class Plan:
    """The stages that a network goes through, and how it learns in each.

    Attributes
    ----------
    recipe
        How networks learn from labels; its seed is that of every stage, so that what is held out of one is held out
        of all.
    begin
        Folder of a bundle whose network takes the place of one that learned from labels; without further stages it
        stays as it is.
    learning, teaching
        How a larger network learns, and how the small one is taught by it, a recipe for each round; none: it is not.
    refining
        How the network learns on at last; None: it does not.
    """

    recipe: Recipe = field(default_factory=Recipe)
    begin: Path | None = None
    learning: Recipe = TEACHER
    teaching: Sequence[Recipe] = ()
    refining: Recipe | None = None


def carry_out(
    plan: Plan, base: Path, data: TrainingData, unlabelled: Sequence[Row], framework: Framework, work: Path, kept: Path
) -> tuple[dict[str, BenefitNetwork], dict[str, Any]]:
    """Return the network of each stage by its name, the last one last, and what the record says of the stages.

    Parameters
    ----------
    plan
        The stages.
    base
        Folder of the pretrained encoder that the network starts from.
    data, unlabelled
        What there is to learn from.
    framework
        What the heads are for.
    work
        Folder where the teacher's encoder is unpacked.
    kept
        Folder of checkpoints and opinions of these data alone, so that a run that was stopped goes on where it was.

    Raises
    ------
    BundleError
        The bundle to begin with is damaged, of another shape, or does not say that the same documents were held out.
    """
    seed = plan.recipe.seed
    labelled = data.trained_on(seed)
    record: dict[str, Any] = {"recipe": asdict(plan.recipe)}
    if plan.begin is None:
        networks = train_networks(base, labelled, framework, plan.recipe, kept)
        network = list(networks.values())[-1]
    else:
        record = _record_of(plan.begin, seed)
        network = restore_network(plan.begin, base, framework)
        networks = {} if plan.teaching or plan.refining else {"begun": network}
    if plan.teaching:
        learning, *teaching = (replace(each, seed=seed) for each in (plan.learning, *plan.teaching))
        larger = teacher_encoder(work)
        network = teach(network, larger, labelled, unlabelled, framework, base, kept, learning, teaching)
        networks["taught"] = network
        record["teacher"] = {
            "requirements": TEACHER_PARTS,
            "sha256": TEACHER_SHA256,
            "unlabelled": len(unlabelled),
            "recipes": [asdict(each) for each in (learning, *teaching)],
        }
    if plan.refining:
        refining, passages = replace(plan.refining, seed=seed), passages_to_refine_on(data, seed)
        networks["refined"] = refine(network, passages, base, kept, refining)
        stage = {"passages": len(passages), "recipe": asdict(refining)}
        if plan.begin:
            stage["from"] = load_bundle(plan.begin).id
        record["refined"] = [*record.get("refined", ()), stage]
    return networks, record


def _record_of(folder: Path, seed: int) -> dict[str, Any]:
    """Return what a bundle says that it comes from; raise BundleError when others may have been held out of it."""
    record: dict[str, Any] = load_bundle(folder).manifest["training"]
    known = record.get("recipe", {}).get("seed")
    if known != seed:
        said = "does not say with which seed it was trained" if known is None else f"was trained with the seed {known}"
        raise BundleError(f"{folder}: {said}, not with {seed}: it may have learned from what is held out now.")
    return record
