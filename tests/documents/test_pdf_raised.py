"""Raised marks of notes and references, and what else is raised."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lhs_nlp.documents import read_bytes
from lhs_nlp.documents.pdf.characters import Character
from lhs_nlp.documents.pdf.raised import without_reference_marks
from tests.documents.pdf_writer import Raised, Text, write_pdf

BEFORE, AFTER = "We trained the nurses and they said that", "so that the wards were content at last."


def texts(*page: Raised | Text) -> list[str]:
    document = read_bytes(write_pdf([page]), name="made.pdf")
    return [document.text[block.start : block.end] for block in document.blocks]


def shown(text: str, *, small: float = 6.5, rise: float = 3.5) -> str:
    """Return a line as it is read within a paragraph."""
    (read,) = texts(Text(72, 712, BEFORE), Raised(72, 700, text, small=small, rise=rise), Text(72, 688, AFTER))
    return read.removeprefix(BEFORE).removesuffix(AFTER).strip()


@pytest.mark.parametrize(("small", "rise"), [(6.5, 3.5), (5, 5), (8.3, 3.3), (7, 2.5)])
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("fewer falls^{12} on the wards^{4,5} since^{1-3}, and", "fewer falls on the wards since, and"),
        ("fewer falls.^{12} A shorter stay,^{2,3} and", "fewer falls. A shorter stay, and"),
        ("fewer falls^{\u2020}, a shorter stay (in days).^{4 }Next", "fewer falls, a shorter stay (in days). Next"),
        (
            "\u201cfewer falls.\u201d^{7} Next, in the U.S.).^{2} Costs^{a}",
            "\u201cfewer falls.\u201d Next, in the U.S.). Costs",
        ),
        ("fewer falls.^{12}Next was a shorter stay", "fewer falls. Next was a shorter stay"),
    ],
)
def test_marks_stick_to_no_word(text: str, left: str, small: float, rise: float) -> None:
    assert shown(text, small=small, rise=rise) == left


@pytest.mark.parametrize(
    "text",
    [
        "we weighed 25 kg/m^{2} and 10^{9}/L and cm^{3}",
        "three square feet^{2} on the 21^{st} of May",
        "we saw Ca^{2+} and R^{2} and CD4^{+} of our",
        "the mattress is a Sleepwell^{TM} of 4.^{50} each",
        "so many cases ^{12} stand apart, and",
        "the tracer was iodine^{131}I at first, and",
    ],
)
def test_powers_ordinals_and_what_stands_apart_stay(text: str) -> None:
    assert shown(text) == text.replace("^{", "").replace("}", "")


@pytest.mark.parametrize(("small", "rise"), [(6.5, -2.0), (6.5, 0.0), (6.5, 1.0), (10, 3.5), (9, 3.5)], ids=str)
def test_numbers_that_are_lowered_or_hardly_smaller_or_higher_stay(small: float, rise: float) -> None:
    assert "falls12 on" in shown("there were fewer falls^{12} on our wards, and", small=small, rise=rise)


def test_number_of_a_note_stays_before_its_note() -> None:
    note = "^{12} Smith and others counted the falls of three wards."
    assert texts(Raised(72, 700, "There were fewer falls.^{12}"), Raised(72, 100, note, 8, 5.2, 2.8)) == [
        "There were fewer falls.",
        "12 Smith and others counted the falls of three wards.",
    ]


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_marks_on_a_page_set_sideways_or_upside_down_are_left_out(quarters: int) -> None:
    x, y = {1: (700, 720), 2: (540, 92), 3: (300, 72)}[quarters]
    assert texts(Raised(x, y, "There were fewer falls^{12} on our wards.", turned=quarters)) == [
        "There were fewer falls on our wards."
    ]


def test_marks_beside_a_large_initial_are_left_out() -> None:
    first = Raised(94, 700, "e saw that there were fewer falls in the wards^{12} at")
    lower = Text(94, 690, "night than there had been in all the others.")
    assert texts(Text(72, 690, "W", size=22), first, lower) == [
        "We saw that there were fewer falls in the wards at night than there had been in all the others."
    ]


def run(text: str, left: float, *, raised: bool = False) -> list[Character]:
    size, baseline = (6, 103.5) if raised else (10, 100)
    lefts = [left + at * size / 2 for at in range(len(text))]
    return [
        Character(each, at, baseline, at + size / 2, baseline + size, baseline, size, False, False)
        for each, at in zip(text, lefts, strict=True)
    ]


@pytest.mark.parametrize(
    "runs",
    [
        [run("falls", 0), run("12", 25, raised=True), run(", and", 31)],
        [run("falls", 0), run("12", 25, raised=True) + run(", and", 31)],
        [run("falls", 0) + run("12", 25, raised=True), run(", and", 31)],
        [run("falls", 0), run("1", 25, raised=True), run("2", 28, raised=True), run(", and", 31)],
    ],
)
def test_mark_may_be_a_run_of_its_own_or_begin_the_next_one(runs: Sequence[list[Character]]) -> None:
    left = [[each for each in some if each.text] for some in without_reference_marks(runs)]
    characters = [each for some in left for each in some]
    assert "".join(each.text for each in characters) == "falls, and"
    assert [each.right for each in characters if each.text == "s"] == [31], "the place of the mark is no gap"


def test_raised_number_far_from_the_word_before_it_stays() -> None:
    runs = [run("falls", 0), run("12", 40, raised=True)]
    assert list(without_reference_marks(runs)) == runs
