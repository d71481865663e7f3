"""What is wrong with the authored documents: form, labels, duplicates, leaks between splits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from lhs_nlp.framework import Framework
from training.corpora.documents import Row, passage_rows
from training.corpora.duplicates import find_near_duplicates
from training.corpora.labels import label_problems
from training.corpora.schema import schema_problems


def find_problems(
    documents: Mapping[str, Row], framework: Framework, public: Mapping[str, str] | None = None
) -> list[str]:
    """Return what is wrong with documents, one sentence a problem; [] when all is well.

    Parameters
    ----------
    documents
        By file name, as `read_documents` returns them. As a file is one document of one
        split, a document that stands in both would be there twice: ids and titles are unique.
    framework
        Whose benefits, statuses, key concepts, stakeholders and dimensions labels may name.
    public
        Texts of public passages by id, none of which an authored passage may repeat.
    """
    form = list(chain.from_iterable(_form(name, document) for name, document in documents.items()))
    if form:
        return form  # What follows relies on the form.
    rows = [row for document in documents.values() for row in passage_rows(document)]
    return [
        *_twice(documents, "id"),
        *_twice(documents, "title"),
        *(f"{row['id']} {problem}." for row in rows for problem in label_problems(row, framework)),
        *repeated({row["id"]: row["text"] for row in rows}, public),
    ]


def repeated(texts: Mapping[str, str], public: Mapping[str, str] | None) -> Iterator[str]:
    """Yield the authored passages that repeat one another or a public one."""
    pairs = find_near_duplicates(texts)
    pairs += find_near_duplicates(texts, public) if public else []
    for pair in pairs:
        yield f"{pair.first} repeats {pair.second}: {pair.shared:.2f} of their runs of eight words are shared."


def _form(name: str, document: Row) -> Iterator[str]:
    yield from (f"{name}: {problem}." for problem in schema_problems(document, "document"))
    if name != f"{document.get('id')}.json":
        yield f"{name}: must be named after its id, {document.get('id')!r}."


def _twice(documents: Mapping[str, Row], key: str) -> Iterator[str]:
    counts = Counter(document[key].casefold() for document in documents.values())
    for name, document in documents.items():
        if counts[document[key].casefold()] > 1:
            yield f"{name}: another document has its {key}, {document[key]!r}, too."
