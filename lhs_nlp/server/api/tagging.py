"""Tag what is sent; nothing of it is kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, HTTPException, UploadFile
from fastapi.responses import Response

from lhs_nlp.server.api.schemas import PREFIX, Fault, Tagged, Texts, Unfit, Unread, result_out
from lhs_nlp.server.sessions import Reviewer
from lhs_nlp.server.streaming import MEDIA_TYPE, Line, Upload, UploadResponse
from lhs_nlp.server.uploads import content, sent_name
from lhs_nlp.server.workbench import Bench
from lhs_nlp.summary import DocumentSummary

_REFUSALS: dict[int | str, dict[str, object]] = {
    400: {"model": Fault, "description": "The request is malformed"},
    401: {"model": Fault, "description": "A token is needed"},
    413: {"model": Fault, "description": "Too large"},
    422: {"model": Unfit, "description": "It does not fit"},
    503: {"model": Fault, "description": "Busy: come again"},
}
_UNREAD: dict[int | str, dict[str, object]] = {**_REFUSALS, 422: {"model": Unread, "description": "It cannot be read"}}

router = APIRouter(prefix=PREFIX, tags=["tagging"])


@router.post("/tag/document", responses=_UNREAD)
def tag_document(bench: Bench, who: Reviewer, file: Annotated[UploadFile, File()]) -> Tagged:
    """Tag an uploaded document: PDF, Word, HTML, Markdown, JATS, TEI or plain text.

    It is read in a process of its own, with limits on time and memory, and not kept.
    """
    with bench.tagging.enter() as turn:
        summary = bench.tagging.tag_upload(turn, content(bench, file), sent_name(file))
    bench.meters.tagged.labels("document").inc()
    return Tagged(results=[result_out(summary)])


@router.post(
    "/tag/document/progress",
    response_class=Response,
    responses={
        **_REFUSALS,
        200: {"description": "Progress, a JSON object a line", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}},
    },
)
def tag_document_with_progress(bench: Bench, who: Reviewer, file: Annotated[UploadFile, File()]) -> Response:
    """Tag an uploaded document like `/tag/document`, and tell how far it is: for long ones.

    Each line is a JSON object with a `stage`: `received` (`bytes`), `waiting` while others are tagged,
    `read` (`pages`, `words`), `passages` (`total`), `tagged` (`done` of `total`), again and again, and at
    the end `result` (`result`) or `failed` (`detail`, and `reason` when it cannot be read). Who hangs up
    ends it.
    """

    def finish(summary: DocumentSummary) -> Line:
        bench.meters.tagged.labels("document").inc()
        return {"result": result_out(summary)}

    return UploadResponse(Upload(bench.tagging, content(bench, file), sent_name(file), finish))


@router.post("/tag/texts", responses=_UNREAD)
def tag_texts(bench: Bench, who: Reviewer, sent: Texts) -> Tagged:
    """Tag texts, each a document of its own; results come in their order. Where one is blank, none is tagged."""
    limits = bench.settings.limits
    if len(sent.texts) > limits.texts or sum(map(len, sent.texts)) > limits.characters:
        most = f"{limits.texts:,} texts and {limits.characters:,} characters"
        raise HTTPException(413, f"Too much for one request: send at most {most}.")
    summaries = bench.tagging.tag_texts(sent.texts)
    bench.meters.tagged.labels("text").inc(len(summaries))
    return Tagged(results=[result_out(summary) for summary in summaries])
