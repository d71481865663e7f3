"""Let the model learn from what was decided, and choose whose results are shown."""

from __future__ import annotations

from fastapi import APIRouter

from lhs_nlp.server.api.schemas import PREFIX, Fault, Sha256, Unfit
from lhs_nlp.server.api.teaching_schemas import JobOut, ModelOut, TaughtOut, TeachIn, TeachingOut
from lhs_nlp.server.asking import models_of, teach, use_model
from lhs_nlp.server.sessions import Reviewer
from lhs_nlp.server.workbench import Bench, Workbench

_REFUSALS: dict[int | str, dict[str, object]] = {
    401: {"model": Fault, "description": "A token is needed"},
    422: {"model": Unfit, "description": "It does not fit"},
}
_BUSY: dict[int | str, dict[str, object]] = {
    400: {"model": Fault, "description": "The request is malformed"},
    409: {"model": Fault, "description": "Something is learned or tagged already; nothing was begun"},
}

router = APIRouter(prefix=PREFIX, tags=["teaching"], responses=_REFUSALS)


@router.get("/teaching")
def read_teaching(bench: Bench, who: Reviewer) -> TeachingOut:
    """Return what goes on or went on last, what was learned last, and whose results can be shown."""
    return _state(bench)


@router.post("/teaching", status_code=202, responses=_BUSY)
def begin_teaching(bench: Bench, who: Reviewer, sent: TeachIn) -> JobOut:
    """Begin to learn from all decisions; `GET` the same address to see how far it is.

    A new model that is worse on decisions that it has not seen is not kept, unless `force` says so. To
    use one that is kept, show its results.
    """
    return JobOut.of(teach(bench, who, force=sent.force))


@router.post(
    "/models/{sha256}/show",
    status_code=202,
    responses={**_BUSY, 404: {"model": Fault, "description": "No such model"}},
)
def show_model(bench: Bench, who: Reviewer, sha256: Sha256) -> TeachingOut:
    """Show a model's results to everybody, after it has tagged the documents that it has not.

    The results of other models stay in the store, and so do the decisions on them.
    """
    use_model(bench, who, sha256)
    return _state(bench)


def _state(bench: Workbench) -> TeachingOut:
    state = bench.teaching.state
    return TeachingOut(
        job=JobOut.of(state.job) if state.job else None,
        taught=TaughtOut.of(state.taught) if state.taught else None,
        models=[ModelOut.of(model) for model in models_of(bench)],
    )
