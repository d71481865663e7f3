from __future__ import annotations

import struct

import pytest

from lhs_nlp.documents import Limits
from lhs_nlp.documents.office import members, refuse_legacy_office
from lhs_nlp.errors import ReadError
from tests.documents.word_writer import write_zip

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ARCHIVE = write_zip({"a.txt": b"one", "b.txt": b"two"})


def reason_of(data: bytes, limits: Limits = Limits()) -> str:  # noqa: B008 - it is frozen
    with pytest.raises(ReadError) as raised:
        members(data, limits)
    return raised.value.reason


def test_members_are_named() -> None:
    assert members(ARCHIVE, Limits()) == ["a.txt", "b.txt"]


def test_archive_that_unpacks_beyond_the_limit_is_refused() -> None:
    assert reason_of(write_zip({"a": b"0123456789" * 20_000}), Limits(megabytes=0.1)) == "too_large"


def test_archive_that_unpacks_to_far_more_than_it_is_large_is_refused() -> None:
    assert reason_of(write_zip({"a": bytes(20_000_000)})) == "too_large"


def test_archive_that_tells_a_false_size_is_refused() -> None:
    entry = ARCHIVE.index(b"PK\x01\x02")
    lie = ARCHIVE[: entry + 24] + struct.pack("<I", 2**32 - 2) + ARCHIVE[entry + 28 :]
    assert reason_of(lie) == "too_large"


def test_archive_with_a_password_is_refused() -> None:
    entry = ARCHIVE.index(b"PK\x01\x02")
    assert reason_of(ARCHIVE[: entry + 8] + b"\x01" + ARCHIVE[entry + 9 :]) == "encrypted"


@pytest.mark.parametrize(
    "data",
    [ARCHIVE[:40], ARCHIVE[:-5], b"PK\x03\x04", b"PK\x05\x06" + b"\xff" * 30],
    # Archives hold the time of writing, which must not come into the names of tests.
    ids=["cut at its start", "cut at its end", "magic alone", "broken directory"],
)
def test_damaged_archive_is_refused(data: bytes) -> None:
    assert reason_of(data) == "malformed"


@pytest.mark.parametrize(
    ("content", "reason"), [("EncryptedPackage".encode("utf-16-le"), "encrypted"), (b"WordDocument", "unsupported")]
)
def test_office_files_that_are_no_archives_are_refused(content: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as raised:
        refuse_legacy_office(OLE + content)
    assert raised.value.reason == reason
