"""What the forms of a document do: decide, and undo."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.status import HTTP_303_SEE_OTHER

from lhs_nlp.corrections import Action, ConflictError, CorrectionError, Decision, NotBlindError, Proposal
from lhs_nlp.server.pages import document_page
from lhs_nlp.server.reviewing import stored_decision
from lhs_nlp.server.sessions import FromOurPage, Reviewer, desk_of
from lhs_nlp.server.workbench import Bench

router = APIRouter(include_in_schema=False)


@router.post("/documents/{sha256}/decisions", dependencies=[FromOurPage])
def write_decision(
    request: Request,
    bench: Bench,
    who: Reviewer,
    sha256: str,
    action: Annotated[Action, Form()],
    seen: Annotated[int, Form(ge=0)],
    position: Annotated[int | None, Form()] = None,
    benefit: Annotated[str | None, Form()] = None,
    status: Annotated[str | None, Form()] = None,
    words: Annotated[str | None, Form(max_length=5_000)] = None,
    comment: Annotated[str | None, Form()] = None,
    model: Annotated[str | None, Form()] = None,
) -> Response:
    """Write a decision, and show the document again; when somebody was faster, show that."""
    proposal = Proposal(action, seen, position, benefit or None, status or None, words, comment)
    try:
        decision = stored_decision(bench, sha256, desk_of(bench, who), proposal, model=model)
    except (ConflictError, NotBlindError) as error:
        return document_page(request, bench, who, sha256, complaint=str(error), status=409)
    except CorrectionError as error:
        return document_page(request, bench, who, sha256, complaint=str(error), status=422)
    return RedirectResponse(f"/documents/{sha256}{_anchor(decision)}", HTTP_303_SEE_OTHER)


def _anchor(decision: Decision) -> str:
    if decision.position is None:
        return ""
    return f"#f{decision.position}-{decision.benefit}" if decision.benefit else f"#p{decision.position}"
