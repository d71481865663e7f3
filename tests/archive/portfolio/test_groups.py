from __future__ import annotations

import pytest

from lhs_nlp.archive.portfolio import groups
from lhs_nlp.archive.portfolio.groups import GroupCounter, grouping_keys


@pytest.mark.parametrize(
    ("known", "keys"),
    [
        (["title", "year", "funder", "programme"], ["year", "funder", "programme"]),
        (["Funding Agency", "Award-Year", "Program"], ["Award-Year", "Funding Agency", "Program"]),
        (["date", "Year"], ["Year"]),
        (["kind"], []),
    ],
)
def test_year_funder_and_programme_are_found_however_they_are_written(known: list[str], keys: list[str]) -> None:
    assert grouping_keys(known) == keys


def test_wanted_keys_come_after_and_once() -> None:
    assert grouping_keys(["year", "kind"], ["kind", "year"]) == ["year", "kind"]


@pytest.mark.parametrize(
    ("value", "year"),
    [
        ("2019", "2019"),
        ("2019.0", "2019"),
        ("FY2019", "2019"),
        ("31 May 2019", "2019"),
        ("2019-05-31", "2019"),
        ("20190531", None),
        ("unknown", None),
        ("", None),
    ],
)
def test_year_is_found_in_what_tables_hold(value: str, year: str | None) -> None:
    assert GroupCounter("Year").name_of({"Year": value}) == year


def test_other_keys_group_by_the_whole_value_on_one_line() -> None:
    counter = GroupCounter("funder")
    assert counter.name_of({"funder": " A  B\nC "}) == "A B C"
    assert counter.name_of({}) is None


@pytest.mark.parametrize(("key", "group"), [("Funding agency", None), ("programme", None), ("country", "NA")])
def test_what_r_writes_for_no_value_is_no_funder(key: str, group: str | None) -> None:
    assert GroupCounter(key).name_of({key: "NA"}) == group


@pytest.mark.parametrize("cell", ["N/A", "n/a", "#N/A", "None", "null", "<NA>"])
def test_cell_that_says_there_is_none_is_no_funder(cell: str) -> None:
    assert GroupCounter("funder").name_of({"funder": f" {cell}"}) is None
    assert GroupCounter("country").name_of({"country": cell}) == cell


def test_documents_that_write_a_key_in_different_ways_are_in_one_grouping() -> None:
    (key,) = grouping_keys(["Year", "year", "YEAR "], ["year"])
    counter = GroupCounter(key)
    for metadata in ({"Year": "2019"}, {"year": "2019"}, {"YEAR ": "2020", "Year": ""}):
        counter.add(metadata, [])
    assert [(group.name, group.documents) for group in counter.grouping().groups] == [("2019", 2), ("2020", 1)]
    assert counter.grouping().unknown == 0


def test_documents_are_counted_with_what_they_claim() -> None:
    counter = GroupCounter("funder")
    for funder, claimed in (("A", ["safety"]), ("A", ["safety", "value"]), ("B", []), ("", ["equity"])):
        counter.add({"funder": funder}, claimed)
    grouping = counter.grouping()
    assert [(group.name, group.documents, dict(group.claimed)) for group in grouping.groups] == [
        ("A", 2, {"safety": 2, "value": 1}),
        ("B", 1, {}),
    ]
    assert (grouping.unknown, grouping.ordered) == (1, False)
    assert grouping.groups[0].share("value").percent == "50%"


def test_years_are_in_order_and_other_groups_by_size() -> None:
    years, funders = GroupCounter("year"), GroupCounter("funder")
    for year, funder in (("2021", "B"), ("2019", "C"), ("2020", "C"), ("2021", "A")):
        years.add({"year": year}, [])
        funders.add({"funder": funder}, [])
    assert [group.name for group in years.grouping().groups] == ["2019", "2020", "2021"]
    assert [group.name for group in funders.grouping().groups] == ["C", "A", "B"]


def test_many_groups_are_shown_as_the_largest_and_the_rest_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "MOST_GROUPS", 2)
    counter = GroupCounter("funder")
    for funder in "AAABBCCD":
        counter.add({"funder": funder}, ["safety"])
    *_, rest = counter.grouping().groups
    assert [group.name for group in counter.grouping().groups] == ["A", "B", "2 others"]
    assert (rest.documents, rest.claimed["safety"], rest.merged) == (3, 3, True)


def test_of_many_years_the_latest_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "MOST_GROUPS", 2)
    counter = GroupCounter("year")
    for year in ("1999", "2001", "2000"):
        counter.add({"year": year}, [])
    assert [group.name for group in counter.grouping().groups] == ["2000", "2001", "1 other"]
