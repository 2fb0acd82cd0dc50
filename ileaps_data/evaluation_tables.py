"""The tables behind estimates of effect: boardings of the owl bus by district, stop and hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ileaps_data.schema import Table

EVALUATION_TABLES: tuple[Table, ...] = ()
