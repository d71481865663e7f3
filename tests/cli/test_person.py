from __future__ import annotations

import pytest
import typer

from lhs_nlp import LhsNlpError
from lhs_nlp.cli.person import name_of, name_without_token
from lhs_nlp.server import Token

ANN = Token("Ann", "a-token-that-is-long-enough")


@pytest.fixture(params=[KeyError("uid not found: 1234"), OSError("No username set"), ImportError("pwd")])
def _nameless(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise request.param

    monkeypatch.setattr("getpass.getuser", nameless)


def test_blanks_make_no_other_person() -> None:
    assert name_of(" Ana  Silva ") == "Ana Silva"


def test_login_stands_for_a_name_that_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "ana")
    assert [name_of(None), name_of("  "), name_without_token(None, ())] == ["ana"] * 3


@pytest.mark.usefixtures("_nameless")
def test_login_without_a_name_is_asked_for_one() -> None:
    with pytest.raises(LhsNlpError, match="say who you are with --by NAME"):
        name_of(None)
    with pytest.raises(LhsNlpError, match="say who you are with --reviewer NAME"):
        name_without_token(" ", (), "--reviewer")
    assert name_without_token("ana", ()) == "ana"


@pytest.mark.usefixtures("_nameless")
def test_nobody_is_asked_where_tokens_tell_who_it_is() -> None:
    assert [name_without_token(given, (ANN,)) for given in (None, " ")] == ["reviewer"] * 2


def test_name_that_is_given_beside_tokens_is_refused() -> None:
    with pytest.raises(typer.BadParameter, match="without --token-file: its tokens tell who decides") as raised:
        name_without_token("ana", (ANN,), "--reviewer")
    assert raised.value.param_hint == "--reviewer"
