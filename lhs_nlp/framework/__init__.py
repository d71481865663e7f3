"""The benefits, key concepts, statuses, dimensions and stakeholders: data and small frozen types."""

from lhs_nlp.framework.reader import (
    default_framework,
    default_framework_toml,
    framework_in_use,
    parse_framework,
    read_framework,
)
from lhs_nlp.framework.types import Benefit, Concept, Dimension, Framework, Stakeholder, Status

__all__ = [
    "Benefit",
    "Concept",
    "Dimension",
    "Framework",
    "Stakeholder",
    "Status",
    "default_framework",
    "default_framework_toml",
    "framework_in_use",
    "parse_framework",
    "read_framework",
]
