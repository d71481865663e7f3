"""Files that hold many documents, and that a command takes for one."""

from __future__ import annotations

from pathlib import PurePath

from lhs_nlp.archive.sources.tables import is_table

_REFERENCES = (".ris", ".nbib", ".bib", ".enw")


def hint_of(name: str) -> str | None:
    """Return the sentence that says what reads a file's entries one by one; None for a file that is one document."""
    if is_table(name):
        return f"{name}: taken for one document; `lhs-nlp batch --text-column NAME` reads a table row by row."
    if PurePath(name).suffix.lower() == ".json":
        by_row = "`lhs-nlp batch --text-column NAME` reads JSON lines (.jsonl) row by row"
        return f"{name}: taken for one document; {by_row}, so save it as such if it is a table."
    if PurePath(name).suffix.lower() in _REFERENCES:
        return f"{name}: taken for one document; `lhs-nlp review` reads references one by one."
    return None
