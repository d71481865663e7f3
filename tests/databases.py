"""Databases that tests look into or change behind the product's back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def connected(path: Path, timeout: float = 5) -> Iterator[sqlite3.Connection]:
    """Connect to a database; at the end changes are committed, and the connection is closed."""
    with closing(sqlite3.connect(path, timeout=timeout)) as connection, connection:
        yield connection
