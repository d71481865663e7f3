"""What becomes of lines on pages: running heads, tables, lists, paragraphs that change font or go on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lhs_nlp.documents import Document, read_bytes
from tests.documents.pdf_writer import Text, lines, write_pdf

WIDE = "the ward met to talk about what had been seen at night and by day so that"
"""A line of running text, about 330 points wide at size 10."""


def made(*pages: list[Text]) -> Document:
    return read_bytes(write_pdf(pages), name="made.pdf")


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def table(rows: list[list[str]], columns: tuple[float, ...] = (72, 220, 380), top: float = 700) -> list[Text]:
    """Return rows of cells, 30 points apart; a line break in a cell wraps it, 12 points below."""
    return [
        Text(x, top - 30 * at - 12 * below, line)
        for at, row in enumerate(rows)
        for x, cell in zip(columns, row, strict=False)
        for below, line in enumerate(cell.split("\n"))
    ]


def prose(page: int, top: float = 690) -> list[Text]:
    words = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot")
    return lines("\n".join(f"{words[page]} {words[at]} {WIDE}" for at in range(6)) + "\nand so it ended.", top=top)


def column(name: str, *, x: float, top: float, leading: float = 12, count: int = 6) -> list[Text]:
    text = "\n".join(f"{name} {at} goes on and on here" for at in range(count))
    return lines(text[0].upper() + text[1:], x=x, top=top, leading=leading)


def test_columns_on_a_part_of_a_page_are_read_one_after_the_other() -> None:
    page = [
        Text(72, 760, "What they said", bold=True),
        *column("left", x=72, top=740),
        *column("right", x=240, top=740, count=5),
        Text(72, 640, "What we conclude", bold=True),
        *lines(f"It ends: {WIDE}\n{WIDE}.", top=626),
    ]
    text = made(page).text
    order = ["What they said", "Left 0", "left 5", "Right 0", "right 4", "What we conclude", f"It ends: {WIDE} {WIDE}."]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)


def test_paragraph_at_the_foot_of_the_longer_column_goes_on_in_the_next_one() -> None:
    left = [*column("left", x=72, top=740), *lines("The ward will cut falls a lot\nand as waits are", x=72, top=650)]
    right = lines(
        "shorter, costs will fall, too.\nSo we hope that it will\ngo on and on as we have said\nat the top of this.",
        x=240,
        top=740,
    )
    texts = [text for _, text in blocks(made([*left, *right]))]
    assert texts[-1].startswith("The ward will cut falls a lot and as waits are shorter, costs will fall, too.")


def test_columns_need_not_stand_line_beside_line() -> None:
    text = made([*column("left", x=72, top=740), *column("right", x=240, top=734, leading=13)]).text
    assert text.index("left 5") < text.index("Right 0")


def test_three_columns_are_read_in_order() -> None:
    page = [text for at, name in enumerate(("one", "two", "three")) for text in column(name, x=60 + 165 * at, top=740)]
    text = made(sorted(page, key=lambda line: (-line.y, line.x))).text
    assert text.index("one 5") < text.index("Two 0") < text.index("two 5") < text.index("Three 0")


@pytest.mark.parametrize(("text", "box"), [(72, 340), (240, 72)])
def test_box_of_figures_in_smaller_type_does_not_cut_through_the_text_beside_it(text: int, box: int) -> None:
    figures = ["12 wards took part", "340 staff were trained", "1 in 3 falls prevented", "2 prizes"]
    beside = column("text", x=text, top=740, leading=14, count=8)
    page = [*beside, *lines("\n".join(figures), x=box, top=733, size=8, leading=10)]
    document = made([*page, *lines(f"and so it ends: {WIDE}.", top=620)])
    assert " ".join(line.text for line in beside) in document.text
    assert " ".join(figures) in document.text


def test_larger_names_beside_their_text_stay_in_rows() -> None:
    names = ["Aims", "Means", "Costs", "Partners", "Risks"]
    page = [Text(72, 740 - 36 * at, name, 12) for at, name in enumerate(names)]
    page += [line for at in range(5) for line in column(f"told {at}", x=200, top=740 - 36 * at, leading=12, count=2)]
    texts = [text for _, text in blocks(made(page))]
    assert [text.split(" | ")[0] for text in texts] == names


def test_table_of_many_columns_takes_little_time() -> None:
    page = [Text(20 + 18 * at, 750 - 9 * row, f"{at}", 5) for row in range(75) for at in range(30)]
    assert made(page).text.count("28 | 29") == 75


def test_table_of_phrases_is_read_row_by_row() -> None:
    rows = [[f"Falls on the ward of house {at}", f"Fewer than in the year {at}"] for at in range(6)]
    assert blocks(made(table(rows, columns=(72, 300))))[0] == ("row", " | ".join(rows[0]))


def test_running_feet_of_several_rows_with_a_page_number_beside_are_removed() -> None:
    foot = [Text(72, 64, "Committee on Care"), Text(72, 52, "Subcommittee on Safety"), Text(72, 40, "Hearing of June")]
    text = made(*([*prose(page), *foot, Text(500, 41, f"Page {page}")] for page in range(4))).text
    assert "ommittee" not in text
    assert "Hearing" not in text
    assert "Page" not in text
    assert text.count("so it ended") == 4


def test_running_head_of_a_chapter_is_removed() -> None:
    pages = [[Text(72, 760, "Chapter on falls"), *prose(page)] if page < 3 else prose(page) for page in range(6)]
    assert "Chapter on falls" not in made(*pages, *pages[3:], *pages[3:]).text


def test_head_of_a_table_that_recurs_below_the_outermost_row_is_kept() -> None:
    pages = [prose(page) for page in range(6)]
    pages[2:4] = [
        [Text(72, 720, f"Table of {ward}"), *table([["Year", "Falls"], ["2023", "41"]])] for ward in ("A1", "B2")
    ]
    assert made(*pages).text.count("Year | Falls") == 2


def test_lines_of_a_wrapped_cell_are_joined() -> None:
    rows = [
        ["Contract", "Award", "Length"],
        ["General\ncontracts", "Open", "Five\nyears"],
        ["Other", "Closed", "One year"],
    ]
    assert blocks(made(table(rows) + lines(f"{WIDE}\n{WIDE}", top=600)))[:3] == [
        ("row", "Contract | Award | Length"),
        ("row", "General contracts | Open | Five years"),
        ("row", "Other | Closed | One year"),
    ]


def test_cells_that_all_go_on_in_the_line_below_are_one_row() -> None:
    rows = [
        ["Aim", "Measure"],
        [
            "Safety: fewer falls on\nwards for the old",
            "Falls with harm in a thousand days of care as\nnurses write them down, month by month",
        ],
        ["Fairness", "Visits of people from afar"],
    ]
    page = table(rows, columns=(72, 220)) + lines(f"{WIDE}\n{WIDE}", top=560)
    assert blocks(made(page))[1] == ("row", " | ".join(cell.replace("\n", " ") for cell in rows[1]))


def test_lines_of_a_cell_may_hang_lower_than_those_beside_them() -> None:
    cells = {72: ["Board"], 172: ["nurses so far", "prepping"], 272: ["drugs by day", "seen soon"], 372: ["All", "of"]}
    row = [Text(x, 640 - 14 * at, line) for x, texts in cells.items() for at, line in enumerate(texts)]
    head = [Text(x, 665, "Name") for x in cells]
    assert blocks(made([*head, *row]))[1] == ("row", "Board | nurses so far prepping | drugs by day seen soon | All of")


def test_rows_close_to_each_other_are_kept_though_their_cells_begin_in_small_letters() -> None:
    rows = [["Topic", "Result"], ["falls", "fewer than before in all of the houses"], ["other waits", "longer"]]
    near = [Text(x, 700 - 12 * at, cell) for at, row in enumerate(rows) for x, cell in zip((72, 220), row, strict=True)]
    page = [*near, *table([["Costs", "None"]], columns=(72, 220), top=640)]
    assert [text for _, text in blocks(made(page))] == [" | ".join(row) for row in [*rows, ["Costs", "None"]]]


def test_line_that_fills_its_cell_is_parted_from_the_next_cell() -> None:
    rows = [
        ["Falls", "The ward met", "Anne"],
        ["Waits", "The clinic met", "Ben"],
        ["Costs", f"{WIDE}\nand so on", "Cora"],
    ]
    page = table(rows, columns=(72, 150, 485))  # the wide line ends some six points before the next cell
    assert [text for _, text in blocks(made(page))] == [" | ".join(row).replace("\n", " ") for row in rows]


def test_labels_beside_their_answers_are_read_row_by_row() -> None:
    labels = ("What is wrong on\nthe ward?", "What is to be done\nabout it?", "Who will see to it\nand how?")
    answers = (f"{WIDE}\n{WIDE}\nand so it ended.", f"{WIDE}\nand so it ended.", f"{WIDE}\nand so it ended.")
    page = [
        replace(text, bold=text.x == 72)
        for at, cells in enumerate(zip(labels, answers, strict=True))
        for text in table([list(cells)], columns=(72, 200), top=700 - 60 * at)
    ]
    found = blocks(made(page))
    assert [text.startswith(label.split("\n")[0]) for (_, text), label in zip(found, labels, strict=True)] == [True] * 3
    assert {kind for kind, _ in found} == {"row"}


def test_rows_with_a_first_cell_alone_are_kept_where_all_are_equally_far_apart() -> None:
    page = [Text(72, 700 - 12 * at, cell) for at, cell in enumerate(("Falls", "Women", "Men", "Waits"))]
    page += [Text(300, 700 - 12 * at, "12") for at in (0, 1, 3)]
    assert [text for _, text in blocks(made(page))] == ["Falls | 12", "Women | 12", "Men", "Waits | 12"]


def test_pieces_of_a_line_that_were_drawn_apart_are_no_cells() -> None:
    page = [Text(72, 700, "In New York,"), *lines(f"{WIDE}\n{WIDE}", top=680), Text(132, 700, f"falls fell: {WIDE}")]
    assert blocks(made(page))[0][1].startswith("In New York, falls fell: the ward met")


@pytest.mark.parametrize("words", ["about falls and waits since then", "falls, waits, costs, (pains) harms, doubt,"])
def test_line_stretched_to_both_margins_is_no_row(words: str) -> None:
    stretched = [Text(72 + 66 * at, 688, word) for at, word in enumerate(words.split())]
    page = [*lines(WIDE), *stretched, *lines(f"{WIDE}.", top=676)]
    assert [kind for kind, _ in blocks(made(page))] == ["paragraph"]


@pytest.mark.parametrize(
    "bullet", [Text(72, 700, "<"), Text(72, 700, "o"), Text(72, 700, "l", dingbats=True), Text(72, 700, "\u2022")]
)
def test_bullet_far_before_its_text_makes_an_item_without_it(bullet: Text) -> None:
    page = [
        bullet, Text(108, 700, f"Fewer falls since {WIDE}"), Text(108, 688, "last year."),
        replace(bullet, y=670), Text(108, 670, "Shorter waits."),
    ]  # fmt: skip
    assert blocks(made(page)) == [("item", f"Fewer falls since {WIDE} last year."), ("item", "Shorter waits.")]


def test_number_far_before_its_text_makes_an_item_with_it() -> None:
    page = [Text(72, 700, "1."), Text(108, 700, "Fewer falls."), Text(72, 680, "2."), Text(108, 680, "Shorter waits.")]
    assert blocks(made(page)) == [("item", "1. Fewer falls."), ("item", "2. Shorter waits.")]


def test_number_in_brackets_or_dash_within_a_sentence_begins_no_item() -> None:
    page = lines(f"{WIDE} we met\n(1) {WIDE} we met\n- so {WIDE}.")
    assert [kind for kind, _ in blocks(made(page))] == ["paragraph"]


def test_title_in_italics_that_runs_over_line_ends_is_no_heading() -> None:
    page = [
        Text(72, 700, f"(It was found that {WIDE}.) See"),
        Text(455, 700, "Payments", italic=True),
        Text(
            72, 688, "for Care in the States and in the Wards of the House in All of the Land in the Years", italic=True
        ),
        Text(72, 676, "of the Third Plan.", italic=True),
        Text(152, 676, f"It says that {WIDE}."),
    ]
    assert [kind for kind, _ in blocks(made(page))] == ["paragraph"]


def test_bold_line_as_wide_as_the_text_is_a_heading() -> None:
    heading = Text(72, 700, "Physicians and Others Have Also Met to Talk About What Was Seen", bold=True)
    page = [heading, *lines(f"The wards agree: {WIDE}\n{WIDE}.", top=686)]
    assert [kind for kind, _ in blocks(made(page))] == ["heading", "paragraph"]


@pytest.mark.parametrize(("initial", "rest", "read"), [("W", "e met: ", "We met"), ("A ", "ward met: ", "A ward met")])
def test_large_initial_stands_before_the_first_of_the_lines_beside_it(initial: str, rest: str, read: str) -> None:
    page = [
        Text(72, 730, "A word of the head", 16), Text(72, 690, initial, 34),
        *lines(f"{rest}{WIDE}\n{WIDE}", x=106, top=705), *lines(f"{WIDE}\n{WIDE}.", top=678),
    ]  # fmt: skip
    assert blocks(made(page))[:2] == [
        ("heading", "A word of the head"),
        ("paragraph", f"{read}: {' '.join([WIDE] * 4)}."),
    ]


def test_heading_in_larger_type_does_not_run_into_a_text_that_begins_in_small_letters() -> None:
    page = [Text(72, 715, "The head", 13), *lines(f"e-mails of patients: {WIDE}\n{WIDE}\n{WIDE}.", top=700)]
    assert blocks(made(page))[0] == ("heading", "The head")


def test_short_paragraphs_are_parted_in_a_document_of_many_rows() -> None:
    rows = table([[str(month), "Rounds", "Nurses"] for month in range(12)], top=400)
    told = [f"First, {WIDE}", f"{WIDE} it ended.", f"Second, {WIDE}", f"{WIDE} it ended.", f"Third, {WIDE}", WIDE]
    page = [Text(72, 700 - 12 * at - 12 * (at // 2), line) for at, line in enumerate(told)]
    assert [text.split()[0] for kind, text in blocks(made([*page, *rows])) if kind == "paragraph"] == [
        "First,",
        "Second,",
        "Third,",
    ]


def test_paragraph_cut_off_by_its_page_goes_on_though_the_next_line_begins_with_a_capital() -> None:
    document = made(lines(f"{WIDE}\n{WIDE} Blue", top=100), lines(f"Cross agreed that {WIDE}.", top=740))
    assert [text for _, text in blocks(document)] == [f"{WIDE} {WIDE} Blue Cross agreed that {WIDE}."]


def test_word_that_a_page_divides_stands_on_the_page_where_it_begins() -> None:
    document = made(lines(f"{WIDE} evidence\n{WIDE} evi-", top=100), lines(f"dence {WIDE}.", top=740))
    assert document.text.count("evidence") == 2
    assert document.page_at(document.text.rindex("evidence")) == 1


def test_title_that_ends_in_a_colon_goes_on_in_the_next_line() -> None:
    assert made([Text(300, 600, "Part V:", 20), Text(300, 550, "Public Health", 20), *prose(0, 400)]).title == (
        "Part V: Public Health"
    )


@pytest.mark.parametrize("page", [1, 2])
def test_small_type_between_the_parts_of_a_paragraph_stays_on_its_page(page: int) -> None:
    small = Text(72, 76 if page == 1 else 760, "Figure 3 Beds that were free at noon, by month and by house.", 7)
    first = [*prose(0, top=400), *lines(f"Sorrel opens: {WIDE}\n{WIDE}", top=110)]
    columns = lines("\n".join(f"tansy {at} goes on and on here" for at in range(6)), top=740)
    second = [*columns, *column("right", x=240, top=740)]
    document = made([*first, small], second) if page == 1 else made(first, [small, *second])
    found = {word: document.page_at(document.text.index(word)) for word in ("Sorrel", "Figure", "tansy")}
    assert found == {"Sorrel": 1, "Figure": page, "tansy": 2}
    assert f"{WIDE} tansy 0" in document.text
