from __future__ import annotations

import pytest

from lhs_nlp.documents import read_bytes
from lhs_nlp.errors import ReadError

PAGE = b'<!DOCTYPE html><html><body><p class=3D"x">Falls fell, and wa=\r\nits.</p></body></html>'


@pytest.mark.parametrize(
    "fields",
    [
        b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="-"',
        b"MIME-Version: 1.0\nContent-Type: multipart/related",
        b"Subject: Falls\nMime-Version: 1.0\ncontent-transfer-encoding: quoted-printable",
    ],
)
@pytest.mark.parametrize("name", ["page.mhtml", "page.html", "note.txt"])
def test_page_saved_as_one_file_and_encoded_mail_are_refused(fields: bytes, name: str) -> None:
    with pytest.raises(ReadError, match="save it as HTML or PDF") as raised:
        read_bytes(fields + b"\r\n\r\n" + PAGE, name=name)
    assert raised.value.reason == "unsupported"


@pytest.mark.parametrize(
    "text",
    [
        "From: the ward\nSubject: Falls\n\nThey fell.",
        "From: the ward\nMIME-Version: 1.0\nContent-Type: text/plain\n\nThey fell.",
        "Mails begin so:\n\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\nThey fell.",
    ],
)
def test_plain_mail_and_text_about_mails_are_read(text: str) -> None:
    assert "They fell." in read_bytes(text.encode(), name="note.txt").text
