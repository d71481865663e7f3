"""How much screening a ranking saves: recall curve, work saved over sampling, and two measures of how soon.

The records that a simulation starts from are known beforehand and count nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class RecallCurve:
    """In which order relevant records were found.

    Parameters
    ----------
    found_at
        For each relevant record, how many had been screened when it was found, itself included; ascending, int64 [r].
    records
        How many records there are to screen.
    """

    found_at: NDArray[np.int64]
    records: int

    @property
    def relevant(self) -> int:
        """Number of relevant records."""
        return len(self.found_at)

    def recall(self, screened: int) -> float:
        """Return the share of relevant records among the first so many."""
        return float((self.found_at <= screened).mean())

    def screened_for(self, recall: float) -> int:
        """Return how many records must be screened for a recall of this much."""
        # Rounded first: 0.95 of 20 is 19, not a hair more.
        return int(self.found_at[ceil(round(recall * self.relevant, 9)) - 1])

    def work_saved(self, recall: float = 0.95) -> float:
        """Return the work saved over sampling at a recall (WSS, Cohen et al. 2006, doi:10.1197/jamia.M1929).

        It is the share of records that need not be screened, less the share that need not be
        when records come in random order.
        """
        return 1 - self.screened_for(recall) / self.records - (1 - recall)

    def found_early(self, share: float = 0.10) -> float:
        """Return the recall after a share of the records (RRF, relevant references found)."""
        return self.recall(int(share * self.records))

    def time_to_discovery(self) -> float:
        """Return the mean share of records that are screened when a relevant one is found.

        The average time to discovery (ATD) of Ferdinands et al. 2023, doi:10.1186/s13643-023-02257-7, as a share.
        """
        return float(self.found_at.mean()) / self.records

    def to_dict(self) -> dict[str, Any]:
        """Return the measures and the curve at each percent of the records, to 4 decimals."""
        return {
            "records": self.records,
            "relevant": self.relevant,
            "wss_95": round(self.work_saved(), 4),
            "rrf_10": round(self.found_early(), 4),
            "atd": round(self.time_to_discovery(), 4),
            "recall_by_percent": [round(self.recall(percent * self.records // 100), 4) for percent in range(101)],
        }


def recall_curve(labels: NDArray[np.integer]) -> RecallCurve:
    """Return the curve of labels (1 relevant, 0 not) in the order of screening; at least one is relevant."""
    return RecallCurve(np.flatnonzero(labels) + 1, len(labels))
