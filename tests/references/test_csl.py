from __future__ import annotations

import json
from pathlib import Path

import pytest

from lhs_nlp.errors import ReferencesError
from lhs_nlp.references import Reference, converted, reference_bytes, with_tags
from tests.references.examples import CSL, RIS, read_text


def test_item_is_read(tmp_path: Path) -> None:
    first, second = read_text(tmp_path, CSL).records
    assert first == Reference(
        type="article-journal",
        title="Fewer falls after a learning health system was set up",
        abstract="Falls harm.\n\nFalls fell by 12%.",
        authors=("Okafor, Ada N.", "de la Cruz, Jos\u00e9", "Ward Group"),
        year=2021,
        doi="10.1234/wq.2021.7",
        pmid="31234567",
        journal="Ward Quarterly",
        volume="12",
        issue="4",
        pages="101-109",
        keywords=("accidental falls", "safety"),
        url=None,
        language="en",
        format="csl",
        fields=first.fields,
    )
    assert (second.year, second.type) == (2019, "report")


def test_file_is_written_with_the_same_data(tmp_path: Path) -> None:
    assert json.loads(reference_bytes(read_text(tmp_path, CSL).records, "csl")) == json.loads(CSL)


@pytest.mark.parametrize("text", ['{"items": [{"title": "One"}]}', '{"title": "One"}', '[{"title": "One"},]'])
def test_single_and_wrapped_items_are_read(tmp_path: Path, text: str) -> None:
    found = read_text(tmp_path, text)
    assert [record.title for record in found.records] == ["One"]
    assert found.skipped == ()


@pytest.mark.parametrize(
    "text",
    [
        '{"config": {"items": [{"title": "No"}]}, "collections": {"C": {"items": [1]}}, "items": [{"title": "One"}]}',
        '{\n"references": [\n{"title": "One"}\n]\n}',
        '{"title": "One", "custom": {"items": [{"title": "Two"}]}}',
    ],
)
def test_list_is_found_where_programs_put_it(tmp_path: Path, text: str) -> None:
    found = read_text(tmp_path, text)
    assert [record.title for record in found.records] == ["One"]
    assert found.skipped == ()


def test_item_of_zotero_itself_is_read(tmp_path: Path) -> None:
    people = [
        {"creatorType": "author", "lastName": "Okafor", "firstName": "Ada N."},
        {"creatorType": "editor", "lastName": "Roe", "firstName": "Kim"},
        {"creatorType": "author", "name": "Ward Group"},
    ]
    item = {
        "itemType": "journalArticle",
        "title": "Fewer falls",
        "creators": people,
        "date": "2021-03-01",
        "DOI": "10.1234/7",
    }
    more = {"publicationTitle": "Ward Quarterly", "pages": "1-9", "abstractNote": "Falls.", "tags": [{"tag": "falls"}]}
    (record,) = read_text(tmp_path, json.dumps({"config": {}, "items": [item | more]})).records
    assert (record.type, record.authors, record.year) == ("journalArticle", ("Okafor, Ada N.", "Ward Group"), 2021)
    assert (record.journal, record.pages, record.abstract) == ("Ward Quarterly", "1-9", "Falls.")
    assert (record.doi, record.keywords, converted(record, "ris").type) == ("10.1234/7", ("falls",), "JOUR")


def test_item_that_says_nothing_of_a_work_is_reported(tmp_path: Path) -> None:
    found = read_text(tmp_path, '[{"title": "One"},\n{"id": 7, "note": "two"},\n{}]')
    assert len(found.records) == 1
    assert [(piece.line, piece.text) for piece in found.skipped] == [(2, '{"id": 7, "note": "two"}'), (3, "{}")]
    assert found.skipped[0].reason == "An item without type, title, abstract, authors, DOI and PMID."


def test_items_before_a_break_are_read_and_the_rest_is_reported(tmp_path: Path) -> None:
    found = read_text(tmp_path, '[{"title": "One"},\n{"title": "Tw')
    assert [record.title for record in found.records] == ["One"]
    (piece,) = found.skipped
    assert (piece.line, piece.text) == (2, '{"title": "Tw')
    assert piece.reason.startswith("The JSON is damaged or truncated from here on")


def test_what_is_no_item_is_reported(tmp_path: Path) -> None:
    found = read_text(tmp_path, '[{"title": "One"},\n"two",\n3]\nmore')
    assert [(piece.line, piece.text) for piece in found.skipped] == [(2, '"two"'), (3, "3"), (4, "more")]


def test_list_without_its_end_is_reported(tmp_path: Path) -> None:
    (piece,) = read_text(tmp_path, '[{"title": "One"}').skipped
    assert "without its closing bracket" in piece.reason


def test_items_of_other_formats_have_type_and_id(tmp_path: Path) -> None:
    items = json.loads(reference_bytes(read_text(tmp_path, RIS).records, "csl"))
    assert [item["type"] for item in items] == ["article-journal", "report"]
    assert len({item["id"] for item in items}) == 2
    assert items[0]["issued"] == {"date-parts": [[2021, 3]]}
    assert items[0]["author"][0] == {"family": "Okafor", "given": "Ada N."}
    assert items[1]["author"] == [{"literal": "Ministry of Made-up Health"}]


def test_tags_join_the_keywords_and_notes(tmp_path: Path) -> None:
    tagged = with_tags(read_text(tmp_path, CSL).records[0], ["LHS: safety"], ["one", "two"])
    fields = {key: json.loads(value) for key, value in tagged.fields}
    assert fields["keyword"] == "accidental falls; safety; LHS: safety"
    assert fields["note"] == "one\ntwo"


def test_keyword_with_a_comma_stays_one_beside_others(tmp_path: Path) -> None:
    (record,) = read_text(tmp_path, "TY  - JOUR\nTI  - One\nKW  - Health Services, Rural\nKW  - Falls\nER  - ").records
    assert converted(record, "csl").keywords == ("Health Services, Rural", "Falls")


def test_id_that_comes_twice_is_numbered(tmp_path: Path) -> None:
    (number,) = read_text(tmp_path, '[{"id": 7, "title": "One"}]').records
    (text,) = read_text(tmp_path, '[{"id": "7", "title": "Two"}]').records
    (ris,) = read_text(tmp_path, "TY  - JOUR\nTI  - Three\nID  - 7\nER  - \n").records
    items = json.loads(reference_bytes([ris, number, text], "csl"))
    assert [(item["id"], item["title"]) for item in items] == [("7-2", "Three"), (7, "One"), ("7-3", "Two")]


def test_list_without_items_holds_no_references(tmp_path: Path) -> None:
    with pytest.raises(ReferencesError, match="holds no references") as raised:
        read_text(tmp_path, "[]")
    assert raised.value.reason == "empty"


def test_half_a_character_is_kept_escaped_and_read_as_a_mark(tmp_path: Path) -> None:
    (record,) = read_text(tmp_path, r'[{"title": "One \ud800"}]').records
    assert record.title == "One ?"
    assert record.fields == (("title", r'"One \ud800"'),)
    assert read_text(tmp_path, reference_bytes([record], "csl")).records == (record,)


@pytest.mark.parametrize("parts", ["[2020, 99, 99]", "[99999999, 1]", "[1e400]", "[null, [1]]", "[]"])
def test_absurd_date_is_read_and_written_as_json_that_every_program_reads(tmp_path: Path, parts: str) -> None:
    found = read_text(tmp_path, f'[{{"title": "One", "issued": {{"date-parts": [{parts}]}}}}, {{"title": "Two"}}]')
    assert [record.title for record in found.records] == ["One", "Two"]
    assert found.records[0].year in (2020, None)
    written = json.loads(reference_bytes(found.records, "csl"), parse_constant=pytest.fail)
    assert written[1]["title"] == "Two"


def test_date_of_another_format_that_is_no_day_is_written_as_it_was(tmp_path: Path) -> None:
    text = "TY  - JOUR\nTI  - One\nDA  - 2020/99/99\nER  - \n"
    (record,) = read_text(tmp_path, text).records
    (item,) = json.loads(reference_bytes([converted(record, "csl")], "csl"))
    assert item["issued"] == {"raw": "2020-99-99"}


@pytest.mark.parametrize("digits", [30, 5000])
def test_number_of_any_length_is_kept(tmp_path: Path, digits: int) -> None:
    number = "9" * digits
    found = read_text(tmp_path, f'[{{"title": "One", "volume": {number}}}, {{"title": "Two"}}]')
    assert [(record.title, record.volume) for record in found.records] == [("One", number), ("Two", None)]
    assert found.skipped == ()
