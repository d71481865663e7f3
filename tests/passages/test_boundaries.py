# ruff: noqa: RUF001 - other scripts are the subject
from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lhs_nlp.passages.boundaries import sentence_starts

MARKED = {
    "citations by author": [
        "Smith et al. (2019) found less harm. |It was large.",
        "Smith et al. Found by others, it held.",
        "As shown by Jones et al. |The effect held.",
    ],
    "citations by number": [
        "It fell to 7.1%.[12] |The next year it rose.",
        "It fell to 7.1%.12 |The next year it rose.",
        "Harm fell.\u00b9\u00b2 |The next year it rose.",
        "It fell [3,4]. |The next year it rose [5].",
        "Care improved.[3]|The ward was glad.",
    ],
    "figures and numbers": [
        "See Fig. 2 for details. |See Figs. 3 and 4. |Fig. 5 shows more.",
        "The difference was significant (p < 0.05). |Falls fell.",
        "Version 2.0 cost $3.5 million. |That was less.",
        "Approx. 5% left. |See vol. 3, pp. 12-14. |The end.",
        "No. 12 was closed. |Was it safe? |No. |It was not.",
    ],
    "titles and initials": [
        "Dr. Smith met Mrs. Jones. |Prof. Lee agreed.",
        "J. R. Smith and A. B. Lee wrote it. |They agreed.",
        "St. Mary's Hospital joined. |So did St. John's.",
        "They took vitamin D. |All of them recovered.",
    ],
    "abbreviations": [
        "Many tools, e.g. Checklists, help. |Others, i.e. audits, do not.",
        "The U.S. Department of Health agreed. |So did Kaiser Inc. |The plan grew.",
        "We met at 9 a.m. |The team was there.",
        "Group A vs. Group B improved. |It was Jan. 5 when E. coli grew.",
    ],
    "quotations and brackets": [
        '"It works." |She smiled. |(It works.) |He said, "It works." |Then he left.',
        'He asked "why?" and left. |Then he came back.',
    ],
    "missing spaces": [
        "Falls fell by a third.|The ward was glad.",
        "It worked.|METHODS: We measured it.",
        "IL-6.|Then we measured.",
    ],
    "addresses": [
        "See https://example.org/a.B/c.html. |It is open.",
        "Write to a.b@Clinic.org or see www.example.org. |We answer.",
        "The record is doi:10.1186/S12916.Ab.4. |It is open.",
    ],
    "lists and labels": [
        "1. Improve safety. |2. Reduce cost.",
        "The aims are: (1) safety; (2) equity. |They matter.",
        "Our aims:|\n\u2022 fewer falls.|\n\u2022 shorter waits.",
        "METHODS: We asked. |RESULTS: They answered.",
    ],
    "words that begin in lower case": [
        "Levels of p53 rose. |mRNA fell, too. |pH did not.",
        "The rate (per 1,000) fell. and rose again.",
    ],
    "other scripts": [
        "患者の安全が向上した。|費用も減った。",
        "患者安全得到改善。|费用降低！|效果好吗？",
        "हमने सुधार किया। |लागत घटी।",
        "Улучшилось качество. |Стоимость снизилась.",
        "تحسنت الجودة؟ |نعم.",
        "¿Mejoró? |Sí. |¡Mucho!",
    ],
}


@pytest.mark.parametrize("marked", [text for texts in MARKED.values() for text in texts])
def test_sentences_begin_where_marked(marked: str) -> None:
    text = marked.replace("|", "")
    starts = sentence_starts(text)
    assert [text[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True)] == [
        part.strip() for part in marked.split("|")
    ]


def test_blank_line_ends_a_sentence_without_a_stop() -> None:
    assert sentence_starts("Aims of the ward\n\nwe cut falls") == [0, 18]


@given(st.text(st.sampled_from("aB1.?!\u3002[]()\"'%\u00b2,; \n\u2022-:"), max_size=60))
@example("")
@example(".")
def test_starts_are_in_order_and_within_the_text(text: str) -> None:
    starts = sentence_starts(text)
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert all(start < len(text) for start in starts[1:])
