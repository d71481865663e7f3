"""Who asks: by a token, by the session that a token opened, or anybody on this machine."""

from __future__ import annotations

import hmac
import secrets
from typing import Annotated

from fastapi import Depends, Form, HTTPException, Request

from lhs_nlp.corrections import Desk, Role
from lhs_nlp.server.tokens import Token, owner
from lhs_nlp.server.workbench import Workbench, workbench

LONGEST_NAME = 80
"""Most characters of a reviewer's name."""

_REVIEWER, _CSRF = "reviewer", "csrf"


class SignInError(Exception):
    """A page was asked for by somebody who has not shown a token."""


def reviewer_of(request: Request, bench: Annotated[Workbench, Depends(workbench)]) -> str:
    """Return who asks.

    Raises
    ------
    SignInError
        A token is needed, and none was shown.
    """
    tokens = bench.settings.tokens
    if not tokens:
        return str(request.session.get(_REVIEWER) or bench.settings.reviewer)
    name = known_reviewer(request, tokens)
    if name is None:
        raise SignInError
    return name


def known_reviewer(request: Request, tokens: tuple[Token, ...]) -> str | None:
    """Return whose token was shown, with the request or when the session began; None when none was."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return owner(tokens, secret.strip())
    name = request.session.get(_REVIEWER)
    return str(name) if name in {token.reviewer for token in tokens} else None


Reviewer = Annotated[str, Depends(reviewer_of)]


def sign_in(request: Request, name: str) -> None:
    """Remember who asks, in a session that begins anew."""
    request.session.clear()
    request.session[_REVIEWER] = " ".join(name.split())


def csrf_token(request: Request) -> str:
    """Return what every form of this session must send back."""
    token: str = request.session.setdefault(_CSRF, secrets.token_urlsafe(24))
    return token


def check_csrf(request: Request, csrf: Annotated[str, Form()] = "") -> None:
    """Raise 403 when a form does not come from a page of this session."""
    known = request.session.get(_CSRF)
    if not known or not hmac.compare_digest(known.encode(), csrf.encode("utf-8", "surrogatepass")):
        # A session that has ended took the name along that was said in it.
        raise HTTPException(
            403,
            "The page is from another session; nothing was written. Load it again, see that the name at its top is "
            "yours, and repeat what you did.",
        )


FromOurPage = Depends(check_csrf)
"""What every form needs: it comes from a page of its session."""


def desk_of(bench: Workbench, reviewer: str, role: Role = "review") -> Desk:
    """Return the desk of a reviewer."""
    return Desk(reviewer, role, bench.settings.blind)
