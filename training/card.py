"""The model card, written from the bundle's record and its metrics alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lhs_nlp.bundle import Bundle
from lhs_nlp.framework import Framework
from training.calibrate import MISSED

_HEADINGS = {
    "dev": "Real passages that were never trained on (dev)",
    "files": "Whole real files (PDF, DOCX, HTML, JATS XML), with labels that were never trained on",
    "files_unseen": "Those of the whole files of which the model has seen no passage, be it under another name",
    "held_out": "Real passages that were held out of training, and calibrated on",
    "authored_test": "Authored documents that were never trained on",
}
_WORST = 2
_ENOUGH = 5
"""Passages of a benefit from which its recall in a kind of source is shown."""


def write_card(bundle: Bundle, metrics: Mapping[str, Any], framework: Framework) -> str:
    """Return the card as Markdown."""
    # Markdown, not HTML: nothing to escape, and all values are our own.
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined)  # noqa: S701
    record = bundle.manifest["training"]
    return environment.get_template("card.md.jinja").render(
        bundle=bundle,
        framework=framework,
        presence=" or ".join(f"{each:.2f}" for each in sorted({*bundle.calibration.presence_thresholds})),
        document=bundle.calibration.document,
        missed=MISSED,
        record=record,
        data=record["data"],
        recipe=record["recipe"],
        tables=[_table(metrics[key], framework, heading) for key, heading in _HEADINGS.items() if key in metrics],
        kinds=[_kind(kind, scores, framework) for kind, scores in metrics["dev_by_kind"].items()],
        mistakes=metrics["mistakes"],
        worst=_worst(metrics["dev"], framework),
        statuses=_statuses(metrics["dev"], framework),
    )


def _table(scores: Mapping[str, Any], framework: Framework, heading: str) -> dict[str, Any]:
    passages, documents = scores["passages"], scores["documents"]
    presence, claims, verdicts = passages["presence"], passages["claims"], documents["claims"]
    rows = [
        [
            framework.benefit(benefit).name,
            presence["by_benefit"][benefit]["support"],
            _number(presence["by_benefit"][benefit]["f1"]),
            claims["by_benefit"][benefit]["support"],
            _number(claims["by_benefit"][benefit]["f1"]),
            _number(verdicts["by_benefit"][benefit]["f1"]),
        ]
        for benefit in framework.benefit_ids
    ]
    macros = [_number(part["macro"]["f1"]) for part in (presence, claims, verdicts)]
    rows.append(["**Macro**", "", macros[0], "", macros[1], macros[2]])
    concepts = passages["concepts"]
    return {
        "heading": heading,
        "passages": passages["passages"],
        "documents": passages["documents"],
        "rows": rows,
        "status": _number(passages["status"]["overall"]["accuracy"]),
        "concepts": _number(concepts["overall"]["f1"]) if concepts else "not measured",
        "ece": {
            "presence": _number(presence["pooled"]["ece"]),
            "claims": _number(claims["pooled"]["ece"]),
            "document": _number(verdicts["pooled"]["ece"]),
        },
        "review": _number(documents["band"]["review"]),
        "missed": _number(documents["band"]["missed"]),
        "missed_by_benefit": [
            f"{benefit.name.lower()} {_number(documents['band_by_benefit'][benefit.id]['missed'])}"
            for benefit in framework.benefits
        ],
    }


def _kind(kind: str, scores: Mapping[str, Any], framework: Framework) -> list[Any]:
    passages = scores["passages"]
    benefits = passages["presence"]["by_benefit"]
    known = [benefit for benefit in framework.benefit_ids if benefits[benefit]["support"] >= _ENOUGH]
    least = min(known, key=lambda benefit: benefits[benefit]["recall"]["value"], default=None)
    return [
        kind,
        passages["passages"],
        _number(passages["presence"]["pooled"]["f1"]),
        _number(passages["claims"]["pooled"]["f1"]),
        f"{framework.benefit(least).name.lower()}, {benefits[least]['recall']['value']:.2f}" if least else "-",
    ]


def _worst(dev: Mapping[str, Any], framework: Framework) -> list[str]:
    """Return the names of the benefits whose claims are found least well."""
    f1 = {benefit: scores["f1"]["value"] for benefit, scores in dev["passages"]["claims"]["by_benefit"].items()}
    known = sorted((benefit for benefit in f1 if f1[benefit] is not None), key=lambda benefit: f1[benefit])
    return [framework.benefit(benefit).name.lower() for benefit in known[:_WORST]]


def _statuses(dev: Mapping[str, Any], framework: Framework) -> list[str]:
    shares = dev["passages"]["status"]["by_status"]
    return [f"{status.name.lower()} {_number(shares[status.id]['accuracy'])}" for status in framework.statuses]


def _number(estimate: Mapping[str, Any]) -> str:
    """E.g. ``0.71 (0.66 to 0.75)``; a dash where it is not defined."""
    if estimate["value"] is None:
        return "-"
    interval = f" ({estimate['low']:.2f} to {estimate['high']:.2f})" if estimate.get("low") is not None else ""
    return f"{estimate['value']:.2f}{interval}"
