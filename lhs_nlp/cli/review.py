"""`lhs-nlp review`: a literature review, from exports of databases to what is worth reading."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lhs_nlp.cli.options import FrameworkFile, Model, Output

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FLOW_SCHEMA = "lhs-nlp/review-flow/1"
SIMULATION_SCHEMA = "lhs-nlp/review-simulation/1"

review = typer.Typer(
    name="review", help="Review literature: gather references, find duplicates, screen, tag.", no_args_is_help=True
)

ProjectFolder = Annotated[Path, typer.Argument(help="Folder of the project.", metavar="PROJECT")]
By = Annotated[str | None, typer.Option("--by", help="Who does this.", show_default="your login name", metavar="NAME")]
RecordNumber = Annotated[int, typer.Argument(help="Number of a record.", metavar="RECORD")]


class DuplicatesOption(StrEnum):
    """What is written of duplicates."""

    KEEP = "keep"
    MERGE = "merge"


class TableFormat(StrEnum):
    """How rows are shown."""

    TEXT = "text"
    CSV = "csv"


class FlowFormat(StrEnum):
    """How counts are shown."""

    TEXT = "text"
    JSON = "json"


class Choice(StrEnum):
    """What a screener decides."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    MAYBE = "maybe"


class Stage(StrEnum):
    """What is decided on."""

    TITLE_ABSTRACT = "title_abstract"
    FULL_TEXT = "full_text"


class Learner(StrEnum):
    """What learns from decisions."""

    SVM = "svm"
    LOGISTIC_REGRESSION = "logistic_regression"
    NAIVE_BAYES = "naive_bayes"


AtStage = Annotated[Stage, typer.Option("--stage", help="What is decided on.")]


@review.command()
def init(project: ProjectFolder) -> None:
    """Make a project: a folder with a database of references and decisions."""
    from lhs_nlp.review.project import Project

    with Project(project, new=True):
        typer.echo(f"{project}: made. Add references with `lhs-nlp review add {project} FILE...`.")


@review.command()
def add(
    project: ProjectFolder,
    files: Annotated[list[Path], typer.Argument(help="Exports of databases or reference managers.", metavar="FILE")],
    by: By = None,
) -> None:
    """Add files of references; one that was added before adds nothing.

    Reads what `lhs_nlp.references` reads: RIS, nbib, BibTeX, PubMed and EndNote XML, CSL-JSON, CSV
    and XLSX, chosen by content. A file that cannot be read is named with its reason, and the others
    go on: the exit code is then 1.
    """
    from lhs_nlp.cli.output import complain
    from lhs_nlp.errors import ReferencesError
    from lhs_nlp.review.adding import add_file
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.text import added_lines, grouping_line

    failed = False
    with Project(project) as opened:
        for file in files:
            try:
                added = add_file(opened, file, _name(by))
            except ReferencesError as error:
                complain(str(error))
                failed = True
            else:
                typer.echo("\n".join(added_lines(added)))
        typer.echo(grouping_line(opened.work_out_duplicates()))
    if failed:
        raise typer.Exit(1)


@review.command()
def duplicates(
    project: ProjectFolder,
    show: Annotated[int, typer.Option(min=0, help="Show this many pairs of each kind.")] = 10,
    format: Annotated[TableFormat, typer.Option("--format", "-f", help="How to show them.")] = TableFormat.TEXT,
) -> None:
    """Show which records were taken for one publication and why, the least sure first.

    CSV has all pairs. Nothing is removed: `lhs-nlp review judge` joins or parts two records by hand.
    """
    from lhs_nlp.cli.output import opened
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.text import grouping_line, likely_lines

    with Project(project) as source, opened(None, data=format is TableFormat.CSV) as file:
        pairs = source.likely()
        if format is TableFormat.CSV:
            columns = ("first", "second", "score", "reason", "joined")
            file.write(_as_csv(columns, ({name: getattr(pair, name) for name in columns} for pair in pairs)))
            return
        lines = [grouping_line(source.work_out_duplicates()), *likely_lines(source, pairs, show)]
        file.write("\n".join(lines) + "\n")


@review.command()
def judge(
    project: ProjectFolder,
    first: RecordNumber,
    second: RecordNumber,
    same: Annotated[
        bool | None,
        typer.Option("--same/--apart", help="They are of one publication, or are not.", show_default="undo"),
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why.")] = None,
    by: By = None,
) -> None:
    """Say that two records are of one publication, or are not; without either, take back what was said."""
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.text import grouping_line

    with Project(project) as opened:
        opened.judge((first, second), _name(by), same=same, reason=reason)
        typer.echo(grouping_line(opened.work_out_duplicates()))


@review.command()
def export(
    project: ProjectFolder,
    to: Annotated[
        Path,
        typer.Option("--to", "-o", help="Write to this file, whole or not at all.", metavar="FILE"),
    ],
    duplicates: Annotated[
        DuplicatesOption,
        typer.Option(help="Write one reference a publication, or every record as it was read."),
    ] = DuplicatesOption.MERGE,
    tags: Annotated[
        bool, typer.Option("--tags", help="Add the benefits that were found as keywords and notes.")
    ] = False,
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help="What to write.", show_default="as the file's name ends", metavar="FORMAT"),
    ] = None,
) -> None:
    """Write the references for another program: RIS, nbib, BibTeX, XML, CSL-JSON, CSV or XLSX.

    A merged reference is the fullest record of a publication, with what it lacks from the others and
    the keywords of all. With --tags, each benefit that is claimed is a keyword that begins with
    "benefit: ", and its best quotation a note.
    """
    from lhs_nlp.cli.output import opened
    from lhs_nlp.references import format_of_suffix, reference_bytes
    from lhs_nlp.review.exporting import references_of
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.tagged_export import tagged_references_of

    name = format or format_of_suffix(to.suffix)
    with Project(project) as source:
        chosen = tagged_references_of if tags else references_of
        references = chosen(source, merge=duplicates is DuplicatesOption.MERGE)
    data = reference_bytes(references, name)
    with opened(to) as file:
        file.buffer.write(data)
    typer.echo(f"{to}: {len(references):,} references.")


@review.command()
def criterion(
    project: ProjectFolder,
    include: Annotated[
        list[str] | None, typer.Option("--include", help="What includes a record; may be repeated.", metavar="TEXT")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", help="What excludes a record; may be repeated.", metavar="TEXT")
    ] = None,
    by: By = None,
) -> None:
    """Write down criteria, and show all with their numbers."""
    from lhs_nlp.report.display import one_line
    from lhs_nlp.review.decisions import add_criterion, criteria
    from lhs_nlp.review.project import Project

    with Project(project) as opened:
        for text in include or []:
            add_criterion(opened, "include", text, _name(by))
        for text in exclude or []:
            add_criterion(opened, "exclude", text, _name(by))
        for each in criteria(opened):
            typer.echo(f"{each.id}  {each.kind}: {one_line(each.text)}")


@review.command()
def decide(
    project: ProjectFolder,
    record: RecordNumber,
    choice: Annotated[Choice, typer.Argument(help="What is decided.")],
    criterion: Annotated[int | None, typer.Option(help="Number of the criterion that decides.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why, in your words.")] = None,
    stage: AtStage = Stage.TITLE_ABSTRACT,
    by: By = None,
) -> None:
    """Include or exclude a record, and with it all records of its publication."""
    from lhs_nlp.review.decisions import decide
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.text import record_line

    with Project(project) as opened:
        decide(opened, record, choice.value, _name(by), stage=stage.value, criterion=criterion, reason=reason)
        typer.echo(f"{choice}: {record_line(opened.record(record))}")


@review.command()
def undo(project: ProjectFolder, by: By = None) -> None:
    """Take back your last decision; the one before it counts again."""
    from lhs_nlp.review.decisions import undo
    from lhs_nlp.review.project import Project

    with Project(project) as opened:
        undone = undo(opened, _name(by))
        typer.echo("There is nothing to undo." if undone is None else f"Undone: {undone.choice} of {undone.record}.")


@review.command()
def next(
    project: ProjectFolder,
    show: Annotated[int, typer.Option(min=1, help="Show this many.")] = 10,
    benefits: Annotated[
        bool, typer.Option("--benefits", help="Learn also from the benefits that were tagged.")
    ] = False,
    stage: AtStage = Stage.TITLE_ABSTRACT,
) -> None:
    """Show what to screen next: what is most like the included records first.

    The order is learned from all decisions each time, from the words of titles, abstracts and keywords.
    It needs one included record.
    """
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.queue import queue_of
    from lhs_nlp.review.text import queue_lines

    with Project(project) as opened:
        typer.echo("\n".join(queue_lines(queue_of(opened, stage.value, benefits=benefits), show)))


@review.command()
def tag(project: ProjectFolder, model: Model = None, framework: FrameworkFile = None) -> None:
    """Tag titles and abstracts with the benefits that they claim.

    A run that was stopped is taken up where it was. Results are in PROJECT/results.sqlite, a store that
    every command reads that takes one, e.g. `lhs-nlp export` and `lhs-nlp report`.
    """
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.tagging import results_path, tag_project
    from lhs_nlp.review.text import counted
    from lhs_nlp.tagger import load

    with Project(project) as opened:
        done = tag_project(opened, load(model, framework))
        said = f"{counted(done.tagged, 'publication')} tagged, {done.skipped:,} done before"
        typer.echo(f"{results_path(opened)}: {said}, {done.without_text:,} without title and abstract.")


@review.command()
def search(
    project: ProjectFolder,
    text: Annotated[str, typer.Argument(help="Words, or a sentence.", metavar="TEXT")],
    show: Annotated[int, typer.Option(min=1, help="Show this many.")] = 10,
    words: Annotated[bool, typer.Option("--words", help="Search by words alone, without the model.")] = False,
    model: Model = None,
) -> None:
    """Find publications by words and by meaning.

    The first search by meaning makes a vector of each title and abstract, which takes a while; they
    are kept in the project.
    """
    from lhs_nlp.bundle import load_bundle
    from lhs_nlp.classifier import BenefitClassifier
    from lhs_nlp.review.meaning import likeness_to
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.publications import publications_of
    from lhs_nlp.review.searching import search
    from lhs_nlp.review.text import hit_lines

    with Project(project) as opened:
        publications, likeness = publications_of(opened), None
        if not words:
            bundle = load_bundle(model)
            encoder = BenefitClassifier(bundle).encoder
            likeness = likeness_to(text, opened, publications, encoder, bundle.sha256)
        typer.echo("\n".join(hit_lines(search(opened, text, publications, likeness), show)))


@review.command()
def evidence(
    project: ProjectFolder,
    included: Annotated[bool, typer.Option("--included", help="Only what was included.")] = False,
    every: Annotated[bool, typer.Option("--every", help="Benefits that are not claimed, too.")] = False,
    output: Output = None,
) -> None:
    """Write the evidence table as CSV: a row a publication and benefit, with its best quotation."""
    from lhs_nlp.cli.output import opened
    from lhs_nlp.review.evidence import COLUMNS, evidence_rows
    from lhs_nlp.review.project import Project

    with opened(output) as file, Project(project) as source:
        rows = evidence_rows(source, "included" if included else "all", claimed=not every)
        file.write(_as_csv(COLUMNS, rows))


@review.command()
def flow(
    project: ProjectFolder,
    format: Annotated[FlowFormat, typer.Option("--format", "-f", help="How to show them.")] = FlowFormat.TEXT,
    output: Output = None,
) -> None:
    """Count records for the PRISMA 2020 flow diagram: identified, duplicates, screened, included."""
    from lhs_nlp.cli.output import opened, write_json
    from lhs_nlp.review.counts import flow_of
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.text import flow_lines

    with opened(output, data=format is FlowFormat.JSON) as file, Project(project) as source:
        counts = flow_of(source)
        if format is FlowFormat.JSON:
            write_json(file, {"schema": FLOW_SCHEMA, **counts.to_dict()})
        else:
            file.write("\n".join(flow_lines(counts)) + "\n")


@review.command()
def simulate(
    file: Annotated[Path, typer.Argument(help="Screened references: any format, also .gz.", metavar="FILE")],
    labels: Annotated[str, typer.Option(help="Column or tag of the decisions.", metavar="COLUMN")],
    included: Annotated[
        str | None,
        typer.Option(help="Value that means included.", show_default="include, yes, I, ...; else 1", metavar="VALUE"),
    ] = None,
    runs: Annotated[int, typer.Option(min=1, help="Start this many times, from other records each.")] = 5,
    learner: Annotated[Learner, typer.Option(help="What learns from decisions.")] = Learner.SVM,
    format: Annotated[FlowFormat, typer.Option("--format", "-f", help="How to show the result.")] = FlowFormat.TEXT,
    output: Output = None,
) -> None:
    """Play a finished screening again, to see how soon the ranking would have found what was included.

    Shows the recall curve, the work saved over sampling at 95% recall (WSS@95), the recall after a tenth
    of the records (RRF@10) and the average time to discovery (ATD). Each run starts from one included
    and one excluded record by chance.
    """
    from lhs_nlp.cli.output import opened, write_json
    from lhs_nlp.review.simulation import simulate_file
    from lhs_nlp.review.text import simulation_lines

    with opened(output, data=format is FlowFormat.JSON) as out:
        result = simulate_file(file, labels, included, runs=runs, learner=learner.value)
        if format is FlowFormat.JSON:
            write_json(out, {"schema": SIMULATION_SCHEMA, **result.to_dict()})
        else:
            out.write("\n".join(simulation_lines(result)) + "\n")


def _name(by: str | None) -> str:
    import getpass

    return by or getpass.getuser()


def _as_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    import csv
    import io

    from lhs_nlp.report.table import spreadsheet_cell

    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: spreadsheet_cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()
