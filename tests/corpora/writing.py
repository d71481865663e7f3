"""Small corpora to write to files: documents in the authors' format, and public texts to join labels to."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

CLAIM: dict[str, Any] = {
    "labels": {"safety": "achieved"},
    "concepts": {"safety": ["harm_prevention"]},
    "stakeholders": ["patients_families"],
}


def passage(text: str = "Falls on the ward fell by a third.", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a passage of an authored document, without a benefit unless one is given."""
    return {"section": "Results", "text": text, "labels": {}, "concepts": {}, "stakeholders": []} | more


def document(doc: str, *passages: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return an authored document."""
    about = {"title": f"Report {doc}", "kind": "qi_report", "country": "Kenya", "setting": "ward", "split": "train"}
    return {"id": doc} | about | {"passages": list(passages)} | more


def by_name(*documents: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return documents by file name, as they are read."""
    return {f"{entry['id']}.json": entry for entry in documents}


def write_documents(folder: Path, *documents: Mapping[str, Any]) -> Path:
    """Write documents, each to a file that is named after it."""
    folder.mkdir(parents=True, exist_ok=True)
    for entry in documents:
        (folder / f"{entry['id']}.json").write_text(json.dumps(entry), encoding="utf-8")
    return folder


def write_lines(path: Path, *rows: Mapping[str, Any]) -> Path:
    """Write rows as JSON lines, packed if the name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def public_passage(number: int, text: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a labelled passage of a public document."""
    about = {"title": "A trial", "kind": "abstract", "source": "somewhere", "index": number, "of": 2}
    near = {"before": "", "text": text, "after": ""}
    return {"id": f"set:d#{number}", "doc": "set:d"} | about | near | {"labels": {}} | more


def write_public(
    shared: Path,
    *,
    train: Iterable[dict[str, Any]],
    dev: Iterable[dict[str, Any]] = (),
    documents: Any = (),  # noqa: ANN401
) -> Path:
    """Write a folder of public texts."""
    write_lines(shared / "passages" / "train.jsonl", *train)
    write_lines(shared / "passages" / "dev.jsonl", *dev)
    write_lines(shared / "unlabelled" / "documents.jsonl.gz", *documents)
    return shared
