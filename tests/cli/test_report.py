from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from tests.archive.filling import NOTHING, SAFETY, VALUE, other_model, small_store
from tests.cli.running import run
from tests.toy import toy_tagger


@pytest.fixture
def store(tmp_path: Path) -> Path:
    texts = {"a.txt": SAFETY, "b.txt": VALUE, "c.txt": NOTHING}
    return small_store(tmp_path / "s.sqlite", texts, {"a.txt": {"year": "2020", "kind": "grant"}})


def test_report_is_one_page_in_a_file(store: Path, tmp_path: Path) -> None:
    outcome = run("report", store, "--output", tmp_path / "p.html")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    page = html.document_fromstring((tmp_path / "p.html").read_text(encoding="utf-8"))
    assert page.findtext(".//h1") == "Benefits in 3 documents"
    assert {path.name for path in tmp_path.iterdir()} == {"s.sqlite", "p.html"}


def test_report_goes_to_standard_output_in_utf_8_whatever_the_terminal(store: Path) -> None:
    outcome = run("report", store, encoding="latin-1")
    assert outcome.code == 0
    assert outcome.out.lstrip().startswith("<!DOCTYPE html>")
    assert "●" in outcome.out


@pytest.mark.parametrize("name", ["portfolio.pdf", "portfolio.docx", "portfolio.XLSX", "portfolio.csv"])
def test_file_named_as_another_format_is_refused(store: Path, tmp_path: Path, name: str) -> None:
    """A page in a .pdf would not open in a reader of PDF."""
    outcome = run("report", store, "-o", tmp_path / name)
    assert (outcome.code, outcome.out) == (2, "")
    said = " ".join(outcome.err.split())
    assert f"what is written here is html, not {Path(name).suffix.lower()}. Name the file so." in said
    assert not (tmp_path / name).exists()
    assert run("report", store, "-o", tmp_path / "portfolio.htm").code == 0


def test_title_and_more_groups_can_be_asked_for(store: Path, tmp_path: Path) -> None:
    run("report", store, "-o", tmp_path / "p.html", "--title", "Ten years", "--by", "kind")
    page = html.document_fromstring((tmp_path / "p.html").read_text(encoding="utf-8"))
    assert page.findtext(".//title") == "Ten years"
    assert [head.text for head in page.xpath("//h2") if (head.text or "").startswith("By ")] == ["By year", "By kind"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (["--by", "colour"], "has metadata of 'colour'; the metadata tell of year, kind."),
        (["--model", "other"], "holds no results of the model 'other'"),
    ],
)
def test_what_the_store_does_not_hold_is_exit_code_2_and_a_sentence(
    store: Path, tmp_path: Path, wrong: list[str], sentence: str
) -> None:
    outcome = run("report", store, "-o", tmp_path / "p.html", *wrong)
    assert outcome.code == 2
    assert sentence in outcome.err
    assert {path.name for path in tmp_path.iterdir()} == {"s.sqlite"}


def test_documents_that_another_model_alone_has_tagged_are_spoken_of(store: Path, tmp_path: Path) -> None:
    small_store(store, {"d.txt": SAFETY + VALUE}, tagger=other_model())
    outcome = run("report", store, "-o", tmp_path / "p.html")
    assert outcome.code == 0
    assert "these are the results of toy-2; 3 documents of toy-1 are not among them" in outcome.err
    retag = "`lhs-nlp batch --retag` tags by toy-2, too, what it still finds of them."
    assert f"--model 000000000000 shows those; {retag}" in outcome.err
    assert run("report", store, "-o", tmp_path / "p.html", "--model", "000000000000").err == ""


def test_documents_that_a_model_has_tagged_for_another_framework_are_spoken_of(store: Path, tmp_path: Path) -> None:
    """Asked for by the model alone, the newest framework's few documents passed for all of the model's."""
    second = toy_tagger()
    shipped = second.framework
    second.classifier.framework = replace(shipped, version="9")
    small_store(store, {"d.txt": SAFETY + VALUE}, tagger=second)
    for asked in ([], ["--model", "toy-1"]):
        said = run("report", store, "-o", tmp_path / "p.html", *asked).err
        named = f"toy-1 for {shipped.id} {shipped.version}"
        assert f"these are the results of toy-1 for {shipped.id} 9; 3 documents of {named} are not among them" in said
        assert f"--model 000000000000 --framework {shipped.sha256[:12]} shows those" in said
        # Without its file the framework would be the shipped one, and nothing would be tagged.
        assert f"`lhs-nlp batch --retag --framework FILE` tags by toy-1 for {shipped.id} 9, too" in said
    asked = ["--model", "toy-1", "--framework", second.framework.sha256]
    assert run("report", store, "-o", tmp_path / "p.html", *asked).err == ""


def test_store_is_never_written_over(store: Path) -> None:
    before = store.read_bytes()
    outcome = run("report", store, "--output", store)
    assert outcome.code == 2
    assert "it is the store itself" in outcome.err
    assert store.read_bytes() == before
