from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lhs_nlp import LhsNlpError, ReadError
from lhs_nlp.documents import Limits, read_text
from lhs_nlp.standing import LONGEST_PASSAGE
from lhs_nlp.tagger import Tagger
from tests.toy import toy_tagger

CLAIM = "The project will cut falls among older people by a third."


def claimed(tagger: Tagger, path: Path) -> list[str]:
    return [benefit.benefit for benefit in tagger.tag(path).benefits if benefit.verdict == "claimed"]


def test_file_is_tagged(tmp_path: Path) -> None:
    path = tmp_path / "proposal.txt"
    path.write_text(CLAIM, encoding="utf-8")
    assert claimed(toy_tagger(), path) == ["safety"]


def test_bytes_are_tagged_as_the_file_would_be() -> None:
    summary = toy_tagger().tag_bytes(CLAIM.encode(), name="proposal.txt")
    assert summary.document.source == "proposal.txt"
    assert summary.model_id == "toy-1"


def test_missing_file_is_a_read_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as raised:
        toy_tagger().tag(tmp_path / "none.pdf")
    assert raised.value.reason == "not_found"


def test_limits_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(CLAIM * 100, encoding="utf-8")
    tagger = Tagger(toy_tagger().classifier, Limits(megabytes=0.001))
    with pytest.raises(ReadError, match="over the limit"):
        tagger.tag(path)


def test_many_documents_give_what_each_gives_alone() -> None:
    tagger = toy_tagger()
    documents = [read_text(f"{CLAIM} Number {at}.") for at in range(130)]
    together = list(tagger.tag_documents(documents))
    assert [summary.document.id for summary in together] == [document.id for document in documents]
    assert together[77] == tagger.tag_document(documents[77])


@pytest.mark.parametrize("blank", ["", "  ", "\u200b", "\ufeff", "\x00", "\u200b " * 200, "\x0c", "---"])
def test_blank_text_is_named_and_not_taken_for_one_without_claims(blank: str) -> None:
    tagger = toy_tagger()
    for answers in (tagger.tag_texts, tagger.classify_texts):
        with pytest.raises(ReadError, match=r"^text 2: the text is missing or blank\.$") as raised:
            answers([CLAIM, blank])
        assert raised.value.reason == "empty"


def test_row_without_text_stays_with_the_reason_in_place_of_verdicts() -> None:
    texts = [CLAIM, "", None, float("nan"), "---", "[No abstract available]", "N/A", "Meetings were weekly."]
    tagged = toy_tagger().tag_frame(pd.DataFrame({"text": pd.Series(texts, dtype="object")}))
    assert tagged["safety_verdict"].tolist() == ["claimed", *[None] * 6, "not_claimed"]
    assert tagged["safety_confidence"].isna().tolist() == [False, *[True] * 6, False]
    assert tagged["benefits_summary"].tolist()[1:7] == ["Not tagged: the text is missing or blank."] * 6


def test_quotation_that_is_missing_is_none_in_every_column() -> None:
    tagged = toy_tagger().tag_frame(pd.DataFrame({"text": [CLAIM, "", "Meetings were weekly."]}))
    assert tagged["safety_quotation"].tolist() == [CLAIM, None, None]
    assert tagged["equity_quotation"].tolist() == [None] * 3


def test_confidences_alone_are_numbers_also_when_all_are_missing() -> None:
    tagged = toy_tagger().tag_frame(pd.DataFrame({"text": [""]}))
    numbers = tagged.select_dtypes("float64")
    assert list(numbers) == [f"{benefit}_confidence" for benefit in toy_tagger().framework.benefit_ids]
    assert numbers.isna().all(axis=None)


def test_frame_keeps_its_index_and_missing_text_has_missing_results() -> None:
    frame = pd.DataFrame({"abstract": [CLAIM, None, "Meetings were weekly."]}, index=["a", "a", "b"])
    tagged = toy_tagger().tag_frame(frame, text="abstract")
    assert tagged.index.tolist() == ["a", "a", "b"]
    assert tagged["safety_verdict"].iloc[0] == "claimed"
    assert pd.isna(tagged["safety_verdict"].iloc[1])
    assert tagged["safety_verdict"].iloc[2] == "not_claimed"
    assert tagged["safety_quotation"].iloc[0] == CLAIM
    assert "safety_verdict" not in frame.columns


def test_frame_that_was_tagged_before_has_its_verdicts_replaced() -> None:
    frame = pd.DataFrame({"text": ["We found that falls on the ward fell by half."]})
    once = toy_tagger().tag_frame(frame)
    again = toy_tagger().tag_frame(once.assign(safety_verdict="unknown"))
    assert list(again.columns) == list(once.columns)
    assert again.safety_verdict.tolist() == once.safety_verdict.tolist()


def test_frame_without_rows_gains_columns() -> None:
    tagged = toy_tagger().tag_frame(pd.DataFrame({"text": []}))
    assert len(tagged) == 0
    assert "value_confidence" in tagged.columns


@pytest.mark.parametrize("column", [pd.Series([CLAIM]), [CLAIM]])
def test_column_in_place_of_a_table_is_refused(column: Any) -> None:  # noqa: ANN401
    with pytest.raises(TypeError, match="tag_texts"):
        toy_tagger().tag_frame(column)


def test_frame_without_the_column_is_refused() -> None:
    with pytest.raises(LhsNlpError, match="no column 'abstract'; it has text"):
        toy_tagger().tag_frame(pd.DataFrame({"text": []}), text="abstract")


@pytest.mark.parametrize("name", ["text", "Text"])
def test_frame_with_several_columns_of_the_name_is_refused(name: str) -> None:
    frame = pd.DataFrame([[CLAIM, "x"]] * 3, columns=[name, name])
    with pytest.raises(LhsNlpError, match=f"several columns named '{name}'"):
        toy_tagger().tag_frame(frame, text=name)


def test_column_that_verdicts_would_replace_is_refused() -> None:
    with pytest.raises(LhsNlpError, match="take the place of the column 'quality_quotation'"):
        toy_tagger().tag_frame(pd.DataFrame({"quality_quotation": [CLAIM]}), text="quality_quotation")


def test_missing_value_among_texts_is_named() -> None:
    with pytest.raises(TypeError, match="Text 2 is a NoneType"):
        toy_tagger().tag_texts([CLAIM, None])  # type: ignore[list-item]


def test_text_that_is_no_list_is_refused() -> None:
    for method in (toy_tagger().tag_texts, toy_tagger().classify_texts):
        with pytest.raises(TypeError, match="list of texts"):
            method(CLAIM)


def test_texts_of_a_generator_have_their_results() -> None:
    tagger = toy_tagger()
    texts = [CLAIM, "Meetings were weekly."]
    assert tagger.tag_texts(text for text in texts) == tagger.tag_texts(texts)
    assert tagger.classify_texts(text for text in texts) == tagger.classify_texts(texts)


def test_names_of_columns_are_not_taken_for_texts() -> None:
    for method in (toy_tagger().tag_texts, toy_tagger().classify_texts):
        with pytest.raises(TypeError, match="tag_frame"):
            method(pd.DataFrame({"text": [CLAIM]}))  # type: ignore[arg-type]


def test_classified_passage_has_every_benefit_and_status() -> None:
    (prediction,) = toy_tagger().classify_texts([CLAIM])
    safety = prediction["benefits"]["safety"]
    assert safety["present"]
    assert safety["claimed"]
    assert safety["status"] == "anticipated"
    assert sum(safety["status_probabilities"].values()) == pytest.approx(1, abs=0.001)
    assert not prediction["benefits"]["value"]["present"]


def test_long_text_is_split_and_answered_by_its_strongest_passage() -> None:
    filler = "The steering group met on Tuesdays in the library of the old hospital. " * 20
    text = f"{filler}{CLAIM} {filler}"
    assert len(text.split()) > LONGEST_PASSAGE
    (prediction,) = toy_tagger().classify_texts([text])
    assert prediction["benefits"]["safety"]["claimed"]


def test_long_text_speaks_of_what_one_of_its_passages_speaks_of() -> None:
    filler = "The steering group will meet on Tuesdays in the library of the old hospital. " * 20
    mention = (
        "Disparities between districts are described in the second annex, "
        "with tables of age and household size for each of the nine districts of the county."
    )
    text = f"{filler}\n\n{mention}\n\n{filler}"
    (prediction,) = toy_tagger().classify_texts([text])
    assert prediction["benefits"]["equity"]["present"]
    assert prediction["benefits"]["equity"]["status"] == "context"
