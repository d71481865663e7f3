"""Files behind URLs, by fsspec: ``s3://``, ``gs://``, ``https://``, ``memory://`` and all others that it knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from lhs_nlp.archive.sources.folders import is_hidden
from lhs_nlp.archive.sources.reaching import unreachable
from lhs_nlp.archive.sources.types import File, Ignored, failure
from lhs_nlp.archive.sources.urls import is_web, path_of, without_credentials
from lhs_nlp.errors import LhsNlpError, ReadError
from lhs_nlp.report.failure import Failure

_MAGIC = re.compile(r"[*\[]")  # no question mark: it begins a query
_SMALL = 5_000_000
_PORTION = 1_000_000
_LARGEST_COPY = 2_000_000_000


def remote_files(url: str) -> Iterator[File | Failure | Ignored]:
    """Yield the file at a URL, the files below it, or the files and folders that its pattern matches, in order.

    Raises
    ------
    LhsNlpError
        fsspec does not know the kind of URL, or needs another package for it.
    """
    from fsspec.core import url_to_fs

    shown = without_credentials(url)
    try:
        fs, root = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise LhsNlpError(f"{shown}: cannot be opened: {error}. Install what fsspec needs for it.") from error
    except Exception as error:  # each file system has errors of its own
        yield failure(shown, unreachable(shown, error))
        return
    try:
        yield from _Place(fs, root, shown).files()
    except Exception as error:
        yield failure(shown, unreachable(shown, error))


@dataclass(frozen=True, slots=True)
class _Place:
    """What a URL leads to: `root` in a file system of fsspec, which has no types."""

    fs: Any
    root: str
    url: str

    def files(self) -> Iterator[File | Failure | Ignored]:
        if _MAGIC.search(self.url):
            yield from self._matching()
        elif self._is_folder():
            yield from self._below(self.root)
        else:
            yield replace(self._file(self.root, self.fs.info(self.root)), named=True)

    def _matching(self) -> Iterator[File | Ignored]:
        """Yield what a pattern matches; with ``**`` it goes through folders, and they are not yielded."""
        for path, info in sorted(self.fs.glob(self.root, detail=True).items()):
            if any(map(is_hidden, path.split("/"))):
                continue
            if info["type"] == "file":
                yield self._file(path, info)
            elif "**" not in self.url:
                yield Ignored(self._name(path.rstrip("/")), is_folder=True)

    def _is_folder(self) -> bool:
        # To fsspec every page with links is a folder of the web.
        return path_of(self.url)[-1:] in ("", "/") if is_web(self.url) else self.fs.isdir(self.root)

    def _below(self, folder: str) -> Iterator[File | Failure]:
        """Walk a folder; fsspec's own walk passes over folders that cannot be listed without a word."""
        try:
            entries = sorted(self.fs.ls(folder, detail=True), key=lambda info: str(info["name"]))
        except Exception as error:
            yield failure(self._name(folder), unreachable(self._name(folder), error))
            return
        for info in entries:
            path = info["name"].rstrip("/")
            # Some stores keep an empty file of the folder's own name in it.
            if is_hidden(path.rsplit("/", 1)[-1]) or path == folder.rstrip("/"):
                continue
            if info["type"] == "directory":
                yield from self._below(path)
            else:
                yield self._file(info["name"], info)

    def _file(self, path: str, info: dict[str, Any]) -> File:
        name, size = self._name(path), info.get("size")
        if not is_web(self.url):
            return File(name, partial(self.fs.open, path, "rb"), size, remote=True)
        # Any size will do, so that it does not ask for one once more.
        whole = partial(self.fs.open, path, "rb", block_size=0, size=size or 1)
        parts = partial(self.fs.open, path, "rb", size=size)
        return File(name, whole, size, remote=True, open_parts=partial(_open_parts, name, size, whole, parts))

    def _name(self, path: str) -> str:
        """Return a path as the user would name it, whatever the file system makes of it."""
        if not self.root.strip("/"):
            return f"{self.url.rstrip('/')}/{path.lstrip('/')}"
        root, url = (
            _MAGIC.split(each)[0].rpartition("/")[0] if _MAGIC.search(each) else each.rstrip("/")
            for each in (self.root, self.url)
        )
        inside = path == root or path.startswith(f"{root}/")
        return url + path[len(root) :] if inside else without_credentials(self.fs.unstrip_protocol(path))


def _open_parts(name: str, size: int | None, whole: Callable[[], BinaryIO], parts: Callable[[], BinaryIO]) -> BinaryIO:
    """Open a file of the web to be read from any place: a copy when it is small, or its server gives it only whole."""
    if size is not None and size > _SMALL:
        file = parts()
        try:
            file.seek(1)
            file.read(1)
            file.seek(0)
            return file
        except ValueError:  # so fsspec says that the server does not know of parts
            file.close()
    with whole() as file:
        return _copy(name, file)


def _copy(name: str, file: BinaryIO) -> BinaryIO:
    copy = cast(BinaryIO, SpooledTemporaryFile(_SMALL))
    try:
        while portion := file.read(_PORTION):
            copy.write(portion)
            if copy.tell() > _LARGEST_COPY:
                large = f"its server gives it only as a whole, and that is more than {_LARGEST_COPY / 1e9:.0f} GB"
                raise ReadError(f"{name}: {large}; download it, and name the copy.", "too_large")
        copy.seek(0)
    except BaseException:
        copy.close()
        raise
    return copy
