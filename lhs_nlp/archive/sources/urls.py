"""URLs: told from paths, without what nobody is to see, and the path that tells what is behind them."""

from __future__ import annotations

import os
import re

_URL = re.compile(r"[A-Za-z][\w+.-]*://|\w+::")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_BESIDE_PATH = re.compile(r"\Ahttps?://[^/?#]*|[?#].*\Z", re.IGNORECASE | re.DOTALL)
_CREDENTIALS = re.compile(r"(?<=://)[^/?#\s]*@")
# The object is named by the path; without the signature it keeps its name when it is signed again.
_SIGNATURE = re.compile(r"(?<=[?&])(?:X-(?:Amz|Goog)-[A-Za-z-]+|sig|Signature)=[^&#\s]*&?")
_LEFT_OVER = re.compile(r"[?&](?=[#\s]|\Z)")


def is_url(named: str) -> bool:
    """Return whether what the user named is a URL: it looks like one, and no file here has that name."""
    return bool(_URL.match(named)) and not os.path.lexists(named)


def is_web(url: str) -> bool:
    """Return whether a URL is one of HTTP, where every folder is a page as well."""
    return bool(_WEB.match(url))


def path_of(url: str) -> str:
    """Return what tells by its suffix what is behind a URL: of one of HTTP the path, without a query."""
    return _BESIDE_PATH.sub("", url) if is_web(url) else url


def without_credentials(text: str) -> str:
    """Return a URL, or a text with URLs in it, without names, passwords and signatures."""
    signed = _SIGNATURE.sub("", text)
    return _CREDENTIALS.sub("", text if signed == text else _LEFT_OVER.sub("", signed))
