"""What was deleted, moved, hidden or struck through in a Word document."""

from __future__ import annotations

import pytest

from tests.documents.word_blocks import blocks, made, texts
from tests.documents.word_writer import paragraph, run, table


def test_tracked_changes_are_read_as_if_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>rise</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('gone')}</w:moveFrom><w:moveTo>{run('come')}</w:moveTo>"
    row = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('old')}</w:tc></w:tr>"
    body = paragraph("Falls ", inside=f"{deleted}<w:ins>{run('fall ')}</w:ins>{moved}") + f"<w:tbl>{row}</w:tbl>"
    assert texts(body) == ["Falls fall come"]


def test_paragraph_whose_end_was_deleted_goes_on_in_the_next_one() -> None:
    def ended(text: str, style: str = "") -> str:
        end = f'<w:pPr><w:pStyle w:val="{style}"/><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
        return f"<w:p>{end}{text}</w:p>"

    deleted = "<w:del><w:r><w:delText>Costs fall.</w:delText></w:r></w:del>"
    body = ended(run("We reduce ")) + ended(deleted, "heading1") + '<w:bookmarkEnd w:id="2"/>' + paragraph("falls.")
    assert blocks(made(body + ended(run("We meet.")) + table([paragraph("Aims")]))) == [
        ("paragraph", "We reduce falls."),
        ("paragraph", "We meet."),
        ("row", "Aims"),
    ]
    assert blocks(made(ended(run("We "), "heading1") + paragraph("Aims", "heading1"))) == [("heading", "We Aims")]


def test_hidden_text_is_left_out_and_breaks_and_hyphens_are_kept() -> None:
    inside = run("hidden", "<w:vanish/>") + "<w:r><w:br/><w:t>safe</w:t><w:noBreakHyphen/><w:t>care</w:t></w:r>"
    assert texts(paragraph("We give", inside=inside)) == ["We give safe-care"]


@pytest.mark.parametrize("value", ["false", "0", "off"])
def test_text_that_is_said_not_to_be_hidden_is_read(value: str) -> None:
    shown = run(" sooner.", f'<w:vanish w:val="{value}"/>')
    answer = f'<w:sdt><w:sdtPr><w:showingPlcHdr w:val="{value}"/></w:sdtPr><w:sdtContent>{{}}</w:sdtContent></w:sdt>'
    assert texts(paragraph("Wounds heal", inside=shown) + answer.format(paragraph("At home."))) == [
        "Wounds heal sooner.",
        "At home.",
    ]


def test_what_is_struck_through_is_left_out() -> None:
    struck = run("waits ", "<w:strike/>") + run("stays ", "<w:dstrike/>") + run("falls.", '<w:strike w:val="0"/>')
    assert texts(paragraph("We will cut ", inside=struck)) == ["We will cut falls."]
