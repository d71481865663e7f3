"""The folder of Parquet files that runs fill: `documents`, `sources` and `failures`.

Results lie in ``documents/model_sha256=…/framework_sha256=…/``, one row a document. `sources` and
`failures` say of each place what was true when a run looked at it; of several rows the one with
the latest `run_at` counts, and a failure before a source. A file is there whole or not at all,
and named by what is in it, so that work that is done twice replaces its file.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from lhs_nlp.archive.feed import Known, Repeat
from lhs_nlp.archive.old_failures import holders_of
from lhs_nlp.archive.ray_engine.contents import Keys, keys_of
from lhs_nlp.archive.ray_engine.rows import schema_of
from lhs_nlp.archive.ray_engine.stages import Outcome, Tagged
from lhs_nlp.archive.reading import Failed
from lhs_nlp.archive.sources.urls import without_credentials
from lhs_nlp.archive.store.columns import storable, to_json
from lhs_nlp.archive.store.types import Source
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.framework import Framework

if TYPE_CHECKING:
    import pyarrow as pa

DOCUMENTS, SOURCES, FAILURES = "documents", "sources", "failures"

_READ_AT_ONCE = 16
_NEVER = datetime.min.replace(tzinfo=UTC)


class Output:
    """Where the results of a model for a framework go.

    Parameters
    ----------
    url
        A folder, or any URL of one that fsspec knows; made when there is none.
    model, model_sha256
        Name and hash of the bundle.
    framework
        What is looked for.

    Raises
    ------
    LhsNlpError
        fsspec does not know the kind of URL, or needs another package for it.
    """

    def __init__(self, url: str, model: str, model_sha256: str, framework: Framework) -> None:
        from fsspec.core import url_to_fs

        self.name = without_credentials(url)
        self.model, self.model_sha256, self.framework = model, model_sha256, framework
        try:
            self._fs, self._root = url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise LhsNlpError(f"{self.name}: cannot be opened: {error}. Install what fsspec needs for it.") from error
        self._results = f"{DOCUMENTS}/model_sha256={model_sha256}/framework_sha256={framework.sha256}"

    def contents(self, *, retag: bool = False) -> tuple[Keys, Keys]:
        """Return the contents that have results, and those that other models or frameworks alone have.

        With `retag` the latter are none: they are to be tagged too.
        """
        mine = self._parts(self._results)
        others = set() if retag else set(self._parts(DOCUMENTS)) - set(mine)
        return self._contents(mine), self._contents(sorted(others))

    def documents(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of results, one file at a time in memory."""
        for part in self._parts(self._results):
            yield from self._read(part).to_pylist()

    def places(self) -> list[dict[str, Any]]:
        """Return what the last run that looked at each place found there, in the order of names.

        The failure of an archive, a table or a folder is over when a later run found something in it.

        Returns
        -------
        list of dict
            ``source``, ``sha256``, and ``metadata`` of a document, or ``reason`` and ``message`` of a failure.
        """
        parts = [*self._parts(SOURCES), *self._parts(FAILURES)]
        rows = [row for part in parts for row in self._read(part).to_pylist()]
        rows.sort(key=lambda row: row["run_at"])  # of the same run failures stay behind
        latest: dict[str, dict[str, Any]] = {}
        for row in rows:
            latest.pop(row["source"], None)  # so that what was found last is last
            latest[row["source"]] = row
        opened = {holder: row["run_at"] for row in latest.values() for holder in holders_of(row["source"])}
        over = {
            source for source, row in latest.items() if "reason" in row and row["run_at"] < opened.get(source, _NEVER)
        }
        return [latest[source] for source in sorted(latest.keys() - over)]

    def write(self, outcomes: Iterable[Outcome], run_at: datetime) -> None:
        """Write what became of things that were found: results first, then the places that point to them.

        Parameters
        ----------
        outcomes
            What became of them; what was left out or refused is not written.
        run_at
            When the run began, in UTC.
        """
        results: dict[str, Mapping[str, Any]] = {}
        sources, failures = [], []
        for outcome in outcomes:
            match outcome:
                case Tagged(source, sha256, row) if row is not None:
                    results[sha256] = row
                    sources.append(_source(source, sha256))
                case Known(source, sha256) | Repeat(source, sha256):
                    sources.append(_source(source, sha256))
                case Failed(source, reason, message, sha256):
                    failures.append((storable(source), sha256, reason, storable(message)))
        self._write(self._results, list(results.values()), schema_of(self.framework))
        self._write(SOURCES, *_table(("source", "sha256", "metadata"), sources, run_at))
        self._write(FAILURES, *_table(("source", "sha256", "reason", "message"), failures, run_at))

    def _write(self, folder: str, rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        if not rows:
            return
        file = io.BytesIO()
        parquet.write_table(pa.Table.from_pylist(rows, schema), file, compression="zstd")
        named = "\n".join(sorted(f"{row['sha256']} {row['source']}" for row in rows))
        name = f"part-{hashlib.sha256(named.encode()).hexdigest()[:32]}.parquet"
        self._put(posixpath.join(self._root, folder), name, file.getvalue())

    def _put(self, folder: str, name: str, data: bytes) -> None:
        """Write a file under a hidden name, so that it has its own only when it is whole."""
        partial = posixpath.join(folder, f".{name}-{uuid.uuid4().hex}")
        try:
            self._fs.makedirs(folder, exist_ok=True)
            self._fs.pipe_file(partial, data)
            self._fs.mv(partial, posixpath.join(folder, name))
        except Exception as error:  # each file system has errors of its own
            why = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise LhsNlpError(f"{self.name}: cannot be written ({why}).") from error

    def _parts(self, folder: str) -> list[str]:
        self._fs.invalidate_cache()
        found = self._fs.find(posixpath.join(self._root, folder))
        return sorted(path for path in found if posixpath.basename(path).startswith("part-"))

    def _contents(self, parts: Sequence[str]) -> Keys:
        with ThreadPoolExecutor(_READ_AT_ONCE) as pool:
            columns = pool.map(lambda part: self._read(part, ["sha256"]).column(0).to_pylist(), parts)
            return keys_of(sha256 for column in columns for sha256 in column)

    def _read(self, part: str, columns: list[str] | None = None) -> pa.Table:
        from pyarrow import parquet

        try:
            with self._fs.open(part, "rb") as file:
                return parquet.ParquetFile(file).read(columns)
        except Exception as error:  # each file system has errors of its own
            name = without_credentials(self._fs.unstrip_protocol(part))
            raise LhsNlpError(
                f"{name}: not read as Parquet ({error}); delete it, and the same command makes it again."
            ) from error


def _source(source: Source, sha256: str) -> tuple[str, str, str]:
    return storable(source.name), sha256, to_json(dict(source.metadata))


def _table(
    columns: tuple[str, ...], rows: Sequence[tuple[str | None, ...]], run_at: datetime
) -> tuple[list[dict[str, Any]], pa.Schema]:
    import pyarrow as pa

    schema = pa.schema([*((name, pa.string()) for name in columns), ("run_at", pa.timestamp("us", "UTC"))])
    return [dict(zip(columns, row, strict=True), run_at=run_at) for row in rows], schema
