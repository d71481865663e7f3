"""Files behind URLs, by fsspec: ``s3://``, ``gs://``, ``https://``, ``memory://`` and all others that it knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from lhs_nlp.archive.sources.folders import is_hidden
from lhs_nlp.archive.sources.types import File, failure, unreachable
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.report.failure import Failure

_URL = re.compile(r"[A-Za-z][\w+.-]*://|\w+::")
_CREDENTIALS = re.compile(r"(?<=://)[^/?#]*@")
_MAGIC = re.compile(r"[*\[]")  # no question mark: it begins a query


def is_url(named: str) -> bool:
    """Return whether what the user named is a URL."""
    return bool(_URL.match(named))


def without_credentials(named: str) -> str:
    """Return a URL without the user's name and password."""
    return _CREDENTIALS.sub("", named)


def remote_files(url: str) -> Iterator[File | Failure]:
    """Yield the file at a URL, the files below it, or those that its pattern matches, in order.

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

    def files(self) -> Iterator[File | Failure]:
        if _MAGIC.search(self.url):
            for path, info in sorted(self.fs.glob(self.root, detail=True).items()):
                if info["type"] == "file" and not any(map(is_hidden, path.split("/"))):
                    yield self._file(path, info)
        elif self.fs.isdir(self.root):
            yield from self._below(self.root)
        else:
            yield replace(self._file(self.root, self.fs.info(self.root)), named=True)

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
        return File(self._name(path), partial(self.fs.open, path, "rb"), info.get("size"), remote=True)

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
