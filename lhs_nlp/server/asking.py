"""Teaching as the pages and the API ask for it of the workbench."""

from __future__ import annotations

from fastapi import HTTPException

from lhs_nlp.bundle import default_bundle_path
from lhs_nlp.server.teaching import Application, Job, KnownModel, Lesson, bundle_of, known_models
from lhs_nlp.server.workbench import Workbench


def models_of(bench: Workbench) -> list[KnownModel]:
    """Return the models that can be shown."""
    with bench.library.reading() as store:
        return known_models(store, bench.library.tagging, bench.taught_folder, bench.settings.base)


def teach(bench: Workbench, who: str, *, force: bool) -> Job:
    """Begin to learn from all that was decided.

    Raises
    ------
    TeachingBusyError
        Something else goes on.
    """
    settings, library = bench.settings, bench.library
    lesson = Lesson(
        store=library.path,
        framework=library.tagging.framework,
        blind=settings.blind,
        base=settings.base,
        check=settings.check,
        folder=bench.taught_folder,
        force=force,
    )
    return bench.teaching.learn(lesson, who)


def use_model(bench: Workbench, who: str, sha256: str) -> Job | None:
    """Show a model's results on all pages; what it has not tagged is tagged first, if its bundle is there.

    Returns
    -------
    Job or None
        The job that tags; None when the results are shown already.

    Raises
    ------
    HTTPException
        404: no such model is known.
    TeachingBusyError
        Something else goes on.
    """
    model = next((each for each in models_of(bench) if each.sha256 == sha256), None)
    if model is None:
        raise HTTPException(404, "No such model is known here.")
    if model.complete or not model.at_hand:
        bench.teaching.show(sha256)
        return None
    library = bench.library
    bundle = bundle_of(bench.taught_folder, sha256) or bench.settings.base or default_bundle_path()
    return bench.teaching.apply(Application(library.path, library.tagging.framework, bundle), who)
