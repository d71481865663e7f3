"""The REST API: tag, read results, write corrections, teach. Its description is at ``/api/openapi.json``."""

from __future__ import annotations

from fastapi import APIRouter

from lhs_nlp.server.api import corrections, results, tagging, teaching

router = APIRouter()
for _part in (tagging, results, corrections, teaching):
    router.include_router(_part.router)
