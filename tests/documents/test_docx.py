from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument

from lhs_nlp.documents import Limits, read, read_bytes
from lhs_nlp.errors import ReadError
from tests.documents.word_blocks import blocks, made, texts
from tests.documents.word_writer import paragraph, paragraph_style, run, table, write_docx, write_zip
from tests.shared import needs_shared, real_files


def test_paragraphs_tables_and_lists_are_read_in_order() -> None:
    word = docx.Document()
    word.add_heading("Aims", 1)
    word.add_paragraph("We will cut falls.")
    cells = word.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Falls", "41"
    word.add_paragraph("fewer falls", style="List Bullet")
    word.add_paragraph("shorter waits", style="List Number")
    data = io.BytesIO()
    word.save(data)
    assert blocks(read_bytes(data.getvalue(), name="plan.docx")) == [
        ("heading", "Aims"),
        ("paragraph", "We will cut falls."),
        ("row", "Falls | 41"),
        ("item", "fewer falls"),
        ("item", "shorter waits"),
    ]


def test_title_is_the_one_stated_or_the_one_shown() -> None:
    body = paragraph("Fewer falls", "Title") + paragraph("We will cut falls.")
    assert made(body).title == "Fewer falls"
    assert made(body, title="Falls on wards").title == "Falls on wards"
    assert made(body, title="Microsoft Word - plan").title == "Fewer falls"
    assert made(body).metadata == {"author": "The ward"}


def test_date_of_a_program_template_is_none_of_the_document() -> None:
    def metadata(word: WordDocument) -> dict[str, str]:
        word.add_paragraph("We will cut falls.")
        data = io.BytesIO()
        word.save(data)
        return dict(read_bytes(data.getvalue(), name="plan.docx").metadata)

    word = docx.Document()
    word.core_properties.author = "The ward"
    assert metadata(word) == {"author": "The ward"}
    word.core_properties.created = datetime(2024, 5, 17, 9, 30, tzinfo=UTC)
    assert metadata(word) == {"author": "The ward", "date": "2024-05-17"}


def test_level_of_a_heading_is_kept_and_a_bold_line_is_one() -> None:
    body = paragraph("Aims", "heading2") + f"<w:p>{run('Means', '<w:b/>')}</w:p>" + paragraph("We meet.")
    assert [(block.kind, block.level) for block in made(body).blocks] == [
        ("heading", 2),
        ("heading", 2),
        ("paragraph", None),
    ]


def test_styles_of_a_template_that_are_made_for_headings_are_such() -> None:
    styles = (
        paragraph_style("Part", "heading2")
        + paragraph_style("Sub part", "Part")
        + paragraph_style("In outline", outline=0)
        + paragraph_style("Numbered text", "heading1", outline=9)
        + paragraph_style("Ring", "Ring")
    )
    direct = f'<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr>{run("Costs")}</w:p>'
    names = ("Part", "Subpart", "Inoutline", "Numberedtext", "Ring")
    body = "".join(paragraph("Aims", name) for name in names) + direct + paragraph("We meet.", "Part")
    document = read_bytes(write_docx(body, styles=styles), name="plan.docx")
    assert [(block.kind, block.level) for block in document.blocks] == [
        ("heading", 2),
        ("heading", 2),
        ("heading", 1),
        ("paragraph", None),
        ("paragraph", None),
        ("heading", 3),
        ("paragraph", None),
    ]


def test_line_that_is_bold_by_its_style_or_that_of_its_runs_is_a_heading() -> None:
    strong = '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    styles = (
        strong
        + paragraph_style("Sub", run="<w:b/>")
        + paragraph_style("Below", "Sub")
        + paragraph_style("caption", run="<w:b/>")
        + paragraph_style("Plain", "Sub", run='<w:b w:val="0"/>')
    )
    marked = f"""<w:p>{run("Costs", '<w:rStyle w:val="Strong"/>')}</w:p>"""
    mixed = f"""<w:p>{run("Costs", '<w:rStyle w:val="Strong"/>')}{run(" of falls")}</w:p>"""
    body = "".join(paragraph("Falls by ward", name) for name in ("Sub", "Below", "caption", "Plain")) + marked + mixed
    document = read_bytes(write_docx(body, styles=styles), name="plan.docx")
    assert [kind for kind, _ in blocks(document)] == [
        "heading", "heading", "paragraph", "paragraph", "heading", "paragraph"
    ]  # fmt: skip


def test_bullet_typed_by_hand_makes_an_item() -> None:
    assert blocks(made(paragraph("\u2022 fewer falls") + paragraph("1. shorter waits"))) == [
        ("item", "fewer falls"),
        ("item", "1. shorter waits"),
    ]


def test_header_and_table_of_contents_are_left_out() -> None:
    document = made(paragraph("Aims 3", "toc1") + paragraph("We meet."), header="Confidential")
    assert document.text == "We meet."


def test_table_of_contents_without_styles_is_left_out_by_what_its_content_control_says() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="{}"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent>{}</w:sdtContent></w:sdt>"
    )
    contents = control.format("Table of Contents", paragraph("Falls become rarer 3") + paragraph("Costs fall 4"))
    cover = control.format("Cover Pages", paragraph("Plan of the ward."))
    assert texts(cover + contents + paragraph("We meet.")) == ["Plan of the ward.", "We meet."]


def test_large_initial_stands_before_the_rest_of_its_word() -> None:
    initial = f'<w:p><w:pPr><w:framePr w:dropCap="{{}}" w:lines="3"/></w:pPr>{run("W")}</w:p>'
    assert texts(initial.format("drop") + paragraph("ards meet.")) == ["Wards meet."]
    assert texts(initial.format("none") + paragraph("Wards meet.")) == ["W", "Wards meet."]


def test_text_box_is_a_paragraph_of_its_own_and_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    shown = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert texts(paragraph("Outside", inside=f"<w:r>{shown}</w:r>{run(' it.')}")) == ["Outside it.", "In a box."]


def test_content_controls_are_read_without_their_prompts() -> None:
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = (
        f"<w:sdt><w:sdtContent>{paragraph('Answer.')}</w:sdtContent></w:sdt>"
        + prompt.format(paragraph("Click here."))
        + paragraph("Aim: ", inside=prompt.format(run("enter text")))
    )
    assert texts(body) == ["Answer.", "Aim:"]


def test_line_breaks_part_paragraphs_where_a_line_is_blank_and_items_of_a_list() -> None:
    def broken(*lines: str) -> str:
        return f"<w:p>{'<w:r><w:br/></w:r>'.join(map(run, lines))}</w:p>"

    body = broken("We walk", "the ward.", " ", "We count falls.") + broken("Aims:", "- fewer falls", "- lower costs")
    assert blocks(made(body)) == [
        ("paragraph", "We walk the ward."),
        ("paragraph", "We count falls."),
        ("paragraph", "Aims:"),
        ("item", "fewer falls"),
        ("item", "lower costs"),
    ]


def test_signs_inserted_from_fonts_of_signs_are_read() -> None:
    def sign(font: str, place: str) -> str:
        return f'<w:r><w:sym w:font="{font}" w:char="{place}"/></w:r>'

    typed = run("\uf0b1", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>')
    pieces = (
        sign("Symbol", "F0B3"), run("20 % "), sign("Symbol", "00A3"), run("30 % "), typed, run("2 "),
        sign("Segoe UI Symbol", "2610"), sign("Wingdings", "F0E0"), sign("Symbol", "none"),
    )  # fmt: skip
    assert texts(paragraph("A fall of ", inside="".join(pieces))) == ["A fall of ≥20 % ≤30 % ±2 \u2610\u2192"]
    bulleted = f"<w:p>{sign('Wingdings', 'F0A7')}{run(' fewer falls')}</w:p>"
    assert blocks(made(bulleted)) == [("item", "fewer falls")]


def test_raised_numbers_of_references_stick_to_no_word() -> None:
    def raised(text: str) -> str:
        return run(text, '<w:vertAlign w:val="superscript"/>')

    cited = paragraph("Falls", inside=raised("1") + raised("\u2013") + raised("3") + run(" fell.") + raised("12"))
    powers = paragraph("From 10", inside=raised("3") + run(" m") + raised("2") + run(" on the 3") + raised("rd"))
    lowered = paragraph("Falls", inside=run("1", '<w:vertAlign w:val="subscript"/>'))
    assert texts(cited + powers + lowered) == ["Falls fell.", "From 103 m2 on the 3rd", "Falls1"]


def test_paragraph_that_was_taken_out_of_its_list_is_no_item() -> None:
    numbered = '<w:p><w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr>{}</w:p>'
    body = numbered.format(3, run("fewer falls")) + numbered.format(0, run("That is all."))
    assert blocks(made(body)) == [("item", "fewer falls"), ("paragraph", "That is all.")]


def test_bold_item_above_text_is_a_heading_that_word_numbers() -> None:
    def item(text: str, level: int = 0, properties: str = "<w:b/>") -> str:
        numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        return f"<w:p><w:pPr>{numbers}</w:pPr>{run(text, properties)}</w:p>"

    told = paragraph("") + paragraph("The ward walks its round at night as well, and so falls have become fewer.")
    body = item("Aims") + told + item("fewer falls", properties="") + item("Methods") + told
    listed = item("fewer falls") + item("shorter waits") + told
    nested = item("Results") + item("Falls", 1) + told
    assert [kind for kind, _ in blocks(made(body))] == ["heading", "paragraph", "item", "heading", "paragraph"]
    assert [kind for kind, _ in blocks(made(listed))] == ["item", "item", "paragraph"]
    assert [kind for kind, _ in blocks(made(nested))] == ["item", "heading", "paragraph"]
    assert [kind for kind, _ in blocks(made(item("Aims") + table([told])))] == ["item", "row"]


def test_notes_that_the_text_refers_to_are_read_at_its_end() -> None:
    def note(kind: str, number: int, text: str) -> str:
        return f'<w:{kind} w:id="{number}">{paragraph(text)}</w:{kind}>'

    def reference(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    inside = (
        reference("endnote", 1) + reference("footnote", 1) + f"<w:del>{reference('footnote', 2)}</w:del>{run(' more.')}"
    )
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    notes = {
        "footnotes": separator + note("footnote", 1, "By day.") + note("footnote", 2, "Deleted."),
        "endnotes": note("endnote", 1, "In ward four."),
    }
    data = write_docx(paragraph("We walk", inside=inside), notes=notes)
    assert blocks(read_bytes(data, name="plan.docx")) == [
        ("paragraph", "We walk more."),
        ("heading", "Notes"),
        ("paragraph", "By day."),
        ("paragraph", "In ward four."),
    ]
    assert read_bytes(write_docx(paragraph("We walk."), notes=notes), name="plan.docx").text == "We walk."


@pytest.mark.parametrize("kind", ["document.macroEnabled", "template.macroEnabledTemplate"])
@pytest.mark.parametrize("name", ["plan.docm", "plan"])
def test_document_with_macros_is_read_without_them(kind: str, name: str) -> None:
    data = write_docx(
        paragraph("Aims", "heading1") + paragraph("We walk."), main=f"application/vnd.ms-word.{kind}.main+xml"
    )
    assert blocks(read_bytes(data, name=name)) == [("heading", "Aims"), ("paragraph", "We walk.")]


def test_formula_in_a_line_is_read_and_one_set_apart_is_not() -> None:
    formula = "<m:oMath><m:r><m:t>n=34</m:t></m:r></m:oMath>"
    body = (
        paragraph("The size ", inside=f"{formula}{run(' was drawn.')}")
        + f"<w:p><m:oMathPara>{formula}</m:oMathPara></w:p>"
    )
    assert texts(body) == ["The size n=34 was drawn."]


def test_table_inside_a_cell_is_read_once() -> None:
    inner = table([paragraph("a"), paragraph("b")])
    assert texts(table([paragraph("left"), inner + paragraph("")])) == ["left | a b"]


def test_items_of_a_cell_are_parted_by_bullets() -> None:
    listed = paragraph("Aims") + "".join(paragraph(text, "ListBullet") for text in ("Fewer falls", "\u2022 Costs"))
    assert texts(table([listed, paragraph("By May", "ListBullet"), paragraph("On") + paragraph("ward four")])) == [
        "Aims \u2022 Fewer falls \u2022 Costs | By May | On ward four"
    ]


def test_table_that_frames_running_text_is_read_as_text() -> None:
    answer = (
        paragraph("Aims", "heading1") + paragraph("We will cut falls. " * 20) + paragraph("fewer falls", "ListBullet")
    )
    found = blocks(made(table([paragraph("1. What will you do?")], [answer])))
    assert [kind for kind, _ in found] == ["row", "heading", "paragraph", "item"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (write_docx(paragraph("We meet."))[:700], "malformed"),
        (write_docx(paragraph("We meet.")).replace(b"word/document.xml", b"word/document.xmk"), "malformed"),
        (write_docx(""), "empty"),
        (write_docx("<w:p>" * 300 + "</w:p>" * 300), "malformed"),
        (write_docx("<w:p>&b;</w:p>", prolog='<!DOCTYPE w [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'), "empty"),
        (write_zip({"word/notes.txt": b"We meet."}), "malformed"),
        (write_docx(paragraph("We meet."), main="application/xml"), "malformed"),
        (write_zip({"notes.txt": b"We meet."}), "unsupported"),
        (write_docx(paragraph("0" * 20_000_000)), "too_large"),
    ],
    ids=["truncated", "inconsistent", "empty", "deep", "entities", "other-archive", "other-type", "no-word", "bomb"],
)
def test_unreadable_document_has_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as raised:
        read_bytes(data, name="plan.docx")
    assert raised.value.reason == reason


def test_strict_document_is_told_from_a_damaged_one() -> None:
    usual, strict = "http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument"
    with zipfile.ZipFile(io.BytesIO(write_docx(paragraph("We meet.")))) as archive:
        files = {name: archive.read(name).replace(usual.encode(), strict.encode()) for name in archive.namelist()}
    with pytest.raises(ReadError, match="Strict Open XML") as raised:
        read_bytes(write_zip(files), name="plan.docx")
    assert raised.value.reason == "unsupported"


def test_limit_of_size_counts_what_is_unpacked() -> None:
    data = write_docx(paragraph("We meet. " * 20_000))
    assert len(data) < 50_000
    with pytest.raises(ReadError) as raised:
        read_bytes(data, name="plan.docx", limits=Limits(megabytes=0.1))
    assert raised.value.reason == "too_large"


class TestRealFiles:
    pytestmark = needs_shared

    @pytest.mark.parametrize("path", real_files("docx"), ids=lambda path: path.name)
    def test_real_document_is_read(self, path: Path) -> None:
        document = read(path)
        assert document.format == "docx"
        assert document.title
        assert document.metadata["author"]
        kinds = {block.kind for block in document.blocks}
        assert {"title", "heading", "paragraph", "item"} <= kinds
        assert "()" not in document.text
