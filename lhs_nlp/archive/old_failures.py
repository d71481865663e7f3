"""Failures of earlier runs: which of them are over."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from lhs_nlp.archive.sources.archives import is_archive
from lhs_nlp.archive.sources.tables import is_table
from lhs_nlp.archive.sources.urls import is_url, path_of

_STEP = re.compile(f"[/#{re.escape(os.sep)}]")
_ROW = re.compile("#")
_HERE = "."


class OldFailures:
    """Places that failed before a run began; those that it looked at, and that did not fail again, are over.

    A place was looked at when the user named it, when something in it was found, or when its
    folder, archive or table was gone through: something was found there, and nothing that the place
    lies in failed.

    Parameters
    ----------
    places
        Where the failures are.
    named
        What the user named for this run.
    """

    def __init__(self, places: Iterable[str], named: Iterable[str]) -> None:
        self._old = {place: holders_of(place) for place in places}
        self._heard_of = {name for place, holders in self._old.items() for name in (place, *holders)}
        self._named = {name for each in named for name in (each, _as_found(each))}
        self._opened: set[str] = set()
        self._closed: set[str] = set()

    def found(self, name: str) -> None:
        """Note that something was found: what holds it was opened."""
        if self._old:
            self._opened.update(self._heard_of.intersection(holders_of(name)))

    def failed(self, name: str) -> None:
        """Note that a place failed: what lies in it was not looked at, or not all of it."""
        self.found(name)
        self.left_out(name)

    def left_out(self, name: str) -> None:
        """Note that a place was not looked at."""
        if name in self._heard_of:
            self._closed.add(name)

    def over(self) -> list[str]:
        """Return the places that are no failures any more, at the end of a run that went through everything."""
        return [place for place, holders in self._old.items() if self._is_over(place, holders)]

    def _is_over(self, place: str, holders: list[str]) -> bool:
        if self._closed.intersection((place, *holders)):
            return False
        return place in self._named or place in self._opened or self._went_through(holders)

    def _went_through(self, holders: list[str]) -> bool:
        """Return whether what directly holds a place was opened, and not for a part of it alone, as by a pattern."""
        if not holders or holders[-1] not in self._opened:
            return False
        return any(name in self._named or is_archive(name) or is_table(name) for name in holders)


def holders_of(name: str) -> list[str]:
    """Return what a place lies in, the outermost first: folders, archives, a table."""
    here = [] if os.path.isabs(name) or is_url(name) else [_HERE]
    # The id of a row may be anything, such as a DOI, whose slash is no step.
    rows = (mark.end() for mark in _ROW.finditer(name) if is_table(path_of(name[: mark.start()])))
    return here + [name[: step.start()] for step in _STEP.finditer(name, 0, next(rows, len(name)))]


def _as_found(named: str) -> str:
    """Return how a folder is called in the names of what is found in it."""
    return named.rstrip("/") if is_url(named) else str(Path(named))
