"""Whatever the bytes: a sound document, or an error with a known reason; nothing else, and soon."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lhs_nlp.documents import Document, read_bytes
from lhs_nlp.errors import READ_REASONS, ReadError
from tests.documents.pdf_writer import Text, write_pdf
from tests.documents.samples import NAMES, PROSE, SAMPLES
from tests.documents.word_writer import paragraph, write_docx, write_zip

NAME = st.sampled_from([*NAMES, "plan.md"])
DEEP = 100_000


def outcome(data: bytes, name: str) -> Document | str:
    """Return the document, which is sound, or the reason why there is none."""
    try:
        document = read_bytes(data, name=name)
    except ReadError as error:
        return known_reason(error, name)
    ends = 0
    for block in document.blocks:
        assert ends <= block.start < block.end
        assert "\n" not in document.text[block.start : block.end]
        ends = block.end
    assert 0 < ends == len(document.text)
    document.text.encode()
    return document


def known_reason(error: ReadError, name: str) -> str:
    assert error.reason in READ_REASONS
    assert str(error).startswith(name)
    return error.reason


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return a document of any format with bytes changed, put in or taken out, or cut short."""
    data = bytearray(draw(st.sampled_from(list(SAMPLES.values()))))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 9))] = draw(st.binary(max_size=9))
    return bytes(data[: draw(st.integers(0, len(data)))]) if draw(st.booleans()) else bytes(data)


@settings(max_examples=300)
@given(damaged(), NAME)
def test_damaged_document_is_read_or_refused(data: bytes, name: str) -> None:
    outcome(data, name)


@settings(max_examples=150)
@given(
    st.sampled_from(
        [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"<article>", b"# A\n\n# B\n", b"\xff\xfe", b"{", b"\x00"]
    ),
    st.binary(max_size=300),
    NAME,
)
def test_any_bytes_are_read_or_refused(magic: bytes, data: bytes, name: str) -> None:
    outcome(magic + data, name)


@settings(max_examples=150)
@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "utf-16-be", "utf-32", "latin-1", "cp1252"]), NAME)
def test_any_text_in_any_encoding_is_read_or_refused(text: str, encoding: str, name: str) -> None:
    outcome(text.encode(encoding, "replace"), name)


@settings(max_examples=60)
@given(st.text(max_size=60), st.sampled_from(["p", "ul", "table", "tr", "td", "h1", "article", "sec", "list", "title"]))
def test_any_markup_is_read_or_refused(text: str, tag: str) -> None:
    for start, end in (
        ("<html><body>", "</body></html>"),
        ("<article><body>", "</body></article>"),
        ("<TEI><text><body>", "</body></text></TEI>"),
        ("# A\n\n# B\n\n", ""),
    ):
        outcome(f"{start}<{tag}>{text}<{tag}>{text}</{tag}>{end}".encode("utf-8", "replace"), "plan")


@pytest.mark.parametrize("format", SAMPLES)
def test_document_cut_short_anywhere_is_read_or_refused(format: str) -> None:
    data = SAMPLES[format]
    for end in range(0, len(data), max(1, len(data) // 40)):
        outcome(data[:end], "plan")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[" * DEEP + "]" * DEEP, "plan.json"),
        ('{"a":' * DEEP + "1" + "}" * DEEP, "plan.json"),
        (f"<html><body>{'<div>' * DEEP}deep", "plan.html"),
        (f"<html><body>{'<b>' * DEEP}deep", "plan.html"),
        (f"<html><body>{'<table><tr><td>' * DEEP}deep", "plan.html"),
        (f"<article>{'<sec>' * DEEP}deep{'</sec>' * DEEP}</article>", "plan.xml"),
        (f"<article><p>{'<b>' * DEEP}deep{'</b>' * DEEP}</p></article>", "plan.xml"),
        (f"<?xml {'encoding=' * DEEP}<article>", "plan.xml"),
        (f"<article><p>{'&amp' * DEEP}</p></article>", "plan.xml"),
        *(
            (f"# A\n\n# B\n\n{run * DEEP}", "plan.md")
            for run in ("[", "> ", "*a ", "a**b", "[a](<b", "&", "<!--", "![", "- ")
        ),
        ("|a" * 3000 + "\n" + "|-" * 3000 + "\n" + "|x\n" * 3000, "plan.md"),
        *((run * DEEP, "plan.txt") for run in ("\u0323\u0301", " \n", "\t", "-\n", "a-\nb", "= \n", "(", "\x85")),
    ],
    ids=lambda text: text[:24].encode("unicode_escape").decode(),
)
def test_deep_and_long_runs_are_read_or_refused(text: str, name: str) -> None:
    outcome(text.encode(), name)


@pytest.mark.parametrize("run", [". ", "- ", "1", "(", "a-"])
def test_long_line_of_a_page_is_read_or_refused(run: str) -> None:
    line = Text(10, 700, run * 15_000, size=1)
    outcome(write_pdf([[line], [line]], title=f"{'1' * 20_000} "), "plan.pdf")


@pytest.mark.parametrize(
    "declared",
    [
        "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12)),
        '<!ENTITY e11 SYSTEM "file:///etc/hostname">',
        f'<!ENTITY e11 "{"a" * 5_000}">',
    ],
    ids=["growing", "file", "long"],
)
def test_entities_are_never_unfolded(declared: str) -> None:
    doctype, use = f'<!DOCTYPE article [<!ENTITY e0 "aaaaaaaaaa">{declared}]>', "&e11;" * 100
    assert outcome(f"{doctype}<article><p>{use}</p></article>".encode(), "plan.xml") == "malformed"
    page = outcome(f"{doctype}<html><body><p>{use} {PROSE}</p></body></html>".encode(), "plan.html")
    assert isinstance(page, Document)
    assert len(page.text) < 2 * len(use + PROSE)
    word = outcome(write_docx(f"<w:p><w:r><w:t>{use} {PROSE}</w:t></w:r></w:p>", prolog=doctype), "plan.docx")
    assert isinstance(word, str) or len(word.text) < 2 * len(use + PROSE)


def test_archives_that_unpack_to_far_more_are_refused() -> None:
    zeros = write_zip({f"{at}.zip": bytes(30_000_000) for at in range(4)})
    assert outcome(zeros, "plan.docx") == "too_large"
    assert outcome(zeros, "plan.zip") == "unsupported"
    assert outcome(write_docx(paragraph("0" * 30_000_000)), "plan.docx") == "too_large"


@pytest.mark.parametrize(
    "data", [b"", b" ", b"\n" * 1000, "\ufeff".encode(), "\u200b \u00ad".encode(), b"\xff\xfe", b"\x00"]
)
@pytest.mark.parametrize("name", NAMES[:4])
def test_nothing_but_white_space_is_empty(data: bytes, name: str) -> None:
    assert outcome(data, name) in ("empty", "unsupported")


def test_zero_bytes_and_controls_within_text_are_left_out() -> None:
    document = outcome(f"{PROSE}\x00 {PROSE}\x07\x01".encode() + PROSE.encode() * 9, "plan.txt")
    assert isinstance(document, Document)
    assert document.text.startswith(f"{PROSE} {PROSE}The ward")


def test_mixed_encodings_are_all_read() -> None:
    parts = [(f"{PROSE} caf\u00e9 {encoding}. ").encode(encoding) for encoding in ("utf-8", "latin-1", "cp1252")]
    document = outcome(b"".join(parts), "plan.txt")
    assert isinstance(document, Document)
    assert document.text.count("caf\u00e9") == 3


def test_line_of_nearly_twenty_megabytes_is_read_and_a_longer_one_refused() -> None:
    document = outcome(b"x" * 19_000_000, "plan.txt")
    assert isinstance(document, Document)
    assert len(document.text) == 19_000_000
    assert outcome(b"x" * 20_000_001, "plan.txt") == "too_large"
    assert outcome(b"<html><body><p>" + b"x" * 20_000_001, "plan.html") == "too_large"


def test_noise_is_refused_and_bytes_of_a_wide_alphabet_are_read_or_refused() -> None:
    noise = random.Random(1)  # noqa: S311 - not for secrets
    assert outcome(noise.randbytes(300_000), "plan.pdf") == "unsupported"
    outcome(bytes(noise.randrange(128, 256) for _ in range(100_000)), "plan.txt")
