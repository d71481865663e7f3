"""Summaries written by hand: an invented proposal, and odd documents that renderers must survive."""

from __future__ import annotations

from dataclasses import replace

from lhs_nlp.framework import Benefit, Concept, Dimension, Framework, Stakeholder, Status, default_framework
from lhs_nlp.report.failure import Failure
from lhs_nlp.summary import DocumentSummary, Verdict
from tests.report.writing import About, Found, Piece, Said, heading, item, paragraph, row, summary_of, write

PROPOSAL = (
    Piece("title", (Said("Night Rounds That Learn: preventing falls on twelve older-adult wards"),)),
    heading("Summary"),
    paragraph(
        Said(
            "Falls are the most frequent harm reported by our wards, and most happen between midnight and dawn.",
            (Found("safety", "context", 0.97, ("harm_prevention",)),),
        ),
        Said(
            "We propose a learning cycle in which night teams review each fall within a day, change one routine, and "
            "see the effect on a shared board. We expect to lower falls with injury by one quarter in two years.",
            (Found("safety", "anticipated", 0.98, ("harm_prevention", "safety_culture"), ("patients_families",)),),
        ),
        Said(
            "Because every ward learns from the others, older adults will receive the prevention that the guideline "
            "recommends, whichever ward they are on.",
            (
                Found(
                    "quality",
                    "anticipated",
                    0.94,
                    ("evidence_based_care", "reliability"),
                    ("patients_families", "clinicians"),
                ),
            ),
        ),
    ),
    heading("1 Background"),
    paragraph(
        Said(
            "A fall in hospital adds about nine days to a stay and is a leading reason for long-term care.",
            (
                Found("value", "context", 0.81, ("efficiency",)),
                Found("safety", "context", 0.88, ("harm_prevention",)),
            ),
        ),
        "The twelve wards share one record system and one nursing council, but no common routine at night.",
    ),
    paragraph(
        Said(
            "Patients who do not speak the language of the ward fall more often in our records, yet they are seldom "
            "asked why.",
            (Found("equity", "context", 0.93, ("disparities", "access")),),
        ),
        "The council has asked for a study of the causes.",
    ),
    heading("2 Aims", page=True),
    paragraph("The project has three aims."),
    item(
        Said(
            "To reduce falls with injury on the twelve wards, measured per thousand patient-days.",
            (Found("safety", "anticipated", 0.96, ("harm_prevention",), ("patients_families",)),),
        )
    ),
    item(
        Said(
            "To find out whether interpreters on the night board narrow the gap between language groups.",
            (Found("equity", "anticipated", 0.9, ("disparities", "access"), ("patients_families", "community")),),
        )
    ),
    item(
        Said(
            "To learn whether patients and families feel safer and better informed at night.",
            (
                Found(
                    "patient_satisfaction", "anticipated", 0.86, ("experience", "communication"), ("patients_families",)
                ),
            ),
        )
    ),
    heading("3 Approach"),
    heading("3.1 The night board", level=2),
    paragraph(
        "Each ward keeps a board with four fields: what happened, what we think, what we try, what we saw. The charge "
        "nurse fills it before the morning handover.",
        Said(
            "A data analyst joins boards and records every week and returns one page of feedback to each ward.",
            (Found("quality", "anticipated", 0.57, ("reliability",), ("clinicians",)),),
        ),
    ),
    paragraph(
        "Wards begin in random order, one a month. Falls, injuries, nights with a completed board and length of stay "
        "are taken from the record system.",
        page=True,
    ),
    heading("3.2 Measures", level=2),
    row("Measure", "Source", "Interval"),
    row("Falls with injury", "Incident reports", "Weekly"),
    row("Completed night boards", "Ward audit", "Weekly"),
    row("Felt informed at night", "Exit card", "Monthly"),
    heading("4 Pilot results"),
    paragraph(
        Said(
            "In our pilot on two wards, falls with injury went from 3.1 to 2.2 per thousand patient-days in eight "
            "months, while the other wards did not change.",
            (Found("safety", "achieved", 0.99, ("harm_prevention",), ("patients_families",)),),
        ),
        Said(
            "Call bells were answered two minutes sooner at night, and more patients had their pain "
            "assessed before sleep.",
            (Found("quality", "achieved", 0.95, ("timeliness", "outcomes"), ("patients_families",)),),
        ),
    ),
    paragraph(
        Said(
            "Length of stay did not change, and the boards took each charge nurse eleven minutes a night.",
            (Found("value", "not_achieved", 0.92, ("efficiency",)),),
        ),
        Said(
            "Exit cards were too few to say how patients felt.",
            (Found("patient_satisfaction", "context", 0.62, ("experience",)),),
        ),
    ),
    heading("5 What we expect", page=True),
    paragraph(
        Said(
            "Fewer injuries should free about two hundred bed-days a year; whether that pays for the analyst will be "
            "known after the first year.",
            (
                Found("value", "anticipated", 0.88, ("cost", "return_on_investment"), ("payers", "leaders")),
                Found("safety", "anticipated", 0.71, ("harm_prevention",), ("leaders",)),
            ),
        ),
        Said(
            "Night staff told us that being heard made them want to stay, and the council hopes that the boards will "
            "keep nurses on wards that lose many of them.",
            (Found("reputation", "anticipated", 0.64, ("workforce",), ("clinicians",), "program"),),
        ),
    ),
    paragraph(
        "Three neighbouring hospitals have asked for the boards, and we will share forms and code with them. All forms "
        "will be open from the first day."
    ),
)

VERDICTS: dict[str, tuple[Verdict, float]] = {
    "quality": ("claimed", 0.9712),
    "safety": ("claimed", 0.998_76),
    "equity": ("claimed", 0.8834),
    "patient_satisfaction": ("needs_review", 0.6127),
    "reputation": ("needs_review", 0.4405),
    "value": ("not_claimed", 0.1958),
}

SUMMARY_TEXT = (
    "The document claims 3 of the 6 benefits: quality (1 passage achieved, 2 anticipated; reliability, evidence-based "
    "care, timeliness); safety (1 passage achieved, 3 anticipated; harm prevention, safety culture); and equity (1 "
    "passage anticipated; disparities, access for underserved groups). Whether it claims patient satisfaction or "
    "reputation needs a reader's decision. It speaks of value without claiming it."
)


def proposal() -> DocumentSummary:
    """Make the summary of a five-section proposal on four pages, with every verdict and every status."""
    document, written = write(
        PROPOSAL,
        About(
            title="Night Rounds That Learn: preventing falls on twelve older-adult wards",
            source="proposals/night-rounds.pdf",
            metadata={"author": "Northgate Hospital Nursing Council", "date": "2025-03-14", "language": "en"},
        ),
    )
    return summary_of(document, written, VERDICTS, SUMMARY_TEXT)


NOTHING = "The document clearly claims none of the 6 benefits of the framework."


def no_findings() -> DocumentSummary:
    document, written = write([paragraph("The committee met on Tuesday."), paragraph("Minutes were kept.")], About())
    return summary_of(document, written, {}, NOTHING)


def no_pages() -> DocumentSummary:
    document, written = write(PROPOSAL, About(paged=False, source="notes.md", format="markdown"))
    return summary_of(document, written, VERDICTS, SUMMARY_TEXT)


def empty() -> DocumentSummary:
    """Make the summary of a text without any word."""
    document, written = write([], About(paged=False, source="text 1", format="text"))
    return summary_of(document, written, {}, "The document holds no passages, so nothing can be said of its benefits.")


def _one_passage(text: str, about: About) -> DocumentSummary:
    said = Said(text, (Found("quality", "anticipated", 0.93, ("outcomes",), ("clinicians",)),))
    document, written = write([heading(about.section), paragraph(said)], about)
    return summary_of(document, written, {"quality": ("claimed", 0.91)}, "The document claims quality.")


def non_latin() -> DocumentSummary:
    """Make a summary with Chinese, Arabic (with an override of direction), Greek, combining marks and an emoji."""
    chinese, arabic, greek = "我们预计护理质量将会提高。", "نتوقع تحسين جودة الرعاية", "Περιμένουμε καλύτερη φροντίδα"
    text = f"{chinese} {arabic} \u202eabc\u202c. {greek} — cafe\u0301 \U0001f469\u200d\u2695\ufe0f."
    return _one_passage(
        text, About(title="学习型医疗体系 提案", source="提案.docx", format="docx", section="目标", paged=False)
    )


def hostile() -> DocumentSummary:
    """Make a summary whose every text tries to be markup, a formula, or a terminal's control sequence."""
    evil = (
        '=HYPERLINK("x") <script>alert(1)</script> </style><img src=x onerror=alert(2)> [bold red]loud[/bold red] '
        "[link=file:///x]y[/] {{ 7 * 7 }} {% raw %} `code` *star* _under_ | pipe | \\ [a](javascript:alert(3)) &amp; "
        "&#x41; ]]> <!-- \x1b[31mred\x1b[0m \x1b]0;title\x07 \x00 nul :smile: \udc80"
    )
    return _one_passage(
        evil,
        About(
            title='"><script>alert(0)</script> [bold]T[/bold] {{ title }}',
            source="=cmd|' /C calc'!A0\n<b>second line</b>\x1b[2J.pdf",
            section="# <h1> [red] | section",
            metadata={"author": "<script>alert(4)</script>", "language": '"><script>'},
        ),
    )


def long_title() -> DocumentSummary:
    title = "A study of very many things " * 40 + "Donaudampfschifffahrtsgesellschaft" * 8
    return _one_passage("We expect better care.", About(title=title, source="a/" * 80 + "long name " * 20 + ".pdf"))


def many_passages(passages: int = 2000) -> DocumentSummary:
    """Make a long report: a finding in every fifth passage, a page every twentieth."""
    framework = default_framework()
    pieces: list[Piece] = []
    for number in range(passages):
        if number % 40 == 0:
            pieces.append(heading(f"{number // 40 + 1} Chapter", page=number > 0))
        benefit = framework.benefits[number // 5 % 6]
        status = framework.statuses[number // 5 % 4]
        found = (Found(benefit.id, status.id, 0.8, (benefit.concepts[0].id,), ("clinicians",)),)
        text = (
            f"Passage {number} of the report says what was done on ward {number % 12}, by whom, and in which month, "
            "so that a reader can follow the work from its first day to its last."
        )
        pieces.append(paragraph(Said(text, found if number % 5 == 0 else ()), page=number % 20 == 19))
    document, written = write(pieces, About("A long report", "long.pdf"))
    return summary_of(document, written, VERDICTS, SUMMARY_TEXT)


def unsure_evidence() -> DocumentSummary:
    """Make a summary whose best quotation is below the threshold of its benefit, so it is no finding."""
    said = Said("The board may help.", (Found("quality", "anticipated", 0.31),))
    document, written = write([paragraph("Wards differ."), paragraph(said)], About())
    return summary_of(document, written, {"quality": ("needs_review", 0.42)}, "Quality needs a reader's decision.")


def list_quoted() -> DocumentSummary:
    """Make a summary that quotes three items of a list, as one passage."""
    return _one_passage("fewer falls at night\n\n- shorter stays\n\n3) calmer wards", About())


def other_framework(benefits: int = 10) -> Framework:
    """Make a framework with many benefits of similar names, three statuses and other ids."""
    return Framework(
        id="service-goals",
        version="0.3",
        name="Goals of a service",
        source="Invented for tests",
        benefits=tuple(
            Benefit(f"goal_{number}", f"Goal {number}", "A goal.", (Concept("part", "Part of it"),))
            for number in range(benefits)
        ),
        statuses=(
            Status("planned", "Planned", True, 1),
            Status("met", "Met", True, 3),
            Status("missed", "Missed", False, 2),
        ),
        dimensions=(Dimension("project", "Project"),),
        stakeholders=(Stakeholder("residents", "Residents"),),
    )


def other() -> DocumentSummary:
    framework = other_framework()
    said = [
        Said(
            f"Goal {number} will be met by June.", (Found(f"goal_{number}", "planned", 0.9, ("part",), ("residents",)),)
        )
        for number in range(10)
    ]
    document, written = write([paragraph(*said)], About(source="plan.html", format="html", paged=False))
    return summary_of(document, written, {"goal_0": ("claimed", 0.9)}, "The document claims goal 0.", framework)


def page_inside_paragraph() -> DocumentSummary:
    """Make the proposal with a page that begins in the midst of a highlighted passage."""
    summary = proposal()
    at = summary.document.text.index("We expect to lower falls")
    starts = tuple(sorted({*summary.document.page_starts, at}))
    return replace(summary, document=replace(summary.document, page_starts=starts))


def failure() -> Failure:
    return Failure("scans/minutes <1>.pdf", "scanned", "Run OCR on the file first, e.g. with ocrmypdf.")


SUMMARIES = (
    proposal,
    no_findings,
    no_pages,
    empty,
    non_latin,
    hostile,
    long_title,
    unsure_evidence,
    other,
    page_inside_paragraph,
)
"""Every example that is small enough to be rendered often."""
