"""The REST API: tag, read results, write corrections. Its description is at ``/api/openapi.json``."""

from __future__ import annotations

from fastapi import APIRouter

from lhs_nlp.server.api import corrections, results, tagging

router = APIRouter()
for _part in (tagging, results, corrections):
    router.include_router(_part.router)
