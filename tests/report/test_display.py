"""What every renderer shows alike."""

import re
import unicodedata
from dataclasses import replace
from importlib.resources import files
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp.explanation import Explanation, Word
from lhs_nlp.framework import default_framework
from lhs_nlp.report import display
from lhs_nlp.report.markdown import to_markdown
from lhs_nlp.report.terminal import to_text
from tests.report import examples


def test_letters_are_initials_when_they_differ() -> None:
    assert "".join(display.letters(default_framework()).values()) == "QSEPRV"


@pytest.mark.parametrize("benefits", [1, 10, 30])
def test_letters_differ_when_names_are_alike(benefits: int) -> None:
    given_letters = display.letters(examples.other_framework(benefits))
    assert len(set(given_letters.values())) == benefits


def test_lines_are_as_the_legend_says() -> None:
    assert display.lines(default_framework()) == {
        "achieved": "solid",
        "anticipated": "dashed",
        "not_achieved": "wavy",
        "context": "dotted",
    }


def test_hues_begin_again_when_the_palette_ends() -> None:
    hues = display.hues(examples.other_framework(10))
    assert hues["goal_8"] == hues["goal_0"] == 0


@pytest.mark.parametrize(
    ("probability", "shown"),
    [(0.0, "<.01"), (0.004, "<.01"), (0.01, "0.01"), (0.5, "0.50"), (0.99, "0.99"), (0.996, ">.99"), (1.0, ">.99")],
)
def test_probability_never_shows_as_certainty(probability: float, shown: str) -> None:
    assert display.two_digits(probability) == shown


@given(st.text(st.characters(codec=None), max_size=60))
def test_one_line_holds_nothing_that_steers(text: str) -> None:
    line = display.one_line(text)
    assert len(line.splitlines()) <= 1
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cs"}
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(st.text(max_size=80), st.integers(10, 40))
def test_clipped_text_keeps_to_its_length(text: str, most: int) -> None:
    clipped = display.clipped(text, most)
    assert len(clipped) <= most
    assert clipped == text or clipped.endswith("[...]")


@pytest.mark.parametrize(
    ("title", "source", "expected"),
    [
        ("A  title\nin two lines", "x.pdf", "A title in two lines"),
        (None, "folder/x.pdf", "x.pdf"),
        (" ", "C:\\folder\\x.pdf", "x.pdf"),
        (None, "line\nbreak.pdf", "line break.pdf"),
        (None, "folder/abstracts.csv#10.1000/abc/7", "abstracts.csv#10.1000/abc/7"),
        (None, "", "untitled"),
    ],
)
def test_heading_is_the_title_or_the_file_name(title: str | None, source: str, expected: str) -> None:
    document = replace(examples.proposal().document, title=title, source=source)
    assert display.heading(document) == expected


def test_facts_leave_out_pages_when_there_are_none() -> None:
    document = examples.no_pages().document
    assert display.facts(document) == ["notes.md", "Markdown", f"{document.words} words"]


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAPERS = {"light": ("#ffffff", "#f5f5f2"), "dark": ("#1a1d21", "#121417")}
TEXTS = {"light": ("#1b1e23", "#565c66"), "dark": ("#e6e7e9", "#a9afb8")}


@pytest.mark.parametrize(("hue", "mode"), list(product(display.PALETTE, PAPERS)))
def test_palette_has_the_contrast_that_wcag_asks_for(hue: display.Hue, mode: str) -> None:
    ink, tint = (hue.ink, hue.tint) if mode == "light" else (hue.dark_ink, hue.dark_tint)
    assert min(contrast(ink, paper) for paper in (*PAPERS[mode], tint)) >= 4.5
    assert min(contrast(text, tint) for text in TEXTS[mode]) >= 4.5


@pytest.mark.parametrize("mode", PAPERS)
def test_style_sheet_has_the_colours_that_are_measured_here(mode: str) -> None:
    style = files("lhs_nlp.report").joinpath("page.css").read_text(encoding="utf-8")
    light, dark = style.split("@media screen and (prefers-color-scheme: dark)")
    assert all(f": {colour};" in (light if mode == "light" else dark) for colour in (*PAPERS[mode], *TEXTS[mode]))


@pytest.mark.parametrize("mode", PAPERS)
def test_style_sheet_has_the_contrast_that_wcag_asks_for(mode: str) -> None:
    style = files("lhs_nlp.report").joinpath("page.css").read_text(encoding="utf-8")
    light, dark = style.split("@media screen and (prefers-color-scheme: dark)")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", light if mode == "light" else dark))
    papers = (colours["paper"], colours["ground"])
    for name in ("text", "quiet", "link", "claimed", "review"):
        assert min(contrast(colours[name], paper) for paper in papers) >= 4.5
    for name in ("control", "focus"):
        assert min(contrast(colours[name], paper) for paper in papers) >= 3


def test_status_of_a_passage_below_the_threshold_is_unsure() -> None:
    summary = examples.unsure_evidence()
    (unsure,) = [each for each in summary.candidates if not each.present]
    assert display.status_said(unsure, summary.framework) == "anticipated, unsure"
    assert display.status_said(replace(unsure, present=True), summary.framework) == "anticipated"
    assert "anticipated, unsure" in to_markdown(summary)
    assert "anticipated, unsure" in to_text(summary)


def test_word_that_carries_a_finding_twice_is_told_once() -> None:
    finding = examples.proposal().findings[0]
    words = tuple(
        Word(at, at + 4, text, effect) for at, (text, effect) in enumerate([("cut", 3), ("Cut", 2), ("by", 1)])
    )
    explained = replace(finding, explanation=Explanation(words, ()))
    assert display.carried_by(explained) == ["cut", "by"]
