"""The page where a document is sent in to be tagged, without being kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, HTTPException, Request, UploadFile
from fastapi.responses import HTMLResponse, Response

from lhs_nlp.errors import ReadError
from lhs_nlp.report import display
from lhs_nlp.server.library import file_name
from lhs_nlp.server.pages import common_values
from lhs_nlp.server.sessions import FromOurPage, Reviewer
from lhs_nlp.server.streaming import MEDIA_TYPE, Line, Upload, UploadResponse
from lhs_nlp.server.templates import fragment, rendered
from lhs_nlp.server.turns import BusyError
from lhs_nlp.server.workbench import Bench, Workbench
from lhs_nlp.summary import DocumentSummary

_ESCAPED = {"%22": '"', "%0D": "\r", "%0A": "\n"}
"""What stands for characters that would end a name in a form (HTML Standard, multipart form data)."""

router = APIRouter(include_in_schema=False)


@router.get("/upload")
def upload_page(request: Request, bench: Bench, who: Reviewer) -> HTMLResponse:
    """Ask for a document."""
    return _page(request, bench, who)


@router.post("/upload", dependencies=[FromOurPage])
def upload(request: Request, bench: Bench, who: Reviewer, file: Annotated[UploadFile, File()]) -> Response:
    """Tag a document, and show the result; to a script that asks for it, tell how far it is meanwhile."""
    name = sent_name(file)
    try:
        data = content(bench, file)
        if MEDIA_TYPE in request.headers.get("accept", ""):
            return UploadResponse(Upload(bench.tagging, data, name, lambda summary: _line(bench, summary)))
        with bench.tagging.enter() as turn:
            summary = bench.tagging.tag_upload(turn, data, name)
    except ReadError as error:
        return _page(request, bench, who, complaint=str(error), status=422)
    except BusyError as error:
        return _page(request, bench, who, complaint=str(error), status=503)
    except HTTPException as error:
        return _page(request, bench, who, complaint=error.detail, status=error.status_code)
    bench.meters.tagged.labels("document").inc()
    return _page(request, bench, who, summary=summary)


def sent_name(file: UploadFile) -> str:
    """Return what a document is called where it was sent from, without its folders."""
    name = file.filename or ""
    for escaped, character in _ESCAPED.items():
        name = name.replace(escaped, character)
    return file_name(name)


def content(bench: Workbench, file: UploadFile) -> bytes:
    """Return what was sent.

    Raises
    ------
    HTTPException
        413: it is too large.
    """
    largest = bench.settings.limits.documents.megabytes * 1_000_000
    data = file.file.read(int(largest) + 1)
    if len(data) > largest:
        raise HTTPException(413, f"The document is too large: at most {largest / 1_000_000:,.0f} MB.")
    return data


def _line(bench: Workbench, summary: DocumentSummary) -> Line:
    bench.meters.tagged.labels("document").inc()
    return {"html": fragment("tagged.html.jinja", _result(bench, summary))}


def _page(
    request: Request,
    bench: Workbench,
    who: str,
    *,
    summary: DocumentSummary | None = None,
    complaint: str | None = None,
    status: int = 200,
) -> HTMLResponse:
    shown = {"complaint": complaint, "largest": bench.settings.limits.documents.megabytes}
    return rendered(request, "upload.html.jinja", {**_result(bench, summary), **shown}, status, who=who)


def _result(bench: Workbench, summary: DocumentSummary | None) -> dict[str, object]:
    heading = display.heading(summary.document) if summary else None
    return {**common_values(bench), "summary": summary, "heading": heading}
