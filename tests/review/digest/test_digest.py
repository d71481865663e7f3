from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from lxml import html

from lhs_nlp.references import read_references
from lhs_nlp.review.digest.digest import Digest, digest_of
from lhs_nlp.review.digest.docx import digest_to_docx
from lhs_nlp.review.digest.html import digest_to_html
from lhs_nlp.review.digest.markdown import digest_bibtex, digest_to_markdown
from lhs_nlp.review.digest.sentences import about, cited_by, lead_of
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.adding import add_file
from lhs_nlp.review.screening.decisions import decide
from lhs_nlp.review.tagging.run import tag_project
from tests.review.making import make_unsure
from tests.toy import toy_tagger

TRIAL, HOME = "okafor2021", "zhou2019handrails"
HOSTILE = """\
TY  - JOUR
TI  - =HYPERLINK("x") <script>alert(1)</script> [@evil2000] *falls* will be fewer
AU  - O'Neil & Sons, A.
PY  - 2020
ER  -
"""


MEDICINES = """\
TY  - JOUR
TI  - Handrails on the ward
AB  - Medication errors are frequent on most wards that take in older people at night, as one nurse has twenty beds.
  The nurses on duty have long asked for a second reader of each order, which no ward of this hospital has had so far.
  Those who write the orders are on call for three houses, and hardly ever on the ward when the medicines are given out.
  Handrails along both walls of each corridor will lower the number of falls of older people who walk about at night.
  They go from each bed to the bathroom, have a light of their own, and were asked for by the patients of four wards.
AU  - Berg, Ida
PY  - 2022
ER  -
"""


@pytest.fixture
def digest(project: Project) -> Digest:
    tag_project(project, toy_tagger())
    return digest_of(project)


@pytest.fixture
def hostile(project: Project, tmp_path: Path) -> Digest:
    (tmp_path / "hostile.ris").write_text(HOSTILE, encoding="utf-8")
    add_file(project, tmp_path / "hostile.ris", "ana")
    tag_project(project, toy_tagger())
    return digest_of(project, title="<Mine> & \x07 theirs")


def test_section_counts_claims_by_status_and_names_concepts(digest: Digest) -> None:
    (safety,) = [section for section in digest.sections if section.id == "safety"]
    assert [(group.status, group.keys) for group in safety.groups] == [("Achieved", (TRIAL,)), ("Anticipated", (HOME,))]
    lead = list(lead_of(safety, digest.publications))
    assert lead[0] == "2 of 3 publications claim it: 1 as achieved; 1 as anticipated."
    assert lead[1].startswith("Key concepts: ")
    assert [sentence.keys for sentence in cited_by(safety)] == [(TRIAL,), (HOME,)]


def test_concepts_are_those_of_claims_and_not_of_background(project: Project, tmp_path: Path) -> None:
    (tmp_path / "medicines.ris").write_text(MEDICINES, encoding="utf-8")
    add_file(project, tmp_path / "medicines.ris", "ana")
    tag_project(project, toy_tagger())
    (safety,) = [section for section in digest_of(project).sections if section.id == "safety"]
    assert any(quoted.text.startswith("Those who write the orders") for quoted in safety.quotations)
    assert safety.claimed == 3
    assert safety.concepts == (("Harm prevention", 3),)


def test_section_that_nobody_claims_says_so(digest: Digest) -> None:
    (reputation,) = [section for section in digest.sections if section.id == "reputation"]
    assert list(lead_of(reputation, 1)) == ["No publication claims it."]


def test_section_that_somebody_may_claim_does_not_deny_it(digest: Digest) -> None:
    (reputation,) = [section for section in digest.sections if section.id == "reputation"]
    unsure = replace(reputation, review=(HOME,))
    assert list(lead_of(unsure, 1)) == ["No publication clearly claims it."]
    assert [sentence.keys for sentence in cited_by(unsure)] == [(HOME,)]


def test_status_below_the_threshold_is_unsure_and_comes_last(project: Project) -> None:
    tag_project(project, toy_tagger())
    make_unsure(project, "achieved")
    digest = digest_of(project)
    (safety,) = [section for section in digest.sections if section.id == "safety"]
    assert next(lead_of(safety, 3)) == "2 of 3 publications claim it: 1 as anticipated; 1 as achieved, unsure."
    assert [(quoted.key, about(quoted)) for quoted in safety.quotations] == [
        (HOME, "anticipated, confidence >.99"),
        (TRIAL, "achieved, unsure, confidence >.99"),
    ]
    assert [sentence.text for sentence in cited_by(safety)] == ["Anticipated:", "Achieved, unsure:"]


def test_quotations_that_were_achieved_come_first(digest: Digest) -> None:
    (safety,) = [section for section in digest.sections if section.id == "safety"]
    assert [(quoted.key, quoted.status) for quoted in safety.quotations] == [(TRIAL, "Achieved"), (HOME, "Anticipated")]
    assert safety.quotations[0].text.startswith("Injuries from falls fell by a third")


def test_quotations_are_no_more_than_asked_for_and_all_claims_stay_cited(project: Project) -> None:
    tag_project(project, toy_tagger())
    digest = digest_of(project, quotations=1)
    assert max(len(section.quotations) for section in digest.sections) == 1
    assert [key for key, _ in digest.references] == [TRIAL, HOME]


def test_digest_of_what_was_included_leaves_out_the_rest(project: Project) -> None:
    tag_project(project, toy_tagger())
    decide(project, 2, "include", "ana")
    digest = digest_of(project, "included")
    assert (digest.publications, [key for key, _ in digest.references]) == (1, [HOME])


def test_markdown_cites_what_its_bibliography_holds(digest: Digest, tmp_path: Path) -> None:
    text = digest_to_markdown(digest, "falls.bib")
    assert 'bibliography: "falls.bib"' in text
    assert f"> Injuries from falls fell by a third after wards took up a shared checklist. [@{TRIAL}]" in text
    assert f"Achieved: [@{TRIAL}]" in text
    (tmp_path / "falls.bib").write_bytes(digest_bibtex(digest))
    records = read_references(tmp_path / "falls.bib").records
    assert [dict(record.fields)["ID"] for record in records] == [TRIAL, HOME]
    assert records[0].doi == "10.1000/falls.1"


def test_texts_of_references_are_no_markup_in_markdown(hostile: Digest) -> None:
    text = digest_to_markdown(hostile, "falls.bib")
    assert "\\[\\@evil2000\\] \\*falls\\* will be fewer" in text
    assert "<script" not in text.replace("\\<script", "")


def test_html_leads_from_citations_to_references_and_runs_nothing(hostile: Digest) -> None:
    page = html.document_fromstring(digest_to_html(hostile))
    links = page.xpath("//section//a[@class='key']/@href")
    assert len(links) > 0
    assert all(page.xpath(f"//li[@id='{link[1:]}']") for link in links)
    assert page.xpath("//script | //img | //@style") == []
    assert "[@evil2000]" in page.text_content()


def test_word_document_holds_headings_quotations_and_references(hostile: Digest) -> None:
    document = Document(io.BytesIO(digest_to_docx(hostile)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert document.core_properties.author == ""
    assert texts[0] == "<Mine> & \ufffd theirs"
    headings = [
        paragraph.text for paragraph in document.paragraphs if paragraph.style and paragraph.style.name == "Heading 1"
    ]
    assert headings == [*(section.name for section in hostile.sections), "References"]
    (quotation,) = [text for text in texts if text.startswith("\u201cInjuries from falls fell")]
    assert quotation.endswith(f"[@{TRIAL}] (achieved, confidence >.99)")
    assert any(text.startswith(f"{TRIAL} Okafor and Lindqvist (2021).") for text in texts)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("(1) Falls were fewer.", "> (1\\) Falls were fewer."),
        ("iv. Falls were fewer.", "> iv\\. Falls were fewer."),
        ("::: Falls", "> \\::: Falls"),
        ("2^nd^ falls", "> 2\\^nd\\^ falls"),
        ("Wards (of 9) had fewer.", "> Wards (of 9) had fewer."),
    ],
)
def test_what_pandoc_alone_takes_for_markup_is_none(digest: Digest, said: str, written: str) -> None:
    (safety,) = [section for section in digest.sections if section.id == "safety"]
    quoting = replace(safety, quotations=(replace(safety.quotations[0], text=said),))
    assert f"{written} [@{TRIAL}]" in digest_to_markdown(replace(digest, sections=(quoting,)), "falls.bib")


def test_items_of_a_quotation_stand_on_lines_of_their_own(digest: Digest) -> None:
    (safety,) = [section for section in digest.sections if section.id == "safety"]
    quoted = replace(safety.quotations[0], text="Fewer falls\n\n2. Shorter stays")
    listed = replace(digest, sections=(replace(safety, quotations=(quoted,)),))
    assert f"> Fewer falls\\\n> 2\\. Shorter stays [@{TRIAL}]" in digest_to_markdown(listed, "falls.bib")
    (shown,) = html.document_fromstring(digest_to_html(listed)).xpath("//blockquote")
    assert shown.text == "Fewer falls\n2. Shorter stays"
    written = Document(io.BytesIO(digest_to_docx(listed))).paragraphs
    assert any(one.text.startswith("\u201cFewer falls\n2. Shorter stays\u201d") for one in written)


def test_word_document_is_made_of_a_benefit_without_a_description(digest: Digest) -> None:
    bare = replace(digest, sections=(replace(digest.sections[0], description=""),))
    assert digest_to_docx(bare)
