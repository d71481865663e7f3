from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lhs_nlp.references import WITH_KEYS, citable, citation, read_references, reference_bytes, under_key
from tests.references.examples import BIBTEX, CSL, RIS, read_text


def test_keys_that_records_came_with_are_kept(tmp_path: Path) -> None:
    records = read_text(tmp_path, BIBTEX).records
    assert [key for key, _ in citable(records)] == ["okafor2021", "clinic2019"]


def test_other_keys_are_of_author_year_and_title(tmp_path: Path) -> None:
    records = read_text(tmp_path, RIS).records
    assert [key for key, _ in citable(records)] == ["okafor2021fewer", "ministryofmadeuphealth2019waiting"]


def test_no_key_comes_twice(tmp_path: Path) -> None:
    records = [*read_text(tmp_path, BIBTEX).records, *read_text(tmp_path, CSL).records]
    keys = [key for key, _ in citable(records + records)]
    assert len(set(keys)) == len(keys) == 8
    assert keys[0] == "okafor2021"


def test_keys_that_differ_in_capitals_alone_are_one_to_bibtex(tmp_path: Path) -> None:
    records = read_text(tmp_path, "@article{Falls,\n title = {One}}\n@article{falls,\n title = {Another}}").records
    assert [key for key, _ in citable(records)] == ["Falls", "anonymousanother"]


def test_key_of_another_record_of_the_same_work_is_kept(tmp_path: Path) -> None:
    one, other = read_text(tmp_path, RIS).records[0], read_text(tmp_path, BIBTEX).records[0]
    assert [key for key, _ in citable([one], [[other]])] == ["okafor2021"]


def test_what_would_end_a_citation_is_left_out_of_a_key(tmp_path: Path) -> None:
    (record,) = read_text(tmp_path, "@article{a]b;c d,\n title = {One}}").records
    ((key, reference),) = citable([replace(record, fields=(*record.fields[:1], ("ID", "a]b @c"), *record.fields[2:]))])
    assert key == "abc"
    assert dict(reference.fields)["ID"] == key


def test_keys_are_those_of_the_file_that_is_written(tmp_path: Path) -> None:
    found = citable([*read_text(tmp_path, RIS).records, *read_text(tmp_path, CSL).records])
    path = tmp_path / "cited.bib"
    path.write_bytes(reference_bytes([reference for _, reference in found], "bibtex"))
    again = read_references(path).records
    assert [dict(record.fields)["ID"] for record in again] == [key for key, _ in found]
    assert [record.title for record in again] == [reference.title for _, reference in found]


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        (["okafor2021"], "[@okafor2021]"),
        (["a_b", "doi:10.1/x-2"], "[@a_b; @doi:10.1/x-2]"),
        (["smith2020."], "[@{smith2020.}]"),
        (["smith--2020"], "[@{smith--2020}]"),
        (["größe2020"], "[@{größe2020}]"),
    ],
)
def test_citation_is_one_that_pandoc_reads(keys: list[str], written: str) -> None:
    assert citation(keys) == written


@pytest.mark.parametrize(("text", "kept"), [(RIS, "title"), (CSL, "title"), (BIBTEX, "title")])
@pytest.mark.parametrize("format", WITH_KEYS)
def test_reference_is_written_under_the_key_that_is_said(tmp_path: Path, text: str, kept: str, format: str) -> None:
    record = read_text(tmp_path, text).records[0]
    again = under_key(record, "said2020", format)
    assert (again.format, getattr(again, kept), again.authors) == (format, record.title, record.authors)
    assert [key for key, _ in citable([again])] == ["said2020"]
    assert b"okafor2021" not in reference_bytes([again], format).split(b"\n")[0]
