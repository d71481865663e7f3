from __future__ import annotations

import pytest

from lhs_nlp.documents import read_bytes
from lhs_nlp.errors import ReadError

PUBMED = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2024//EN" "pubmed_240101.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>Falls</ArticleTitle>
</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
ENDNOTE = "<xml><records><record><titles><title>Falls</title></titles></record></records></xml>"
ZOTERO = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#">
<z:Attachment/></rdf:RDF>"""


@pytest.mark.parametrize(("text", "kind"), [(PUBMED, "PubMed XML"), (ENDNOTE, "EndNote XML"), (ZOTERO, "Zotero RDF")])
def test_list_of_references_is_refused_by_what_reads_it(text: str, kind: str) -> None:
    with pytest.raises(ReadError) as raised:
        read_bytes(text.encode(), name="found.xml")
    assert raised.value.reason == "unsupported"
    assert str(raised.value).startswith(f"found.xml: a list of references ({kind}); `lhs-nlp review add PROJECT FILE`")


@pytest.mark.parametrize("text", ["<rdf:RDF><p>Falls fell.</p></rdf:RDF>", "<xml><p>Falls fell.</p></xml>"])
def test_other_xml_is_still_read_as_text(text: str) -> None:
    assert read_bytes(text.encode(), name="a.xml").format == "text"
