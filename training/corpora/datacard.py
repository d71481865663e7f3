"""The data card of the corpora, written from their files alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lhs_nlp.framework import Framework
from training.corpora import counts
from training.corpora.corrections import read_corrections
from training.corpora.documents import LONGEST, SHORTEST, SPLITS, passage_rows, read_documents, read_rows
from training.corpora.labels import claims
from training.corpora.standoff import CORRECTIONS

AGREEMENT = "agreement.json"
"""What ``lhs-nlp agreement --format json`` wrote of the two labellings."""

_TASKS = ("presence", "claims", "status")


def write_datacard(corpora: Path, framework: Framework) -> str:
    """Return the card of a folder of corpora as Markdown.

    Parameters
    ----------
    corpora
        With ``authored/``, ``standoff/`` and, once they were measured, an ``agreement.json`` of each.
    framework
        Of the labels.
    """
    documents = list(read_documents(corpora / "authored").values())
    rows = [row for document in documents for row in passage_rows(document)]
    split_of = {document["id"]: document["split"] for document in documents}
    in_split = [(split, [row for row in rows if split_of[row["doc"]] == split]) for split in SPLITS]
    # Markdown, not HTML: nothing to escape, and all values are our own.
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined)  # noqa: S701
    card = environment.get_template("datacard.md.jinja").render(
        framework=framework,
        documents=documents,
        rows=rows,
        share=_share,
        statuses=[status.name.lower() for status in framework.statuses],
        split_heads=[f"{split}: {what}" for split in SPLITS for what in ("documents", "passages")],
        by_split=[row[:3] for row in counts.count_by(documents, "split", SPLITS)],
        by_kind=counts.count_by(documents, "kind", SPLITS),
        by_country=counts.count_by(documents, "country", SPLITS),
        labels=[(split, counts.count_labels(part, framework)) for split, part in in_split],
        benefits=counts.count_benefits(rows),
        empty=sum(not row["labels"] for row in rows),
        several=sum(len(row["labels"]) > 1 for row in rows),
        unsure=sum(row.get("unsure", False) for row in rows),
        claimed=sum(claims(row["labels"], framework) for row in rows),
        dimensions=counts.count_dimensions(rows, framework),
        stakeholders=counts.count_stakeholders(rows, framework),
        concepts=counts.count_concepts(rows, framework),
        lengths=counts.measure_lengths(rows),
        shortest=SHORTEST,
        longest=LONGEST,
        standoff=list(_standoff(corpora / "standoff", framework)),
        corrections=len(read_corrections(corpora / "standoff")),
        agreement=_agreement(corpora / AGREEMENT, framework),
        standoff_agreement=_agreement(corpora / "standoff" / AGREEMENT, framework),
    )
    # Blocks of the template that show nothing leave their line ends behind.
    return re.sub(r"\n{3,}", "\n\n", card).strip() + "\n"


def _agreement(path: Path, framework: Framework) -> dict[str, Any] | None:
    if not path.exists():
        return None
    agreement = json.loads(path.read_text(encoding="utf-8"))
    kappas = [
        [benefit.name, *(_kappa(agreement[task]["by_benefit"][benefit.id]) for task in _TASKS)]
        for benefit in framework.benefits
    ]
    pooled = ["**All**", *(_kappa(agreement[task]["pooled"]) for task in _TASKS)]
    return {"passages": agreement["passages"], "documents": agreement["documents"], "kappas": [*kappas, pooled]}


def _kappa(entry: Mapping[str, Any]) -> str:
    """E.g. ``0.91 (0.88 to 0.94)``; a dash where it is not defined."""
    kappa = entry["kappa"]
    if kappa["value"] is None:
        return "-"
    # What was measured before intervals without width were left out may still hold one.
    known = kappa["low"] is not None and kappa["low"] < kappa["high"]
    interval = f" ({kappa['low']:.2f} to {kappa['high']:.2f})" if known else ""
    return f"{kappa['value']:.2f}{interval}"


def _standoff(folder: Path, framework: Framework) -> Iterator[tuple[str, int, int, counts.Table]]:
    for path in sorted(folder.glob("*.jsonl")):
        if path.name != CORRECTIONS:
            rows = read_rows(path)
            yield path.name, len(rows), len({row["doc"] for row in rows}), counts.count_labels(rows, framework)


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({100 * part / whole:.1f} %)"
