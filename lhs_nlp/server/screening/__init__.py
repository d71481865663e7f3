"""Screen the references of a literature review in the browser."""

from __future__ import annotations

from lhs_nlp.server.screening.app import create_screening_app

__all__ = ["create_screening_app"]
