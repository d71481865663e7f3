from __future__ import annotations

import json
import signal
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from lhs_nlp.cli import rows as reading
from lhs_nlp.framework import default_framework
from tests.cli.running import Outcome, run, start, wait_for_partial_file
from tests.documents.samples import SAMPLES
from tests.documents.word_writer import write_zip
from tests.toy_bundle import CLAIM, MENTION, NOTHING, RESULT


def lines(rows: Iterable[object]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def classified(*arguments: str | Path, stdin: bytes = b"") -> tuple[Outcome, list[Any]]:
    outcome = run("classify", *arguments, stdin=stdin)
    return outcome, [json.loads(line) for line in outcome.out.splitlines()]


def found(row: Any) -> list[str]:  # noqa: ANN401
    return [benefit for benefit, cell in row["benefits"].items() if cell["present"]]


def test_every_line_is_answered_in_order_with_every_benefit() -> None:
    outcome, answers = classified(
        stdin=lines([{"id": "b", "text": RESULT}, {"id": "a", "text": NOTHING}, {"id": 7, "text": MENTION}])
    )
    assert (outcome.code, outcome.err) == (0, "")
    assert [answer["id"] for answer in answers] == ["b", "a", 7]
    assert [found(answer) for answer in answers] == [["value"], [], ["equity"]]
    assert [list(answer["benefits"]) for answer in answers] == [list(default_framework().benefit_ids)] * 3


def test_answer_keeps_the_contract() -> None:
    _, (answer,) = classified(stdin=lines([{"id": "a", "text": RESULT}]))
    cell = answer["benefits"]["value"]
    assert {"probability", "present", "status", "status_probabilities", "claim_probability", "claimed"} <= set(cell)
    assert (cell["present"], cell["status"], cell["claimed"]) == (True, "achieved", True)
    assert sum(cell["status_probabilities"].values()) == pytest.approx(1, abs=0.001)
    assert 0 <= cell["claim_probability"] <= cell["probability"] <= 1


def test_fields_around_the_passage_are_accepted_whatever_they_hold() -> None:
    around = {"before": RESULT, "after": None, "title": ["x"], "section": {"falls": 1}, "anything": 0}
    _, (alone, beside) = classified(stdin=lines([{"id": "a", "text": CLAIM}, {"id": "a", "text": CLAIM} | around]))
    assert alone == beside


def test_number_of_the_line_stands_for_a_missing_id() -> None:
    _, answers = classified(stdin=b"\n" + lines([{"text": CLAIM}, {"id": None, "text": CLAIM}]))
    assert [answer["id"] for answer in answers] == [2, 3]


def test_file_with_byte_order_mark_and_any_line_ends_is_read(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + lines([{"id": "é", "text": CLAIM}]).replace(b"\n", b"\r\n") + b'{"text": "x"}')
    outcome, answers = classified(path)
    assert outcome.code == 0
    assert [answer["id"] for answer in answers] == ["é", 2]


@pytest.mark.parametrize("empty", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_empty_input_gives_nothing(empty: bytes) -> None:
    assert run("classify", stdin=empty) == Outcome(0, "", "")
    if not empty.strip(b"\n "):
        assert run("classify", "--text-column", "text", stdin=b"") == Outcome(0, "", "")
        assert run("classify", "--text-column", "text", stdin=b"text\n") == Outcome(0, "", "")


@pytest.mark.parametrize(
    ("line", "id", "reason", "problem"),
    [
        (b"{broken", None, "malformed", "line 2: not JSON"),
        (b"[" * 100_000, None, "malformed", "line 2: not JSON"),
        (b"[1]", None, "malformed", "line 2: must be an object with a text."),
        (b'{"id": "x"}', "x", "empty", "line 2: the text is missing or blank."),
        (b'{"id": "x", "text": " "}', "x", "empty", "line 2: the text is missing or blank."),
        (b'{"id": "x", "text": "\\u200b"}', "x", "empty", "line 2: the text is missing or blank."),
        (b'{"id": "x", "text": "---"}', "x", "empty", "line 2: the text is missing or blank."),
        (b'{"id": "x", "text": 5}', "x", "empty", "line 2: the text is missing or blank."),
        (b'{"text": null}', 2, "empty", "line 2: the text is missing or blank."),
        (b'{"id": [1], "text": "y"}', None, "malformed", "line 2: `id` must be text or a whole number."),
        (b'{"id": NaN, "text": "y"}', None, "malformed", "line 2: `id` must be text or a whole number."),
        (b'{"id": true, "text": "y"}', None, "malformed", "line 2: `id` must be text or a whole number."),
        (b'{"id": "x", "text": "caf\xe9"}', "x", "malformed", "line 2: the text is not UTF-8; save the file as UTF-8."),
        (b'{"text": "' + b"x" * reading.LONGEST + b'"}', None, "malformed", "line 2: longer than 1,000,000 characters"),
    ],
)
def test_bad_line_is_answered_by_its_reason_and_the_others_go_on(
    line: bytes, id: object, reason: str, problem: str
) -> None:
    first, last = lines([{"id": "first", "text": CLAIM}]), lines([{"id": "last", "text": RESULT}])
    outcome, answers = classified(stdin=first + line + b"\n" + last)
    assert outcome.code == 1
    assert outcome.err.startswith(f"lhs-nlp: {problem}")
    assert outcome.err.count("\n") == 1
    assert [answer["id"] for answer in answers] == ["first", id, "last"]
    assert answers[1]["error"]["reason"] == reason
    assert answers[1]["error"]["message"].startswith(problem)
    assert (found(answers[0]), found(answers[2])) == (["safety"], ["value"])


def test_half_of_a_character_is_no_error() -> None:
    outcome, (answer,) = classified(stdin=b'{"id": "\\ud83d", "text": "falls \\ud83d"}')
    assert outcome.code == 0
    assert (answer["id"], found(answer)) == ("\ud83d", ["safety"])


def test_long_text_is_answered_by_its_strongest_passage() -> None:
    _, (answer,) = classified(stdin=lines([{"text": f"{NOTHING} " * 30 + CLAIM + f" {NOTHING}" * 30}]))
    assert found(answer) == ["safety"]


def test_rows_beyond_a_call_keep_their_order() -> None:
    rows = [{"id": at, "text": CLAIM if at % 3 else NOTHING} for at in range(1300)]
    _, answers = classified(stdin=lines(rows))
    assert [answer["id"] for answer in answers] == list(range(1300))
    assert [found(answer) == ["safety"] for answer in answers] == [bool(at % 3) for at in range(1300)]


def test_answers_are_written_before_all_is_read() -> None:
    with start("classify") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(lines([{"id": at, "text": CLAIM} for at in range(600)]))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 0
        process.stdin.close()
        assert len(process.stdout.readlines()) == 599
    assert process.returncode == 0


def test_csv_gives_the_passages_of_a_column(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(b'\xef\xbb\xbfkey,Passage,title\r\n7,"The\n""falls"", will",\r\nb,,\r\nc,costs fell,x,y\r\nd\r\n')
    outcome, answers = classified(path, "--text-column", "Passage", "--id-column", "key")
    assert outcome.code == 1
    assert [answer["id"] for answer in answers] == ["7", "b", "c", "d"]
    assert (found(answers[0]), found(answers[2])) == (["safety"], ["value"])
    assert [answers[at]["error"]["message"][:6] for at in (1, 3)] == ["row 2:", "row 4:"]
    _, numbered = classified(path, "--text-column", "Passage")
    assert [answer["id"] for answer in numbered] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "head", ["id;text", "text;id;note", "sep=;\r\nid;text", "\r\nid;text", '"id";"the, text";"text"', "id\ttext"]
)
def test_csv_as_spreadsheets_save_it_is_read(head: str) -> None:
    mark = "\t" if "\t" in head else ";"
    names = head.splitlines()[-1].replace('"', "").split(mark)
    row = mark.join({"id": "7", "text": "Falls fell, costs rose."}.get(name, "") for name in names)
    table = f"{head}\r\n{row}\r\n".encode()
    outcome, answers = classified("--text-column", "text", "--id-column", "id", stdin=table)
    assert (outcome.code, [answer["id"] for answer in answers]) == (0, ["7"])
    assert found(answers[0]) == ["safety", "value"]


def test_csv_cell_that_says_there_is_no_text_has_its_reason() -> None:
    outcome, answers = classified("--text-column", "text", stdin=b"text\nN/A\nFalls fell.\n[No abstract available]\n")
    assert outcome.code == 1
    assert [answer.get("error", {}).get("reason") for answer in answers] == ["empty", None, "empty"]


def test_csv_cell_that_is_too_long_has_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST", 100)
    table = b"text\nfalls\n" + b"x" * 101 + b'\n"' + b"xx\n" * 34 + b'"\ncosts\n'
    outcome, answers = classified("--text-column", "text", stdin=table)
    assert outcome.code == 1
    assert [found(answer) for answer in (answers[0], answers[-1])] == [["safety"], ["value"]]
    assert "row 2: not read as CSV: longer than 100 characters" in outcome.err
    assert "row 3: not read as CSV: field larger than field limit" in outcome.err


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (["--text-column", "passage"], "the table has no column 'passage'; it has id, text."),
        (["--text-column", "text", "--id-column", "key"], "the table has no column 'key'; it has id, text."),
        (["--id-column", "id"], "needs --text-column, as only CSV has columns."),
        (["none.jsonl"], "none.jsonl: cannot be read (No such file or directory)."),
        (["."], ".: cannot be read (Is a directory)."),
    ],
)
def test_wrong_usage_is_exit_code_2_and_a_sentence(wrong: list[str], sentence: str, tmp_path: Path) -> None:
    outcome = run("classify", *wrong, "--output", tmp_path / "out", stdin=b"id,text\n1,falls\n")
    assert outcome.code == 2
    assert sentence in outcome.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options", [["--text-column", "text"], ["--text-column", "note", "--id-column", "text"]])
def test_column_whose_name_another_has_is_refused(options: list[str]) -> None:
    outcome = run("classify", *options, stdin=b"text,note,text\nfalls,x,waits\n")
    assert (outcome.code, outcome.out) == (2, "")
    assert "the table has 2 columns 'text'; give each a name of its own." in outcome.err


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (SAMPLES["pdf"][:400], "a PDF; `lhs-nlp tag` reads it."),
        (b"\n%PDF-1.4\n" + b"% a line of letters\n" * 5000, "a PDF; `lhs-nlp tag` reads it."),
        (SAMPLES["docx"], "a Word document; `lhs-nlp tag` reads it."),
        (
            write_zip({"media/a.png": bytes(range(256)) * 99, "xl/workbook.xml": b""}, zipfile.ZIP_STORED),
            "a spreadsheet; read its rows, from a file saved as .xlsx, by `lhs-nlp batch --text-column NAME`.",
        ),
        (b"{\\rtf1 Falls fell.}", "an RTF document; save it as DOCX."),
        (b"\x89PNG\r\n\x1a\n" + bytes(5000), "a PNG picture."),
        (bytes(5000), "binary data."),
        (bytes(50) + b"a line of letters\n" * 5000, "binary data."),
    ],
)
@pytest.mark.parametrize("options", [[], ["--text-column", "text"]])
def test_what_is_no_lines_of_text_is_refused_in_one_sentence(
    data: bytes, kind: str, options: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "trunc.pdf"
    path.write_bytes(data)
    for file, name, stdin in ((path, str(path), b""), (Path("-"), "standard input", data)):
        outcome = run("classify", file, *options, "--output", tmp_path / "out", stdin=stdin)
        assert outcome == Outcome(2, "", f"lhs-nlp: {name}: not lines of text but {kind}\n")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_lines_of_another_encoding_are_refused_in_one_sentence(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('{"text": "Falls fell."}\n' * 3, encoding=encoding)
    assert run("classify", file) == Outcome(2, "", f"lhs-nlp: {file}: is UTF-16 or UTF-32; save it as UTF-8.\n")


def test_passages_that_are_read_are_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "passages.jsonl"
    file.write_bytes(lines([{"id": "a", "text": RESULT}]))
    outcome = run("classify", file, "--output", file)
    assert (outcome.code, outcome.out) == (2, "")
    assert "is read here, and would be overwritten" in outcome.err
    assert file.read_bytes() == lines([{"id": "a", "text": RESULT}])


def test_file_named_as_a_table_is_refused(tmp_path: Path) -> None:
    """JSON lines in a .csv would be a table of broken cells."""
    outcome = run("classify", "--output", tmp_path / "out.csv", stdin=b'{"text": "Falls fell."}\n')
    assert (outcome.code, outcome.out) == (2, "")
    assert "what is written here is jsonl or json, not .csv" in " ".join(outcome.err.split())
    assert not (tmp_path / "out.csv").exists()


def test_interrupt_is_exit_code_130_and_leaves_no_half_output(tmp_path: Path) -> None:
    process = start("classify", "--output", tmp_path / "out")
    assert process.stdin is not None
    process.stdin.write(lines([{"id": at, "text": CLAIM} for at in range(600)]))
    process.stdin.flush()
    wait_for_partial_file(tmp_path, process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (130, b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_rows_are_read_as_they_are_asked_for() -> None:
    class Endless:
        read = 0

        def readline(self, most: int) -> str:
            self.read += 1
            return '{"text": "falls"}\n'

    endless = Endless()
    rows = reading.json_rows(endless)  # type: ignore[arg-type]
    assert [next(rows).id for _ in range(3)] == [1, 2, 3]
    assert endless.read == 3
