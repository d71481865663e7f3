from __future__ import annotations

from lhs_nlp.documents import BlockKind, Document
from lhs_nlp.passages import split_document
from tests.passages.writing import document, sentence


def sizes(made: Document) -> list[int]:
    return [len(passage.text.split()) for passage in split_document(made)]


def prose(*words: int) -> Document:
    return document(("paragraph", " ".join(map(sentence, words))))


def items(count: int, words: int, kind: BlockKind = "item") -> list[tuple[BlockKind, str]]:
    return [(kind, sentence(words))] * count


def test_two_sentences_share_a_passage_of_at_most_sixty_words() -> None:
    assert sizes(prose(30, 30)) == [60]
    assert sizes(prose(31, 30)) == [31, 30]


def test_third_sentence_is_added_only_to_reach_twenty_words() -> None:
    assert sizes(prose(6, 6, 6, 6, 6, 6)) == [18, 18]
    assert sizes(prose(15, 15, 15, 15)) == [30, 30]


def test_passage_has_at_most_three_sentences_and_eighty_words() -> None:
    assert sizes(prose(5, 5, 5, 5)) == [15, 5]
    assert sizes(prose(19, 70)) == [19, 70]


def test_short_end_of_a_paragraph_is_joined_to_what_stands_before() -> None:
    assert sizes(prose(30, 30, 10)) == [70]


def test_scraps_are_joined_and_count_as_no_sentence() -> None:
    made = document(("paragraph", f"{sentence(20)} {sentence(20)} {sentence(20)} 3 May. Full text. Web summary."))
    assert sizes(made) == [40, 26]
    assert split_document(made)[1].text.endswith("end. 3 May. Full text. Web summary.")


def test_short_paragraphs_are_joined_and_others_stand_alone() -> None:
    blocks: list[tuple[BlockKind, str]] = [("paragraph", sentence(words)) for words in (8, 8, 25, 25)]
    assert sizes(document(*blocks)) == [41, 25]


def test_list_stands_with_the_line_that_introduces_it() -> None:
    made = document(("paragraph", f"{sentence(60)} Our aims for the year are:"), *items(3, 8))
    assert sizes(made) == [60, 6 + 3 * 8]


def test_line_that_introduces_nothing_is_joined_to_no_list() -> None:
    assert sizes(document(("paragraph", sentence(25)), *items(3, 8))) == [25, 24]


def test_long_list_is_divided_between_items() -> None:
    assert sizes(document(*items(12, 10))) == [60, 60]


def test_rows_of_a_table_are_joined() -> None:
    made = document(("row", "Ward | Falls before | Falls after"), *items(6, 6, "row"))
    assert sizes(made) == [7 + 36]


def test_table_is_not_joined_to_a_list() -> None:
    assert sizes(document(*items(3, 10), *items(3, 10, "row"))) == [30, 30]


def test_nothing_is_joined_over_a_heading() -> None:
    made = document(("paragraph", sentence(5)), ("heading", "Aims"), ("paragraph", sentence(5)))
    assert sizes(made) == [5, 5]


def test_text_without_spaces_is_measured_by_its_characters() -> None:
    made = document(("paragraph", "患者の安全が向上した。" * 60))
    assert all(100 < len(passage.text) <= 800 for passage in split_document(made)[:-1])
