"""Who gives a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from lhs_nlp.errors import LhsNlpError

if TYPE_CHECKING:
    from lhs_nlp.server import Token

_NOT_ASKED = "reviewer"


def name_of(given: str | None, option: str = "--by") -> str:
    """Return who does something: the name that was given, or that of the login; blanks make no other person.

    Parameters
    ----------
    given
        The name, as the user wrote it.
    option
        By which it is given.

    Raises
    ------
    LhsNlpError
        None was given, and the login has none, as in a container.
    """
    import getpass

    name = " ".join((given or "").split())
    try:
        return name or getpass.getuser()
    except (KeyError, OSError, ImportError) as error:  # Python 3.13 made one of them all
        raise LhsNlpError(f"Your login has no name: say who you are with {option} NAME.") from error


def name_without_token(given: str | None, tokens: tuple[Token, ...], option: str = "--by") -> str:
    """Return who decides, on a server, when no token tells it.

    Where there are tokens, one always does: then the name is never used, and the login is not asked for one.

    Parameters
    ----------
    given
        The name, as the user wrote it.
    tokens
        Who may enter; none when everybody on this machine may.
    option
        By which the name is given.

    Raises
    ------
    BadParameter
        A name was given beside tokens, and would not be used.
    LhsNlpError
        Neither tokens nor a name were given, and the login has none.
    """
    if not tokens:
        return name_of(given, option)
    if (given or "").strip():
        said = "is for a server without --token-file: its tokens tell who decides."
        raise typer.BadParameter(said, param_hint=option)
    return _NOT_ASKED
