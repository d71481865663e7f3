"""`lhs-nlp serve`: read and correct a store's findings in the browser."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lhs_nlp.cli.options import MODEL_IN_USE
from lhs_nlp.cli.person import name_without_token
from lhs_nlp.cli.stored import StoredFramework, StoredModel, StoreFile
from lhs_nlp.errors import LhsNlpError, how_to_install

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

    from lhs_nlp.server import Token

LOOPBACK = "127.0.0.1"
PORT = 8765
_LONGEST_HOST = 60
"""Most characters of an address that are shown where it is wrong."""

Host = Annotated[
    str, typer.Option(help="Address to listen on; any but this machine's own needs --token-file.", metavar="HOST")
]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 for any free one.", metavar="N")]
TokenFile = Annotated[
    Path | None,
    typer.Option(
        help="Who may enter: a line `NAME TOKEN` for each person.",
        show_default="everybody on this machine",
        metavar="FILE",
    ),
]


def serve(
    store: StoreFile,
    host: Host = LOOPBACK,
    port: Port = PORT,
    token_file: TokenFile = None,
    reviewer: Annotated[
        str | None,
        typer.Option(help="Who decides, when no token tells it.", show_default="your login name", metavar="NAME"),
    ] = None,
    blind: Annotated[
        bool, typer.Option("--blind", help="Reviewers see their own decisions only, to review independently.")
    ] = False,
    taught: Annotated[
        Path | None,
        typer.Option(
            help="Folder for models that learn from the decisions.",
            show_default="beside STORE: for s.sqlite, s-models",
            metavar="DIR",
        ),
    ] = None,
    base: Annotated[
        Path | None,
        typer.Option(help="Folder of the model that learns.", show_default=MODEL_IN_USE, metavar="DIR"),
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option(
            help="Other labelled passages on which a new model must not be worse, JSON lines as of `evaluate`.",
            show_default="corrections alone",
            metavar="FILE",
        ),
    ] = None,
    model: StoredModel = None,
    framework: StoredFramework = None,
) -> None:
    """Read and correct findings in the browser, or by the REST API, and teach the model.

    Pages show the portfolio, each document with its findings, what to review first, how far
    reviewers agree, and how much better the model becomes; one tags a document that is sent in,
    without keeping it. Every decision is kept in the store. Nothing is sent anywhere: without a
    file of tokens only this machine is listened to. Ctrl-C ends it.
    """
    with needing_web():
        from lhs_nlp.server import Settings, create_app

    tokens = admitted(token_file, host)
    who = name_without_token(reviewer, tokens, "--reviewer")
    settings = Settings(model, framework, who, tokens, blind, taught=taught, base=base, check=check)
    listen(create_app(store, settings), host, port)


def listen(app: FastAPI, host: str, port: int) -> None:
    """Serve an application until it is interrupted."""
    with needing_web():
        import uvicorn

    with _listening(host, port) as door:
        typer.echo(f"Serving on http://{_shown(host)}:{door.getsockname()[1]}/ - Ctrl-C ends it.")
        _run(uvicorn.Server(_config(app)), door)


def admitted(token_file: Path | None, host: str) -> tuple[Token, ...]:
    """Return who may enter; raise LhsNlpError when that would be everybody who can reach the address."""
    from lhs_nlp.server import read_tokens
    from lhs_nlp.server.settings import check_host

    tokens = read_tokens(token_file) if token_file else ()
    check_host(host, tokens)
    return tokens


@contextmanager
def needing_web() -> Iterator[None]:
    """Import what serving needs; a package that is missing is a sentence."""
    try:
        yield
    except ImportError as error:
        raise LhsNlpError(
            f"Serving needs the extra `web` ({error.name} is missing): {how_to_install('web')}."
        ) from error


def _config(app: FastAPI) -> uvicorn.Config:
    import uvicorn

    return uvicorn.Config(
        app,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=256,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=5,
    )


def _listening(host: str, port: int) -> socket.socket:
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    try:
        socket.getaddrinfo(bare, port, family)
    except (UnicodeError, socket.gaierror) as error:  # the first: a name too long, or of letters that no name has
        raise _no_address(host) from error
    try:
        door = socket.create_server((bare, port), family=family)
        # Connections inherit it. The event loop would set it, but not for a door that was opened for it; without
        # it the end of every short answer waits 40 ms for the other side.
        door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return door
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            raise _no_address(host) from error
        raise LhsNlpError(
            f"{host}:{port} cannot be listened on ({error.strerror}); name another --port, or 0 for any free one."
        ) from error


def _no_address(host: str) -> LhsNlpError:
    from lhs_nlp.report.display import clipped

    shown = clipped(host, _LONGEST_HOST)
    return LhsNlpError(f"{shown}: is no address of this machine; name one with --host, or leave it at {LOOPBACK}.")


def _run(server: uvicorn.Server, door: socket.socket) -> None:
    try:
        server.run(sockets=[door])
    except KeyboardInterrupt:  # the way to end it
        return


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
