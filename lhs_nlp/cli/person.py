"""Who gives a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    """Return who does what a server is sent without a token; where there are tokens that is nobody, and not asked."""
    return _NOT_ASKED if tokens else name_of(given, option)
