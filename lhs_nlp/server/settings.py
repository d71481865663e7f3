"""How a workbench is served."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from lhs_nlp.bundle import default_bundle_path
from lhs_nlp.documents import Limits
from lhs_nlp.errors import BundleError, LhsNlpError
from lhs_nlp.report.display import clipped, one_line
from lhs_nlp.server.tokens import Token


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """What one request may ask for.

    Attributes
    ----------
    documents
        How large an uploaded document may be.
    seconds
        Longest time to read an uploaded document.
    megabytes
        Most memory that reading one may take.
    texts
        Most texts of a request.
    characters
        Most characters of all texts of a request.
    tagging
        Requests that are tagged at once.
    waiting
        Requests that may wait for their turn; the next one is told to come again.
    """

    documents: Limits = field(default_factory=lambda: Limits(megabytes=25.0, pages=500))
    seconds: float = 60.0
    megabytes: int = 2000
    texts: int = 100
    characters: int = 500_000
    tagging: int = 1
    waiting: int = 4

    @property
    def body(self) -> int:
        """Most bytes of a request."""
        return int(self.documents.megabytes * 1_000_000) + 100_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How a workbench is served.

    Attributes
    ----------
    model, framework
        Whose results are shown: see `Store.tagging`.
    reviewer
        Who decides, while no other name is given and no token tells it.
    tokens
        Who may enter; without any everybody on this machine may, and nobody else.
    blind
        Whether reviewers see their own decisions only.
    limits
        What one request may ask for.
    taught
        Folder for models that are taught here; None: beside the store, see `taught_folder`.
    base
        Folder of the model that learning starts from; None for the shipped one.
    check
        File of other labelled passages on which a taught model must not be worse; None: there are none.
    """

    model: str | None = None
    framework: str | None = None
    reviewer: str = "reviewer"
    tokens: tuple[Token, ...] = ()
    blind: bool = False
    limits: ServerLimits = field(default_factory=ServerLimits)
    taught: Path | None = None
    base: Path | None = None
    check: Path | None = None

    def taught_folder(self, store: Path) -> Path:
        """Return where models are kept that learned from the decisions in a store: for ``s.sqlite``, ``s-models``."""
        return self.taught or store.with_name(f"{store.stem}-models")

    def places(self, store: Path) -> dict[Path, str]:
        """Return the server's places, and what they are called where they are nobody's business."""
        named = {
            store: "The store",
            self.taught_folder(store): "The folder of taught models",
            self.base or _shipped(): "The model",
            self.check: "The passages to check on",
        }
        return {place: name for place, name in named.items() if place is not None}


def _shipped() -> Path | None:
    """Return the folder of the model in use; None when there is none, which is said when it is needed."""
    try:
        return default_bundle_path()
    except BundleError:
        return None


def check_host(host: str, tokens: tuple[Token, ...]) -> None:
    """Raise LhsNlpError when a server at this address would be open to everybody."""
    if not tokens and not is_loopback(host):
        raise LhsNlpError(
            f"{clipped(one_line(host), 100)} can be reached from other machines, so the server asks for a token: "
            "give it a --token-file, or leave the address at 127.0.0.1."
        )


def is_loopback(host: str) -> bool:
    """Return whether an address is of this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
