"""Put all-MiniLM-L6-v2, as it was pretrained, into a folder: ``python -m training.general --output FOLDER``.

Screening ranks titles by it, and reviews are searched by meaning: see `lhs_nlp.bundle.general`. Nothing is trained.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from lhs_nlp.bundle import CARD, ENCODER, GENERAL_NAME, MANIFEST, TOKENIZER, hash_file
from lhs_nlp.framework import default_framework
from training.base import REQUIREMENT, SHA256, base_encoder
from training.export import export_encoder
from training.finetune import read_tokenizer
from training.network import load_network

MOST_TOKENS = 256
"""Longer texts are cut."""

_ABOUT = f"""# {GENERAL_NAME}

A general encoder of short texts: [all-MiniLM-L6-v2](https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2)
of the sentence-transformers project (Apache License 2.0), 22.7 million weights, mean pooling. It was trained by them
on a billion pairs of sentences, and is used here as it is, to rank titles in screening and to search by meaning; what
finds benefits is the model beside it.

`encoder.onnx` holds its matrices as whole numbers of 8 bits with a scale for each column (each row of the matrix that
looks tokens up) and computes in float32. `python -m training.general` makes it from the package
`{REQUIREMENT}`, whose weights have the SHA-256 `{SHA256}`.
"""


def main() -> None:
    """Write the encoder, its tokenizer, what is to be said of them, and the manifest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True, help="folder, e.g. models/all-minilm-l6-v2")
    folder: Path = parser.parse_args().output
    folder.mkdir(parents=True, exist_ok=True)
    base = base_encoder()
    # The heads of a network that is not trained yet are left behind.
    export_encoder(load_network(base, default_framework()), folder / ENCODER, "int8")
    read_tokenizer(base, MOST_TOKENS).save(str(folder / TOKENIZER))
    (folder / CARD).write_text(_ABOUT, encoding="utf-8")
    manifest = {
        "id": GENERAL_NAME,
        "most_tokens": MOST_TOKENS,
        "made_from": {"package": REQUIREMENT, "sha256": SHA256, "license": "Apache-2.0"},
        "files": {name: hash_file(folder / name) for name in (CARD, ENCODER, TOKENIZER)},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
