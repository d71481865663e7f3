from __future__ import annotations

import os

import pytest

from lhs_nlp.archive.sources.urls import is_url, path_of, without_credentials


def test_urls_are_told_from_paths() -> None:
    assert [is_url(name) for name in ("s3://b/k", "zip::s3://b/k.zip", "https://x/y", "C:\\x", "a:b", "a/b")] == [
        *(True, True, True, False, False, False)
    ]


def test_passwords_are_not_shown() -> None:
    assert without_credentials("ftp://me:secret@host/a@b.txt") == "ftp://host/a@b.txt"
    assert without_credentials("s3://bucket/me@home.txt") == "s3://bucket/me@home.txt"
    assert without_credentials("no https://me:secret@host/a, me@home") == "no https://host/a, me@home"
    assert os.sep in without_credentials("/a/b")


@pytest.mark.parametrize(
    ("signed", "shown"),
    [
        ("?X-Amz-Algorithm=AWS4&X-Amz-Credential=AK%2F1&X-Amz-Signature=ab12", ""),
        ("?versionId=3&X-Amz-Signature=ab12", "?versionId=3"),
        ("?X-Goog-Signature=ab12&generation=5", "?generation=5"),
        ("?sv=2022&sig=a%2Bb%3D&se=2030", "?sv=2022&se=2030"),
        ("?download=1", "?download=1"),
        ("?", "?"),
    ],
)
def test_signature_of_a_url_is_not_shown(signed: str, shown: str) -> None:
    assert without_credentials(f"https://host/a.zip{signed}") == f"https://host/a.zip{shown}"


def test_suffix_is_that_of_the_path() -> None:
    assert path_of("HTTPS://host/a/b.zip?name=c.csv#d") == "/a/b.zip"
    assert path_of("http://host?name=c.csv") == ""
    assert path_of("http://[no-host/a.zip") == "/a.zip"
    assert path_of("s3://bucket/what?.txt") == "s3://bucket/what?.txt"
