from __future__ import annotations

import pytest

from lhs_nlp.documents import Document, read_bytes

TEXT = """\
---
title: Fewer falls
author: The ward
---

# Proposal

We will *cut* falls by
[a third](https://example.org).

## Aims

- fewer falls
- shorter stays
  1. by day

| Ward | Falls |
|------|-------|
| A    | 12    |

```
code stays text
```
"""


def made(text: str = TEXT, name: str = "plan.md") -> Document:
    return read_bytes(text.encode(), name=name)


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_markup_becomes_blocks() -> None:
    assert blocks(made()) == [
        ("heading", "Proposal"),
        ("paragraph", "We will cut falls by a third."),
        ("heading", "Aims"),
        ("item", "fewer falls"),
        ("item", "shorter stays"),
        ("item", "by day"),
        ("row", "Ward | Falls"),
        ("row", "A | 12"),
        ("paragraph", "code stays text"),
    ]


def test_front_matter_becomes_title_and_metadata() -> None:
    document = made()
    assert document.title == "Fewer falls"
    assert document.metadata == {"author": "The ward"}


def test_value_of_front_matter_may_stand_on_lines_below_its_key() -> None:
    folded = "title: >-\n  Fewer falls\n  on wards\n"
    said = f"{folded}summary: |\n  Falls fell.\n\n  Waits, too.\nnote: >5 beds\nyear: |\n  2020"
    document = made(f"---\n{said}\n---\n\n# Aims\n\nWe aim.\n")
    assert document.title == "Fewer falls on wards"
    assert document.metadata == {"summary": "Falls fell. Waits, too.", "note": ">5 beds", "year": "2020"}


@pytest.mark.parametrize(
    "abstract",
    [
        "abstract: |\n    Falls *fell*.\n\n    Waits did not.",
        "abstract: >-\n  Falls\n  *fell*.\n\n  Waits did not.",
        'abstract: "Falls fell.<br>\n  Waits did\n  not."',
    ],
)
def test_abstract_of_the_front_matter_is_read_before_the_text(abstract: str) -> None:
    document = made(f"---\ntitle: Rounds\n{abstract}\ndate: 2024-05-01\n---\n\n# Aims\n\nWe walk.\n")
    assert document.text.replace("\n\n", " ") == "Abstract Falls fell. Waits did not. Aims We walk."
    assert document.blocks[0].kind == "heading"
    assert document.title == "Rounds"
    assert document.metadata == {"date": "2024-05-01"}


def test_first_heading_is_the_title_when_none_is_stated() -> None:
    assert made("# Stroke\n\nText.").title == "Stroke"


def test_markdown_is_recognised_by_its_headings_under_another_name() -> None:
    assert made("# One\n\nText.\n\n## Two\n\nMore.", name="plan.txt").format == "markdown"
    assert made("Only #hashtags and text.", name="plan.txt").format == "text"


@pytest.mark.parametrize(
    "text", ["[" * 20_000, "|a" * 3000 + "\n" + "|-" * 3000 + "\n" + "|x\n" * 3000, "word " * 1_100_000]
)
def test_marks_that_would_take_too_long_are_read_as_plain_text(text: str) -> None:
    assert made(f"# Plan\n\nWe meet.\n\n{text}").format == "text"


def test_heading_levels_are_kept() -> None:
    assert [block.level for block in made().blocks if block.kind == "heading"] == [1, 2]


def test_html_within_is_read_as_a_page_is() -> None:
    text = """# Beds

## Lent

<!-- not for print -->
<table><tr><td>Beds lent</td><td>41</td></tr></table>

<div>
Families <b>ask</b> for them.
</div>

<script>count()</script>

- by night
"""
    assert blocks(made(text)) == [
        ("heading", "Beds"),
        ("heading", "Lent"),
        ("row", "Beds lent | 41"),
        ("paragraph", "Families ask for them."),
        ("item", "by night"),
    ]


def test_line_break_in_html_parts_words() -> None:
    text = "Beds at home<br/>cost less.\n\n| a | b |\n|---|---|\n| Fewer falls<br>More sleep | 41 |\n"
    assert blocks(made(text)) == [
        ("paragraph", "Beds at home cost less."),
        ("row", "a | b"),
        ("row", "Fewer falls More sleep | 41"),
    ]


def test_rule_above_text_is_no_front_matter() -> None:
    document = made("---\n\n# Year of the beds\n\nNote: we lent 41 beds.\n\n---\n\nThanks to all.\n")
    assert blocks(document) == [
        ("heading", "Year of the beds"),
        ("paragraph", "Note: we lent 41 beds."),
        ("paragraph", "Thanks to all."),
    ]


@pytest.mark.parametrize("above", ["# of the ward\n", "tags:\n  - beds\n", '"lent by": us\n', "draft: \n"])
def test_front_matter_begins_with_a_key_or_a_remark(above: str) -> None:
    document = made(f"---\n{above}title: Beds\n---\n\nWe lent beds.\n")
    assert (document.title, document.text) == ("Beds", "We lent beds.")


def test_front_matter_of_toml_is_metadata() -> None:
    stated = '+++\ntitle = "Fewer falls"\ndate = 2024-05-01\ntags = ["wards"]\nabstract = "We walk."\n+++\n'
    document = made(f"{stated}We meet.")
    assert blocks(document) == [("heading", "Abstract"), ("paragraph", "We walk."), ("paragraph", "We meet.")]
    assert (document.title, document.metadata) == ("Fewer falls", {"date": "2024-05-01"})
    assert made("+++\nWe meet.\n+++\n").text == "+++ We meet. +++"


def test_attributes_and_fences_of_pandoc_are_no_text() -> None:
    text = (
        "# Aims {#sec-aims .unnumbered}\n\n::: {.callout-note}\nWe walk.\n:::\n\n:::: note\nWe meet.\n::::\n\n"
        '![Beds](beds.png){width=50% alt="The ward"}\n\nOf {a, b} and [c] {d} no more.\n'
    )
    assert [shown for _, shown in blocks(made(text))] == [
        "Aims", "We walk.", "We meet.", "Beds", "Of {a, b} and [c] {d} no more."
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["# " + " " * 20_000 + "x", ":" * 20_000 + "!", "[a]{" + ".a " * 10_000])
def test_marks_of_pandoc_without_end_are_soon_read(text: str) -> None:
    assert made(f"{text}\n\nWe meet.").text.endswith("We meet.")


def test_what_is_struck_through_is_left_out() -> None:
    text = "We will ~~cut waits~~ cut falls by ~5 %.\n\n| Aim |\n|---|\n| ~~waits~~ falls |\n"
    assert [shown for _, shown in blocks(made(text))] == ["We will cut falls by ~5 %.", "Aim", "falls"]


def test_marks_of_footnotes_stick_to_no_word_and_notes_are_paragraphs() -> None:
    page = """# Plan

Falls will be fewer.[^1] Costs will fall[^costs], too, as [^a-z] matches no letter.

[^1]: https://example.org/falls
[^costs]: By a third.
"""
    assert blocks(made(page))[1:] == [
        ("paragraph", "Falls will be fewer. Costs will fall, too, as [^a-z] matches no letter."),
        ("paragraph", "https://example.org/falls"),
        ("paragraph", "By a third."),
    ]
