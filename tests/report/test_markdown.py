"""Results as Markdown."""

import html
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from lhs_nlp.report import Result, to_markdown
from lhs_nlp.report.display import one_line
from lhs_nlp.report.markdown import escaped, escaped_line
from tests.report import examples

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])

TRICKY = st.text(
    st.one_of(st.sampled_from("\\`*_~[]<>&|#$!()-+=.:0123456789 \n\tax{}\"'"), st.characters()), max_size=40
)


def shown(fragment: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", fragment)).replace("\n", " ").strip()


@given(TRICKY)
def test_escaped_text_is_shown_as_it_is_within_a_line(text: str) -> None:
    rendered = MARKDOWN.render(f"# x{escaped(text)}x")
    assert rendered.count("<") == 2
    assert shown(rendered) == f"x{one_line(text)}x"


@given(TRICKY)
def test_escaped_line_is_shown_as_it_is_at_the_start(text: str) -> None:
    rendered = MARKDOWN.render(escaped_line(text))
    assert rendered.count("<") in (0, 2)
    assert rendered.startswith("<p>") or not rendered
    assert shown(rendered) == one_line(text)


@given(TRICKY)
def test_escaped_text_keeps_to_its_cell(text: str) -> None:
    rendered = MARKDOWN.render(f"| a | b |\n| --- | --- |\n| x{escaped(text)}x | y |")
    assert [html.unescape(cell) for cell in re.findall(r"<td>(.*?)</td>", rendered)] == [f"x{one_line(text)}x", "y"]


def test_report_has_its_parts() -> None:
    text = to_markdown(examples.proposal())
    assert text.startswith("# Night Rounds That Learn: preventing falls on twelve older-adult wards\n\n")
    assert "| Safety | ● claimed | >.99 | 1 achieved, 3 anticipated, 2 context |" in text
    assert "## Quality: claimed (0.97)" in text
    assert "> — achieved, page 3, 4 Pilot results" in text
    assert "- **Patients and families**: Quality, Safety, Equity" in text


def test_each_quotation_is_a_quote_of_its_own() -> None:
    summary = examples.proposal()
    quotations = sum(len(one.evidence) for one in summary.benefits if one.verdict != "not_claimed")
    assert MARKDOWN.render(to_markdown(summary)).count("<blockquote>") == quotations


def test_report_quotes_all_findings_when_asked_for() -> None:
    summary = examples.proposal()
    assert MARKDOWN.render(to_markdown(summary, passages=True)).count("<blockquote>") == len(summary.findings)


def test_unsure_quotation_stays_when_all_findings_are_asked_for() -> None:
    assert "The board may help." in to_markdown(examples.unsure_evidence(), passages=True)


@pytest.mark.parametrize("example", [*examples.SUMMARIES, examples.failure])
def test_no_text_of_a_document_is_markup(example: Callable[[], Result]) -> None:
    rendered = MARKDOWN.render(to_markdown(example()))
    allowed = r"</?(h1|h2|p|table|thead|tbody|tr|th|td|ul|li|strong|blockquote)( style=\"text-align:right\")?>"
    assert re.sub(allowed, "", rendered).count("<") == 0


def test_several_results_follow_each_other() -> None:
    rendered = MARKDOWN.render(to_markdown([examples.proposal(), examples.failure()]))
    assert rendered.count("<h1>") == 2
    assert rendered.count("<hr") == 1


def test_items_of_a_quotation_stand_on_lines_of_their_own() -> None:
    rendered = MARKDOWN.render(to_markdown(examples.list_quoted()))
    assert "<p>“fewer falls at night<br />\n- shorter stays<br />\n3) calmer wards”</p>" in rendered
