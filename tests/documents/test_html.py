from __future__ import annotations

from pathlib import Path

import pytest

from lhs_nlp.documents import Document, read, read_bytes
from lhs_nlp.errors import ReadError
from tests.shared import needs_shared, real_files

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Sepsis bundle</title>
<meta name="author" content="Improvement office"><style>p { color: red }</style></head><body>
<nav><a href="/">Home</a></nav><div class="cookie-banner">We use cookies</div>
<main><h1>Sepsis bundle</h1><p>Deaths fell<br>by a <b>fifth</b>.</p>
<h2>Aims</h2><ul><li>earlier antibiotics<ul><li>within the hour</li></ul></li><li>fewer deaths</li></ul>
<table><tr><th>Year</th><th>Deaths</th></tr><tr><td>2023</td><td><p>41</p></td></tr></table>
loose text<!-- a comment --> goes on</main>
<footer>Contact us</footer><script>alert("x")</script></body></html>"""


def made(page: str = PAGE, name: str = "page.html") -> Document:
    return read_bytes(page.encode(), name=name)


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_content_becomes_blocks_and_chrome_is_dropped() -> None:
    assert blocks(made()) == [
        ("heading", "Sepsis bundle"),
        ("paragraph", "Deaths fell by a fifth."),
        ("heading", "Aims"),
        ("item", "earlier antibiotics"),
        ("item", "within the hour"),
        ("item", "fewer deaths"),
        ("row", "Year | Deaths"),
        ("row", "2023 | 41"),
        ("paragraph", "loose text goes on"),
    ]


def test_what_is_struck_through_is_left_out_unless_its_end_is_missing() -> None:
    page = "<html><body><p>We will {} cut falls on all of the wards.</p></body></html>"
    for tag in ("del", "s", "strike"):
        assert made(page.format(f"<{tag}>cut waits</{tag}>")).text == "We will cut falls on all of the wards."
    assert "cut falls" in made(page.format("<s>")).text


@pytest.mark.parametrize(
    "style",
    [
        "text-decoration:line-through",
        "color: red; Text-Decoration: underline line-through",
        "text-decoration-line:line-through",
    ],
)
def test_what_a_style_strikes_through_is_left_out(style: str) -> None:
    page = "<html><body><p>We will <span style='{}'>cut waits</span> cut falls on all of the wards.</p></body></html>"
    assert made(page.format(style)).text == "We will cut falls on all of the wards."
    assert "cut waits" in made(page.format("text-decoration: none; content: line-through")).text


def test_raised_marks_stick_to_no_word() -> None:
    text = 'Falls<sup>12</sup> fell<sup><a href="#b">3</a></sup> by 10<sup>3</sup> m<sup>2</sup> CD4<sup>-</sup>'
    assert made(f"<html><body><p>{text}</p></body></html>").text == "Falls fell by 103 m2 CD4-"


def test_title_and_metadata_are_read() -> None:
    document = made()
    assert document.title == "Sepsis bundle"
    assert document.metadata == {"author": "Improvement office", "language": "en"}


def test_page_without_chrome_marks_is_read_whole() -> None:
    assert blocks(made("<html><body>Only this.</body></html>")) == [("paragraph", "Only this.")]


def test_form_that_holds_the_whole_page_is_kept() -> None:
    assert "All is in the form" in made("<html><body><form><p>All is in the form.</p></form></body></html>").text


def test_html_is_recognised_under_another_name() -> None:
    assert made(name="page.txt").format == "html"


def test_declared_encoding_is_used_and_a_wrong_one_survived() -> None:
    latin = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').replace("fifth", "f\u00fcnfth")
    assert "f\u00fcnfth" in read_bytes(latin.encode("latin-1"), name="x.html").text
    assert "f\u00fcnfth" in read_bytes(latin.replace("iso-8859-1", "no-such").encode(), name="x.html").text


@pytest.mark.parametrize("label", ["iso-8859-1", "latin1", "us-ascii", "windows-1252"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_western_encoding_declared_by_habit_loses_no_dashes_and_quotes(label: str, encoding: str) -> None:
    told = "The night team\u2019s round of 10\u201315 minutes was called \u201cwell spent\u201d."
    page = f'<html><head><meta charset="{label}"></head><body><p>{told}</p></body></html>'
    assert read_bytes(page.encode(encoding), name="x.html").text == told


@pytest.mark.parametrize("label", ["utf-16", "utf-32", "utf-7", "cp037", "unicode_escape", "punycode", "undefined"])
def test_declared_encoding_that_could_not_have_been_read_is_ignored(label: str) -> None:
    page = f'<html><head><meta charset="{label}"></head><body><p>Caf\u00e9 + meals \\ day.</p></body></html>'
    for data in (page.encode(), f"{page} ".encode()):
        assert read_bytes(data, name="x.html").text == "Caf\u00e9 + meals \\ day."


def test_two_line_breaks_part_paragraphs_and_one_does_not() -> None:
    page = b"<html><body><div>Our aims<br /> <br>Fewer\n\nfalls<br>and waits.<br><br><br>The end</div></body></html>"
    assert read_bytes(page, name="a.html").text == "Our aims\n\nFewer falls and waits.\n\nThe end"


def test_paragraphs_of_a_cell_part_words() -> None:
    cells = "<td><p>Fewer falls</p><p>Lower costs</p></td><td><div>each<div>month</div>counted</div></td>"
    page = f"<html><body><p>We count.</p><table><tr>{cells}</tr></table></body></html>"
    assert blocks(made(page))[1:] == [("row", "Fewer falls Lower costs | each month counted")]


def test_page_without_its_outer_tags_is_no_article_of_a_journal() -> None:
    page = made("<!doctype html><title>Rounds</title><article class=main><p>We walk.<p>We talk.</article>")
    assert page.format == "html"
    assert blocks(page) == [("paragraph", "We walk."), ("paragraph", "We talk.")]


def test_control_characters_beside_what_is_dropped_do_no_harm() -> None:
    dropped = f"<script>{'x' * 999}</script>\x02"
    page = f"<html><body><p>We\x01 meet.{dropped} Often.</p><nav>Home</nav>\x03\ufffe</body></html>"
    assert blocks(made(page)) == [("paragraph", "We meet. Often.")]


def test_names_of_classes_are_taken_whole() -> None:
    content = "<section id='social-determinants'><p>We ask about housing.</p></section>"
    chrome = "<div class='twitter-share-button'>Tweet</div><div id='site_breadcrumbs'>Home</div>"
    page = f"<html><body>{chrome}<p>We meet, and talk about all that was seen.</p>{content}"
    assert blocks(made(page)) == [
        ("paragraph", "We meet, and talk about all that was seen."),
        ("paragraph", "We ask about housing."),
    ]


@pytest.mark.parametrize("name", ["onetrust-consent-sdk", "CybotCookiebotDialog", "cookieBanner", "cookieconsent"])
def test_banner_that_asks_for_consent_is_left_out_under_names_of_its_makers(name: str) -> None:
    banner = f"<div id='{name}'><p>We value your privacy and your satisfaction.</p></div>"
    page = f"<html><body>{banner}<p>The ward will cut falls by a third within the first year.</p></body></html>"
    assert blocks(made(page)) == [("paragraph", "The ward will cut falls by a third within the first year.")]


@pytest.mark.parametrize("name", ["has-sidebar", "no-sidebar", "with_navigation", "without-menu"])
def test_content_beside_a_sidebar_is_none(name: str) -> None:
    parts = "".join(f"<div class='row {name}'><p>We count {what}.</p></div>" for what in ("falls", "waits", "costs"))
    page = f"<html><body>{parts}<div class='right-sidebar'>News</div></body></html>"
    assert [text for _, text in blocks(made(page))] == ["We count falls.", "We count waits.", "We count costs."]


def test_header_that_holds_most_of_the_text_is_kept_though_scripts_are_longer() -> None:
    page = (
        f"<html><body><script>{'x = 1;' * 99}</script><header><h1>Falls</h1><p>All is here.</p></header></body></html>"
    )
    assert blocks(made(page)) == [("heading", "Falls"), ("paragraph", "All is here.")]


@pytest.mark.parametrize(
    "cell", ["<h2>Aims</h2>We meet.", "<ul><li>We meet.</li></ul>", f"<p>Aims</p><p>{'We meet. ' * 40}</p>"]
)
def test_table_that_lays_out_the_page_is_no_table(cell: str) -> None:
    document = made(f"<html><body><table><tr><td>Home</td><td>{cell}</td></tr></table></body></html>")
    assert "row" not in {block.kind for block in document.blocks}
    assert "We meet." in document.text


def test_table_inside_a_layout_is_one() -> None:
    inner = "<table><tr><td>Year</td><td></td><td>Falls</td></tr></table>"
    assert blocks(made(f"<html><body><table><tr><td>Home</td><td>{inner}</td></tr></table></body></html>")) == [
        ("paragraph", "Home"),
        ("row", "Year | Falls"),
    ]


def test_text_longer_than_the_parser_takes_is_refused_rather_than_left_out() -> None:
    with pytest.raises(ReadError, match="more than 10 MB in one piece") as raised:
        made(f"<html><body><p>before</p><p>{'x' * 11_000_000}</p></body></html>")
    assert raised.value.reason == "too_large"


def test_deep_nesting_is_refused_rather_than_cut() -> None:
    page = f"<html><body>{'<div>' * 50_000}deep{'</div>' * 50_000}<p>after</p></body></html>"
    with pytest.raises(ReadError, match="nested more than 256 levels"):
        made(page)


class TestRealFiles:
    pytestmark = needs_shared

    @pytest.mark.parametrize("path", real_files("html"), ids=lambda path: path.name)
    def test_real_page_is_read(self, path: Path) -> None:
        document = read(path)
        assert document.format == "html"
        assert document.title
        assert sum(block.kind == "heading" for block in document.blocks) >= 4
        assert "WHY WE DID THIS STUDY" in document.text
