from __future__ import annotations

import pytest

from lhs_nlp.references.readings import doi_in, pmid_in, readings


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1234/ABC", "10.1234/abc"),
        ("doi:10.1234/abc.", "10.1234/abc"),
        ("https://doi.org/10.1234/a%2Fb", "10.1234/a/b"),
        ("http://dx.doi.org/10.1234/s1(2)3", "10.1234/s1(2)3"),
        ("(see 10.1234/abc)", "10.1234/abc"),
        ("10.1002/(SICI)1097(1999)1:2<3::AID-X>3.0.CO;2-1", "10.1002/(sici)1097(1999)1:2<3::aid-x>3.0.co;2-1"),
        ("10.1234/1520(1999)012<1990:TOSHGT>2.0.CO;2", "10.1234/1520(1999)012<1990:toshgt>2.0.co;2"),
        ("10.1234/(SICI)1:2&lt;3::AID-X&gt;3.0.CO;2-1", "10.1234/(sici)1:2<3::aid-x>3.0.co;2-1"),
        ("https://doi.org/10.1234/%28SICI%291%3A2%3C3%3A%3AAID-X%3E3.0", "10.1234/(sici)1:2<3::aid-x>3.0"),
        ('<a href="x">10.1234/abc</a>', "10.1234/abc"),
        ("10.1234/abc<br>3", "10.1234/abc"),
        ("http://doi.publisher.example/10.1234/abc", "10.1234/abc"),
        ("https://doi-org.proxy.example/10.1234/abc", "10.1234/abc"),
        ("https://dx-doi-org.proxy.example:8443/10.1234/abc", "10.1234/abc"),
        ("https://site.example/10.1234/abc?x=1", None),
        ("https://site.example/doi/full/10.1234/abc", None),
        ("10.12/abc", None),
        ("", None),
    ],
)
def test_doi_is_bare_and_in_lower_case(text: str, doi: str | None) -> None:
    assert doi_in(text) == doi


@pytest.mark.parametrize(
    ("text", "bare", "pmid"),
    [
        ("31234567", True, "31234567"),
        ("31234567", False, None),
        ("00123", True, "123"),
        ("123.0", True, "123"),
        ("PMID: 123", False, "123"),
        ("Erratum in: Ward Q. PMID: 123", False, None),
        ("tex.ids: a\nPMID: 123", False, "123"),
        ("PUBMED 123", False, "123"),
        ("EMBASE 77,PUBMED 123", False, "123"),
        ("PubMed 2019 to 2020", False, None),
        ("https://pubmed.ncbi.nlm.nih.gov/123/", False, "123"),
        ("0", True, None),
    ],
)
def test_pmid_is_a_number_that_names_itself(text: str, bare: bool, pmid: str | None) -> None:
    assert pmid_in(text, bare=bare) == pmid


@pytest.mark.parametrize(
    ("role", "raw", "texts"),
    [
        ("title", "A <i>title</i>\n with &amp; markup", ["A title with & markup"]),
        ("title", "p < 0.05 and q > 3", ["p < 0.05 and q > 3"]),
        ("abstract", "<jats:p>One.</jats:p><jats:p>Two.</jats:p>", ["One.\n\nTwo."]),
        (
            "abstract",
            'Where <jats:inline-graphic xlink:href="a.gif" /> is <mml:math><mml:mi>n</mml:mi></mml:math> or '
            '<jats:ext-link xlink:href="https://a.org">more</jats:ext-link>',
            ["Where is n or more"],
        ),
        (
            "abstract",
            '<AbstractText Label="AIM" NlmCategory="OBJECTIVE">To help.</AbstractText> '
            '&lt;AbstractText NlmCategory="RESULTS" Label="WHAT CAME OUT"&gt;It helped.&lt;/AbstractText&gt;'
            "<CopyrightInformation>\u00a9 2024 Wards &amp; Co.</CopyrightInformation>",
            ["AIM: To help.\n\nWHAT CAME OUT: It helped."],
        ),
        ("abstract", "&lt;p&gt;Twice &amp;amp; escaped&lt;/p&gt;", ["Twice & escaped"]),
        ("abstract", " \n ", []),
        ("title", "Law&reg and a&lt;b", ["Law&reg and a<b"]),
        ("abstract", "<h4>Aim</h4>One.<BR>Two.<P>Three.</P>", ["Aim\nOne.\nTwo.\nThree."]),
        ("journal", "Wards &amp; Places", ["Wards & Places"]),
        ("keywords", "falls &amp; fear; wards &amp;amp; homes; law&reg", ["falls & fear", "wards & homes", "law&reg"]),
        ("authors", "Garc&iacute;a, A.; R&#246;e, K.", ["Garc\u00eda, A.", "R\u00f6e, K."]),
        ("keywords", "one; two;\nthree ;", ["one", "two", "three"]),
        ("authors", "Okafor, A.; Roe, K.,", ["Okafor, A.", "Roe, K."]),
        ("year", "2008/08//", ["2008"]),
        ("year", "12 May 1999", ["1999"]),
        ("year", "20190601", ["2019"]),
        ("year", "20191301", []),
        ("year", "n.d.", []),
        ("year", "120210", []),
        ("date", "2008/8//", ["2008-08"]),
        ("date", "20190601", ["2019-06-01"]),
        ("date", "JUN 13", ["JUN 13"]),
        ("type", "JOUR\nrest", ["JOUR"]),
        ("volume", " 12 ", ["12"]),
        ("note", "one \n two", ["one\ntwo"]),
    ],
)
def test_text_is_read_in_its_role(role: str, raw: str, texts: list[str]) -> None:
    assert readings(role, raw) == texts
