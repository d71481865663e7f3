from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lhs_nlp.archive.sources.archives import Budget, members
from lhs_nlp.archive.sources.folders import local_file
from lhs_nlp.archive.sources.types import File
from lhs_nlp.documents import DEFAULT_LIMITS, Limits
from lhs_nlp.errors import ReadError
from tests.archive.sources.loading import load
from tests.documents.word_writer import write_zip

FILES = {"a.txt": b"one", "deep/b.md": b"two", ".hidden.txt": b"x", "__MACOSX/a.txt": b"x", "c.png": b"x"}


def write_tar(path: Path, files: dict[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            header = tarfile.TarInfo(name)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
    return path


@pytest.fixture(params=[".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"])
def archive(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / f"old{request.param}"
    if request.param == ".zip":
        path.write_bytes(write_zip(FILES))
        return path
    modes = {".tar": "w", ".tar.gz": "w:gz", ".tgz": "w:gz", ".tar.bz2": "w:bz2", ".tar.xz": "w:xz"}
    return write_tar(path, FILES, modes[request.param])


def test_documents_in_an_archive_are_found(archive: Path) -> None:
    loaded = load(archive)
    assert loaded.contents == {f"{archive.name}/a.txt": b"one", f"{archive.name}/deep/b.md": b"two"}
    assert loaded.ignored == [f"{archive.name}/c.png"]
    assert loaded.reasons == {}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Zürich/Stürze.txt".encode(), "Zürich/Stürze.txt"),  # as macOS writes it
        ("Stürze.txt".encode("cp437"), "Stürze.txt"),  # as Windows does
    ],
)
def test_name_in_a_zip_archive_that_does_not_mark_its_letters_is_read(
    tmp_path: Path, written: bytes, name: str
) -> None:
    plain = "x" * (len(written) - 4) + ".txt"
    (tmp_path / "a.zip").write_bytes(write_zip({plain: b"one"}).replace(plain.encode(), written))
    assert load(tmp_path / "a.zip").contents == {f"a.zip/{name}": b"one"}


def test_truncated_archive_is_a_failure_after_what_could_be_read(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-200] if archive.suffix == ".zip" else archive.read_bytes()[:30])
    loaded = load(archive)
    assert set(loaded.reasons.values()) == {"malformed"}
    assert "damaged" in loaded.messages[0]


COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    ".tar": bytes,
    ".tar.gz": gzip.compress,
    ".tar.bz2": bz2.compress,
    ".tar.xz": lzma.compress,
}
LETTERS = {f"{letter}.txt": letter.encode() * 3000 for letter in "abcdef"}
MEMBER = 7 * tarfile.BLOCKSIZE
"""Bytes that each of `LETTERS` takes in an archive: a header and six blocks."""


@pytest.mark.parametrize("suffix", COMPRESSIONS)
@pytest.mark.parametrize("at", [2 * MEMBER, 2 * MEMBER + 100, 2 * MEMBER + 600, 6 * MEMBER])
def test_truncated_tar_archive_is_a_failure_wherever_it_ends(tmp_path: Path, suffix: str, at: int) -> None:
    data = write_tar(tmp_path / "whole.tar", LETTERS).read_bytes()
    (tmp_path / f"a{suffix}").write_bytes(COMPRESSIONS[suffix](data[:at]))
    loaded = load(tmp_path / f"a{suffix}")
    assert loaded.reasons[f"a{suffix}"] == "malformed"
    assert set(loaded.reasons.values()) == {"malformed"}
    assert list(loaded.contents.values()) == list(LETTERS.values())[: at // MEMBER]


@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_tar_archive_with_a_damaged_header_is_a_failure_after_what_comes_before(tmp_path: Path, suffix: str) -> None:
    data = bytearray(write_tar(tmp_path / "whole.tar", LETTERS).read_bytes())
    data[2 * MEMBER + 5] ^= 0xFF
    (tmp_path / f"a{suffix}").write_bytes(COMPRESSIONS[suffix](bytes(data)))
    loaded = load(tmp_path / f"a{suffix}")
    assert loaded.reasons == {f"a{suffix}": "malformed"}
    assert len(loaded.contents) == 2


@pytest.mark.parametrize("suffix", [".tar.gz", ".tar.bz2", ".tar.xz"])
@pytest.mark.parametrize("at", [2 * MEMBER, 2 * MEMBER + 700])
def test_tar_archive_that_was_compressed_in_parts_is_read_to_its_end(tmp_path: Path, suffix: str, at: int) -> None:
    data = write_tar(tmp_path / "whole.tar", LETTERS).read_bytes()
    compress = COMPRESSIONS[suffix]
    (tmp_path / f"a{suffix}").write_bytes(compress(data[:at]) + compress(data[at:]))
    loaded = load(tmp_path / f"a{suffix}")
    assert list(loaded.contents.values()) == list(LETTERS.values())
    assert loaded.reasons == {}


def test_tar_archive_whose_first_member_is_called_like_a_compression_is_read(tmp_path: Path) -> None:
    write_tar(tmp_path / "a.tar", {"BZh9.txt": b"one"})
    assert load(tmp_path / "a.tar").contents == {"a.tar/BZh9.txt": b"one"}


def test_tar_archive_behind_the_end_of_another_is_not_passed_over(tmp_path: Path) -> None:
    data = write_tar(tmp_path / "whole.tar", LETTERS).read_bytes()
    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(data) + gzip.compress(data))
    loaded = load(tmp_path / "a.tar.gz")
    assert loaded.reasons == {"a.tar.gz": "malformed"}
    assert "more follows after its end" in loaded.messages[0]
    assert len(loaded.contents) == 6


def test_compressed_tar_archive_that_lost_its_last_bytes_is_a_failure(tmp_path: Path) -> None:
    data = write_tar(tmp_path / "a.tar.gz", LETTERS, "w:gz").read_bytes()
    (tmp_path / "a.tar.gz").write_bytes(data[:-6])
    assert load(tmp_path / "a.tar.gz").reasons["a.tar.gz"] == "malformed"


def test_archive_of_garbage_is_a_failure(archive: Path) -> None:
    archive.write_bytes(b"no archive at all " * 1000)
    assert load(archive).reasons == {archive.name: "malformed"}


def test_empty_archive_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(write_zip({}))
    write_tar(tmp_path / "b.tar", {})
    assert load(tmp_path).reasons == {f"{tmp_path.name}/a.zip": "empty", f"{tmp_path.name}/b.tar": "empty"}


@pytest.mark.parametrize(
    "name", ["../out.txt", "a/../../out.txt", "/out.txt", "..\\out.txt", "C:\\out.txt", "\\out.txt"]
)
def test_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.zip").write_bytes(write_zip({name: b"x", "good.txt": b"good"}))
    write_tar(tmp_path / "b.tar", {name: b"x", "good.txt": b"good"})
    loaded = load(tmp_path)
    assert list(loaded.reasons.values()) == ["unsafe", "unsafe"]
    assert list(loaded.contents.values()) == [b"good", b"good"]


def test_name_with_a_colon_is_no_drive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(write_zip({"Q: what is safe.txt": b"x", "1:2.txt": b"y"}))
    assert list(load(tmp_path / "a.zip").contents) == ["a.zip/Q: what is safe.txt", "a.zip/1:2.txt"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_an_archive_are_refused(tmp_path: Path, kind: bytes) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        header = tarfile.TarInfo("passwd.txt")
        header.type, header.linkname = kind, "/etc/passwd"
        archive.addfile(header)
    assert load(tmp_path / "a.tar").reasons == {"a.tar/passwd.txt": "unsafe"}


def test_link_in_a_zip_archive_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        entry = zipfile.ZipInfo("passwd.txt")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    assert load(tmp_path / "a.zip").reasons == {"a.zip/passwd.txt": "unsafe"}


def test_member_with_a_password_is_a_failure_of_its_own(tmp_path: Path) -> None:
    data = bytearray(write_zip({"a.txt": b"secret", "b.txt": b"open"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    loaded = load(tmp_path / "a.zip")
    assert loaded.reasons == {"a.zip/a.txt": "encrypted"}
    assert loaded.contents == {"a.zip/b.txt": b"open"}


def test_damaged_member_is_a_failure_of_its_own(tmp_path: Path) -> None:
    data = bytearray(write_zip({"a.txt": b"first content", "b.txt": b"second content"}))
    data[data.index(b"a.txt") + 8] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(data)
    loaded = load(tmp_path / "a.zip")
    assert loaded.reasons == {"a.zip/a.txt": "malformed"}
    assert list(loaded.contents) == ["a.zip/b.txt"]


def test_member_that_is_larger_than_it_says_is_a_failure(tmp_path: Path) -> None:
    data = bytearray(write_zip({"a.txt": bytes(100_000)}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(mark) + at
        data[start : start + 4] = (10).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(data)
    assert load(tmp_path / "a.zip").reasons == {"a.zip/a.txt": "malformed"}


def test_large_member_is_refused(archive: Path) -> None:
    loaded = load(archive, limits=Limits(megabytes=0.0000025))
    assert set(loaded.reasons.values()) == {"too_large"}
    assert loaded.contents == {}


def test_bomb_is_refused_as_a_whole(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", bytes(40_000_000))
    loaded = load(tmp_path / "a.zip")
    assert loaded.reasons == {"a.zip": "too_large"}
    assert "far more than a document would; if you trust it, unpack it yourself" in loaded.messages[0]


def test_bomb_in_a_tar_archive_is_given_up(tmp_path: Path) -> None:
    write_tar(tmp_path / "a.tar.gz", {f"{number}.txt": bytes(40_000_000) for number in range(3)}, "w:gz")
    loaded = load(tmp_path / "a.tar.gz")
    assert loaded.reasons == {"a.tar.gz": "too_large"}
    assert len(loaded.contents) == 2


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(write_zip({f"{number}.txt": b"x" for number in range(5)}))
    (failure,) = members(local_file(tmp_path / "a.zip"), Budget("a.zip", 1000, members=4))
    assert failure.reason == "too_large"  # type: ignore[union-attr]


def test_header_of_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 5_000_000_000
    (tmp_path / "a.tar").write_bytes(header.tobuf(tarfile.GNU_FORMAT) + b"x" * 10_000)
    assert load(tmp_path / "a.tar").reasons == {"a.tar": "too_large"}


def test_archives_in_archives_are_opened_but_not_for_ever(tmp_path: Path) -> None:
    data = write_zip({"a.txt": b"inner"})
    (tmp_path / "three.zip").write_bytes(write_zip({"2.zip": write_zip({"1.zip": data})}))
    (tmp_path / "four.zip").write_bytes(write_zip({"3.zip": write_zip({"2.zip": write_zip({"1.zip": data})})}))
    loaded = load(tmp_path)
    assert loaded.contents == {f"{tmp_path.name}/three.zip/2.zip/1.zip/a.txt": b"inner"}
    assert loaded.reasons == {f"{tmp_path.name}/four.zip/3.zip/2.zip/1.zip": "too_large"}


def test_tables_in_archives_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(write_zip({"t.csv": b"id,text\nA,one\n"}))
    write_tar(tmp_path / "b.tar.gz", {"t.jsonl": b'{"id": 7, "text": "two"}\n'}, "w:gz")
    loaded = load(tmp_path, text="text", id="id")
    assert list(loaded.contents.values()) == [b"one", b"two"]
    assert list(loaded.contents) == [f"{tmp_path.name}/a.zip/t.csv#A", f"{tmp_path.name}/b.tar.gz/t.jsonl#7"]


def test_odd_names_are_kept(tmp_path: Path) -> None:
    names = ["two\nlines.txt", "Zürich 漢字.txt", "\x1b[31m.txt", "=1+1.txt"]
    (tmp_path / "a.zip").write_bytes(write_zip({name: b"x" for name in names}))
    assert list(load(tmp_path / "a.zip").contents) == [f"a.zip/{name}" for name in names]


class _Far(io.BytesIO):
    """A file behind a network that fails after so many bytes; with an error that is no OSError, as those of aiohttp."""

    left = 0

    def read(self, size: int | None = -1, /) -> bytes:
        portion = super().read(size)
        self.left -= len(portion)
        if self.left < 0:
            raise RuntimeError("the server hung up")
        return portion


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tar.gz"])
@pytest.mark.parametrize("enough", [0, 30_000])
def test_archive_that_gets_out_of_reach_is_not_damaged(tmp_path: Path, suffix: str, enough: int) -> None:
    files = {name: hashlib.shake_128(name.encode()).digest(200_000) for name in ("a.txt", "b.txt")}
    data = write_zip(files) if suffix == ".zip" else write_tar(tmp_path / "x", files, f"w:{suffix[5:]}").read_bytes()
    far = _Far(data)
    far.left = enough
    for found in members(File(f"s3://far/old{suffix}", lambda: far, len(data)), Budget("old", 10**9)):
        if isinstance(found, File):
            with pytest.raises(ReadError, match=r"cannot be opened \(the server hung up\)") as raised:
                found.load(DEFAULT_LIMITS)
            assert raised.value.reason == "not_found"
        else:
            assert found.reason == "not_found"
    assert far.closed
