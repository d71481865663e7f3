"""How a run over an archive ends: its account, and the exit code that tells it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from lhs_nlp.archive import Account
    from lhs_nlp.report.failure import Failure

INTERRUPTED = 130


@contextmanager
def accounted(account: Account) -> Iterator[None]:
    """Print the account at the end of a run, however it ends; exit with 130 when interrupted, with 1 for failures."""
    from lhs_nlp.cli.output import complain

    try:
        yield
    except KeyboardInterrupt:
        complain("interrupted; the same command goes on from here.")
        raise typer.Exit(INTERRUPTED) from None
    finally:
        print_lines(account.lines())
    if account.failures:
        raise typer.Exit(1)


def complain_of(failure: Failure) -> None:
    """Say on standard error why a place could not be read."""
    from lhs_nlp.cli.output import complain

    complain(failure.message)


def print_lines(lines: list[str]) -> None:
    """Print lines for people."""
    from lhs_nlp.cli.output import opened

    with opened(None, data=False) as file:
        file.writelines(f"{line}\n" for line in lines)
