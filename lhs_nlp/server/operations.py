"""What whoever runs the server asks it: whether it works, and how much it does."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel

from lhs_nlp import __version__
from lhs_nlp.server.api.schemas import Fault
from lhs_nlp.server.sessions import Reviewer
from lhs_nlp.server.workbench import Bench

_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"

router = APIRouter(tags=["operations"])


class Health(BaseModel):
    """That the server works, and of which version it is."""

    status: str
    version: str


@router.get("/health", responses={503: {"model": Fault, "description": "The store cannot be read"}})
def health(bench: Bench) -> Health:
    """Say that the server works and its store can be read; 503 when it cannot."""
    with bench.library.reading() as store:
        store.taggings()
    return Health(status="ok", version=__version__)


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}, 401: {"model": Fault, "description": "A token is needed"}},
)
def metrics(bench: Bench, who: Reviewer) -> Response:
    """Return counts of requests, decisions and tagged documents in Prometheus's text format."""
    return Response(bench.meters.text(), media_type=_PROMETHEUS)
