"""What becomes of what was typed into a form, and of what else lies upon a page."""

from __future__ import annotations

import logging

import pytest

from lhs_nlp.documents import Document, read_bytes
from lhs_nlp.errors import ReadError
from tests.documents.pdf_writer import Text, lines, write_pdf

QUESTION = "What will be better for those who come to the clinic when the plan has been carried out?"
ANSWER = "Wounds will heal sooner, and fewer will come back."
FONT = "/F 4 /DA (/F0 10 Tf 0 g)"


def field(kind: str, text: str, more: str = "") -> str:
    return f"/Subtype /Widget /FT /{kind} /T ({text[:3]}) /V ({text}) /Rect [70 640 540 670] {FONT} {more}"


def made(*annotations: str, form: str | None = "") -> Document:
    return read_bytes(write_pdf([lines(QUESTION)], annotations=annotations, form=form), name="form.pdf")


def test_answers_typed_into_a_form_are_read_where_they_stand() -> None:
    assert made(field("Tx", ANSWER)).text == f"{QUESTION}\n\n{ANSWER}"


def test_choice_from_a_list_is_read() -> None:
    assert made(field("Ch", "Every second year", "/Ff 131072 /Opt [(Yearly) (Every second year)]")).text.endswith(
        "Every second year"
    )


@pytest.mark.parametrize(
    "annotation",
    [
        f"/Subtype /FreeText /Contents (Say more here.) /Rect [70 640 540 670] {FONT}",
        "/Subtype /Text /Contents (Say more here.) /Rect [70 640 90 660] /F 4",
        field("Tx", "Say more here.", "/F 2").replace("/F 4 ", ""),
        field("Btn", "Say more here.", "/Ff 65536 /MK << /CA (Say more here.) >>"),
    ],
    ids=["comment", "note", "hidden field", "button"],
)
def test_comments_buttons_and_hidden_fields_are_left_out(annotation: str) -> None:
    assert made(annotation, field("Tx", ANSWER)).text == f"{QUESTION}\n\n{ANSWER}"
    assert made(annotation).text == QUESTION
    assert made(annotation, form=None).text == QUESTION


def test_form_in_two_ways_is_read_by_its_fields_without_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert ANSWER in made(field("Tx", ANSWER)).text
    assert not caplog.records


def test_page_that_stands_in_for_a_form_is_refused() -> None:
    page = [Text(72, 700, "Please wait until the pages of this form have been built.")]
    with pytest.raises(ReadError, match="print it to a PDF") as raised:
        read_bytes(write_pdf([page], form="/NeedsRendering true"), name="form.pdf")
    assert raised.value.reason == "unsupported"
    assert read_bytes(write_pdf([page]), name="plain.pdf").text == page[0].text
