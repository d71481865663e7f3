from __future__ import annotations

import pytest

from lhs_nlp.documents import Document, read_bytes
from lhs_nlp.errors import ReadError

GROBID = """<?xml version="1.0" encoding="UTF-8"?>
<!-- made of a PDF -->
<TEI xml:space="preserve" xmlns="http://www.tei-c.org/ns/1.0" xmlns:xlink="http://www.w3.org/1999/xlink">
<teiHeader xml:lang="en"><fileDesc><titleStmt><title level="a" type="main">Fewer <hi>falls</hi> on wards</title>
<funder><orgName>A Trust</orgName></funder></titleStmt>
<publicationStmt><publisher>P</publisher><date type="published" when="2021-05-01">May 2021</date></publicationStmt>
<sourceDesc><biblStruct><analytic><author><persName><surname>Author</surname></persName>
<affiliation><note type="raw_affiliation">University of Beds</note></affiliation></author>
<title level="a" type="main">Fewer falls on wards</title></analytic>
<monogr><title level="j">Journal of Wards</title><imprint><date type="published" when="2020-11-02"/></imprint></monogr>
<idno type="DOI">10.1000/1</idno></biblStruct></sourceDesc></fileDesc>
<encodingDesc><appInfo><application ident="GROBID"><desc>GROBID</desc></application></appInfo></encodingDesc>
<profileDesc><textClass><keywords><term>falls</term></keywords></textClass>
<abstract><div xmlns="http://www.tei-c.org/ns/1.0"><p><s>Falls fell.</s><s>Waits did not.</s></p></div></abstract>
</profileDesc></teiHeader>
<text xml:lang="en"><body>
<div xmlns="http://www.tei-c.org/ns/1.0"><head n="1">Aims</head>
<p>We aim at two things <ref type="bibr" target="#b0">[1]</ref>:<list><item>fewer falls</item>
<item><p>shorter waits</p></item></list>and at more.</p><formula xml:id="f0">a = b<label>(1)</label></formula></div>
<div xmlns="http://www.tei-c.org/ns/1.0"><head n="1.1">Means</head><p>See Fig.<ref type="figure">1</ref>.</p></div>
<div xmlns="http://www.tei-c.org/ns/1.0"><head>Results</head>
<p>It be-<lb break="no"/>gan late,<lb/>and went on.</p></div>
<note place="foot" n="1">A note at the foot.</note>
<figure xml:id="fig_0"><head>Figure 1</head><label>1</label><figDesc>Beds by year.</figDesc>
<graphic url="1.png"/></figure>
<figure type="table" xml:id="tab_0"><head>Table 1</head><label>1</label><figDesc>Falls by year.</figDesc>
<table><row><cell>Year</cell><cell/><cell>Falls</cell></row><row><cell>2023</cell><cell/><cell>41</cell></row></table>
</figure></body>
<back><div type="acknowledgement"><div><head>Thanks</head><p>To all.</p></div></div>
<div type="annex"><div><head>Forms</head><p>Who lifts?</p></div></div>
<div type="references"><listBibl><biblStruct><analytic><title>Cited</title></analytic></biblStruct>
</listBibl></div></back>
</text></TEI>"""


def made(text: str, name: str = "article.tei.xml") -> Document:
    return read_bytes(text.encode(), name=name)


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_article_becomes_blocks_without_header_notes_and_references() -> None:
    assert blocks(made(GROBID)) == [
        ("title", "Fewer falls on wards"),
        ("heading", "Abstract"),
        ("paragraph", "Falls fell. Waits did not."),
        ("heading", "Aims"),
        ("paragraph", "We aim at two things [1]:"),
        ("item", "fewer falls"),
        ("item", "shorter waits"),
        ("paragraph", "and at more."),
        ("heading", "Means"),
        ("paragraph", "See Fig.1."),
        ("heading", "Results"),
        ("paragraph", "It be-gan late, and went on."),
        ("heading", "Figures and tables"),
        ("paragraph", "Figure 1"),
        ("paragraph", "Beds by year."),
        ("paragraph", "Table 1"),
        ("paragraph", "Falls by year."),
        ("row", "Year | Falls"),
        ("row", "2023 | 41"),
        ("heading", "Forms"),
        ("paragraph", "Who lifts?"),
    ]


def test_levels_are_those_of_the_numbers_or_the_depth_of_sections() -> None:
    assert [block.level for block in made(GROBID).blocks if block.kind == "heading"] == [1, 1, 2, 1, 1, 2]
    nested = "<TEI><text><body><div><head>A</head><div><head>B</head><p>One.</p></div></div></body></text></TEI>"
    assert [block.level for block in made(nested).blocks if block.kind == "heading"] == [1, 2]


def test_title_and_metadata_are_read() -> None:
    document = made(GROBID)
    assert (document.title, document.format) == ("Fewer falls on wards", "tei")
    assert document.metadata == {"doi": "10.1000/1", "journal": "Journal of Wards", "year": "2020"}


def test_header_alone_gives_title_and_abstract() -> None:
    header = GROBID[: GROBID.index("<text ")] + "</TEI>"
    assert made(header).text == "Fewer falls on wards\n\nAbstract\n\nFalls fell. Waits did not."


def test_abstract_before_the_text_is_read_with_its_own_heading() -> None:
    front = '<front><div type="abstract"><head>Summary</head><p>Falls fell.</p></div></front>'
    titles = '<titleStmt><title type="sub">How</title><title>Beds</title></titleStmt>'
    header = f"<teiHeader><fileDesc>{titles}</fileDesc></teiHeader>"
    text = f"<TEI>{header}<text>{front}<body><p>We met.</p></body></text></TEI>"
    assert blocks(made(text)) == [
        ("title", "Beds"),
        ("heading", "Summary"),
        ("paragraph", "Falls fell."),
        ("paragraph", "We met."),
    ]


@pytest.mark.parametrize(
    "beginning",
    [
        "",
        "\ufeff",
        "<!-- <article> -->\n",
        '<!DOCTYPE TEI SYSTEM "tei.dtd">\n',
        "<!DOCTYPE TEI [<!ELEMENT TEI ANY>]>\n",
        '<?xml-model href="tei.rng"?>',
    ],
)
def test_format_is_told_by_the_root_whatever_is_before_it_and_whatever_the_name(beginning: str) -> None:
    assert (
        made(
            f"{beginning}<t:TEI xmlns:t='x'><t:text><t:body><t:p>Falls.</t:p></t:body></t:text></t:TEI>", "a.txt"
        ).format
        == "tei"
    )


@pytest.mark.parametrize(
    "text", ["<plan><TEI><p>We meet.</p></TEI></plan>", "We write <TEI> by hand.", "<TEI", "<!-- <TEI>"]
)
def test_other_text_is_none(text: str) -> None:
    assert made(text).format != "tei"


@pytest.mark.parametrize(
    ("text", "advice", "reason"),
    [
        ("<TEI><text><body><p>never closed", "not well-formed", "malformed"),
        ('<!DOCTYPE TEI [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><TEI><p>&b;</p></TEI>', "defines entities", "malformed"),
        (
            '<!DOCTYPE TEI [<!ENTITY a SYSTEM "file:///etc/passwd">]><TEI><p>&a;</p></TEI>',
            "defines entities",
            "malformed",
        ),
        (
            f"<TEI><text><body>{'<p>' * 5000}deep{'</p>' * 5000}</body></text></TEI>",
            "nested more than 256",
            "malformed",
        ),
        (
            "<teiCorpus><TEI><text><body><p>One.</p></body></text></TEI></teiCorpus>",
            "a corpus of several",
            "unsupported",
        ),
        ("<TEI><teiHeader/><text><body/></text></TEI>", "holds no text", "empty"),
    ],
)
def test_hostile_damaged_or_empty_file_is_refused(text: str, advice: str, reason: str) -> None:
    with pytest.raises(ReadError, match=advice) as raised:
        made(text)
    assert raised.value.reason == reason


def test_figure_between_sections_stays_where_it_is() -> None:
    body = "<div><p>Before.</p></div><figure><figDesc>Beds.</figDesc></figure><div><p>After.</p></div>"
    document = made(f"<TEI><text><body>{body}</body></text></TEI>")

    assert [text for _, text in blocks(document)] == ["Before.", "Beds.", "After."]


@pytest.mark.parametrize(("around", "kind"), [("back", "annex"), ("back", "appendix"), ("front", "abstract")])
def test_part_within_a_part_of_its_kind_is_read_once(around: str, kind: str) -> None:
    part = f'<div type="{kind}"><div type="{kind}"><p>Said once.</p></div></div>'
    document = made(f"<TEI><text><{around}>{part}</{around}><body><p>All else.</p></body></text></TEI>")

    assert document.text.count("Said once.") == 1


def test_two_bytes_a_character_are_read() -> None:
    data = "<TEI><text><body><p>Fewer falls.</p></body></text></TEI>".encode("utf-16")

    assert blocks(read_bytes(data, name="x.xml")) == [("paragraph", "Fewer falls.")]
