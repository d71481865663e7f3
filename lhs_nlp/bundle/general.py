"""The general encoder: all-MiniLM-L6-v2 as it was pretrained, which tells what any text is about, not its benefits."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lhs_nlp.bundle.files import ENCODER, MANIFEST, TOKENIZER, identity_of, verify_files
from lhs_nlp.bundle.loading import model_folder, read_json
from lhs_nlp.errors import BundleError

if TYPE_CHECKING:
    from lhs_nlp.encoders import Encoder

GENERAL_NAME = "all-minilm-l6-v2"

FILES = (ENCODER, TOKENIZER)


class GeneralEncoder(NamedTuple):
    """An encoder, and the SHA-256 that stands for it."""

    encoder: Encoder
    sha256: str


@lru_cache(maxsize=1)
def general_encoder(path: Path | None = None) -> GeneralEncoder:
    """Load the general encoder, once, and check that its files are the ones that its manifest lists.

    Parameters
    ----------
    path
        Its folder; None for the one in the installed package or the checkout.

    Raises
    ------
    BundleError
        A file is missing, changed or malformed; the message names it.
    """
    from lhs_nlp.encoders import OnnxEncoder

    folder = path or model_folder(GENERAL_NAME)
    if folder is None:
        raise BundleError(f"The encoder {GENERAL_NAME} was not found: install the wheel again.")
    manifest = read_json(folder / MANIFEST)
    try:
        files, most_tokens = dict(manifest["files"]), int(manifest["most_tokens"])
    except (KeyError, TypeError, ValueError) as error:
        raise BundleError(f"{folder / MANIFEST}: malformed ({error!r}).") from error
    verify_files(folder, files, FILES)
    return GeneralEncoder(OnnxEncoder(folder / ENCODER, folder / TOKENIZER, most_tokens), identity_of(files))
