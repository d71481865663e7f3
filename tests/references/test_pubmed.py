from __future__ import annotations

from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from lhs_nlp.errors import ReferencesError
from lhs_nlp.references import Reference, converted, reference_bytes, with_tags
from tests.references.examples import PUBMED, RIS, read_text


def test_article_is_read(tmp_path: Path) -> None:
    first, second = read_text(tmp_path, PUBMED).records
    assert first == Reference(
        type="Journal Article",
        title="Fewer falls after a learning health system was set up",
        abstract="BACKGROUND: Falls harm.\nRESULTS: Falls fell by 12 m2 & more.",
        authors=("Okafor, Ada N", "Ward Group"),
        year=2021,
        doi="10.1234/wq.2021.7",
        pmid="31234567",
        journal="Ward quarterly",
        volume="12",
        issue="4",
        pages="101-9",
        keywords=("safety", "Accidental Falls"),
        url=None,
        language="eng",
        format="pubmed",
        fields=first.fields,
    )
    assert (second.pmid, second.title, second.year) == ("31234568", "Waiting times of one clinic", 2019)


def test_doi_of_a_cited_work_is_not_its_own(tmp_path: Path) -> None:
    text = PUBMED.replace('<ArticleId IdType="doi">10.1234/WQ.2021.7</ArticleId>', "")
    assert read_text(tmp_path, text).records[0].doi is None


def test_what_a_work_cites_stays_in_its_own_format(tmp_path: Path) -> None:
    history = '<History><PubMedPubDate PubStatus="entrez"><Year>2022</Year></PubMedPubDate></History>'
    record = read_text(tmp_path, PUBMED.replace("<PubmedData>", f"<PubmedData>{history}")).records[0]
    assert b"Cited" in reference_bytes([record], "pubmed")
    written = reference_bytes([record], "ris").decode()
    assert "Ward 7" in written
    assert "Cited" not in written
    assert "2022" not in written


def test_paths_attributes_and_markup_are_kept(tmp_path: Path) -> None:
    fields = dict(read_text(tmp_path, PUBMED).records[0].fields)
    assert fields["MedlineCitation/@Status"] == "MEDLINE"
    assert fields["MedlineCitation/Article/ArticleTitle/node()"] == (
        "Fewer <i>falls</i> after a learning health system was set up"
    )
    assert fields["MedlineCitation/Article/AuthorList/Author[1]/AffiliationInfo/Affiliation"] == "Ward 7"


def test_written_file_has_the_same_elements(tmp_path: Path) -> None:
    written = fromstring(reference_bytes(read_text(tmp_path, PUBMED).records, "pubmed"))
    assert [element.tag for element in written] == ["PubmedArticle", "PubmedBookArticle"]
    before, after = ["".join(root.itertext()).split() for root in (fromstring(PUBMED), written)]
    assert "".join(after) == "".join(before)


def test_articles_before_a_break_are_read_and_the_break_is_reported(tmp_path: Path) -> None:
    found = read_text(tmp_path, PUBMED[: PUBMED.index("<ArticleTitle>Waiting")])
    assert [record.pmid for record in found.records] == ["31234567"]
    (piece,) = found.skipped
    assert piece.line == PUBMED[: PUBMED.index("<ArticleTitle>Waiting")].count("\n") + 1
    assert piece.reason.startswith("The XML is damaged or truncated from here on")


def test_deleted_citations_are_reported(tmp_path: Path) -> None:
    text = PUBMED.replace("</PubmedArticleSet>", "<DeleteCitation><PMID>9</PMID></DeleteCitation></PubmedArticleSet>")
    assert [piece.text for piece in read_text(tmp_path, text).skipped] == ["PMID: 9"]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("<PubmedArticleSet><PubmedArticle><x>", "not well-formed"),
        ('<!DOCTYPE a [<!ENTITY b "bb">]><PubmedArticle>&b;</PubmedArticle>', "defines entities"),
        (
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><PubmedArticle>&b;</PubmedArticle>',
            "defines entities",
        ),
        ('<?xml version="1.0" encoding="no-such"?><PubmedArticle/>', "not well-formed"),
    ],
)
def test_hostile_or_damaged_xml_is_refused(tmp_path: Path, text: str, advice: str) -> None:
    with pytest.raises(ReferencesError, match=advice):
        read_text(tmp_path, text)


def test_reference_of_another_format_is_written(tmp_path: Path) -> None:
    record = converted(read_text(tmp_path, RIS).records[0], "pubmed")
    assert record.authors == ("Okafor, Ada N.", "de la Cruz, Jos\u00e9")
    assert (record.doi, record.pmid, record.type) == ("10.1234/wq.2021.7", "31234567", "Journal Article")


def test_tags_are_keywords_and_notes(tmp_path: Path) -> None:
    tagged = with_tags(read_text(tmp_path, PUBMED).records[0], ["LHS: safety"], ["a note"])
    assert tagged.keywords == ("safety", "LHS: safety", "Accidental Falls")
    assert ("MedlineCitation/GeneralNote", "a note") in tagged.fields
