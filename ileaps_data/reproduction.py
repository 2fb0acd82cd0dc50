"""One published result beside the same result computed here."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pandas import Series


@dataclass(frozen=True, kw_only=True)
class Compared:
    """How many figures of one published result are given back.

    Attributes:
        name: the publication.
        what: the figures.
        n: how many are published and computable from what is published.
        n_equal: how many of them are equal within the tolerance.
        largest_difference: between two figures; NaN for words.
        tolerance: up to where two figures count as equal; 0 for words.
        note: what a reader must know.
        must_be_equal: false where the publisher's rule is not known in full.
        source_id: the row of the table of sources.
    """

    name: str
    what: str
    n: int
    n_equal: int
    largest_difference: float
    tolerance: float
    note: str
    must_be_equal: bool
    source_id: str

    def as_dict(self) -> dict[str, Any]:
        """The result as a row of a table."""
        return asdict(self)


def compared(
    name: str,
    what: str,
    published: Series[Any],
    computed: Series[Any],
    tolerance: float,
    source_id: str,
    note: str = "",
) -> Compared:
    """Published numbers against computed ones on the same index; a missing one is unequal.

    >>> import pandas as pd
    >>> printed, here = pd.Series([1.0, 2.0, 3.0]), pd.Series([1.0, 2.5, None])
    >>> row = compared("paper", "figures", printed, here, 0.1, "paper_1")
    >>> row.n, row.n_equal, row.largest_difference
    (3, 1, 0.5)
    """
    difference = (published - computed.reindex(published.index)).abs().to_numpy(dtype=np.float64)
    known = difference[np.isfinite(difference)]
    return Compared(
        name=name,
        what=what,
        n=len(difference),
        n_equal=int((known <= tolerance).sum()),
        largest_difference=float(known.max()) if known.size else float("nan"),
        tolerance=tolerance,
        note=note,
        must_be_equal=True,
        source_id=source_id,
    )


def agreed(
    name: str,
    what: str,
    published: Series[Any],
    computed: Series[Any],
    source_id: str,
    note: str = "",
    *,
    must_be_equal: bool = True,
) -> Compared:
    """Published words against computed ones on the same index; a missing one is unequal.

    >>> import pandas as pd
    >>> row = agreed("paper", "colours", pd.Series(["red", "green"]), pd.Series(["red", None]), "p")
    >>> row.n, row.n_equal
    (2, 1)
    """
    equal = published.eq(computed.reindex(published.index))
    return Compared(
        name=name,
        what=what,
        n=len(published),
        n_equal=int(equal.sum()),
        largest_difference=float("nan"),
        tolerance=0.0,
        note=note,
        must_be_equal=must_be_equal,
        source_id=source_id,
    )
