"""Put the model into wheels; a checkout finds it in models/."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ModelHook(BuildHookInterface):
    """Adds models/ to a wheel as lhs_nlp/_models, but not to an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folder to include; hatchling calls this before it builds a wheel."""
        if version == "standard":
            build_data["force_include"]["models"] = "lhs_nlp/_models"
