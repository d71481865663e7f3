from __future__ import annotations

from lhs_nlp.archive.portfolio.prose import in_words
from tests.archive.portfolio.making import made


def test_what_stands_out_is_said_in_order() -> None:
    text = in_words(made({"ccnnnn": 60, "cnnnnn": 30, "nnnnnc": 10, "nnnnnn": 100}))
    assert text == (
        "Of 200 documents, quality is claimed by 45%, safety by 30% and value by 5%. "
        "100 documents clearly claim no benefit. "
        "Quality and safety go together most often (60 documents). "
        "Hardly claimed: equity, patient satisfaction, reputation and value."
    )


def test_one_document_is_spoken_of_as_one() -> None:
    assert in_words(made({"cnnnnn": 1})) == "Of 1 document, quality is claimed by 100%."


def test_portfolio_without_claims_says_so() -> None:
    assert in_words(made({"nrnnnn": 3})) == "No benefit is clearly claimed in 3 documents."
    assert in_words(made({"nrnnnn": 1})) == "No benefit is clearly claimed in 1 document."


def test_what_needs_review_is_not_called_hardly_claimed() -> None:
    assert in_words(made({"rrrrrr": 40})) == "No benefit is clearly claimed in 40 documents."
    assert in_words(made({"crnccc": 40})).endswith("Hardly claimed: equity.")


def test_portfolio_without_documents_says_so() -> None:
    assert in_words(made({})) == "No document was tagged."
