"""The digest as one HTML file."""

from __future__ import annotations

from functools import cache

from jinja2 import Template

from lhs_nlp.report import display, page
from lhs_nlp.review.digest.digest import Digest
from lhs_nlp.review.digest.sentences import about, cited_by, lead_of
from lhs_nlp.review.evidence.cited import bibliography_line


def digest_to_html(digest: Digest) -> str:
    """Return a digest as one self-contained HTML file; citations lead to the references at its end."""
    style, framework = page.style("lhs_nlp.review", "review.css"), digest.tagging.framework
    return _template().render(
        digest=digest,
        framework=framework,
        letters=display.letters(framework),
        hues=display.hues(framework),
        places={key: at for at, (key, _) in enumerate(digest.references)},
        style=style,
        policy=page.policy(style, ""),
    )


@cache
def _template() -> Template:
    environment = page.environment()
    environment.globals.update(about=about, bibliography_line=bibliography_line, cited_by=cited_by, lead_of=lead_of)
    return environment.from_string(page.read("lhs_nlp.review.digest", "digest.html.jinja"))
