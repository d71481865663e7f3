"""Screen in the browser, and record by record in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import typer

from lhs_nlp.cli.person import name_of, name_without_token
from lhs_nlp.cli.review.common import By, ProjectFolder
from lhs_nlp.cli.review.screening import AtStage, Stage
from lhs_nlp.cli.serve import LOOPBACK, PORT, Host, Port, TokenFile, admitted, listen, needing_web

if TYPE_CHECKING:
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.project.types import Choice

CHOICES: dict[str, Choice] = {"i": "include", "e": "exclude", "m": "maybe"}
KEYS = "i include, e exclude, m maybe, u undo, q quit"


def serve(
    project: ProjectFolder,
    host: Host = LOOPBACK,
    port: Port = PORT,
    token_file: TokenFile = None,
    by: By = None,
) -> None:
    """Screen in the browser: a record with its benefits marked, the criteria beside it, decisions by key.

    The order is learned anew from each decision. Pages show conflicts, which are settled there, how far
    screeners agree, and how many relevant records may be left. Titles and abstracts are screened here;
    `screen --stage full_text` decides on full texts, in the terminal. Nothing is sent anywhere: without a
    file of tokens only this machine is listened to. Ctrl-C ends it.
    """
    with needing_web():
        from lhs_nlp.server import Settings
        from lhs_nlp.server.screening import create_screening_app

    tokens = admitted(token_file, host)
    settings = Settings(reviewer=name_without_token(by, tokens), tokens=tokens)
    typer.echo("Preparing the order of screening; of thousands of records this takes a while ...", err=True)
    listen(create_screening_app(project, settings), host, port)


def screen(project: ProjectFolder, stage: AtStage = Stage.TITLE_ABSTRACT, by: By = None) -> None:
    """Screen record by record in the terminal: type a letter and, behind it, a reason if there is one.

    What is most like the included records comes first, learned anew from each decision. After each, it
    shows how many relevant ones may be left. The end of the input ends it, as `q` does.
    """
    from lhs_nlp.cli.progress import shown_steps
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.screening.decisions import criteria
    from lhs_nlp.review.screening.queue import Pile
    from lhs_nlp.review.screening.text import criterion_lines, publication_lines, queue_head

    name = name_of(by)
    # One stream for all answers: each reads ahead, and another one would not see what the first has read.
    answers = typer.get_text_stream("stdin", errors="replace")
    with Project(project) as opened:
        pile = Pile(opened)
        for line in criterion_lines(criteria(opened)):
            typer.echo(line)
        typer.echo(f"Keys: {KEYS}; a reason may follow.")
        while True:
            with shown_steps() as on_progress:
                queue = pile.queue(opened, stage.value, name, on_progress)
            if not (waiting := queue.waiting):
                break
            typer.echo("\n".join(["", queue_head(queue), *publication_lines(waiting[0])]))
            if not _answered(answers, opened, waiting[0].number, stage, name):
                return
        typer.echo(f"Nothing waits for {name}.")


def _answered(answers: TextIO, project: Project, number: int, stage: Stage, name: str) -> bool:
    """Ask until something was done; return whether to go on."""
    from lhs_nlp.review.screening.decisions import decide, undo
    from lhs_nlp.review.screening.text import undone_line

    while True:
        typer.echo("> ", nl=False)
        line = answers.readline()
        if not line:  # the end of the input
            return False
        key, _, reason = line.strip().partition(" ")
        if key in CHOICES:
            decide(project, number, CHOICES[key], name, stage=stage.value, reason=reason.strip() or None)
            return True
        if key == "u":
            typer.echo(undone_line(undo(project, name, stage=stage.value, role="screen")))
            return True
        if key == "q":
            return False
        typer.echo(f"Type one of these letters: {KEYS}.")
