"""Full texts in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from lhs_nlp.report.display import one_line
from lhs_nlp.review.full_texts.attaching import Attached
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.attachments import rivals
from lhs_nlp.review.project.text import record_line


def rival_lines(project: Project) -> Iterator[str]:
    """Yield which publications have several full texts, as their records were joined, and which of them is read."""
    for number, (*others, read) in rivals(project).items():
        unread = ", ".join(one_line(str(other.path)) for other in others)
        yield (
            f"record {number} was joined with others that have full texts, too: {one_line(str(read.path))} is read, "
            f"and not {unread}; `lhs-nlp review detach {project.folder} {number}`, then attach the one that is meant."
        )


def attached_line(project: Project, attached: Attached) -> str:
    """Return what became of a file, and the records that it is of or may be of."""
    records = "; ".join(record_line(project.record(number)) for number in attached.publications)
    said = f"{one_line(attached.name)}: {attached.kind} ({one_line(attached.reason)})"
    return f"{said}: {records}" if records else said
