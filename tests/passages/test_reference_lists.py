from __future__ import annotations

import pytest

from lhs_nlp.documents import read_bytes, read_text
from lhs_nlp.passages import split_document
from tests.passages.writing import document

AIM = "We aim to cut waits at the clinic by a third within two years."
ENTRIES = (
    "1. Moss A, Fern BC. A checklist lowers medication errors on wards. J Made Up. 2015;11(2):100-105.",
    "2. Reed D, et al. Calls after discharge raise satisfaction. Ward Rev 2012. https://example.org/2",
    "[3] Brook L. Fewer falls at lower cost. Ward Rev 2013;4:45\u201351.",
    "Stone, E. F., & Hill, G. (2019). Fair access to dialysis. Made Studies, 3, 33-41.",
    "Lake, Ida. \u201cCheaper stays.\u201d Journal of Inventions, vol. 2, no. 4, 2016, pp. 5-18.",
)


def texts(*blocks: tuple[str, str]) -> list[str]:
    return [passage.text for passage in split_document(document(*blocks))]  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["paragraph", "item"])
@pytest.mark.parametrize("entry", ENTRIES)
def test_entries_below_a_heading_that_names_them_are_no_passages(entry: str, kind: str) -> None:
    assert texts(("paragraph", AIM), ("heading", "References"), (kind, entry), (kind, entry)) == [AIM]


@pytest.mark.parametrize(
    "name",
    [
        "REFERENCES",
        "References:",
        "5. References",
        "VI. Bibliography",
        "Works cited",
        "List of References",
        "7. Literature",
        "Software references",
        "A. Additional Key References",
        "BIBLIOGRAPHY & REFERENCES CITED",
        "Bibliography and References Cited",
        "Citations",
    ],
)
def test_names_are_known_with_numbers_and_in_capitals(name: str) -> None:
    assert texts(("paragraph", AIM), ("heading", name), *(("item", entry) for entry in ENTRIES)) == [AIM]


def test_name_that_no_heading_was_made_of_begins_a_list_as_well() -> None:
    made = read_text(f"{AIM}\n\nReferences\n" + "\n".join(ENTRIES[:2]))
    assert [passage.text for passage in split_document(made)] == [AIM]


def test_list_below_a_name_that_is_no_heading_stands_in_no_passage_around_it() -> None:
    blocks = [("paragraph", AIM), ("paragraph", "References"), *(("item", entry) for entry in ENTRIES)]
    assert texts(*blocks, ("paragraph", AIM)) == [AIM, AIM]


def test_what_follows_under_another_heading_is_read() -> None:
    after = "Patients were asked whether they would come again."
    blocks = [("paragraph", AIM), ("heading", "References"), ("item", ENTRIES[0]), ("heading", "Appendix")]
    passages = split_document(document(*blocks, ("paragraph", after)))  # type: ignore[arg-type]
    assert [(passage.text, passage.section) for passage in passages] == [(AIM, None), (after, "Appendix")]


def test_what_follows_the_last_entry_is_read_in_its_section() -> None:
    after = "The project was paid for by the region."
    blocks = [("paragraph", AIM), ("heading", "References"), ("item", ENTRIES[0]), ("paragraph", after)]
    passages = split_document(document(*blocks))  # type: ignore[arg-type]
    assert [(passage.text, passage.section) for passage in passages] == [(AIM, None), (after, "References")]


@pytest.mark.parametrize(
    "other",
    [
        "References are available upon request.",
        "In 2019 we cut waits at a hospital in the north by a fifth, and in 2021 we trained its nurses to keep it so.",
    ],
)
def test_other_text_under_such_a_heading_is_read(other: str) -> None:
    assert texts(("paragraph", AIM), ("heading", "References"), ("paragraph", other)) == [AIM, other]


def test_review_of_the_literature_is_read() -> None:
    review = (
        "Rounds at night cut falls by a third (Moss et al., 2015), and calls after discharge made patients more "
        "content with their care (Reed et al. 2012; Brook et al. 2013)."
    )
    assert texts(("paragraph", AIM), ("heading", "Literature"), ("paragraph", review)) == [AIM, review]


def test_entries_under_another_heading_are_read() -> None:
    assert len(texts(("paragraph", AIM), ("heading", "Our publications"), ("item", ENTRIES[0]))) == 2


def test_longer_name_is_one_of_a_heading_alone() -> None:
    for kind, name in (("paragraph", "Software references"), ("heading", "How we used these references")):
        assert ENTRIES[0] in " ".join(texts(("paragraph", AIM), (kind, name), ("item", ENTRIES[0])))


def test_document_of_nothing_else_has_its_entries_as_passages() -> None:
    assert texts(("heading", "References"), ("item", ENTRIES[0]))


def test_list_of_a_page_is_left_out_and_stays_in_the_text() -> None:
    items = "".join(f"<li>{entry}</li>" for entry in ENTRIES)
    made = read_bytes(
        f"<html><body><h1>Plan</h1><p>{AIM}</p><h2>References</h2><ol>{items}</ol></body></html>".encode(),
        name="plan.html",
    )
    assert [passage.text for passage in split_document(made)] == [AIM]
    assert "Fair access to dialysis" in made.text


@pytest.mark.parametrize("run", ["References\n\n", "A'", "A B ", "Moss, A. ", "2019 ", "# Key references\n\n"])
def test_long_runs_are_read(run: str) -> None:
    passages = split_document(read_text(f"{AIM}\n\nReferences\n\n{run * (20_000 // len(run))}\n\n2019"))
    assert passages[0].text.startswith(AIM)
