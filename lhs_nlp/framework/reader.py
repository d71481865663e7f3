"""Read a framework from TOML, with errors that name the place and the mend."""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar
from unicodedata import category

from lhs_nlp.errors import FrameworkError
from lhs_nlp.framework.types import Benefit, Concept, Dimension, Framework, Stakeholder, Status

SCHEMA = 1
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_MOST_BYTES = 4_000_000
_NO_LINE = ("Cc", "Zl", "Zp")
"""Unicode's categories of control characters and of what ends lines."""

_Entry = TypeVar("_Entry", Status, Dimension, Stakeholder, Concept, Benefit)


@cache
def default_framework() -> Framework:
    """Return the Framework of LHS Benefits (Welch et al. 2024) that ships with the library."""
    return parse_framework(default_framework_toml(), origin="lhs_benefits.toml")


def read_framework(path: str | Path) -> Framework:
    """Read a framework from a TOML file.

    Parameters
    ----------
    path
        A file of at most 4 MB in the format of ``lhs-nlp framework show --format toml``.

    Returns
    -------
    Framework
        The framework, complete and consistent.

    Raises
    ------
    FrameworkError
        The file cannot be read, is not TOML, or breaks a rule; the message names the entry.
    """
    path = Path(path)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FrameworkError(f"{path}: larger than 4 MB, which no framework is.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FrameworkError(f"{path}: cannot be opened ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise FrameworkError(f"{path}: is not UTF-8 text; save it as UTF-8.") from error
    return parse_framework(text, origin=str(path))


def framework_in_use(path: str | Path | None) -> Framework:
    """Return the framework of a TOML file, or the shipped one when none is named."""
    return default_framework() if path is None else read_framework(path)


def default_framework_toml() -> str:
    """Return the shipped framework as TOML text: the start for a framework of one's own."""
    return files("lhs_nlp.framework").joinpath("lhs_benefits.toml").read_text(encoding="utf-8")


def parse_framework(text: str, origin: str = "framework") -> Framework:
    """Parse a framework from TOML text; `origin` names it in errors."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FrameworkError(f"{origin}: not valid TOML: {error}.") from error
    if data.get("schema") != SCHEMA:
        raise FrameworkError(f"{origin}: expected `schema = {SCHEMA}`, found {data.get('schema')!r}.")
    known = {"schema", "id", "version", "name", "source", "status", "dimension", "stakeholder", "benefit"}
    _refuse_unknown(data, known, origin)
    framework = Framework(
        id=_line(data, "id", origin),
        version=_line(data, "version", origin),
        name=_line(data, "name", origin),
        source=_text(data, "source", origin),
        benefits=tuple(_benefit(table, f"{origin}: benefit") for table in _tables(data, "benefit", origin)),
        statuses=_entries(Status, data, "status", origin),
        dimensions=_entries(Dimension, data, "dimension", origin),
        stakeholders=_entries(Stakeholder, data, "stakeholder", origin),
    )
    if not framework.claim_ids:
        raise FrameworkError(f"{origin}: no status has `claim = true`, so nothing could ever be claimed.")
    return framework


def _benefit(table: dict[str, Any], place: str) -> Benefit:
    name = f"{place} {table.get('id')!r}"
    concepts = _entries(Concept, table, "concept", name)
    scalars = {key: value for key, value in table.items() if key != "concept"}
    return _entry(Benefit, scalars, name, concepts=concepts)


def _entries(kind: type[_Entry], data: dict[str, Any], key: str, origin: str) -> tuple[_Entry, ...]:
    return tuple(_entry(kind, table, f"{origin}: {key} {table.get('id')!r}") for table in _tables(data, key, origin))


def _tables(data: dict[str, Any], key: str, origin: str) -> list[dict[str, Any]]:
    tables = data.get(key)
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise FrameworkError(f"{origin}: needs at least one [[{_heading(key)}]] table.")
    ids = [table.get("id") for table in tables]
    for entry_id in ids:
        if ids.count(entry_id) > 1:
            raise FrameworkError(f"{origin}: two [[{_heading(key)}]] tables have the id {entry_id!r}.")
    return tables


def _heading(key: str) -> str:
    """Return what stands above such tables in a file."""
    return "benefit.concept" if key == "concept" else key


def _entry(kind: type[_Entry], table: dict[str, Any], place: str, **given: object) -> _Entry:
    expected = {field.name: field for field in fields(kind) if field.name not in given}
    _refuse_unknown(table, set(expected), place)
    values: dict[str, Any] = dict(given)
    for name, field in expected.items():
        if name not in table:
            if field.default is MISSING:
                raise FrameworkError(f"{place}: `{name}` is missing.")
            continue
        values[name] = _value(table[name], str(field.type), f"{place}: `{name}`")
    if not _ID.match(str(values["id"])):
        raise FrameworkError(f"{place}: an id is lower-case letters, digits and underscores, starting with a letter.")
    values["name"] = _line(values, "name", place)
    return kind(**values)


def _value(value: object, kind: str, place: str) -> object:
    if kind.startswith("tuple"):
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(value)
        raise FrameworkError(f"{place} must be a list of texts.")
    types: dict[str, type] = {"str": str, "bool": bool, "int": int}
    if type(value) is not types[kind]:
        raise FrameworkError(f"{place} must be of type {kind}, found {value!r}.")
    return value


def _text(data: dict[str, Any], key: str, origin: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise FrameworkError(f"{origin}: `{key}` must be a text.")
    return value


def _line(data: dict[str, Any], key: str, origin: str) -> str:
    """Return a text that tables and sentences can hold."""
    value = _text(data, key, origin)
    if any(category(character) in _NO_LINE for character in value):
        raise FrameworkError(f"{origin}: `{key}` must be words on one line, found {value!r}.")
    return value


def _refuse_unknown(table: dict[str, Any], known: set[str], place: str) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise FrameworkError(f"{place}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}.")
