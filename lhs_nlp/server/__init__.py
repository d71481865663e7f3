"""The workbench: a store's documents and findings in the browser, to be read and corrected; and its REST API."""

from __future__ import annotations

from lhs_nlp.server.app import create_app
from lhs_nlp.server.settings import ServerLimits, Settings
from lhs_nlp.server.tokens import Token, read_tokens

__all__ = ["ServerLimits", "Settings", "Token", "create_app", "read_tokens"]
