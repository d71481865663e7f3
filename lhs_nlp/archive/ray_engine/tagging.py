"""What an actor holds: the model, loaded once, and a process that reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lhs_nlp.archive.batch import PASSAGES_PER_CALL
from lhs_nlp.archive.ray_engine.rows import row_of
from lhs_nlp.archive.ray_engine.stages import Entry, Outcome, Tagged
from lhs_nlp.archive.reading import Failed, Order, Reading, ReadingProcess, Task, read_task
from lhs_nlp.archive.repeats import remembering
from lhs_nlp.archive.waiting import TaggedDocument, tagged
from lhs_nlp.errors import LhsNlpError
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
        self._classifier = remembering(tagger.classifier)
        self._reader = ReadingProcess(order)

    def outcomes(self, entries: Iterable[Entry]) -> Iterator[Outcome]:
        """Read and tag what is a task; pass on the rest."""
        waiting: list[Reading] = []
        passages = 0
        for entry in entries:
            if not isinstance(entry, Task):
                yield entry
                continue
            reading = read_task(self._reader, entry)
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
        return [_as_row(result) for result in tagged(readings, self._classifier)]


def _as_row(result: TaggedDocument) -> Tagged:
    summary = result.summary
    document, row = summary.document, row_of(summary, result.claims)
    return Tagged(result.source, document.sha256, row, len(summary.passages), document.pages or 0)
