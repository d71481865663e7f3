"""The flow diagram as it is drawn: SVG, alone or in a page with the same counts as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from textwrap import wrap

from jinja2 import Template
from rich.cells import cell_len

from lhs_nlp.report import page
from lhs_nlp.review.flow.steps import Step, steps_of
from lhs_nlp.review.screening.counts import Flow

WIDTH = 1000
"""Of the diagram, in its own units."""

_BOX, _GAP, _LINE, _PADDING = 420, 28, 19, 12
_LEFT, _RIGHT = 66, 560
_CELLS = 44
"""Of a line in a box, so that it fits in wide faces, too: letters of Chinese, Japanese and Korean take two."""
_LOWEST = {"Identification": 116, "Included": 76}
"""Height of the boxes of a phase that are beside its upright name."""
_PACKAGE = "lhs_nlp.review.flow"


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
    style, steps = page.style("lhs_nlp.review", "review.css"), steps_of(flow)
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
    return tuple(line for text in texts for line in _wrapped(text))


def _wrapped(text: str) -> Iterator[str]:
    """Yield a text in lines that fit into a box, its count in one of them."""
    characters = min(_CELLS, _CELLS * len(text) // max(cell_len(text), 1))
    for line in wrap(text.replace("(n = ", "(n\u00a0=\u00a0"), characters, subsequent_indent="  "):
        yield line.replace("(n\u00a0=\u00a0", "(n = ")


def _height(lines: Sequence[str]) -> int:
    return len(lines) * _LINE + 2 * _PADDING


@cache
def _template(name: str) -> Template:
    environment = page.environment()
    environment.globals.update(line_height=_LINE, padding=_PADDING)
    if name != "flow.svg.jinja":
        environment.globals["drawing"] = environment.from_string(page.read(_PACKAGE, "flow.svg.jinja"))
    return environment.from_string(page.read(_PACKAGE, name))
