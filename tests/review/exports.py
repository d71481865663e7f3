"""Exports of databases that tests make up: one article in three of them, and others."""

from __future__ import annotations

from pathlib import Path

FIRST = """\
TY  - JOUR
TI  - Checklists against falls in hospital wards: a stepped-wedge trial
AU  - Okafor, Ada
AU  - Lindqvist, Per
PY  - 2021
JO  - Journal of Ward Safety
VL  - 12
SP  - 101
EP  - 109
DO  - 10.1000/falls.1
KW  - falls
C9  - kept as it is
ER  -

TY  - JOUR
TI  - Handrails and lighting at home after a first fall
AU  - Zhou, Li
AB  - Handrails and better lighting will reduce falls at home. We asked 300 people after a first fall.
PY  - 2019
JO  - Homes and Health
ER  -
"""

SECOND = """\
TY  - JOUR
TI  - CHECKLISTS AGAINST FALLS IN HOSPITAL WARDS: A STEPPED-WEDGE TRIAL.
AU  - Okafor, A.
PY  - 2021
AB  - Injuries from falls fell by a third after wards took up a shared checklist.
KW  - patient safety
ER  -

this line is of no record
TY  - JOUR
TI  - Waiting times in outpatient clinics
AU  - Silva, Rui
PY  - 2020
ER  -
"""

THIRD = """\
@article{okafor2021,
  title = {Checklists against falls in hospital wards: a stepped-wedge trial},
  author = {Okafor, Ada and Lindqvist, Per},
  year = {2021},
  doi = {10.1000/FALLS.1}
}
"""


def write_exports(folder: Path) -> list[Path]:
    """Write three exports: five records of three publications."""
    files = {"first.ris": FIRST, "second.ris": SECOND, "third.bib": THIRD}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]
