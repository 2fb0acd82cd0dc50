"""The SDG tables: series, values of economies and aggregates, values of cities, air quality."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ileaps_data.schema import Table

SDG_TABLES: tuple[Table, ...] = ()
