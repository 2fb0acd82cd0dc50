"""What one revision of population figures brings."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True, kw_only=True)
class RevisionTables:
    """What one revision contributes to each table, its row of the revisions and its source.

    Attributes:
        differences: sentences on tables of the publisher that should agree and do not.
    """

    revision: dict[str, object]
    source: dict[str, object]
    urban_population: pd.DataFrame
    urban_agglomerations: pd.DataFrame = field(default_factory=pd.DataFrame)
    city_population: pd.DataFrame = field(default_factory=pd.DataFrame)
    city_size_classes: pd.DataFrame = field(default_factory=pd.DataFrame)
    differences: tuple[str, ...] = ()
