from __future__ import annotations

import pytest

from lhs_nlp.archive.old_failures import OldFailures


@pytest.mark.parametrize(
    ("place", "named", "found"),
    [
        ("a.pdf", ["a.pdf"], []),
        ("reports/*.md", ["reports/*.md"], ["reports/a.md"]),
        ("reports/", ["reports/"], ["reports/a.md"]),
        ("reports/a.pdf", ["reports"], ["reports/b.pdf"]),
        ("reports/a.pdf", ["./reports/"], ["reports/b.pdf"]),
        ("reports/a.pdf", ["."], ["reports/b.pdf"]),
        ("/data/a.pdf", ["/data"], ["/data/b.pdf"]),
        ("reports/a.zip", ["reports/*.zip"], ["reports/a.zip/b.pdf"]),
        ("reports/a.zip/in/a.pdf", ["reports/*.zip"], ["reports/a.zip/in/b.pdf"]),
        ("t.csv", ["t.csv"], ["t.csv#1"]),
        ("t.csv#row 7", ["t.csv"], ["t.csv#1"]),
        ("t.csv#10.1000/a#1", ["t.csv"], ["t.csv#10.2000/b"]),
        ("https://host/t.csv?v=1#10.1000/a", ["https://host/t.csv?v=1"], ["https://host/t.csv?v=1#10.2000/b"]),
        ("s3://bucket/a.pdf", ["s3://bucket/"], ["s3://bucket/b.pdf"]),
        ("https://host/a.zip/a.pdf", ["https://host/a.zip"], ["https://host/a.zip/b.pdf"]),
    ],
)
def test_failure_of_what_was_looked_at_is_over(place: str, named: list[str], found: list[str]) -> None:
    old = OldFailures([place], named)
    for name in found:
        old.found(name)
    assert old.over() == [place]


@pytest.mark.parametrize(
    ("place", "named", "found"),
    [
        ("other.pdf", ["a.pdf"], ["a.pdf"]),
        ("reports/a.pdf", ["reports/b.pdf"], ["reports/b.pdf"]),
        ("reports/a.docx", ["reports/*.pdf"], ["reports/a.pdf"]),
        ("reports/2020/a.pdf", ["reports"], ["reports/a.pdf"]),  # whose folder may be a drive that is not there
        ("reports/a.pdf", ["reports"], []),
        ("/data/a.pdf", ["."], ["b.pdf"]),
    ],
)
def test_failure_of_what_was_not_looked_at_stays(place: str, named: list[str], found: list[str]) -> None:
    old = OldFailures([place], named)
    for name in found:
        old.found(name)
    assert old.over() == []


@pytest.mark.parametrize("failed", ["all/a.zip", "all/a.zip/in", "all/a.zip/in/a.pdf"])
def test_failure_stays_when_it_or_what_holds_it_fails_again(failed: str) -> None:
    old = OldFailures(["all/a.zip/in/a.pdf"], ["all"])
    old.found("all/a.zip/in/b.pdf")
    old.failed(failed)
    assert old.over() == []


def test_failure_stays_when_its_place_is_left_out() -> None:
    old = OldFailures(["all/t.csv", "all/b.pdf"], ["all"])
    old.found("all/a.pdf")
    old.left_out("all/t.csv")
    assert old.over() == ["all/b.pdf"]
