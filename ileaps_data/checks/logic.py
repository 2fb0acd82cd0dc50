"""Rules between the fields of a row, and between a figure and its indicator."""

# ruff: noqa: S608 -- table and column names come from declarations, values are quoted

from __future__ import annotations

from typing import TYPE_CHECKING

from ileaps_data.checks.known import keep
from ileaps_data.checks.rules import Rule, column, constant, date_text, last_day, number_text
from ileaps_data.checks.typed import UNIT
from ileaps_data.publishing.columns import listed, quoted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from ileaps_data.checks.known import KnownTables
    from ileaps_data.checks.typed import TypedTable

PERCENT_UNITS = ("percent", "%", "per cent")
_PERIODS = {
    "pilots": ("started_on", "ended_on"),
    "events": ("starts_on", "ends_on"),
    "observations": ("period_start", "period_end"),
}
BEYOND = '"value" < 0 OR "value" > 100'
_ABOUT = ("indicator_id", "pilot_id", "unit", "aggregation", "result_level", "ascending")


def logic_rules(
    typed: TypedTable, known: KnownTables, tables: dict[str, TypedTable], today: dt.date
) -> tuple[list[Rule], str]:
    """The rules of a table, and what they need joined to the row `c`."""
    rules = _period_rules(typed)
    joins = ""
    if typed.table.name in _OF_TABLES:
        rules += _OF_TABLES[typed.table.name](typed)
    if typed.table.name == "indicators" and "indicators" in known:
        more, joins = _published_indicators(typed, known)
        rules += more
    if typed.table.name == "observations" and typed.has("indicator_id"):
        more, joins = _figures(typed, known, tables, today)
        rules += more
    return rules, joins


def _period_rules(typed: TypedTable) -> list[Rule]:
    fields = _PERIODS.get(typed.table.name)
    if fields is None:
        return []
    start, end = fields
    rule = Rule(
        code="ends_before_start",
        field=end,
        broken=f"{last_day(end)} < {column(start)}",
        value=date_text(end) if typed.has(end) else "NULL",
        parameters={"start": date_text(start)},
        needs=fields,
        also=(start,),
    )
    return [rule]


def _transfers(typed: TypedTable) -> list[Rule]:
    return [
        Rule(
            code="same_city_twice",
            field="to_city_id",
            broken=(
                f"CAST({column('from_city_id')} AS VARCHAR) = "
                f"CAST({column('to_city_id')} AS VARCHAR)"
            ),
            value=typed.shown("to_city_id"),
            needs=("from_city_id", "to_city_id"),
            also=("from_city_id",),
        )
    ]


def _indicators(typed: TypedTable) -> list[Rule]:
    baseline, target = column("baseline_value"), column("target_value")
    rises = column("ascending")
    percent = f"lower({column('unit')}) IN ({', '.join(map(constant, PERCENT_UNITS))})"
    rules = [
        Rule(
            code="target_against_direction",
            field="target_value",
            broken=(
                f"(({rises} AND {target} < {baseline}) OR (NOT {rises} AND {target} > {baseline}))"
            ),
            value=typed.shown("target_value"),
            parameters={
                "baseline": number_text(baseline),
                "ascending": f"CAST({rises} AS VARCHAR)",
            },
            needs=("baseline_value", "target_value", "ascending"),
            also=("baseline_value", "ascending"),
        ),
        Rule(
            code="target_before_baseline",
            field="target_on",
            broken=f"{last_day('target_on')} < {column('baseline_on')}",
            value=date_text("target_on"),
            parameters={"baseline_on": date_text("baseline_on")},
            needs=("target_on", "baseline_on"),
            also=("baseline_on",),
        ),
        Rule(
            code="measure_differs_from_unit",
            severity="warning",
            field="measure",
            broken=f"(CAST({column('measure')} AS VARCHAR) = 'percentage') <> ({percent})",
            value=f"CAST({column('measure')} AS VARCHAR)",
            parameters={"unit": column("unit")},
            needs=("measure", "unit"),
            also=("unit",),
        ),
    ]
    rules += [
        Rule(
            code="percentage_outside_0_100",
            field=name,
            broken=f"{percent} AND ({column(name)} < 0 OR {column(name)} > 100)",
            value=typed.shown(name),
            parameters={"unit": column("unit")},
            needs=(name, "unit"),
            also=("unit",),
        )
        for name in ("baseline_value", "target_value", "denominator_value")
    ]
    return rules


def _published_indicators(typed: TypedTable, known: KnownTables) -> tuple[list[Rule], str]:
    """An indicator that has figures keeps its unit: they would silently mean something else."""
    if not typed.has("indicator_id", "unit"):
        return [], ""
    name = f"{typed.name}_published"
    keep(typed.connection, name, known, "indicators", ["indicator_id", "unit"])
    typed.made.append(("TABLE", name))
    rule = Rule(
        code="unit_differs",
        field="unit",
        broken=_differs(column("unit"), "p.unit"),
        value=typed.shown("unit"),
        parameters={"indicator_unit": "p.unit", "indicator": column("indicator_id")},
        also=("indicator_id",),
    )
    return [rule], f"LEFT JOIN {name} AS p ON p.indicator_id = c.indicator_id"


_OF_TABLES: dict[str, Callable[[TypedTable], list[Rule]]] = {
    "transfers": _transfers,
    "indicators": _indicators,
}


def _figures(
    typed: TypedTable, known: KnownTables, tables: dict[str, TypedTable], today: dt.date
) -> tuple[list[Rule], str]:
    about = about_indicators(typed, known, tables)
    value = column("value")
    rules = [
        Rule(
            code="pilot_differs_from_indicator",
            field="pilot_id",
            broken=f"CAST({column('pilot_id')} AS VARCHAR) <> a.pilot_id",
            value=f"CAST({column('pilot_id')} AS VARCHAR)",
            parameters={"pilot": "a.pilot_id", "indicator": typed.shown("indicator_id")},
            needs=("pilot_id",),
            also=("indicator_id",),
        ),
        Rule(
            code="percentage_outside_0_100",
            field="value",
            broken=f"a.share AND ({value} < 0 OR {value} > 100)",
            value=number_text(value),
            parameters={"unit": "a.unit"},
            needs=("value",),
        ),
        Rule(
            code="begins_in_the_future",
            severity="warning",
            field="period_end",
            broken=(
                f"{column('period_end')} > DATE '{today.isoformat()}' "
                f"AND CAST({column('value_kind')} AS VARCHAR) = 'reported'"
            ),
            value=date_text("period_end"),
            parameters={"today": constant(today.isoformat())},
            needs=("period_end", "value_kind"),
            also=("value_kind",),
        ),
    ]
    if typed.has("period_end"):
        rules.append(
            Rule(
                code="undated_figure",
                severity="notice",
                field="period_end",
                broken=typed.absent("period_end"),
            )
        )
    if typed.has_unit:
        rules.append(
            Rule(
                code="unit_differs",
                field="value",
                broken=_differs(f'c."{UNIT}"', "a.unit"),
                value=f'c."{UNIT}"',
                parameters={"indicator_unit": "a.unit", "indicator": typed.shown("indicator_id")},
            )
        )
    return rules, f"LEFT JOIN {about} AS a ON a.indicator_id = c.indicator_id"


def _differs(one: str, other: str) -> str:
    percent = ", ".join(map(constant, PERCENT_UNITS))
    both = f"lower({one}) IN ({percent}) AND lower({other}) IN ({percent})"
    return f"(lower({one}) <> lower({other}) AND NOT ({both}))"


def about_indicators(typed: TypedTable, known: KnownTables, tables: dict[str, TypedTable]) -> str:
    """A relation of what figures are judged by: one row an indicator, the upload's own first.

    Its `indicator_id` has the type of the figures' column, so that they join as numbers. `share`
    says that values must lie between 0 and 100: the unit is percent, and no figure published
    before lies outside (growth and crowding do).
    """
    name = f"{typed.name}_about"
    connection = typed.connection
    percent = ", ".join(map(constant, PERCENT_UNITS))
    sources = []
    upload = tables.get("indicators")
    if upload is not None:
        sources.append(f"SELECT 0 AS rank, {listed(_ABOUT)} FROM ({upload.query()})")
    if upload is None or "indicators" in known:
        keep(connection, f"{name}_known", known, "indicators", _ABOUT)
        typed.made.append(("TABLE", f"{name}_known"))
        sources.append(f"SELECT 1 AS rank, {listed(_ABOUT)} FROM {name}_known")
    beyond = "SELECT NULL"
    if "observations" in known:
        figures = ["indicator_id", "value"]
        keep(connection, f"{name}_beyond", known, "observations", figures, BEYOND)
        typed.made.append(("TABLE", f"{name}_beyond"))
        beyond = f"SELECT indicator_id FROM {name}_beyond WHERE indicator_id IS NOT NULL"
    identifier = "indicator_id"
    if "indicator_id" in typed.choices:
        identifier = f"try_cast(indicator_id AS {typed.choices['indicator_id']})"
    connection.execute(
        f"CREATE TABLE {name} AS SELECT {identifier} AS indicator_id, "
        f"{listed([n for n in _ABOUT if n != 'indicator_id'])}, "
        f"coalesce(lower(unit) IN ({percent}), false) "
        f"AND coalesce(indicator_id NOT IN ({beyond}), true) AS share "
        f"FROM ({' UNION ALL '.join(sources)}) WHERE indicator_id IS NOT NULL "
        f"QUALIFY row_number() OVER (PARTITION BY {quoted('indicator_id')} ORDER BY rank) = 1"
    )
    typed.made.append(("TABLE", name))
    return name
