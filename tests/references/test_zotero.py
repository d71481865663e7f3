from __future__ import annotations

from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from lhs_nlp.errors import ReferencesError
from lhs_nlp.references import Reference, converted, reference_bytes, with_tags
from tests.references.examples import BIBTEX, RIS, ZOTERO, read_text

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
Z = "{http://www.zotero.org/namespaces/export#}"


def test_item_is_read_with_what_it_refers_to(tmp_path: Path) -> None:
    first, second = read_text(tmp_path, ZOTERO).records
    assert first == Reference(
        type="journalArticle",
        title="Fewer falls after a learning health system was set up",
        abstract="Falls harm & cost.",
        authors=("Okafor, Ada N.", "de la Cruz, Jos\u00e9", "Ward Group"),
        year=2021,
        doi="10.1234/wq.2021.7",
        pmid="31234567",
        journal="Ward Quarterly",
        volume="12",
        issue="4",
        pages="101-109",
        keywords=("safety", "accidental falls"),
        url="https://example.org/7",
        language="en",
        format="zotero",
        fields=first.fields,
    )
    assert (second.type, second.title, second.year) == ("report", "Waiting times of one clinic", 2019)


def test_notes_files_and_unknown_fields_are_kept(tmp_path: Path) -> None:
    first, _ = read_text(tmp_path, ZOTERO).records
    fields = dict(first.fields)
    assert fields["dcterms:isReferencedBy/bib:Memo/rdf:value"] == "<p>To be read &amp; discussed</p>"
    assert fields["link:link/z:Attachment/rdf:resource/@rdf:resource"] == "files/3/falls.pdf"
    assert (fields["n1:shelf"], fields["n1:shelf/@n1:row"]) == ("blue", "3")
    assert "https://example.org/own#" in reference_bytes([first], "zotero").decode()


def test_collection_is_reported(tmp_path: Path) -> None:
    (piece,) = read_text(tmp_path, ZOTERO).skipped
    assert piece.text == "z:Collection: Falls"
    assert piece.reason.startswith("A collection: ")
    assert ZOTERO.split("\n")[piece.line - 1].strip().startswith("<z:Collection")


def test_note_that_belongs_to_no_item_is_reported(tmp_path: Path) -> None:
    found = read_text(tmp_path, ZOTERO.replace('<dcterms:isReferencedBy rdf:resource="#item_2"/>', ""))
    assert [piece.text for piece in found.skipped] == [
        "bib:Memo: <p>To be read &amp; discussed</p>",
        "z:Collection: Falls",
    ]


def test_items_before_damage_are_read_and_the_rest_is_reported(tmp_path: Path) -> None:
    found = read_text(tmp_path, ZOTERO[: ZOTERO.index("<dc:publisher>")])
    assert [record.type for record in found.records] == ["journalArticle"]
    assert "damaged or truncated" in found.skipped[-1].reason


def test_book_that_holds_a_chapter_is_no_item(tmp_path: Path) -> None:
    head = ZOTERO[: ZOTERO.index("<bib:Article")]
    chapter = """<bib:BookSection rdf:about="#1"><dcterms:isPartOf rdf:resource="urn:isbn:1"/>
    <dc:title>Chapter</dc:title>
    </bib:BookSection><bib:Book rdf:about="urn:isbn:1"><dc:title>Book</dc:title></bib:Book></rdf:RDF>"""
    (record,) = read_text(tmp_path, head + chapter).records
    assert (record.title, record.journal) == ("Chapter", "Book")


def test_other_formats_are_written_as_items_with_journals_and_people(tmp_path: Path) -> None:
    records = read_text(tmp_path, RIS).records
    root = fromstring(reference_bytes(records, "zotero"))
    assert root.tag == f"{RDF}RDF"
    assert [item.findtext(f"{Z}itemType") for item in root] == ["journalArticle", "report"]
    assert "DOI 10.1234/wq.2021.7" in [identifier.text for identifier in root[0].findall(f"{DC}identifier")]


def test_date_of_another_format_is_written_once(tmp_path: Path) -> None:
    assert dict(converted(read_text(tmp_path, RIS).records[0], "zotero").fields)["dc:date"] == "2021-03"


def test_citation_key_and_pubmed_number_are_lines_that_other_programs_know(tmp_path: Path) -> None:
    record = converted(read_text(tmp_path, BIBTEX).records[0], "zotero")
    assert {"PMID: 31234567", "Citation Key: okafor2021"} <= set(dict(record.fields)["dc:description"].split("\n"))
    assert dict(converted(record, "bibtex").fields)["ID"] == "okafor2021"


def test_each_tag_is_a_keyword_and_each_note_one_of_its_own(tmp_path: Path) -> None:
    record = read_text(tmp_path, ZOTERO).records[0]
    tagged = with_tags(with_tags(record, ["LHS: safety"], ["one"]), ["LHS: safety"], ["one", "two <3 & 4"])
    assert tagged.keywords == ("safety", "LHS: safety", "accidental falls")
    notes = [value for tag, value in tagged.fields if tag.endswith("bib:Memo/rdf:value")]
    assert notes[1:] == ["<p>one</p>", "<p>two &lt;3 &amp; 4</p>"]


def test_entities_are_refused(tmp_path: Path) -> None:
    text = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]>{ZOTERO.replace("Full text", "&a;")}'
    with pytest.raises(ReferencesError, match="refused"):
        read_text(tmp_path, text)


def test_document_type_in_another_file_is_not_looked_for(tmp_path: Path) -> None:
    text = f'<?xml version="1.0"?><!DOCTYPE r SYSTEM "file:///etc/passwd">{ZOTERO}'
    assert len(read_text(tmp_path, text).records) == 2


def test_text_where_none_should_be_is_kept_and_harms_nothing(tmp_path: Path) -> None:
    records = read_text(tmp_path, ZOTERO.replace("<bib:pages>", "stray <bib:pages>")).records
    assert records[0].title == "Fewer falls after a learning health system was set up"
    assert ("@z:text", "stray") in records[0].fields
    assert read_text(tmp_path, reference_bytes(records, "zotero")).records == records


def test_nodes_that_refer_to_each_other_in_a_circle_are_read(tmp_path: Path) -> None:
    head = ZOTERO[: ZOTERO.index("<bib:Article")]
    circle = """<bib:Article rdf:about="#1"><dc:title>One</dc:title><dcterms:isReferencedBy rdf:resource="#2"/>
    </bib:Article>
    <bib:Memo rdf:about="#2"><rdf:value>a</rdf:value><dc:relation rdf:resource="#2"/></bib:Memo></rdf:RDF>"""
    (record,) = read_text(tmp_path, head + circle).records
    assert record.title == "One"
    assert read_text(tmp_path, reference_bytes([record], "zotero")).records == (record,)


def item_with_notes(count: int, link: str) -> str:
    """Return an item that holds the first of so many notes, each of which has a link to every other."""
    head = ZOTERO[: ZOTERO.index("<bib:Article")]
    notes = "".join(
        f'<bib:Memo rdf:about="#{at}"><rdf:value>note {at}</rdf:value>'
        + "".join(f'<{link} rdf:resource="#{other}"/>' for other in range(count) if other != at)
        + "</bib:Memo>"
        for at in range(count)
    )
    item = """<bib:Article rdf:about="#item"><dc:title>One</dc:title><dcterms:isReferencedBy rdf:resource="#0"/>
    </bib:Article>"""
    return f"{head}{item}{notes}</rdf:RDF>"


def test_notes_that_hold_each_other_come_once_each(tmp_path: Path) -> None:
    file = read_text(tmp_path, item_with_notes(6, "dcterms:isReferencedBy"))
    (record,) = file.records
    found = [value for _, value in record.fields if value.startswith("note")]
    assert sorted(found) == [f"note {at}" for at in range(6)]
    assert read_text(tmp_path, reference_bytes([record], "zotero")).records == (record,)


def test_line_is_where_a_thing_is_told_of_and_not_where_it_is_named(tmp_path: Path) -> None:
    head = ZOTERO[: ZOTERO.index("<bib:Article")]
    parts = [
        '<bib:Article rdf:about="#1"><dc:title>One</dc:title>',
        '<dc:relation rdf:resource="#a&amp;b"/></bib:Article>',
        '<bib:Memo rdf:about="#a&amp;b"><rdf:value>alone</rdf:value></bib:Memo></rdf:RDF>',
    ]
    (piece,) = read_text(tmp_path, head + "\n".join(parts)).skipped
    assert piece.line == head.count("\n") + 3


def test_notes_that_are_related_to_each_other_are_no_parts_of_each_other(tmp_path: Path) -> None:
    file = read_text(tmp_path, item_with_notes(12, "dc:relation"))
    (record,) = file.records
    assert [value for _, value in record.fields if value.startswith("note")] == ["note 0"]
    assert sum(value.startswith("#") for _, value in record.fields) >= 11
    assert len(file.skipped) == 11
    assert read_text(tmp_path, reference_bytes([record], "zotero")).records == (record,)


def _memo(name: str, *parts: str) -> str:
    links = "".join(f'<dcterms:isReferencedBy rdf:resource="#{part}"/>' for part in parts)
    return f'<bib:Memo rdf:about="#{name}"><rdf:value>note {name}</rdf:value>{links}</bib:Memo>'


def _item_with(*parts: str) -> str:
    links = "".join(f'<dcterms:isReferencedBy rdf:resource="#{part}"/>' for part in parts)
    return f'<bib:Article rdf:about="#item"><dc:title>One</dc:title>{links}</bib:Article>'


def test_part_that_is_near_by_another_way_keeps_its_own_parts(tmp_path: Path) -> None:
    head = ZOTERO[: ZOTERO.index("<bib:Article")]
    chain = [_memo(str(at), str(at + 1)) for at in range(1, 5)]
    notes = "".join([*chain, _memo("5", "shared"), _memo("shared", "own"), _memo("own")])
    file = read_text(tmp_path, f"{head}{_item_with('1', 'shared')}{notes}</rdf:RDF>")
    (record,) = file.records
    found = sorted(value for _, value in record.fields if value.startswith("note"))
    assert found == [*(f"note {at}" for at in range(1, 6)), "note own", "note shared"]
    assert file.skipped == ()
    assert read_text(tmp_path, reference_bytes([record], "zotero")).records == (record,)


def test_part_that_is_too_far_inside_is_reported(tmp_path: Path) -> None:
    head = ZOTERO[: ZOTERO.index("<bib:Article")]
    notes = "".join(_memo(str(at), str(at + 1)) for at in range(1, 8))
    file = read_text(tmp_path, f"{head}{_item_with('1')}{notes}</rdf:RDF>")
    assert [value for _, value in file.records[0].fields if value.startswith("note")] == [
        f"note {at}" for at in range(1, 7)
    ]
    assert [piece.text for piece in file.skipped] == ["bib:Memo: note 7"]


def test_note_that_only_a_collection_holds_is_reported(tmp_path: Path) -> None:
    head = ZOTERO[: ZOTERO.index("<bib:Article")]
    collection = (
        '<z:Collection rdf:about="#c"><dc:title>Falls</dc:title><dcterms:hasPart rdf:resource="#1"/></z:Collection>'
    )
    file = read_text(tmp_path, f"{head}{_item_with()}{_memo('1')}{collection}</rdf:RDF>")
    assert [piece.text for piece in file.skipped] == ["bib:Memo: note 1", "z:Collection: Falls"]
