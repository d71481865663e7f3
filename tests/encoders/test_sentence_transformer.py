from __future__ import annotations

import sys

import pytest

from lhs_nlp import LhsNlpError, SentenceTransformerEncoder


def test_missing_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(LhsNlpError, match=r"pip install -e '\.\[train\]'"):
        SentenceTransformerEncoder("any")
