"""Results at a terminal."""

import io
import re
from collections.abc import Callable

import pytest
from rich.cells import cell_len
from rich.console import Console

from lhs_nlp.report import Result, TerminalReport, print_text, to_text
from tests.report import examples


def plain(text: str) -> str:
    """Take away lines, edges and white space."""
    return "".join(re.sub(r"(?m)^  [│|] ?", "", text).split())


@pytest.mark.parametrize("width", [30, 71, 72, 80, 120, 200])
@pytest.mark.parametrize("example", [*examples.SUMMARIES, examples.failure])
def test_no_line_is_wider_than_asked(example: Callable[[], Result], width: int) -> None:
    for line in to_text(example(), width=width).splitlines():
        assert cell_len(line) <= width


def test_report_shows_verdicts_in_sign_and_word() -> None:
    text = to_text(examples.proposal())
    assert re.search(r"Safety +● claimed +>\.99 ■■■■■■■■ +1 achieved · 3 anticipated", text)
    assert re.search(r"Reputation +◐ needs review +0\.44 ■■■■□□□□", text)
    assert re.search(r"Value +○ not claimed +0\.20", text)


def test_report_quotes_with_status_and_place() -> None:
    text = to_text(examples.proposal())
    assert plain("“Call bells were answered two minutes sooner at night, and more") in plain(text)
    assert "│ achieved · page 3 · 4 Pilot results" in text


def test_number_and_status_stay_on_one_line() -> None:
    table = to_text(examples.proposal(), width=72).split("Passages")[1].split("Probability:")[0]
    assert not re.search(r"\d\n", table)
    assert re.search(r" 1 achieved\n +3 anticipated\n +2 context\n", table)


def test_report_quotes_no_benefit_that_is_not_claimed() -> None:
    assert "Length of stay did not change" not in to_text(examples.proposal())


def test_report_quotes_all_findings_when_asked_for() -> None:
    summary = examples.proposal()
    text = plain(to_text(summary, passages=True))
    assert all(plain(finding.passage.text) in text for finding in summary.findings)


def test_unsure_quotation_stays_when_all_findings_are_asked_for() -> None:
    assert "The board may help." in to_text(examples.unsure_evidence(), passages=True)


def test_report_says_what_is_offered_to_whom() -> None:
    assert re.search(r"Patients and families +Quality, Safety, Equity\n", to_text(examples.proposal()))


@pytest.mark.parametrize("example", [*examples.SUMMARIES, examples.failure])
@pytest.mark.parametrize("width", [40, 80])
def test_ascii_is_enough(example: Callable[[], Result], width: int) -> None:
    assert to_text(example(), encoding="ascii", width=width).isascii()


def test_signs_are_words_in_ascii() -> None:
    text = to_text(examples.proposal(), encoding="ascii")
    assert re.search(r"Safety +\[x\] claimed", text)
    assert re.search(r"Reputation +\[\?\] needs review", text)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp437", "gb18030"])
def test_text_fits_a_legacy_encoding(encoding: str) -> None:
    for example in examples.SUMMARIES:
        to_text(example(), encoding=encoding).encode(encoding)


def test_legacy_encoding_keeps_what_it_can_write() -> None:
    assert "提案.docx" in to_text(examples.non_latin(), encoding="gb18030")


def test_no_codes_without_colour() -> None:
    assert all("\x1b" not in to_text(example()) for example in examples.SUMMARIES)


def test_colour_adds_codes_and_nothing_else() -> None:
    coloured = to_text(examples.proposal(), colour=True)
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert coloured != bare
    assert plain(bare) == plain(to_text(examples.proposal()))


def test_text_of_a_document_is_neither_markup_nor_code() -> None:
    coloured = to_text(examples.hostile(), colour=True)
    assert "[bold red]loud[/bold red]" in coloured
    assert ":smile:" in coloured
    assert not re.search(r"\x1b(?!\[[0-9;]*m)", coloured)
    assert "\x1b[31mred" not in coloured
    assert "\x07" not in coloured


def test_several_results_follow_each_other() -> None:
    text = to_text([examples.proposal(), examples.failure()])
    assert text.index("Night Rounds") < text.index("minutes <1>.pdf\n✗ not read (scanned)\nRun OCR")


def test_long_title_is_cut() -> None:
    assert len(to_text(examples.long_title()).split("[...]")[0]) < 250


def test_report_follows_the_console() -> None:
    data = io.BytesIO()
    out = io.TextIOWrapper(data, encoding="ascii")
    Console(file=out, width=70).print(TerminalReport(examples.proposal()))
    out.flush()
    text = data.getvalue().decode("ascii")
    assert "[x] claimed" in text
    assert max(map(len, text.splitlines())) <= 70


def test_pipe_gets_plain_text_of_eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    out = io.StringIO()
    print_text(examples.proposal(), out)
    assert out.getvalue() == to_text(examples.proposal())


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_terminal_gets_colour_unless_it_wants_none(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], coloured: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", "COLUMNS": "100", **environment}.items():
        monkeypatch.setenv(name, value)
    out = Terminal()
    print_text(examples.proposal(), out)
    assert bool(re.search(r"\x1b\[[0-9;]*3\d", out.getvalue())) is coloured


def test_items_of_a_quotation_stand_on_lines_of_their_own() -> None:
    text = to_text(examples.list_quoted())
    assert "  │ “fewer falls at night\n  │ - shorter stays\n  │ 3) calmer wards”\n  │ anticipated" in text
