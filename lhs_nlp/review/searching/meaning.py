"""How near publications are in meaning to a text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.encoders import Encoder
from lhs_nlp.encoders.vectors import directions
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.publications import Publication
from lhs_nlp.review.project.vectors import Progress, vectors_of


def likeness_to(
    text: str,
    project: Project,
    publications: Sequence[Publication],
    encoder: Encoder,
    model_sha256: str,
    on_progress: Progress | None = None,
) -> NDArray[np.float32]:
    """Return the cosine of each publication's vector and that of a text, float32 [n]; see `vectors_of`."""
    vectors = vectors_of(project, [each.text for each in publications], encoder, model_sha256, on_progress)
    likeness: NDArray[np.float32] = vectors @ directions([text], encoder)[0]
    return likeness
