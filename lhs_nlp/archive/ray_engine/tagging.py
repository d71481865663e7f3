"""What an actor holds: the model, loaded once, and a process that reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from lhs_nlp.archive.batch import PASSAGES_PER_CALL
from lhs_nlp.archive.ray_engine.rows import row_of
from lhs_nlp.archive.ray_engine.stages import Entry, Outcome, Tagged
from lhs_nlp.archive.reading import Failed, Order, Reading, ReadingProcess, Task
from lhs_nlp.archive.repeats import RememberingEncoder
from lhs_nlp.archive.store import claims_of
from lhs_nlp.classifier import BenefitClassifier
from lhs_nlp.errors import LhsNlpError, ReadError
from lhs_nlp.summary import summarise
from lhs_nlp.tagger import Tagger


class DocumentTagger:
    """Reads and tags documents, as many at once as fill the model's batches.

    Parameters
    ----------
    make_tagger
        Loads the model.
    order
        How documents are read.
    model_sha256
        What the model must be: the one of the machine that started the run.

    Raises
    ------
    LhsNlpError
        This machine has another model.
    """

    def __init__(self, make_tagger: Callable[[], Tagger], order: Order, model_sha256: str) -> None:
        tagger = make_tagger()
        bundle = tagger.classifier.bundle
        if bundle.sha256 != model_sha256:
            raise LhsNlpError(
                f"A machine of the cluster has the model {bundle.id} ({bundle.sha256[:12]}), the run was started with "
                f"{model_sha256[:12]}; install the same lhs-nlp and the same model everywhere."
            )
        self._classifier = BenefitClassifier(bundle, tagger.framework, RememberingEncoder(tagger.classifier.encoder))
        self._reader = ReadingProcess(order)

    def outcomes(self, entries: Iterable[Entry]) -> Iterator[Outcome]:
        """Read and tag what is a task; pass on the rest."""
        waiting: list[Reading] = []
        passages = 0
        for entry in entries:
            if not isinstance(entry, Task):
                yield entry
                continue
            reading = self._read(entry)
            if isinstance(reading, Failed):
                yield reading
                continue
            waiting.append(reading)
            passages += len(reading.passages)
            if passages >= PASSAGES_PER_CALL:
                yield from self._tag(waiting)
                waiting, passages = [], 0
        yield from self._tag(waiting)

    def close(self) -> None:
        """End the process that reads."""
        self._reader.close()

    def _read(self, task: Task) -> Reading | Failed:
        answer = self._reader.read(task.data, task.source.name, is_text=task.is_text)
        if isinstance(answer, ReadError):
            return Failed(task.source.name, answer.reason, str(answer), task.sha256)
        document, passages = answer
        # A reader of another package may hash in its own way.
        return Reading(task.source, replace(document, id=task.sha256[:16], sha256=task.sha256), passages)

    def _tag(self, readings: list[Reading]) -> Iterator[Outcome]:
        """Classify the passages of several documents together; one that makes this fail fails alone."""
        try:
            yield from self._tagged(readings)
        except Exception as error:
            if len(readings) > 1:
                for reading in readings:
                    yield from self._tag([reading])
                return
            (reading,) = readings
            name, why = reading.source.name, f"{type(error).__name__}: {error}"
            yield Failed(name, "crashed", f"{name}: the model failed on it ({why}).", reading.document.sha256)

    def _tagged(self, readings: list[Reading]) -> list[Tagged]:
        found = iter(self._classifier.find([passage for reading in readings for passage in reading.passages]))
        framework, bundle = self._classifier.framework, self._classifier.bundle
        tagged = []
        for source, document, passages in ((each.source, each.document, each.passages) for each in readings):
            findings = list(islice(found, len(passages)))
            summary = summarise(document, passages, findings, framework, bundle)
            row = row_of(summary, claims_of(findings, len(framework.benefits)))
            tagged.append(Tagged(source, document.sha256, row, len(passages), document.pages or 0))
        return tagged
