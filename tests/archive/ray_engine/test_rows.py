from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pytest

from lhs_nlp.archive.ray_engine.rows import row_of, schema_of, summary_of
from lhs_nlp.summary import DocumentSummary
from tests.report.examples import SUMMARIES
from tests.toy import toy_tagger

ODD = "The project will cut falls by a third: \ud800 and \U0001f600."


@pytest.mark.parametrize("example", [*SUMMARIES, lambda: toy_tagger().tag_texts([ODD])[0]])
def test_summary_is_rebuilt_as_it_was(example: Callable[[], DocumentSummary]) -> None:
    summary = example()
    claims = np.linspace(0, 1, len(summary.passages) * len(summary.benefits), dtype=np.float32)
    claims = claims.reshape(len(summary.passages), len(summary.benefits))
    table = pa.Table.from_pylist([row_of(summary, claims)], schema_of(summary.framework))
    (row,) = table.to_pylist()
    rebuilt, again = summary_of(row, summary.framework, summary.model_sha256)
    assert rebuilt == summary
    assert again.tolist() == claims.tolist()


def test_row_says_in_columns_what_the_document_claims() -> None:
    tagger = toy_tagger()
    (summary,) = tagger.tag_texts(["The project will cut falls among older people by a third."])
    row = row_of(summary, np.zeros((1, 6), np.float32))
    assert (row["safety_verdict"], row["value_verdict"]) == ("claimed", "not_claimed")
    assert row["safety_quotation"] == summary.passages[0].text
    (finding,) = row["findings"]
    assert (finding["benefit"], finding["text"], finding["quotation"]) == ("safety", summary.passages[0].text, 1)
