"""The labelled corpora: authored documents, stand-off labels of public texts, their checks and their data card."""

from training.corpora.corrections import apply_corrections, read_corrections
from training.corpora.datacard import write_datacard
from training.corpora.documents import CORPORA, SPLITS, passage_rows, read_documents, read_rows
from training.corpora.duplicates import NearDuplicate, find_near_duplicates, held_by
from training.corpora.files import read_labelled_files
from training.corpora.standoff import read_standoff, to_standoff
from training.corpora.unlabelled import unlabelled_passages
from training.corpora.validation import find_problems

__all__ = [
    "CORPORA",
    "SPLITS",
    "NearDuplicate",
    "apply_corrections",
    "find_near_duplicates",
    "find_problems",
    "held_by",
    "passage_rows",
    "read_corrections",
    "read_documents",
    "read_labelled_files",
    "read_rows",
    "read_standoff",
    "to_standoff",
    "unlabelled_passages",
    "write_datacard",
]
