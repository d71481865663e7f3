"""What people decided: passages with the labels that they should have."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lhs_nlp.errors import GoldError
from lhs_nlp.evaluate import Gold
from lhs_nlp.evaluate.gold import known_labels, known_text, status_matrix
from lhs_nlp.evaluate.labelling_tools import read_labelled_lines
from lhs_nlp.evaluate.lines import Line
from lhs_nlp.framework import Framework

if TYPE_CHECKING:
    from lhs_nlp.corrections import LabelledPassage


@dataclass(frozen=True, slots=True)
class Correction:
    """A passage as a person labelled it.

    Attributes
    ----------
    id
        Of the passage.
    doc
        Of its document: passages of one document are never learned from to measure each other.
    text
        Its words.
    labels
        Benefit id to status id; empty where it carries none.
    """

    id: str
    doc: str
    text: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Corrections:
    """Corrections that no other one repeats or contradicts, in an order of their own.

    Attributes
    ----------
    passages
        One a text.
    repeated
        How many were left out, as another says the same of the same text.
    contradicted
        Ids of those that were left out, as another says something else of the same text.
    elsewhere
        How many of the passages were decided on in results for another framework.
    with_concepts
        How many came with key concepts, which are not learned.
    partly
        Of how many of the passages nobody decided on some benefits: there they say what the model had found.
    """

    passages: tuple[Correction, ...]
    repeated: int
    contradicted: tuple[str, ...]
    elsewhere: int = 0
    with_concepts: int = 0
    partly: int = 0

    @property
    def documents(self) -> int:
        """How many documents the passages are of."""
        return len({passage.doc for passage in self.passages})

    @property
    def sha256(self) -> str:
        """Hash of documents, texts and labels, whatever the order in which they were given."""
        rows = [[passage.doc, passage.text, sorted(passage.labels.items())] for passage in self.passages]
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()

    def to_gold(self, framework: Framework) -> Gold:
        """Return the passages as arrays; their key concepts are not known."""
        return Gold.of_statuses(
            ids=tuple(passage.id for passage in self.passages),
            docs=tuple(passage.doc for passage in self.passages),
            texts=tuple(passage.text for passage in self.passages),
            status=status_matrix([passage.labels for passage in self.passages], framework),
            framework=framework,
        )


def read_corrections(path: Path, framework: Framework) -> Corrections:
    """Read corrections as `evaluate` reads labelled passages: each has `id`, `text` and `labels`.

    `doc` may be absent: the passage is then a document of its own.

    Raises
    ------
    GoldError
        The file is missing, empty or malformed, a text is blank, an id comes twice, or a label
        is not in the framework; the message names file and line. Or all contradict each other.
    """
    lines = read_labelled_lines(path)
    found = settle(_correction(line, framework) for line in lines)
    with_concepts = sum(bool(line.data.get("concepts")) for line in lines)
    return _one_at_least(replace(found, with_concepts=with_concepts), path)


def decided_in(store: Path, framework: Framework, *, blind: bool = False) -> Corrections:
    """Read what reviewers decided in a store, on the results of any model.

    Where passages of several models' results have the same text, the newest results count, but for benefits that
    somebody decided on in older ones alone: there the newest have only what their model says.

    Parameters
    ----------
    store
        Made by `lhs-nlp batch`, decided on in `lhs-nlp serve`.
    framework
        Of the labels; what was decided on results for one with other benefits or statuses is left out.
    blind
        Whether reviewers worked independently: then documents count that two have read to their end.

    Raises
    ------
    GoldError
        Nothing was decided yet, or on results for frameworks with other benefits or statuses alone, or all of it
        contradicts itself.
    StoreError
        There is no such store.
    """
    from lhs_nlp.archive import Store
    from lhs_nlp.corrections import labelled, labelled_passages

    found: dict[str, list[LabelledPassage]] = {}
    elsewhere: set[str] = set()
    with Store(store, create=False) as opened:
        newest_first = opened.taggings()[::-1]
        for tagging in newest_first:
            if not framework.labels_like(tagging.framework):
                continue
            rows: defaultdict[str, list[LabelledPassage]] = defaultdict(list)
            for row in labelled_passages(opened, tagging, blind=blind):
                rows[normalised(row.text)].append(row)
            if tagging.framework.sha256 != framework.sha256:
                elsewhere.update(rows.keys() - found.keys())
            found |= {
                text: [_with_older(row, own) for row in found[text]] if text in found else own
                for text, own in rows.items()
            }
        if not found:
            decided = (tagging.framework for tagging in newest_first if any(labelled(opened, tagging, blind=blind)))
            raise GoldError(f"{store}: {_undecided(framework, next(decided, None), blind=blind)}")
    settled = settle(Correction(row.id, row.doc, row.text, row.labels) for rows in found.values() for row in rows)
    wholly = {text for text, rows in found.items() if any(row.decided >= {*framework.benefit_ids} for row in rows)}
    texts = [normalised(passage.text) for passage in settled.passages]
    foreign, partly = sum(text in elsewhere for text in texts), sum(text not in wholly for text in texts)
    return _one_at_least(replace(settled, elsewhere=foreign, partly=partly), store)


def _with_older(newer: LabelledPassage, older: Sequence[LabelledPassage]) -> LabelledPassage:
    """Return a passage with what was decided on its text in older results, where nobody did in the newer ones."""
    labels, decided = dict(newer.labels), set(newer.decided)
    for benefit in frozenset[str]().union(*(row.decided for row in older)) - newer.decided:
        said = {row.labels.get(benefit) for row in older if benefit in row.decided}
        if len(said) == 1:
            decided.add(benefit)
            labels.pop(benefit, None)
            if (status := said.pop()) is not None:
                labels[benefit] = status
    return replace(newer, labels=labels, decided=frozenset(decided))


def settle(corrections: Iterable[Correction]) -> Corrections:
    """Keep one correction a text, and none of a text that is labelled in two ways.

    Texts that differ in blanks alone are the same. The order follows from documents and
    texts, so that the same corrections in another order teach the same.
    """
    by_text: dict[str, list[Correction]] = {}
    for correction in sorted(corrections, key=lambda each: (each.doc, each.text, each.id)):
        by_text.setdefault(normalised(correction.text), []).append(correction)
    groups = by_text.values()
    agreed = [group for group in groups if _agree(group)]
    return Corrections(
        passages=tuple(group[0] for group in agreed),
        repeated=sum(len(group) - 1 for group in agreed),
        contradicted=tuple(each.id for group in groups if not _agree(group) for each in group),
    )


def normalised(text: str) -> str:
    """Return a text with single blanks between its words: what makes it the same as another."""
    return " ".join(text.split())


def _undecided(framework: Framework, other: Framework | None, *, blind: bool) -> str:
    """Say that nothing was decided for a framework, and for which other one it was."""
    if other:
        return (
            f"what was decided in it is on results for another framework ({other.id}, version {other.version}, SHA-256 "
            f"{other.sha256[:12]}), with other benefits or statuses than {framework.id} with the SHA-256 "
            f"{framework.sha256[:12]}; a model learns it in that one, whose file --framework names."
        )
    decided = "no document was read to its end by two reviewers" if blind else "nothing was decided in it yet"
    return f"{decided} for the framework {framework.id}; read and correct documents with `lhs-nlp serve`."


def _one_at_least(found: Corrections, source: Path) -> Corrections:
    if not found.passages:
        raise GoldError(f"{source}: every text is labelled in two ways; decide which is right and remove the others.")
    return found


def _agree(group: Sequence[Correction]) -> bool:
    return all(each.labels == group[0].labels for each in group)


def _correction(line: Line, framework: Framework) -> Correction:
    doc = line.id if line.data.get("doc") is None else line.name("doc")
    return Correction(line.id, doc, known_text(line), known_labels(line, framework))
