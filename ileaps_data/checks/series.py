"""Rules on the figures of one series over time: falls, disagreements between sources, outliers.

A series is what `ileaps_metrics.pilot_conflicts` compares: one indicator, group, value kind and
disaggregation; its figures are those of the file and those published before that the file does
not overwrite. They are put in order of the day they stand at, and each is compared with the one
before it, so that one wrong figure is told once and not with every other.
"""

# ruff: noqa: S608 -- table and column names come from declarations, values are quoted

from __future__ import annotations

from typing import TYPE_CHECKING

from ileaps_data.checks.known import keep
from ileaps_data.checks.rules import Rule, last_day, number_text
from ileaps_data.publishing.columns import listed, quoted
from ileaps_data.reading.database import run

if TYPE_CHECKING:
    from ileaps_data.checks.hits import Hits
    from ileaps_data.checks.known import KnownTables
    from ileaps_data.reading.source import Watch

OUTLIER_FIGURES = 8
"""So many figures a series needs before one of them can be called an outlier."""
OUTLIER_RANGES = 3.0
"""So many times the distance between the quartiles an outlier lies outside of them."""
OUTLIER_SHARE = 0.1
"""The distance between the quartiles counts as at least this share of the median."""
ABOUT_SHARE = 0.05
DECLINE_WITHIN_DAYS = 365
_UNBOUNDED = 1e300
_EPSILON = 1e-9

_SERIES = ("indicator_id", "group", "value_kind", "disaggregation")
_NEEDED = ("indicator_id", "value", "period_end", "group", "value_kind")
_KNOWN = (
    "observation_id",
    *_SERIES,
    "value",
    "qualifier",
    "period_start",
    "period_end",
    "source_id",
)


def series_hits(hits: Hits, known: KnownTables, about: str, watch: Watch) -> None:
    """Find falls, disagreements and outliers among the figures of the typed observations.

    Raises:
        FileRefusedError: there is no room.
        ReadingCancelledError: the caller wants to stop.
    """
    typed = hits.typed
    if not typed.has(*_NEEDED):
        return
    figures = _figures(hits, known)
    names = {part: f"{typed.name}_{part}" for part in ("series", "ordered")}
    connection = typed.connection
    run(
        connection,
        f"CREATE TEMP TABLE {names['series']} AS SELECT {listed(_SERIES)}, count(*) AS n, "
        "quantile_cont(value, [0.25, 0.5, 0.75]) AS q, "
        "min(source_id) IS DISTINCT FROM max(source_id) AS several "
        f"FROM ({figures}) GROUP BY ALL",
        watch,
        "checking",
    )
    _outliers_of_values(hits, figures, names["series"], about)
    _in_order(hits, figures, names, about, watch)
    for name in names.values():
        connection.execute(f"DROP TABLE IF EXISTS {name}")


def _figures(hits: Hits, known: KnownTables) -> str:
    """The SELECT of all figures of the series: `place` and `_row` are missing of published ones."""
    typed = hits.typed
    sources = quoted("source_id") if typed.has("source_id") else "NULL"
    start = quoted("period_start") if typed.has("period_start") else "NULL"
    stand = last_day("period_end")
    own = {
        "place": "c.rowid",
        "_row": "c._row",
        **{name: quoted(name) if typed.has(name) else "NULL" for name in _SERIES},
        "value": 'c."value"',
        "qualifier": quoted("qualifier") if typed.has("qualifier") else "'exact'",
        "source_id": sources,
        "start": f"coalesce({start}, period_end)",
        "stand": stand,
    }
    items = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in own.items())
    where = " AND ".join(f"c.{quoted(name)} IS NOT NULL" for name in _NEEDED)
    mine = f"SELECT {items} FROM {typed.name} AS c WHERE {where}"
    if "observations" not in known:
        return mine
    name = f"{typed.name}_history"
    connection = typed.connection
    keep(connection, f"{name}_all", known, "observations", _KNOWN)
    overwritten = ""
    if typed.has("observation_id"):
        overwritten = (
            "AND observation_id NOT IN "
            f"(SELECT observation_id FROM {typed.name} WHERE observation_id IS NOT NULL)"
        )

    def day(field: str, end: str) -> str:
        text = quoted(field)
        return (
            f"CASE length({text}) WHEN 10 THEN try_cast({text} AS DATE) "
            f"WHEN 7 THEN {'last_day' if end else ''}(try_cast({text} || '-01' AS DATE)) "
            f"WHEN 4 THEN try_cast({text} || '{end or '-01-01'}' AS DATE) END"
        )

    casts = {n: f"try_cast({quoted(n)} AS {t})" for n, t in typed.choices.items() if n in _KNOWN}
    theirs = {
        "place": "CAST(NULL AS BIGINT)",
        "_row": "CAST(NULL AS BIGINT)",
        **{n: casts.get(n, quoted(n)) for n in _SERIES},
        "value": '"value"',
        "qualifier": casts.get("qualifier", "qualifier"),
        "source_id": casts.get("source_id", "source_id"),
        "start": f"coalesce({day('period_start', '')}, {day('period_end', '')})",
        "stand": day("period_end", "-12-31"),
    }
    items = ", ".join(f"{sql} AS {quoted(n)}" for n, sql in theirs.items())
    connection.execute(
        f"CREATE TABLE {name} AS SELECT * FROM (SELECT {items} FROM {name}_all "
        f'WHERE "value" IS NOT NULL {overwritten}) WHERE stand IS NOT NULL AND indicator_id IN '
        f"(SELECT indicator_id FROM {typed.name} WHERE indicator_id IS NOT NULL)"
    )
    connection.execute(f"DROP TABLE {name}_all")
    typed.made.append(("TABLE", name))
    columns = listed(own)
    return f"SELECT {columns} FROM ({mine}) UNION ALL SELECT {columns} FROM {name}"


def _same(left: str, right: str) -> str:
    return " AND ".join(
        f"{left}.{quoted(name)} "
        f"{'IS NOT DISTINCT FROM' if name == 'disaggregation' else '='} {right}.{quoted(name)}"
        for name in _SERIES
    )


def _fences(quartiles: str) -> tuple[str, str]:
    """The SQL of the values outside of which an outlier lies, from three quartiles."""
    low, middle, high = (f"{quartiles}[{place}]" for place in (1, 2, 3))
    width = f"{OUTLIER_RANGES} * greatest({high} - {low}, {OUTLIER_SHARE} * abs({middle}))"
    return f"({low} - {width})", f"({high} + {width})"


def _outliers_of_values(hits: Hits, figures: str, series: str, about: str) -> None:
    number = hits.add(
        Rule(
            code="outlier",
            severity="warning",
            field="value",
            value=number_text('c."value"'),
            parameters={
                "low": number_text("round(h.low, 6)"),
                "high": number_text("round(h.high, 6)"),
                "figures": "h.other_row",
            },
        )
    )
    low, high = _fences("s.q")
    hits.insert(
        f"SELECT f.place, {number}, s.n, {low}, {high}, NULL FROM ({figures}) AS f "
        f"JOIN (SELECT s.* FROM {series} AS s JOIN {about} AS a "
        f"ON a.indicator_id = s.indicator_id WHERE a.aggregation <> 'cumulative' "
        f"AND s.n >= {OUTLIER_FIGURES} AND {high} > {low}) AS s ON {_same('f', 's')} "
        f"WHERE f.place IS NOT NULL AND (f.value < {low} OR f.value > {high})"
    )


def _in_order(hits: Hits, figures: str, names: dict[str, str], about: str, watch: Watch) -> None:
    """Compare each figure with the one before it, where a rule asks for that."""
    band = (
        "CASE WHEN abs(value - round(value)) < 1e-9 THEN 0.5 "
        "WHEN abs(value - round(value, 1)) < 1e-9 THEN 0.05 "
        "WHEN abs(value - round(value, 2)) < 1e-9 THEN 0.005 ELSE 0.0005 END"
    )
    about_band = f"greatest({ABOUT_SHARE} * abs(value), {band})"
    half = f"CASE WHEN qualifier = 'about' THEN {about_band} ELSE {band} END"
    looked_at = ("place", "_row", "value", "source_id", "stand", "low", "high")
    before = ", ".join(f"lag({name}) OVER series AS before_{name}" for name in looked_at)
    run(
        hits.typed.connection,
        f"CREATE TEMP TABLE {names['ordered']} AS SELECT *, {before} FROM ("
        f"SELECT f.*, a.aggregation, a.result_level, a.ascending, "
        f"CASE WHEN qualifier = 'at_most' THEN -{_UNBOUNDED} ELSE value - {half} END AS low, "
        f"CASE WHEN qualifier = 'at_least' THEN {_UNBOUNDED} ELSE value + {half} END AS high "
        f"FROM ({figures}) AS f JOIN (SELECT s.*, a.aggregation, a.result_level, a.ascending "
        f"FROM {names['series']} AS s JOIN {about} AS a ON a.indicator_id = s.indicator_id "
        "WHERE s.n > 1 AND (s.several OR a.aggregation = 'cumulative')) AS a "
        f"ON {_same('f', 'a')}) "
        f"WINDOW series AS (PARTITION BY {listed(_SERIES)} "
        "ORDER BY stand, start, source_id, _row NULLS FIRST, place)",
        watch,
        "checking",
    )
    ordered = names["ordered"]
    falls = f"high <= before_low + {_EPSILON}"
    rises = f"before_high <= low + {_EPSILON}"
    other_source = "source_id IS DISTINCT FROM before_source_id"
    later = "stand > before_stand"
    number = hits.add(_pair_rule("cumulative_falls", error=True))
    hits.insert(
        _pairs(
            number,
            ordered,
            f"aggregation = 'cumulative' AND {later} AND {falls} AND NOT {other_source}",
        )
    )
    overlap = f"aggregation <> 'cumulative' AND start <= before_stand AND ({falls} OR {rises})"
    same_end = f"aggregation = 'cumulative' AND stand = before_stand AND ({falls} OR {rises})"
    fall = f"aggregation = 'cumulative' AND {later} AND {falls}"
    decline = (
        f"aggregation = 'level' AND start > before_stand AND stand - before_stand <= "
        f"{DECLINE_WITHIN_DAYS} AND (({falls} AND ascending) OR ({rises} AND NOT ascending)) "
        "AND result_level <> 'context' AND CAST(\"group\" AS VARCHAR) = 'pilot'"
    )
    number = hits.add(_pair_rule("sources_disagree"))
    any_kind = " OR ".join(f"({kind})" for kind in (overlap, same_end, fall, decline))
    hits.insert(
        _pairs(number, ordered, f"{other_source} AND before_source_id IS NOT NULL AND ({any_kind})")
    )
    _outliers_of_steps(hits, ordered)


def _pair_rule(code: str, *, error: bool = False) -> Rule:
    return Rule(
        code=code,
        severity="error" if error else "warning",
        field="value",
        value=number_text('c."value"'),
        parameters={
            "other_row": "h.other_row",
            "other_value": number_text("h.low"),
            "other_source": "h.word",
        },
    )


def _pairs(number: int, ordered: str, condition: str) -> str:
    """The hits of pairs: the later figure, or the earlier one where the later is published."""
    return (
        f"SELECT coalesce(place, before_place), {number}, "
        "CASE WHEN place IS NULL THEN _row ELSE before__row END, "
        "CASE WHEN place IS NULL THEN value ELSE before_value END, NULL, "
        "CAST(CASE WHEN place IS NULL THEN source_id ELSE before_source_id END AS VARCHAR) "
        f"FROM {ordered} WHERE coalesce(place, before_place) IS NOT NULL "
        f"AND before_value IS NOT NULL AND {condition}"
    )


def _outliers_of_steps(hits: Hits, ordered: str) -> None:
    """Running totals are judged by their pace a day, so that a figure left out is no outlier."""
    number = hits.add(
        Rule(
            code="outlier_step",
            severity="warning",
            field="value",
            value=number_text('c."value"'),
            parameters={
                "low": number_text("round(h.low, 6)"),
                "high": number_text("round(h.high, 6)"),
                "other_row": "h.other_row",
            },
        )
    )
    low, high = _fences("q")
    expected = ", ".join(f"before_value + days * {fence}" for fence in (low, high))
    series = f"(PARTITION BY {listed(_SERIES)})"
    hits.insert(
        f"SELECT place, {number}, before__row, {expected}, NULL FROM (SELECT *, "
        f"quantile_cont(pace, [0.25, 0.5, 0.75]) OVER {series} AS q, "
        f"count(*) OVER {series} AS steps FROM (SELECT *, stand - before_stand AS days, "
        f"(value - before_value) / (stand - before_stand) AS pace FROM {ordered} "
        "WHERE aggregation = 'cumulative' AND stand > before_stand)) "
        f"WHERE steps >= {OUTLIER_FIGURES} AND place IS NOT NULL AND {high} > {low} "
        f"AND (pace < {low} OR pace > {high})"
    )
