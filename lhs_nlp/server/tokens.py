"""Tokens: who may enter when the server can be reached from elsewhere."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from lhs_nlp.errors import LhsNlpError

SHORTEST = 16
"""Fewest characters of a token: less could be guessed."""


@dataclass(frozen=True, slots=True)
class Token:
    """A reviewer and the secret that only this reviewer knows."""

    reviewer: str
    secret: str = field(repr=False)


def read_tokens(path: Path) -> tuple[Token, ...]:
    """Read a file of tokens: a line each, the reviewer's name before the token; ``#`` begins a remark.

    Raises
    ------
    LhsNlpError
        The file cannot be read, holds no token, or one that is too short; no token is ever shown.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LhsNlpError(f"{path}: the tokens cannot be read; is it a text file that you may read?") from error
    tokens = tuple(
        _token(line, f"{path}:{number}")
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.lstrip().startswith("#")
    )
    if not tokens:
        raise LhsNlpError(f"{path}: holds no token; write a line `NAME TOKEN` for each reviewer.")
    if len({token.secret for token in tokens}) < len(tokens):
        raise LhsNlpError(f"{path}: two reviewers have the same token; give each an own one.")
    return tokens


def _token(line: str, place: str) -> Token:
    *words, secret = line.split()
    if not words:
        raise LhsNlpError(f"{place}: a line is `NAME TOKEN`, the reviewer's name first.")
    if len(secret) < SHORTEST:
        raise LhsNlpError(f"{place}: the token is too short; take {SHORTEST} or more random characters.")
    if not secret.isascii():
        raise LhsNlpError(f"{place}: the token must be of ASCII letters and digits: headers of the API hold no others.")
    if "#" in words:
        raise LhsNlpError(f"{place}: a remark needs a line of its own.")
    return Token(" ".join(words), secret)


def owner(tokens: Iterable[Token], secret: str) -> str | None:
    """Return whose secret it is; None when it is nobody's. It takes as long for a wrong one."""
    found = None
    for token in tokens:
        if hmac.compare_digest(token.secret.encode(), secret.encode("utf-8", "surrogatepass")):
            found = token.reviewer
    return found
