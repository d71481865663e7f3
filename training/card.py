"""The model card, written from the manifest's record and the metrics alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
