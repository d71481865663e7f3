from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from lhs_nlp.documents.reference_marks import drop_reference_marks


def shown(text: str) -> str:
    root = fromstring(f"<p>{text}</p>")  # noqa: S314 - text of our own
    drop_reference_marks(root)
    return "".join(root.itertext())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("falls<sup>12</sup> fell", "falls fell"),
        ("care.<sup>1,3\u20135</sup> Then", "care. Then"),
        ("care.<sup>2</sup>", "care."),
        ("care (in wards).<sup>2</sup>", "care (in wards)."),
        ("fell by 17%.<sup>2</sup> Then", "fell by 17%. Then"),
        ("by 17%<sup>2,3</sup> a year", "by 17% a year"),
        ("fewer (95% CI 12 to 44).<sup>3</sup>", "fewer (95% CI 12 to 44)."),
        ("in 2022,<sup>4</sup> and", "in 2022, and"),
        ("\u201cgood care.\u201d<sup>2</sup> Then", "\u201cgood care.\u201d Then"),
        ("falls<sup>1</sup><sup>,</sup><sup>4</sup> fell", "falls fell"),
        ("therapy<sup>a</sup>, surgery<sup>\u2020</sup>", "therapy, surgery"),
        ("Lee<sup><xref>2</xref></sup><sup>,</sup><sup><xref>*</xref></sup> and", "Lee and"),
        ("beds<xref><sup>3</sup></xref> stood", "beds stood"),
    ],
)
def test_marks_of_notes_and_references_are_left_out(text: str, left: str) -> None:
    assert shown(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "5 m<sup>2</sup>",
        "three feet<sup>2</sup>",
        "10<sup>6</sup>",
        "10<sup>-3</sup>",
        "the 3<sup>rd</sup>",
        "Ca<sup>2+</sup>",
        "CD4<sup>-</sup>",
        "R<sup>2</sup>",
        "(a + b)<sup>2</sup>",
        "4.<sup>50</sup>",
        "$2,019.<sup>99</sup>",
        "Sleepwell<sup>TM</sup>",
        "P<sup>a</sup>",
    ],
)
def test_powers_charges_and_endings_stay(text: str) -> None:
    assert shown(text) == text.replace("<sup>", "").replace("</sup>", "")
