"""Tag a folder with the toy tagger, slowly and in small steps: ``python -m tests.archive.killable FOLDER STORE``."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.archive import Options, Store, batch, tag_archive
from lhs_nlp.classifier import BenefitClassifier
from lhs_nlp.framework import default_framework
from lhs_nlp.tagger import Tagger
from tests.toy import ToyEncoder, toy_bundle


class SlowEncoder(ToyEncoder):
    """Takes its time, so that there are many moments at which it can be killed."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        time.sleep(0.02)
        return super().encode(texts)


def main(folder: str, store: str) -> None:
    batch.PASSAGES_PER_CALL = 8
    framework = default_framework()
    tagger = Tagger(BenefitClassifier(toy_bundle(framework), framework, SlowEncoder(framework)))
    with Store(Path(store)) as opened:
        account = tag_archive([folder], opened, tagger, Options(workers=2))
    print("\n".join(account.lines()))


if __name__ == "__main__":
    main(*sys.argv[1:])
