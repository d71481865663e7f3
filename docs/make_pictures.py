"""Make the pictures of the README: ``make pictures``.

The terminal view of an example is set by rich and drawn as SVG, the HTML report is written by
the command line's own renderer; headless Chromium turns both into PNG.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from rich.console import Console

import lhs_nlp
from lhs_nlp.report import TerminalReport, to_html

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
COLUMNS = 88
REPORT_SIZE = (1280, 1500)
"""Width and height of the picture of the HTML report, in pixels."""

_REMOTE_FONT = re.compile(r"@font-face\s*{.*?}", re.DOTALL)
_VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def main() -> None:
    """Write ``terminal.png`` and ``report.png``."""
    os.chdir(ROOT)  # the pictures show the path as it is given
    PICTURES.mkdir(exist_ok=True)
    tagger = lhs_nlp.load()
    draw_terminal(tagger, Path("examples/proposal.docx"), PICTURES / "terminal.png")
    draw_report(tagger, Path("examples/evaluation-report.pdf"), PICTURES / "report.png")


def draw_terminal(tagger: lhs_nlp.Tagger, example: Path, picture: Path) -> None:
    """Draw what ``lhs-nlp tag`` shows at a terminal."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="standard")
    console.print(TerminalReport(tagger.tag(example)))
    # rich names a font on another server; the machine's own does.
    svg = _REMOTE_FONT.sub("", console.export_svg(title=f"lhs-nlp tag {example}"))
    box = _VIEW_BOX.search(svg)
    if box is None:
        raise SystemExit("rich wrote an SVG without a size.")
    page = f"<!doctype html><style>body{{margin:0}}svg{{display:block}}</style>{svg}"
    _photograph(page, picture, (round(float(box[1])), round(float(box[2]))))


def draw_report(tagger: lhs_nlp.Tagger, example: Path, picture: Path) -> None:
    """Draw the top of the HTML report."""
    _photograph(to_html(tagger.tag(example)), picture, REPORT_SIZE)


def _photograph(page: str, picture: Path, size: tuple[int, int]) -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise SystemExit("Chromium was not found on the PATH: install it (Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, encoding="utf-8")
        # Chromium's sandbox refuses to start for root; the page is our own.
        options = [
            "--headless",
            "--disable-gpu",
            "--no-sandbox",
            "--hide-scrollbars",
            f"--user-data-dir={folder}/profile",
        ]
        window = [f"--window-size={size[0]},{size[1]}", f"--screenshot={picture}", source.as_uri()]
        subprocess.run([browser, *options, *window], check=True, capture_output=True)  # noqa: S603


if __name__ == "__main__":
    main()
