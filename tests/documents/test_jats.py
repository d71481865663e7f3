from __future__ import annotations

from pathlib import Path

import pytest

from lhs_nlp.documents import Document, read, read_bytes
from lhs_nlp.errors import ReadError
from tests.shared import needs_shared, real_files

ARTICLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS 1.2//EN" "JATS-archivearticle1.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" xml:lang="en"><front>
<journal-meta><journal-title>Journal of Wards</journal-title></journal-meta>
<article-meta><article-id pub-id-type="doi">10.1000/1</article-id>
<title-group><article-title>Fewer <italic>falls</italic> on wards</article-title></title-group>
<contrib-group><contrib>A. Author</contrib></contrib-group><pub-date><year>2023</year></pub-date>
<abstract><p>Falls fell.</p></abstract></article-meta></front>
<body><sec><label>1</label><title>Aims</title>
<p>We aim at <bold>two</bold> things:<list><list-item><label>a</label><p>fewer falls</p></list-item>
<list-item><p>shorter waits</p></list-item></list>and at more.</p>
<sec><title>Means</title><p>See <xref>Fig. 1</xref>&nbsp;for&#160;more&hellip;</p>
<fig><label>Figure 1</label><caption><title>The ward</title><p>Beds by year.</p></caption></fig>
<table-wrap><table><tr><th>Year</th><th/><th>Falls</th></tr><tr><td>2023</td><td/><td><p>41</p></td></tr></table>
</table-wrap></sec></sec></body>
<back><ack><p>Thanks.</p></ack><ref-list><ref><mixed-citation>Smith 2019</mixed-citation></ref></ref-list></back>
</article>"""

OLDER = """<art><fm><bibl><title><p>Trials &amp; wards</p></title><aug>B. Author</aug></bibl>
<abs><sec><st><p>Abstract</p></st><p>It is registered: <url>NCT1</url>.</p></sec></abs></fm>
<bdy><sec><st><p>Background</p></st><p>Care is hard
<abbrgrp><abbr>1</abbr></abbrgrp>, <abbrgrp><abbr>2</abbr></abbrgrp>-<abbrgrp>
<abbr>4</abbr></abbrgrp>, and slow <abbrgrp><abbr>5</abbr></abbrgrp>. See Table <tblr>1</tblr>.</p>
<tbl><title><p>Table 1</p></title><tblbdy><r><c><p>Year</p></c><c><p>Falls</p></c></r></tblbdy></tbl></sec></bdy>
<bm><refgrp><bibl><title><p>Cited</p></title></bibl></refgrp></bm></art>"""


def made(text: str, name: str = "article.xml") -> Document:
    return read_bytes(text.encode(), name=name)


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_raised_marks_of_an_article_stick_to_no_word() -> None:
    raised = ARTICLE.replace("Falls fell.", 'Falls fell<sup><xref ref-type="bibr">1</xref></sup> by 10<sup>3</sup>.')
    assert blocks(made(raised))[2] == ("paragraph", "Falls fell by 103.")


def test_article_becomes_blocks_without_references_and_acknowledgements() -> None:
    assert blocks(made(ARTICLE)) == [
        ("title", "Fewer falls on wards"),
        ("heading", "Abstract"),
        ("paragraph", "Falls fell."),
        ("heading", "Aims"),
        ("paragraph", "We aim at two things:"),
        ("item", "fewer falls"),
        ("item", "shorter waits"),
        ("paragraph", "and at more."),
        ("heading", "Means"),
        ("paragraph", "See Fig. 1 for more\u2026"),
        ("paragraph", "The ward"),
        ("paragraph", "Beds by year."),
        ("row", "Year | Falls"),
        ("row", "2023 | 41"),
    ]


def test_words_in_place_of_a_picture_are_left_out() -> None:
    words = "<alt-text>Figure 1</alt-text><long-desc>Beds by year, as bars.</long-desc></fig>"
    assert blocks(made(ARTICLE.replace("</fig>", words))) == blocks(made(ARTICLE))


def test_levels_are_the_depth_of_sections() -> None:
    assert [block.level for block in made(ARTICLE).blocks if block.kind == "heading"] == [1, 1, 2]


def test_title_and_metadata_are_read() -> None:
    document = made(ARTICLE)
    assert document.title == "Fewer falls on wards"
    assert document.metadata == {"doi": "10.1000/1", "journal": "Journal of Wards", "year": "2023"}


def test_older_articles_are_read_and_nothing_is_left_of_their_citations() -> None:
    assert blocks(made(OLDER)) == [
        ("title", "Trials & wards"),
        ("heading", "Abstract"),
        ("paragraph", "It is registered: NCT1."),
        ("heading", "Background"),
        ("paragraph", "Care is hard, and slow. See Table 1."),
        ("paragraph", "Table 1"),
        ("row", "Year | Falls"),
    ]


def test_appendices_and_figures_at_the_end_are_read_and_other_articles_within_are_not() -> None:
    article = """<article><front><article-meta><title-group><article-title>Beds at home</article-title></title-group>
    <abstract><p>We lent beds.</p></abstract></article-meta></front><body><sec><title>Aims</title><p>We aim.</p></sec>
    </body><back><app-group><app><title>Forms</title><sec><title>At the door</title><p>Who lifts?</p></sec></app>
    </app-group><ref-list><ref><mixed-citation>Jones 2011</mixed-citation></ref></ref-list></back>
    <floats-group><fig><label>Figure 1</label><caption><title>Beds lent</title><p>By month.</p></caption></fig>
    </floats-group><sub-article article-type="decision-letter"><front-stub><abstract><p>In short, no.</p></abstract>
    </front-stub><body><p>Say what it costs.</p></body></sub-article>
    <response><body><p>We said it.</p></body></response></article>"""
    assert blocks(made(article)) == [
        ("title", "Beds at home"),
        ("heading", "Abstract"),
        ("paragraph", "We lent beds."),
        ("heading", "Aims"),
        ("paragraph", "We aim."),
        ("heading", "Forms"),
        ("heading", "At the door"),
        ("paragraph", "Who lifts?"),
        ("paragraph", "Beds lent"),
        ("paragraph", "By month."),
    ]


def test_line_break_parts_words() -> None:
    title = "<title-group><article-title>Beds<break/>at home</article-title></title-group>"
    section = "<sec><title>What<break/>we aim at</title><p>Fewer<break/>falls</p>"
    row = "<table><tr><td>Beds<break/>lent</td><td>41</td></tr></table></sec>"
    article = f"<article><front><article-meta>{title}</article-meta></front><body>{section}{row}</body></article>"
    assert made(article).title == "Beds at home"
    assert made(article).text == "Beds at home\n\nWhat we aim at\n\nFewer falls\n\nBeds lent | 41"


def test_article_is_recognised_under_another_name_and_other_xml_is_not() -> None:
    assert made(ARTICLE, name="article.txt").format == "jats"
    assert made("<?xml version='1.0'?><plan><p>We meet.</p></plan>").format == "text"


def test_namespaces_and_stated_encodings_are_read() -> None:
    article = '<a:article xmlns:a="x"><a:body><a:p>caf\u00e9</a:p></a:body></a:article>'
    text = f'<?xml version="1.0" encoding="iso-8859-1"?>{article}'
    assert read_bytes(text.encode("latin-1"), name="article.xml").text == "caf\u00e9"
    assert made(text.replace("iso-8859-1", "no-such")).text == "caf\u00e9"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_article_with_a_mark_of_its_encoding_is_recognised(encoding: str) -> None:
    document = read_bytes(ARTICLE.replace("UTF-8", "UTF-16").encode(encoding), name="article.xml")
    assert (document.format, document.title) == ("jats", "Fewer falls on wards")
    assert "Smith" not in document.text


@pytest.mark.parametrize("label", ["undefined", "utf-16", "ISO-8859-1", "us-ascii"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_stated_encoding_that_is_wrong_does_no_harm(label: str, end: str) -> None:
    text = f'<?xml version="1.0" encoding="{label}"?><article><body><p>The caf\u00e9\u2019s staff</p></body></article>'
    assert made(text + end).text == "The caf\u00e9\u2019s staff"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("<article><body><p>never closed", "not well-formed"),
        ('<!DOCTYPE article [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><article><p>&b;</p></article>', "defines entities"),
        (
            '<!DOCTYPE article [<!ENTITY a SYSTEM "file:///etc/passwd">]><article><p>&a;</p></article>',
            "defines entities",
        ),
        (f"<article>{'<p>' * 5000}deep{'</p>' * 5000}</article>", "nested more than 256 levels"),
    ],
)
def test_hostile_or_damaged_xml_is_refused(text: str, advice: str) -> None:
    with pytest.raises(ReadError, match=advice) as raised:
        made(text)
    assert raised.value.reason == "malformed"


class TestRealFiles:
    pytestmark = needs_shared

    @pytest.mark.parametrize("path", real_files("jats"), ids=lambda path: path.name)
    def test_real_article_is_read(self, path: Path) -> None:
        document = read(path)
        assert document.format == "jats"
        assert document.title
        assert document.metadata["doi"].startswith("10.")
        headings = {document.text[block.start : block.end] for block in document.blocks if block.kind == "heading"}
        assert {"Abstract", "Background"} <= headings
        assert not any(mark in document.text for mark in (",,", " ,", " .", ",."))
