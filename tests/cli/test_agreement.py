from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.evaluate.labelled import passage, write_lines


@pytest.fixture
def labellings(tmp_path: Path) -> tuple[Path, Path]:
    """Four passages labelled by both, and one by each alone; they differ on the safety of the second."""
    first = [{"safety": "achieved"}, {"safety": "anticipated"}, {}, {}]
    second = [{"safety": "achieved"}, {}, {}, {}]
    a = [passage(at, doc=f"d{at}", labels=labels) for at, labels in enumerate(first)]
    b = [passage(at, doc=f"d{at}", labels=labels) for at, labels in enumerate(second)]
    return (
        write_lines(tmp_path / "a.jsonl", [*a, passage(8)]),
        write_lines(tmp_path / "b.jsonl", [*b, passage(9)]),
    )


def test_name_of_the_file_tells_the_format(labellings: tuple[Path, Path], tmp_path: Path) -> None:
    run("agreement", *labellings, "-o", tmp_path / "kappa.json")
    assert json.loads((tmp_path / "kappa.json").read_text(encoding="utf-8"))["schema"] == "lhs-nlp/agreement/1"


def test_json_holds_coefficients_intervals_and_disagreements(labellings: tuple[Path, Path]) -> None:
    outcome = run("agreement", *labellings, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    report = json.loads(outcome.out)
    assert (report["schema"], report["passages"], report["documents"]) == ("lhs-nlp/agreement/1", 4, 4)
    assert (report["only_first"], report["only_second"]) == (["p8"], ["p9"])
    safety = report["presence"]["by_benefit"]["safety"]
    # By hand: table [[2, 0], [1, 1]]; observed 3/4, by chance 3/4 * 1/2 + 1/4 * 1/2 = 1/2.
    assert safety["observed"]["value"] == 0.75
    assert safety["kappa"]["value"] == 0.5
    # By hand: 8 values, 5 "no" and 3 "yes"; 1 - (8 - 1) * 2 / (64 - 25 - 9).
    assert safety["alpha"]["value"] == pytest.approx(1 - 14 / 30, abs=1e-4)
    # Four documents are too few for an interval.
    assert (safety["kappa"]["low"], safety["kappa"]["high"]) == (None, None)
    assert report["presence"]["by_benefit"]["value"]["kappa"]["value"] is None
    (difference,) = report["disagreements"]["shown"]
    assert (difference["id"], difference["first"], difference["second"]) == ("p1", "anticipated", None)


def test_text_fits_80_columns(labellings: tuple[Path, Path]) -> None:
    outcome = run("agreement", *labellings)
    assert outcome.code == 0
    assert outcome.out.startswith("4 passages of 4 documents, labelled by both\n")
    assert "p1 Safety: Anticipated / absent" in outcome.out
    assert "Passage number 1." in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 80


def test_as_many_disagreements_are_shown_as_wanted(labellings: tuple[Path, Path]) -> None:
    assert "Passage number 1." not in run("agreement", *labellings, "--show", "0").out
    report = json.loads(run("agreement", *labellings, "--show", "0", "--format", "json").out)
    assert report["disagreements"] == {"count": 1, "shown": []}


def test_no_model_is_needed(labellings: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LHS_NLP_MODEL", "/nowhere")
    assert run("agreement", *labellings).code == 0


def test_output_is_a_file(labellings: tuple[Path, Path], tmp_path: Path) -> None:
    assert run("agreement", *labellings, "--output", tmp_path / "out").out == ""
    assert (tmp_path / "out").read_text(encoding="utf-8") == run("agreement", *labellings).out


def test_errors_are_sentences_with_exit_code_2(labellings: tuple[Path, Path], tmp_path: Path) -> None:
    first, _ = labellings
    none = tmp_path / "none.jsonl"
    strange = write_lines(tmp_path / "strange.jsonl", [passage(77)])
    other_text = write_lines(tmp_path / "other.jsonl", [passage(1, text="Something else.")])
    for second, sentence in (
        (none, f"lhs-nlp: {none}: cannot be read (No such file or directory).\n"),
        (strange, "lhs-nlp: The two files have no passage id in common:"),
        (other_text, "lhs-nlp: The passage 'p1' has another text in the second file:"),
    ):
        outcome = run("agreement", first, second)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith(sentence)
    assert run("agreement", first).code == 2
    assert run("agreement", first, first, "--show", "-1").code == 2


def test_text_that_could_steer_a_terminal_or_break_a_file_is_shown_without_that(tmp_path: Path) -> None:
    text = "Costs fell \ud83d by half. \x1b[31mRED"
    first = write_lines(tmp_path / "a.jsonl", [passage(1, text=text, labels={"value": "achieved"})])
    second = write_lines(tmp_path / "b.jsonl", [passage(1, text=text)])
    outcome = run("agreement", first, second, "--output", tmp_path / "out")
    assert outcome.code == 0
    assert "Costs fell \ufffd by half. \ufffd[31mRED" in (tmp_path / "out").read_text(encoding="utf-8")


def test_what_is_read_is_not_overwritten(labellings: tuple[Path, Path]) -> None:
    for path in labellings:
        before = path.read_bytes()
        outcome = run("agreement", *labellings, "--output", path)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == f"lhs-nlp: {path}: is read here, and would be overwritten; write to another file.\n"
        assert path.read_bytes() == before
