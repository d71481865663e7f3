from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import pytest

from lhs_nlp.report import Result, to_csv, to_html, to_json_text, to_markdown, to_text
from lhs_nlp.report.earlier import is_report
from tests.report import examples

RENDERERS: dict[str, Callable[[Iterable[Result]], str]] = {
    "text": to_text,
    "ascii": partial(to_text, encoding="ascii"),
    "markdown": to_markdown,
    "html": to_html,
    "csv": to_csv,
    "csv of findings": partial(to_csv, passages=True),
    "json": partial(to_json_text, as_list=True),
}
RESULTS: dict[str, list[Result]] = {
    "one": [examples.proposal()],
    "nothing found": [examples.no_findings()],
    "hostile": [examples.hostile()],
    "long title": [examples.long_title()],
    "other framework": [examples.other()],
    "several": [examples.proposal(), examples.no_pages()],
    "first not read": [examples.failure(), examples.proposal()],
    "last not read": [examples.proposal(), examples.failure(), examples.failure()],
    "not read": [examples.failure()],
}


@pytest.mark.parametrize("results", RESULTS.values(), ids=RESULTS)
@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)
def test_every_report_is_told(render: Callable[[Iterable[Result]], str], results: list[Result]) -> None:
    assert is_report(render(results).encode())


@pytest.mark.parametrize("render", [to_text, to_markdown])
def test_report_with_notes_before_or_after_it_is_none(render: Callable[[Iterable[Result]], str]) -> None:
    report = render([examples.proposal()])
    assert not is_report(f"# My notes\n\nRead on Monday.\n\n{report}".encode())
    assert not is_report(f"{report}\n\nTo be discussed on Monday.\n".encode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Falls\n\nThey were cut by a third.\n",
        '{"id": 1, "text": "Falls fell."}',
        "id,text\n1,Falls fell.\n",
        "<!DOCTYPE html>\n<html><head><title>Benefits: of exercise</title></head><body><p>Falls fell.</body></html>",
    ],
)
def test_other_files_are_no_reports(text: str) -> None:
    assert not is_report(text.encode())
    assert not is_report(text.encode("utf-16"))
