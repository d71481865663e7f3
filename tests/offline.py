"""Run the command line with every network connection refused: ``python tests/offline.py doctor``."""

from __future__ import annotations

import sys


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Raise on whatever would reach for the network; an audit hook sees it from C code too."""
    if event.startswith("socket.") or event == "urllib.Request":
        raise ConnectionRefusedError(f"the network is blocked: {event} {arguments}")


if __name__ == "__main__":
    sys.addaudithook(refuse)
    from lhs_nlp.cli import main

    main()
