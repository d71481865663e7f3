"""A spaCy component that marks where sentences begin: ``nlp.add_pipe("lhs_sentences")``."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc

from lhs_nlp.passages.boundaries import sentence_starts
from lhs_nlp.passages.marks import CLOSING, FINAL_STOPS

SENTENCES = "lhs_sentences"
"""Name of the component."""

_STARTS, _WITHIN = 1, -1
"""Values of spaCy's attribute SENT_START."""

_WHERE_A_SPACE_MAY_LACK = re.compile(rf"(?<=[\W\d_])(?=[^\W\d_])|(?<=[{FINAL_STOPS}{CLOSING}])")


@Language.component(SENTENCES, assigns=["token.is_sent_start", "doc.sents"])
def mark_sentences(doc: Doc) -> Doc:
    """Set `is_sent_start` of every token; a sentence that begins inside a token begins with the next one."""
    offsets = [token.idx for token in doc]
    first = [bisect_left(offsets, start) for start in sentence_starts(doc.text)]
    marks: Any = np.full((len(doc), 1), _WITHIN)  # spaCy's stubs know no array but thinc's
    marks[[at for at in first if at < len(doc)]] = _STARTS
    # All at once: token by token it takes time that grows with the square of their number.
    return doc.from_array(["SENT_START"], marks.astype(np.uint64))


def sentence_pipeline() -> Language:
    """Return a blank English pipeline that finds sentences.

    Its tokens are words at white space, split where a space may be missing between two
    sentences. The rules need no more, and spaCy's own English tokenizer takes time that
    grows with the square of a run of punctuation: minutes for 50,000 brackets.
    """
    nlp = spacy.blank("en")
    nlp.tokenizer = Tokenizer(nlp.vocab, infix_finditer=_WHERE_A_SPACE_MAY_LACK.finditer)
    nlp.add_pipe(SENTENCES)
    return nlp
