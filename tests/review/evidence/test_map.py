from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from lhs_nlp.errors import ReviewError
from lhs_nlp.review.evidence.charts import Axis
from lhs_nlp.review.evidence.map import MAP_COLUMNS, EvidenceMap, map_of, map_rows
from lhs_nlp.review.evidence.map_html import RADIUS, map_to_html, radius
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.adding import add_file
from lhs_nlp.review.screening.decisions import decide
from lhs_nlp.review.tagging.run import tag_project
from tests.review.making import make_unsure
from tests.toy import toy_tagger

TRIAL, HOME, CLINICS = "okafor2021", "zhou2019handrails", "silva2020waiting"


@pytest.fixture
def tagged(project: Project) -> Project:
    tag_project(project, toy_tagger())
    return project


def axis(evidence: EvidenceMap, id: str) -> Axis:
    return next(axis for axis in evidence.axes if axis.id == id)


def test_map_needs_tags(project: Project) -> None:
    with pytest.raises(ReviewError, match="nothing is tagged yet"):
        map_of(project)


def test_every_publication_is_in_a_row_of_each_chart(tagged: Project) -> None:
    evidence = map_of(tagged)
    assert axis(evidence, "year").publications == {"2019": 1, "2020": 1, "2021": 1}
    assert axis(evidence, "design").publications == {"Randomised trial": 1, "Not stated": 2}
    assert axis(evidence, "setting").rows == (
        "Hospital",
        "Outpatient and specialist clinics",
        "Home and community",
    )


def test_cells_hold_the_keys_of_their_publications(tagged: Project) -> None:
    evidence = map_of(tagged)
    trial = axis(evidence, "design").cells["Randomised trial", "safety"]
    assert (len(trial.claimed), trial.claimed, trial.review) == (1, trial.strongest, [])
    home = axis(evidence, "year").cells["2019", "safety"]
    assert (home.claimed, home.strongest) == ([HOME], [])
    assert evidence.strongest == "Achieved"


def test_status_below_the_threshold_is_not_counted_as_the_strongest(tagged: Project) -> None:
    make_unsure(tagged, "achieved")
    trial = axis(map_of(tagged), "design").cells["Randomised trial", "safety"]
    assert (trial.claimed, trial.strongest) == ([TRIAL], [])


def test_map_of_what_was_included_leaves_out_the_rest(tagged: Project) -> None:
    decide(tagged, 2, "include", "ana")
    assert [each.key for each in map_of(tagged, "included").publications] == [HOME]


def test_publication_without_text_is_counted_and_on_no_chart(tagged: Project, tmp_path: Path) -> None:
    (tmp_path / "bare.ris").write_text("TY  - JOUR\nDO  - 10.1/bare\nER  -\n", encoding="utf-8")
    add_file(tagged, tmp_path / "bare.ris", "ana")
    evidence = map_of(tagged)
    assert (evidence.untagged, len(evidence.publications)) == (1, 3)
    assert "1 publication without text, or not tagged yet, is on no chart." in map_to_html(evidence)


def test_many_years_are_put_into_spans_of_five(project: Project, tmp_path: Path) -> None:
    records = (
        f"TY  - JOUR\nTI  - Falls of the year number {year} in town\nPY  - {year}\nER  -\n"
        for year in range(1996, 2012)
    )
    (tmp_path / "years.ris").write_text("\n".join(records), encoding="utf-8")
    add_file(project, tmp_path / "years.ris", "ana")
    tag_project(project, toy_tagger())
    rows = axis(map_of(project), "year").rows
    assert rows == ("1995 to 1999", "2000 to 2004", "2005 to 2009", "2010 to 2014", "2015 to 2019", "2020 to 2024")


def test_table_has_a_row_for_each_row_and_benefit(tagged: Project) -> None:
    evidence = map_of(tagged)
    rows = list(map_rows(evidence))
    assert all(tuple(row) == MAP_COLUMNS for row in rows)
    assert len(rows) == 6 * sum(len(axis.rows) for axis in evidence.axes)
    (row,) = [row for row in rows if (row["axis"], row["row"], row["benefit"]) == ("year", "2019", "safety")]
    assert (row["publications"], row["claimed"], row["claimed_by"]) == (1, 1, HOME)


class TestPage:
    @pytest.fixture
    def page(self, tagged: Project) -> HtmlElement:
        return html.document_fromstring(map_to_html(map_of(tagged)))

    def test_bubbles_lead_to_the_publications_behind_them(self, page: HtmlElement) -> None:
        links = page.xpath("//table[@class='chart']//a/@href")
        assert len(links) > 0
        for link in (*links, *page.xpath("//dl//a/@href")):
            assert page.xpath(f"//*[@id='{link[1:]}']"), link
        shown = {text for text in page.xpath("//dl//a/text()")}
        assert {HOME} < shown == set(page.xpath("//ol//b/text()")) - {CLINICS}

    def test_every_number_can_be_read_without_the_bubbles(self, page: HtmlElement) -> None:
        for cell in page.xpath("//table[@class='chart']//tbody//td"):
            assert cell.text_content().strip()
        assert not page.xpath("//svg[not(@aria-hidden='true')]")

    def test_page_needs_and_allows_nothing_else(self, page: HtmlElement) -> None:
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'; ")
        assert page.xpath("//script | //img | //link | //@style | //@onclick") == []

    def test_texts_of_references_are_shown_as_they_are(self, tagged: Project, tmp_path: Path) -> None:
        text = 'TY  - JOUR\nTI  - <script>alert(1)</script> & falls will be fewer\nDO  - 10.1/<b>"x\nER  -\n'
        (tmp_path / "h.ris").write_text(text, encoding="utf-8")
        add_file(tagged, tmp_path / "h.ris", "ana")
        tag_project(tagged, toy_tagger())
        written = map_to_html(map_of(tagged), "<b>Mine</b>")
        assert "<script" not in written
        assert "<b>Mine" not in written
        assert "&lt;b&gt;Mine" in written

    def test_area_stands_for_the_count(self) -> None:
        assert radius(0, 9) == 0
        assert radius(9, 9) == RADIUS
        assert radius(36, 144) == RADIUS / 2
