"""Results as CSV."""

import csv
import io
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp.report import Failure, to_csv
from tests.report import examples

STARTS = ("=", "+", "-", "@", "\t", "\r")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_benefit_has_a_row() -> None:
    table = rows(to_csv(examples.proposal()))
    assert [row["benefit"] for row in table] == [
        "quality",
        "safety",
        "equity",
        "patient_satisfaction",
        "reputation",
        "value",
    ]
    safety = table[1]
    assert safety["verdict"] == "claimed"
    assert (safety["n_achieved"], safety["n_not_achieved"]) == ("1", "0")
    assert safety["concepts"] == "harm_prevention;safety_culture"
    assert safety["quotation"].startswith("In our pilot on two wards")
    assert (safety["page"], safety["section"], safety["status"]) == ("3", "4 Pilot results", "achieved")


def test_quotation_says_whether_its_status_is_sure() -> None:
    (sure, *_), (unsure, *_) = rows(to_csv(examples.proposal())), rows(to_csv(examples.unsure_evidence()))
    assert (sure["present"], unsure["status"], unsure["present"]) == ("true", "anticipated", "false")


def test_a_finding_has_a_row_when_passages_are_asked_for() -> None:
    summary = examples.proposal()
    table = rows(to_csv(summary, passages=True))
    assert [row["text"] for row in table] == [finding.passage.text for finding in summary.findings]
    assert table[0]["p_context"] == "0.8"
    assert table[0]["claimed"] == "false"


def test_quotation_that_is_unsure_has_a_row_when_passages_are_asked_for() -> None:
    sure, unsure = examples.proposal(), examples.unsure_evidence()
    (row,) = rows(to_csv(unsure, passages=True))
    assert (row["text"], row["benefit"], row["present"]) == ("The board may help.", "quality", "false")
    assert {row["present"] for row in rows(to_csv(sure, passages=True))} == {"true"}


def test_columns_stay_when_nothing_was_found() -> None:
    assert to_csv(examples.empty(), passages=True).startswith("document_id,title,source,format,pages,words,passage,")
    assert to_csv([]).count("\r\n") == 1


def test_documents_of_several_frameworks_share_one_table() -> None:
    table = rows(to_csv([examples.proposal(), examples.other()]))
    assert len(table) == 16
    assert (table[0]["n_achieved"], table[0]["n_met"]) == ("1", "")
    assert (table[6]["n_achieved"], table[6]["n_met"]) == ("", "0")


@pytest.mark.parametrize("passages", [False, True])
def test_failure_has_a_row_with_its_reason(passages: bool) -> None:
    table = rows(to_csv([examples.proposal(), examples.failure()], passages=passages))
    assert (table[-1]["source"], table[-1]["error"]) == ("scans/minutes <1>.pdf", "scanned")
    assert table[-1]["document_id"] == ""
    assert table[0]["error"] == ""


def test_lines_end_as_the_standard_says() -> None:
    text = to_csv(examples.proposal())
    assert text.count("\r\n") == text.count("\n") == 7


def test_pandas_reads_the_table() -> None:
    frame = pd.read_csv(io.StringIO(to_csv(examples.many_passages(50), passages=True)))
    assert len(frame) == 10
    assert frame["page"].dtype.kind == "i"


def test_formula_is_led_by_an_apostrophe() -> None:
    cells = [cell for row in rows(to_csv(examples.hostile())) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(STARTS)]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)


@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_stays_one_harmless_cell(text: str) -> None:
    (row,) = rows(to_csv(Failure(text, "malformed", "x")))
    assert not row["source"].lstrip(" ").startswith(STARTS)
    assert row["error"] == "malformed"


def test_negative_looking_title_stays_text() -> None:
    summary = examples.proposal()
    titled = replace(summary, document=replace(summary.document, title="-5 degrees"))
    assert rows(to_csv(titled))[0]["title"] == "'-5 degrees"
