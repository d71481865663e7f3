from __future__ import annotations

import pytest

from lhs_nlp.passages import split_document
from tests.passages.writing import document

AIM = "We aim to cut waits at the clinic by a third within two years."
FUNDED = "The work was paid for by the Office for Safer Wards, whose mission is safe and fair care for all."
INTERESTS = "One of us is paid by a company whose software improves the safety of patients."


def texts(*blocks: tuple[str, str]) -> list[str]:
    return [passage.text for passage in split_document(document(*blocks))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name",
    [
        "Competing interests",
        "DECLARATION OF INTERESTS",
        "7. Conflict of interest statement:",
        "Authors\u2019 contributions",
        "CRediT authorship contribution statement",
        "Role of the funding source",
        "Financial disclosures",
        "Data availability statement",
    ],
)
@pytest.mark.parametrize("kind", ["heading", "paragraph"])
def test_statements_of_an_article_are_no_passages(name: str, kind: str) -> None:
    assert texts(("paragraph", AIM), (kind, name), ("paragraph", INTERESTS)) == [AIM]


def test_acknowledgements_and_funding_beside_such_statements_are_none_either() -> None:
    blocks = [("heading", "Acknowledgements"), ("paragraph", FUNDED), ("heading", "Funding"), ("paragraph", FUNDED)]
    ended = [("heading", "Competing interests"), ("paragraph", INTERESTS)]
    assert texts(("paragraph", AIM), *blocks, *ended) == [AIM]


def test_statement_that_begins_with_its_name_is_one_paragraph() -> None:
    blocks = [("paragraph", f"Funding {FUNDED}"), ("paragraph", f"Competing interests: {INTERESTS}")]
    assert texts(("paragraph", AIM), *blocks, ("paragraph", AIM)) == [AIM, AIM]


def test_funding_of_a_document_that_is_no_article_is_read() -> None:
    blocks = [("heading", "Acknowledgements"), ("paragraph", AIM), ("heading", "Funding"), ("paragraph", FUNDED)]
    assert texts(*blocks) == [AIM, FUNDED]


@pytest.mark.parametrize("name", ["Conflicts of interest in nursing homes", "Author", "Our contributions to safety"])
def test_other_headings_name_no_statement(name: str) -> None:
    assert texts(("heading", name), ("paragraph", INTERESTS)) == [INTERESTS]


def test_long_section_with_such_a_name_is_read() -> None:
    assert len(texts(("heading", "Competing interests"), *[("paragraph", INTERESTS)] * 20)) > 1


def test_document_of_nothing_else_is_read() -> None:
    assert texts(("heading", "Competing interests"), ("paragraph", INTERESTS)) == [INTERESTS]
