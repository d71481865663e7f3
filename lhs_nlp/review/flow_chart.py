"""The PRISMA 2020 flow diagram (Page et al. 2021, doi:10.1136/bmj.n71) of a review's counts, as SVG and in a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from textwrap import wrap

from jinja2 import Template

from lhs_nlp.report import display, page
from lhs_nlp.review.counts import Flow, Screening

WIDTH = 860
"""Of the diagram, in its own units."""

_BOX, _GAP, _LINE, _PADDING = 350, 28, 19, 12
_LEFT, _RIGHT = 66, 490
_CHARACTERS = 46
"""Of a line in a box."""
_LOWEST = {"Identification": 116, "Included": 76}
"""Height of the boxes of a phase that are beside its upright name."""
_MOST_SOURCES = 12
"""Files that have a line of their own in the first box."""

_PACKAGE = "lhs_nlp.review"


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the diagram: what goes on, and what leaves beside it.

    Parameters
    ----------
    phase
        Identification, Screening or Included.
    stays, leaves
        Lines of the two boxes; () for no box.
    """

    phase: str
    stays: tuple[str, ...]
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A box as it is drawn: place and size in units of the diagram, and lines that fit into it."""

    x: int
    y: int
    height: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A phase, as it is drawn at the left."""

    name: str
    y: int
    height: int


def steps_of(flow: Flow) -> list[Step]:
    """Return the steps of the diagram; what nobody recorded is not shown as a number."""
    first, second = flow.title_abstract, flow.full_text
    return [
        Step("Identification", tuple(_identified(flow.identified)), _left_before(flow)),
        Step("Screening", (_n("Records screened", _decided(first)), *_waiting(first)), _excluded("Records", first)),
        Step(
            "Screening", (_n("Reports sought for retrieval", first.included),), ("Reports not retrieved: not recorded",)
        ),
        Step(
            "Screening",
            (_n("Reports assessed for eligibility", _decided(second)), *_waiting(second)),
            _excluded("Reports", second),
        ),
        Step("Included", (_n("Publications included in review", second.included),)),
    ]


def _n(text: str, number: int) -> str:
    return f"{text} (n = {number:,})"


def _decided(screening: Screening) -> int:
    return screening.to_screen - screening.undecided


def _identified(sources: Mapping[str, int]) -> Iterator[str]:
    yield _n("Records identified", sum(sources.values()))
    shown = list(sources.items())
    if len(shown) > _MOST_SOURCES:
        rest = sum(number for _, number in shown[_MOST_SOURCES - 1 :])
        shown = [*shown[: _MOST_SOURCES - 1], (f"{len(shown) - _MOST_SOURCES + 1} more files", rest)]
    yield from (f"\u2022 {_n(display.one_line(name), number)}" for name, number in shown)


def _left_before(flow: Flow) -> tuple[str, ...]:
    return ("Records removed before screening:", f"\u2022 {_n('Duplicate records', flow.duplicates)}")


def _waiting(screening: Screening) -> Iterator[str]:
    if screening.undecided:
        yield _n("Not decided on yet", screening.undecided)


def _excluded(noun: str, screening: Screening) -> tuple[str, ...]:
    reasons = (f"\u2022 {_n(display.one_line(reason), number)}" for reason, number in screening.excluded_for.items())
    open_ones = (("Maybe", screening.maybe), ("Screeners in conflict", screening.conflict))
    return (
        _n(f"{noun} excluded", screening.excluded),
        *reasons,
        *(_n(name, number) for name, number in open_ones if number),
    )


def flow_to_svg(flow: Flow) -> str:
    """Return the diagram as an SVG file."""
    steps = steps_of(flow)
    return _template("flow.svg.jinja").render(**_drawing(steps), spoken=_spoken(steps), alone=True)


def flow_to_html(flow: Flow, title: str | None = None) -> str:
    """Return the diagram as one self-contained HTML file, with the same counts as a table.

    Parameters
    ----------
    flow
        What was counted.
    title
        What to call it; None for "PRISMA 2020 flow diagram".
    """
    style, steps = page.style(_PACKAGE, "review.css"), steps_of(flow)
    return _template("flow.html.jinja").render(
        title=title or "PRISMA 2020 flow diagram",
        steps=steps,
        **_drawing(steps),
        spoken=_spoken(steps),
        alone=False,
        style=style,
        policy=page.policy(style, ""),
    )


def _spoken(steps: Sequence[Step]) -> str:
    return "; ".join(line.removeprefix("\u2022 ") for step in steps for line in (*step.stays, *step.leaves))


def _drawing(steps: Sequence[Step]) -> dict[str, object]:
    """Lay the boxes out: each row as high as its higher box."""
    y, boxes, bands, arrows = _GAP, [], list[Band](), []
    for at, step in enumerate(steps):
        stays, leaves = _lines(step.stays), _lines(step.leaves)
        height = max(_height(stays), _height(leaves), _LOWEST.get(step.phase, 0))
        boxes.append(Box(_LEFT, y, height, stays))
        if leaves:
            boxes.append(Box(_RIGHT, y, height, leaves))
            arrows.append((_LEFT + _BOX, y + height // 2, _RIGHT, y + height // 2))
        if at + 1 < len(steps):
            arrows.append((_LEFT + _BOX // 2, y + height, _LEFT + _BOX // 2, y + height + _GAP))
        if bands and bands[-1].name == step.phase:
            bands[-1] = Band(step.phase, bands[-1].y, y + height - bands[-1].y)
        else:
            bands.append(Band(step.phase, y, height))
        y += height + _GAP
    return {"boxes": boxes, "bands": bands, "arrows": arrows, "width": WIDTH, "height": y, "box": _BOX}


def _lines(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(line for text in texts for line in wrap(text, _CHARACTERS, subsequent_indent="  "))


def _height(lines: Sequence[str]) -> int:
    return len(lines) * _LINE + 2 * _PADDING


@cache
def _template(name: str) -> Template:
    environment = page.environment()
    environment.globals.update(line_height=_LINE, padding=_PADDING)
    if name != "flow.svg.jinja":
        environment.globals["drawing"] = environment.from_string(page.read(_PACKAGE, "flow.svg.jinja"))
    return environment.from_string(page.read(_PACKAGE, name))
