"""Full texts in lines for a terminal."""

from __future__ import annotations

from lhs_nlp.report.display import one_line
from lhs_nlp.review.full_texts.attaching import Attached
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.text import record_line


def attached_line(project: Project, attached: Attached) -> str:
    """Return what became of a file, and the records that it is of or may be of."""
    records = "; ".join(record_line(project.record(number)) for number in attached.publications)
    said = f"{one_line(attached.name)}: {attached.kind} ({one_line(attached.reason)})"
    return f"{said}: {records}" if records else said
