from __future__ import annotations

import errno
import tomllib
from pathlib import Path

import pytest

import lhs_nlp.cli
from tests.cli.running import run

COMMANDS = (
    *("tag", "batch", "diff", "export", "report", "serve", "classify", "evaluate", "agreement", "learn", "doctor"),
    *("framework", "framework show", "framework validate", "review", "review add", "review simulate"),
)


def test_help_names_every_command_and_the_exit_codes() -> None:
    outcome = run("--help")
    assert outcome.code == 0
    assert all(f"\n  {command.partition(' ')[0]} " in outcome.out for command in COMMANDS)
    assert "0 all went well; 1 some inputs failed" in outcome.out


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_has_help_at_80_columns(command: str, option: str) -> None:
    outcome = run(*command.split(), option)
    assert outcome.code == 0
    assert outcome.out.startswith(f"Usage: lhs-nlp {command}")
    assert max(map(len, outcome.out.splitlines())) <= 80


def test_version_is_that_of_the_package() -> None:
    pyproject = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert run("--version").out == f"lhs-nlp {lhs_nlp.__version__}\n"
    assert lhs_nlp.__version__ == pyproject["project"]["version"]


def test_no_command_is_answered_by_help() -> None:
    outcome = run()
    assert outcome.code == 2
    assert "Usage: lhs-nlp" in outcome.out + outcome.err


def test_unknown_command_is_wrong_usage() -> None:
    outcome = run("tags")
    assert outcome.code == 2
    assert "No such command 'tags'" in outcome.err


def test_interrupt_while_a_compiled_module_is_loaded_is_exit_code_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(**_: object) -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as interrupt:
            raise ImportError("initialization failed") from interrupt

    monkeypatch.setattr(lhs_nlp.cli, "app", interrupted)
    outcome = run("tag")
    assert (outcome.code, outcome.out, outcome.err) == (130, "", "")


def test_module_that_cannot_be_loaded_is_not_taken_for_an_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise ImportError("no module named onnxruntime")

    monkeypatch.setattr(lhs_nlp.cli, "app", broken)
    with pytest.raises(ImportError, match="onnxruntime"):
        run("tag")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("export", "{}", "--to", "t.csv"), "cannot be opened (File name too long)."),
        (("batch", "a.txt", "--store", "{}"), "cannot be opened (File name too long)."),
        (("learn", "{}", "--output", "taught"), "cannot be opened (File name too long)."),
        (("tag", "a.txt", "--model", "{}"), "no model bundle is there"),
    ],
)
def test_name_that_is_too_long_is_a_sentence(
    arguments: tuple[str, ...], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Falls fell by half.", encoding="utf-8")
    outcome = run(*(each.format("x" * 300) for each in arguments))
    assert outcome.code == 2
    assert f"{'x' * 300}: {sentence}" in outcome.err


@pytest.mark.parametrize(
    ("error", "caught"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "closed/store"), True),
        (PermissionError(errno.EACCES, "Permission denied"), False),
        (OSError(errno.EIO, "Input/output error", "store"), False),
    ],
)
def test_folder_that_may_not_be_searched_is_a_sentence_and_no_other_error_is_hidden(
    error: OSError, caught: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(**_: object) -> None:
        raise error

    monkeypatch.setattr(lhs_nlp.cli, "app", closed)
    if caught:
        outcome = run("export")
        assert (outcome.code, outcome.err) == (2, "lhs-nlp: closed/store: cannot be opened (Permission denied).\n")
    else:
        with pytest.raises(OSError, match=error.strerror):
            run("export")
