from __future__ import annotations

import csv
import gzip
import io
from dataclasses import replace
from pathlib import Path

import pytest

from lhs_nlp.errors import ReferencesError
from lhs_nlp.references import Reference, converted, reference_bytes, reference_from, with_fields, with_tags
from tests.references.examples import CSV, read_text
from tests.shared import SHARED, needs_shared


def test_row_is_read(tmp_path: Path) -> None:
    first, second = read_text(tmp_path, CSV).records
    assert first == Reference(
        type=None,
        title="Fewer falls after a learning health system was set up",
        abstract='Falls harm.\nFalls "fell" by 12%.',
        authors=("Okafor, Ada N.", "de la Cruz, Jos\u00e9"),
        year=2021,
        doi="10.1234/wq.2021.7",
        pmid="31234567",
        journal="Ward Quarterly",
        volume=None,
        issue=None,
        pages=None,
        keywords=("accidental falls", "safety"),
        url=None,
        language=None,
        format="csv",
        fields=first.fields,
    )
    assert second.authors == ("Doe, J", "Roe, KL")
    assert second.fields[-2:] == (("Decision", "out"), ("column 10", "extra"))


def test_guess_of_every_column_is_shown(tmp_path: Path) -> None:
    assert read_text(tmp_path, CSV).columns == (
        ("Title", "title"),
        ("Authors", "authors"),
        ("Publication Year", "year"),
        ("DOI", "doi"),
        ("PubMed ID", "pmid"),
        ("Source title", "journal"),
        ("Abstract", "abstract"),
        ("Author Keywords", "keywords"),
        ("Decision", ""),
        ("column 10", ""),
    )


def test_columns_of_screening_programs_and_publishers_are_known(tmp_path: Path) -> None:
    text = "Item Title,Publication Title,Journal Volume,Journal Issue,Item DOI,Published Year,Content Type\n"
    (record,) = read_text(tmp_path, f"{text}Fewer falls,Ward Quarterly,12,4,10.1234/7,2019,Article\n").records
    assert (record.title, record.journal, record.volume) == ("Fewer falls", "Ward Quarterly", "12")
    assert (record.issue, record.doi, record.year, record.type) == ("4", "10.1234/7", 2019, "Article")


def test_tags_of_web_of_science_are_known(tmp_path: Path) -> None:
    tags = "PT AU TI SO DE SN PY VL IS BP EP DI DT PM".split()
    row = "J|Okafor, A|Fewer falls|Ward Quarterly|falls; wards|1111-2222|2019|12|4|101|109|10.1234/7|Article|31234567"
    (record,) = read_text(tmp_path, "\t".join(tags) + "\n" + row.replace("|", "\t") + "\n").records
    assert (record.type, record.journal, record.keywords) == ("Article", "Ward Quarterly", ("falls", "wards"))
    assert (record.issue, record.pages, record.doi, record.pmid) == ("4", "101-109", "10.1234/7", "31234567")


def test_sponsor_in_web_of_science_is_no_page(tmp_path: Path) -> None:
    tags, row = "TI SP BP EP".split(), "Fewer falls|Made-up Society|101|109"
    (record,) = read_text(tmp_path, "\t".join(tags) + "\n" + row.replace("|", "\t") + "\n").records
    assert record.pages == "101-109"


@pytest.mark.parametrize(("cells", "pages"), [("789,,", "789"), ("789,101,109", "101-109")])
def test_number_of_an_article_stands_for_pages_where_there_are_none(tmp_path: Path, cells: str, pages: str) -> None:
    (record,) = read_text(tmp_path, f"Title,Year,Art. No.,Page start,Page end\nFewer falls,2019,{cells}\n").records
    assert record.pages == pages


def test_columns_of_zotero_are_known(tmp_path: Path) -> None:
    text = "Title,Abstract Note,Extra,Notes\nFewer falls,Falls harm.,tex.ids: a\nPMID: 31234567,Read\n"
    text = text.replace("tex.ids: a\nPMID: 31234567", '"tex.ids: a\nPMID: 31234567"')
    (record,) = read_text(tmp_path, text).records
    assert (record.abstract, record.pmid) == ("Falls harm.", "31234567")
    notes = [value for tag, value in converted(record, "ris").fields if tag == "N1"]
    assert notes == ["Read", "tex.ids: a\nPMID: 31234567"]


def test_columns_of_embase_and_ebsco_are_known(tmp_path: Path) -> None:
    text = "Title,Contributors,Medline PMID,Article Language,Subjects,docTypes,plink\n"
    row = 'Fewer falls,"Okafor, Ada; Roe, Kim",31234567,English,Falls; Wards,Article,https://example.org/7\n'
    (record,) = read_text(tmp_path, text + row).records
    assert record.authors == ("Okafor, Ada", "Roe, Kim")
    assert (record.pmid, record.language, record.keywords) == ("31234567", "English", ("Falls", "Wards"))
    assert (record.type, record.url) == ("Article", "https://example.org/7")


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Source title/Anthology title", "Ward Quarterly"),
        ("Source title,Anthology title", "Ward Quarterly,"),
        ("Source title,Anthology title", ",Ward Quarterly"),
    ],
)
def test_columns_of_dimensions_are_known(tmp_path: Path, head: str, cells: str) -> None:
    text = f'Title,{head},Book editors,PubYear,Pagination\nFewer falls,{cells},"Doe, J",2019,101-109\n'
    (record,) = read_text(tmp_path, text).records
    assert (record.journal, record.year, record.pages) == ("Ward Quarterly", 2019, "101-109")


def test_doi_does_not_join_an_address(tmp_path: Path) -> None:
    found = read_text(tmp_path, "title,url\nFewer falls,https://example.org/7\n")
    assert found.columns == (("title", "title"), ("url", "url"))
    again = with_fields(replace(found.records[0], doi="10.1234/7"))
    assert again.fields == (("title", "Fewer falls"), ("url", "https://example.org/7"), ("doi", "10.1234/7"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    text = f"title{delimiter}year{delimiter}own\nFewer falls{delimiter}2020{delimiter}x\n"
    (record,) = read_text(tmp_path, text, "export.tsv").records
    assert (record.title, record.year) == ("Fewer falls", 2020)


def test_table_with_a_row_for_each_field_is_refused(tmp_path: Path) -> None:
    one = '"TITLE","Fewer falls"\n"AUTHOR NAMES","Okafor A.","Roe K."\n"ABSTRACT","Falls harm."\n"EMBASE ID","L7"\n\n'
    with pytest.raises(ReferencesError, match="a row for each field"):
        read_text(tmp_path, one + one, "export.csv")


def test_rows_above_the_names_of_columns_are_reported(tmp_path: Path) -> None:
    found = read_text(tmp_path, "About the data: made up\n\ntitle,year\nFewer falls,2020\n", "export.csv")
    assert len(found.records) == 1
    assert [(piece.line, piece.text) for piece in found.skipped] == [(1, "About the data: made up")]


def test_quotation_that_never_ends_is_an_error_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ReferencesError, match=r"row that begins in line 3 is damaged.*quotation mark"):
        read_text(tmp_path, 'title,year\nOne,2020\n"Two,2021\nThree,2022\n', "export.csv")


def test_rows_shorter_and_longer_than_the_names_are_kept(tmp_path: Path) -> None:
    found = read_text(tmp_path, "title,year\nOne\nTwo,2020,more\n")
    assert found.records[0].fields == (("title", "One"), ("year", ""), ("column 3", ""))
    assert found.records[1].fields[-1] == ("column 3", "more")


def test_very_long_cell_is_read(tmp_path: Path) -> None:
    (record,) = read_text(tmp_path, f"title,abstract\nOne,{'word ' * 100_000}\n").records
    assert len(record.abstract or "") == 499_999


def test_no_cell_is_a_formula_and_each_reads_back_as_it_was(tmp_path: Path) -> None:
    (record,) = read_text(tmp_path, 'title,own,year\n"=HYPERLINK(""x"")",\'=1,-5\n').records
    written = reference_bytes([record], "csv").decode("utf-8-sig")
    assert written.split("\r\n")[1] == '"\'=HYPERLINK(""x"")",\'=1,\'-5'
    (again,) = read_text(tmp_path, written).records
    assert again == record
    assert record.title == '=HYPERLINK("x")'


@pytest.mark.parametrize(
    "text", [" =1+1", "\n=1", "\u3000@x", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff201", "' =1", "''\uff1d1"]
)
def test_formula_behind_blanks_or_of_full_width_is_led_by_an_apostrophe(tmp_path: Path, text: str) -> None:
    record = reference_from("csv", (("title", "One"), ("year", "2020"), ("own", text)))
    written = reference_bytes([record], "csv").decode("utf-8-sig")
    assert [*csv.reader(io.StringIO(written, newline=""))][1] == ["One", "2020", f"'{text}"]
    assert read_text(tmp_path, written).records == (record,)


def test_tables_of_different_columns_are_written_as_one(tmp_path: Path) -> None:
    (first,) = read_text(tmp_path, "title,year\nOne,2020\n").records
    (second,) = read_text(tmp_path, "title,doi\nTwo,10.1234/2\n").records
    records = read_text(tmp_path, reference_bytes([first, second], "csv")).records
    assert [(record.title, record.year, record.doi) for record in records] == [
        ("One", 2020, None),
        ("Two", None, "10.1234/2"),
    ]


def test_sources_with_different_names_share_the_columns_of_a_role(tmp_path: Path) -> None:
    (table,) = read_text(
        tmp_path, "Article Title,Author,Index Keywords,Tags,Shelf\nOne,Okafor A.,falls,wards,7\n"
    ).records
    (ris,) = read_text(tmp_path, "TY  - JOUR\nTI  - Two\nAU  - Roe, K.\nER  - \n").records
    written = reference_bytes([table, ris], "csv").decode("utf-8-sig")
    first, second = csv.DictReader(io.StringIO(written, newline=""))
    assert first == {
        "title": "One",
        "authors": "Okafor A.",
        "keywords": "falls",
        "Tags": "wards",
        "Shelf": "7",
        "type": "",
    }
    assert (second["title"], second["authors"]) == ("Two", "Roe, K.")
    assert [record.authors for record in read_text(tmp_path, written).records] == [("Okafor, A.",), ("Roe, K.",)]


def test_sources_that_add_a_column_leave_the_others_their_names(tmp_path: Path) -> None:
    one, two = read_text(tmp_path, "Article Title,Shelf\nOne,7\nTwo,8\n", "export.csv").records
    head = reference_bytes([with_tags(one, ["safety"]), two], "csv").decode("utf-8-sig").split("\r\n")[0]
    assert head == "Article Title,Shelf,keywords"


def test_file_begins_with_the_mark_by_which_excel_knows_utf_8(tmp_path: Path) -> None:
    records = read_text(tmp_path, CSV).records
    written = reference_bytes(records, "csv")
    assert written.startswith(b"\xef\xbb\xbf")
    assert read_text(tmp_path, written).records == records


@pytest.mark.parametrize("title", ['"Safe": older people on falls', '"Safe, they say', '"Safe"\tAda\n"Less safe'])
def test_quotation_between_tabs_is_no_quoting(tmp_path: Path, title: str) -> None:
    found = read_text(tmp_path, f'title\tauthors\n{title}\tAda\nTwo\tBo "B" Roe\nThree"\tCy\n', "export.txt")
    titles = [record.title or "" for record in found.records]
    assert [titles[0], *titles[-2:]] == [title.split("\t")[0], "Two", 'Three"']


def test_tags_join_the_columns_that_are_there_or_make_new_ones(tmp_path: Path) -> None:
    fields = dict(with_tags(read_text(tmp_path, CSV).records[0], ["LHS: safety"], ["one", "two"]).fields)
    assert fields["Author Keywords"] == "accidental falls; safety; LHS: safety"
    assert fields["notes"] == "one\ntwo"


class TestRealFiles:
    pytestmark = needs_shared

    @pytest.mark.parametrize(
        "path", sorted((SHARED / "references" / "screening").glob("*.csv.gz")), ids=lambda path: path.name
    )
    def test_labelled_searches_are_read_and_written(self, path: Path, tmp_path: Path) -> None:
        found = read_text(tmp_path, gzip.decompress(path.read_bytes()), "export.csv")
        assert [role for _, role in found.columns] == ["pmid", "title", "keywords", "authors", "abstract", "", ""]
        assert all(record.title and record.pmid for record in found.records)
        assert read_text(tmp_path, reference_bytes(found.records, "csv"), "export.csv").records == found.records


def test_cell_that_says_that_there_is_no_value_is_blank(tmp_path: Path) -> None:
    text = "title,author,year,journal,abstract,keywords,country,bp\nFewer falls,NA,NA,NULL,NaN,nan,NA,NA\n"
    (record,) = read_text(tmp_path, text).records
    assert (record.authors, record.year, record.journal, record.abstract, record.keywords) == ((), None, None, None, ())
    assert (record.pages, dict(record.fields)["country"]) == (None, "NA")


def test_text_that_holds_the_word_for_no_value_is_kept(tmp_path: Path) -> None:
    (record,) = read_text(tmp_path, "title,author,keywords\nNA intake,Na; Null,na\n").records
    assert (record.title, record.authors, record.keywords) == ("NA intake", ("Na", "Null"), ("na",))


def test_rows_with_more_cells_than_names_are_told(tmp_path: Path) -> None:
    file = read_text(tmp_path, "title,year\nFewer falls,2019\nFewer falls, again,2020\nLess, too,2021\n")
    (warning,) = file.warnings
    assert warning.startswith("Rows with more cells than there are names of columns: 2, the first in line 3. ")
    assert read_text(tmp_path, "title,year\nFewer falls,2019,,\n").warnings == ()
