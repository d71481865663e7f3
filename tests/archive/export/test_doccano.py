"""JSON lines for doccano, checked against what its importer reads and refuses."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp.archive import Store
from lhs_nlp.archive.export import write_doccano
from lhs_nlp.archive.export.annotation import Unit, keepable
from tests.archive.examples import store_of, varied_store
from tests.archive.filling import SAFETY, small_store
from tests.report import examples

LABEL = {"type": "string", "minLength": 1, "maxLength": 100}
SPAN = {
    "type": "array",
    "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 1}, LABEL],
    "minItems": 3,
    "maxItems": 3,
}
TAKEN_BY_DOCCANO = {"filename", "upload_name", "example_uuid", "uuid", "meta", "#line_number"}
UNITS: tuple[Unit, ...] = ("documents", "passages")


def lines(path: Path, unit: Unit) -> list[dict[str, Any]]:
    return [json.loads(line) for line in raw(path, unit).decode("ascii").splitlines()]


def raw(path: Path, unit: Unit) -> bytes:
    file = io.BytesIO()
    with Store(path, read_only=True) as store:
        write_doccano(store, store.tagging(), file, unit)
    return file.getvalue()


@pytest.mark.parametrize(("unit", "label"), [("documents", SPAN), ("passages", LABEL)])
def test_lines_have_the_format_of_their_kind_of_project(tmp_path: Path, unit: Unit, label: dict[str, Any]) -> None:
    schema = {
        "type": "object",
        "required": ["text", "label"],
        "properties": {"text": {"type": "string", "minLength": 1}, "label": {"type": "array", "items": label}},
    }
    path = store_of(tmp_path / "s.sqlite", [examples.proposal(), examples.non_latin(), examples.hostile()])
    found = lines(path, unit)
    assert found
    for line in found:
        jsonschema.validate(line, schema)


@pytest.mark.parametrize("unit", UNITS)
def test_all_lines_have_the_same_keys_and_none_that_doccano_uses_itself(tmp_path: Path, unit: Unit) -> None:
    found = lines(varied_store(tmp_path / "s.sqlite"), unit)
    assert len({tuple(line) for line in found}) == 1
    assert not TAKEN_BY_DOCCANO & set(found[0])
    assert not [line for line in found if None in line.values()]


@pytest.mark.parametrize("unit", UNITS)
def test_file_is_ascii_so_that_its_encoding_is_never_guessed_wrong(tmp_path: Path, unit: Unit) -> None:
    data = raw(store_of(tmp_path / "s.sqlite", [examples.non_latin()]), unit)
    assert data.isascii()
    assert b"\\u" in data


def test_span_is_the_passage_and_says_benefit_and_status(tmp_path: Path) -> None:
    (line,) = lines(store_of(tmp_path / "s.sqlite", [examples.proposal()]), "documents")
    summary = examples.proposal()
    assert line["text"] == summary.document.text
    assert line["label"] == [
        [each.passage.start, each.passage.end, f"{each.benefit}:{each.status}"] for each in summary.findings
    ]


def test_passage_has_the_labels_of_its_findings(tmp_path: Path) -> None:
    found = lines(store_of(tmp_path / "s.sqlite", [examples.proposal()]), "passages")
    assert [line["text"] for line in found] == [passage.text for passage in examples.proposal().passages]
    assert found[3]["label"] == ["value:context", "safety:context"]


def test_metadata_go_along(tmp_path: Path) -> None:
    (line,) = lines(small_store(tmp_path / "s.sqlite", {"a.txt": SAFETY}, {"a.txt": {"year": "2020"}}), "documents")
    assert (line["metadata"], line["source"], line["title"]) == ({"year": "2020"}, "a.txt", "")


@given(st.text(st.characters(codec=None), max_size=60))
def test_kept_text_has_its_length_and_nothing_that_a_database_refuses(text: str) -> None:
    kept = keepable(text)
    assert len(kept) == len(text)
    kept.encode("utf-8")
    assert "\x00" not in kept
