"""`lhs-nlp serve`: read and correct a store's findings in the browser."""

from __future__ import annotations

import getpass
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lhs_nlp.cli.stored import StoredFramework, StoredModel, StoreFile
from lhs_nlp.errors import LhsNlpError

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI


def serve(
    store: StoreFile,
    host: Annotated[
        str, typer.Option(help="Address to listen on; any but this machine's own needs --token-file.", metavar="HOST")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 for any free one.")] = 8765,
    token_file: Annotated[
        Path | None,
        typer.Option(
            help="Who may enter: a line `NAME TOKEN` for each reviewer.",
            show_default="everybody on this machine",
            metavar="FILE",
        ),
    ] = None,
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
        typer.Option(help="Folder of the model that learns.", show_default="the shipped model", metavar="DIR"),
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option(
            help="Other labelled passages on which a new model must not be worse, JSON lines as of `learn`.",
            show_default="corrections alone",
            metavar="GOLD",
        ),
    ] = None,
    model: StoredModel = None,
    framework: StoredFramework = None,
) -> None:
    """Read and correct findings in the browser, or by the REST API, and teach the model.

    Pages show the portfolio, each document with its findings, what to review first, how far
    reviewers agree, and how much better the model becomes. Every decision is kept in the store.
    Nothing is sent anywhere: without a file of tokens only this machine is listened to. Ctrl-C
    ends it.
    """
    try:
        from lhs_nlp.server import Settings, create_app, read_tokens
        from lhs_nlp.server.settings import check_host
    except ImportError as error:
        raise web_is_missing(error) from error

    tokens = read_tokens(token_file) if token_file else ()
    check_host(host, tokens)
    settings = Settings(
        model, framework, reviewer or _login_name(), tokens, blind, taught=taught, base=base, check=check
    )
    listen(create_app(store, settings), host, port)


def listen(app: FastAPI, host: str, port: int) -> None:
    """Serve an application until it is interrupted."""
    try:
        import uvicorn
    except ImportError as error:
        raise web_is_missing(error) from error

    with _listening(host, port) as door:
        typer.echo(f"Serving on http://{_shown(host)}:{door.getsockname()[1]}/ - Ctrl-C ends it.")
        _run(uvicorn.Server(_config(app)), door)


def web_is_missing(error: ImportError) -> LhsNlpError:
    """Return the sentence for a package that serving needs."""
    return LhsNlpError(f"Serving needs the extra `web` ({error.name} is missing): pip install 'lhs-nlp[web]'.")


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
        door = socket.create_server((bare, port), family=family)
        # Connections inherit it. The event loop would set it, but not for a door that was opened for it; without
        # it the end of every short answer waits 40 ms for the other side.
        door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return door
    except OSError as error:
        raise LhsNlpError(
            f"{host}:{port} cannot be listened on ({error.strerror}); name another --port, or 0 for any free one."
        ) from error


def _run(server: uvicorn.Server, door: socket.socket) -> None:
    try:
        server.run(sockets=[door])
    except KeyboardInterrupt:  # the way to end it
        return


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may know no name for its user
        return "reviewer"
