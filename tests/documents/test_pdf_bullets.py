from __future__ import annotations

import pytest

from lhs_nlp.documents import read_bytes
from tests.documents.pdf_writer import Square, Text, lines, write_pdf

LISTED = """
Fewer falls among older patients on the wards
and shorter stays
Lower costs
staff who are content
"""


def blocks(*page: Text | Square) -> list[tuple[str, str]]:
    document = read_bytes(write_pdf([page]), name="made.pdf")
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_bullets_that_are_drawn_make_items() -> None:
    bullets = [Square(60, height) for height in (701, 677, 665)]
    assert blocks(*lines(LISTED), *bullets) == [
        ("item", "Fewer falls among older patients on the wards and shorter stays"),
        ("item", "Lower costs"),
        ("item", "staff who are content"),
    ]


@pytest.mark.parametrize(
    "shapes",
    [
        [Square(30, 701), Square(30, 677)],
        [Square(52, 697, 16), Square(52, 673, 16)],
        [Square(60, 701, 1), Square(60, 677, 1)],
        [Square(60, 701 - at) for at in range(200)],
    ],
    ids=["far", "large", "dots", "figure"],
)
def test_other_shapes_are_no_bullets(shapes: list[Square]) -> None:
    assert [kind for kind, _ in blocks(*lines(LISTED), *shapes)] == ["paragraph"]


def test_points_of_a_graph_are_no_bullets() -> None:
    points: list[Text | Square] = [Square(60, 701), Text(72, 700, "1.28"), Square(60, 681), Text(72, 680, "0.4")]
    found = blocks(*points, Text(72, 640, "The ward counts its falls each week."))
    assert [kind for kind, _ in found] == ["paragraph", "paragraph", "paragraph"]
