from __future__ import annotations

import pytest
from defusedxml.ElementTree import fromstring
from lxml import html

from lhs_nlp.review.flow.chart import flow_to_html, flow_to_svg
from lhs_nlp.review.flow.steps import steps_of
from lhs_nlp.review.project import Project
from lhs_nlp.review.screening.counts import flow_of
from lhs_nlp.review.screening.decisions import decide

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def screened(project: Project) -> Project:
    decide(project, 1, "include", "ana")
    decide(project, 2, "exclude", "ana", reason="not in <a> hospital")
    decide(project, 1, "include", "ana", stage="full_text")
    return project


def test_steps_are_those_of_prisma_with_the_counts_of_the_project(screened: Project) -> None:
    steps = steps_of(flow_of(screened))
    assert [step.stays[0] for step in steps] == [
        "Records identified (n = 5)",
        "Records screened (n = 2)",
        "Reports sought for retrieval (n = 1)",
        "Reports assessed for eligibility (n = 1)",
        "Publications included in review (n = 1)",
    ]
    assert steps[0].leaves[1] == "\u2022 Duplicate records (n = 2)"
    assert steps[1].stays[1] == "Not decided on yet (n = 1)"
    assert steps[1].leaves == ("Records excluded (n = 1)", "\u2022 not in <a> hospital (n = 1)")


def test_what_nobody_recorded_is_not_shown_as_a_number(screened: Project) -> None:
    assert steps_of(flow_of(screened))[2].leaves == ("Reports not retrieved: not recorded",)


def test_drawing_stands_alone_and_says_its_counts(screened: Project) -> None:
    root = fromstring(flow_to_svg(flow_of(screened)))
    assert root.tag == f"{SVG}svg"
    assert "Records identified (n = 5)" in (root.get("aria-label") or "")
    texts = [(text.text or "").strip() for text in root.iter(f"{SVG}text")]
    assert {"Identification", "Screening", "Included", "Records excluded (n = 1)"} <= set(texts)


def test_boxes_do_not_overlap_and_hold_their_lines(screened: Project) -> None:
    root = fromstring(flow_to_svg(flow_of(screened)))
    boxes = [
        [int(rect.get(name) or 0) for name in ("x", "y", "width", "height")]
        for rect in root.iter(f"{SVG}rect")
        if rect.get("class") == "box"
    ]
    for at, (x, y, width, height) in enumerate(boxes):
        for other_x, other_y, _, _ in boxes[at + 1 :]:
            assert other_x >= x + width or other_x + width <= x or other_y >= y + height
    lines = [text for text in root.iter(f"{SVG}text") if text.get("x")]
    for line in lines:
        x, y = int(line.get("x") or 0), int(line.get("y") or 0)
        assert any(left < x < left + width and top < y < top + height for left, top, width, height in boxes)


def test_lines_end_within_their_boxes_and_part_no_count(screened: Project) -> None:
    from dataclasses import replace

    names = {"20240131_search-of-all_databases_2024.ris": 255, "検索結果" * 12: 7, "a name of many words " * 4: 12}
    root = fromstring(flow_to_svg(replace(flow_of(screened), identified=names)))
    (width,) = {int(rect.get("width") or 0) for rect in root.iter(f"{SVG}rect") if rect.get("class") == "box"}
    lines = [(text.text or "").strip() for text in root.iter(f"{SVG}text") if text.get("x")]
    # A digit of DejaVu Sans is 9 wide in this size, an ideograph 14.
    assert max(9 * sum(c < "\u3000" for c in line) + 14 * sum(c >= "\u3000" for c in line) for line in lines) < width
    assert all(any(f"(n = {count})" in line for line in lines) for count in names.values())


def test_page_has_the_counts_as_a_table_too_and_runs_nothing(screened: Project) -> None:
    page = html.document_fromstring(flow_to_html(flow_of(screened)))
    assert len(page.xpath("//tbody/tr")) == 5
    assert "not in <a> hospital" in page.xpath("string(//table)")
    assert page.xpath("//script | //img | //@style") == []


def test_files_beyond_a_dozen_are_counted_together(screened: Project) -> None:
    from dataclasses import replace

    flow = replace(flow_of(screened), identified={f"{at}.ris": 2 for at in range(20)})
    lines = steps_of(flow)[0].stays
    assert len(lines) == 13
    assert lines[-1] == "\u2022 9 more files (n = 18)"


def test_reasons_beyond_a_dozen_are_counted_together(screened: Project) -> None:
    from dataclasses import replace

    flow = flow_of(screened)
    reasons = {f"reason {at}": 30 - at for at in range(14)}
    lines = steps_of(replace(flow, title_abstract=replace(flow.title_abstract, excluded_for=reasons)))[1].leaves
    assert len(lines) == 13
    assert lines[-1] == "\u2022 3 more reasons (n = 54)"
