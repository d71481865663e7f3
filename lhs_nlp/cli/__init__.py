"""The command line: one small file a command, each a thin wrapper over the rooms below."""

from __future__ import annotations

import errno
import sys
from typing import Annotated

import typer

from lhs_nlp.cli.agreement import agreement
from lhs_nlp.cli.batch import batch
from lhs_nlp.cli.classify import classify
from lhs_nlp.cli.diff import diff
from lhs_nlp.cli.doctor import doctor
from lhs_nlp.cli.evaluate import evaluate
from lhs_nlp.cli.export import export
from lhs_nlp.cli.framework import framework
from lhs_nlp.cli.learn import learn
from lhs_nlp.cli.report import report
from lhs_nlp.cli.review import review
from lhs_nlp.cli.serve import serve
from lhs_nlp.cli.tag import tag
from lhs_nlp.errors import LhsNlpError

app = typer.Typer(
    name="lhs-nlp",
    help="Find which benefits of a learning health system a document claims, with quotations.",
    epilog=(
        "Exit codes: 0 all went well; 1 some inputs failed, each with its reason; 2 wrong usage, or nothing could be "
        "done, with the reason; 130 interrupted."
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command()(tag)
app.command()(batch)
app.command()(diff)
app.command()(export)
app.command()(report)
app.command()(serve)
app.command()(classify)
app.command()(evaluate)
app.command()(agreement)
app.command()(learn)
app.add_typer(review)
app.add_typer(framework)
app.command()(doctor)


def _print_version(wanted: bool) -> None:
    if wanted:
        from lhs_nlp import __version__

        typer.echo(f"lhs-nlp {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Find which benefits of a learning health system a document claims, with quotations."""


def main() -> None:
    """Run the command line; an error of ours is one sentence on stderr and exit code 2."""
    try:
        app(prog_name="lhs-nlp")
    except LhsNlpError as error:
        from lhs_nlp.cli.output import complain

        complain(str(error))
        sys.exit(2)
    except OSError as error:
        # Even to ask whether a file exists fails where its name is too long or its folder may not be searched.
        if error.errno not in (errno.ENAMETOOLONG, errno.EACCES) or error.filename is None:
            raise
        from lhs_nlp.cli.output import complain

        complain(f"{error.filename}: cannot be opened ({error.strerror}).")
        sys.exit(2)
    except (ImportError, SystemError) as error:
        # A compiled module that is interrupted while it is loaded says that it could not be loaded.
        if not _came_of_interrupt(error):
            raise
        sys.exit(130)


def _came_of_interrupt(error: BaseException) -> bool:
    reason = error.__cause__ or error.__context__
    return reason is not None and (isinstance(reason, KeyboardInterrupt) or _came_of_interrupt(reason))
