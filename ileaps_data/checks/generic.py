"""The rules that follow from a table's declaration alone."""

# ruff: noqa: S608 -- table and column names come from declarations, values are quoted

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ileaps_data.checks.rules import Rule, Severity, column, constant
from ileaps_data.checks.typed import castable
from ileaps_data.publishing.columns import quoted
from ileaps_data.schema import LIST_SEPARATOR, Field, Kind

if TYPE_CHECKING:
    from ileaps_data.checks.typed import TypedTable

_DAY_SHAPES = r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}"
_DAY_FORMATS = "['%Y-%m-%d', '%d-%m-%Y', '%m-%d-%Y']"
_CHOICES_NAMED = 12
FIGURE = ("indicator_id", "period_end", "value_kind", "group", "source_id")
"""What tells one published figure from another, besides its part and the period's start."""


def cast_rules(typed: TypedTable) -> dict[int, list[tuple[str, Rule]]]:
    """For each field that may fail its cast, by its place: conditions on the text `f`, in order."""
    found: dict[int, list[tuple[str, Rule]]] = {}
    for name in typed.given:
        field = typed.table.field(name)
        if castable(field):
            found[typed.place(name)] = [
                (condition, replace(rule, field=name, value="h.word"))
                for condition, rule in _casts(field)
            ]
    return found


def _casts(field: Field) -> list[tuple[str, Rule]]:
    if field.enum:
        named = ", ".join(field.enum[:_CHOICES_NAMED])
        return [("true", Rule(code="not_in_codelist", parameters={"allowed": constant(named)}))]
    if field.refers_to:
        table, key = field.refers_to.split(".")
        parameters = {"table": constant(table), "key": constant(key)}
        return [("true", Rule(code="unknown_reference", parameters=parameters))]
    if field.kind is Kind.NUMBER:
        infinite = "(NOT isfinite(try_cast(f.text AS DOUBLE)))"
        return [
            (infinite, Rule(code="number_not_finite")),
            ("true", Rule(code="not_a_number")),
        ]
    if field.kind is Kind.INTEGER:
        return [("true", Rule(code="not_an_integer"))]
    if field.kind is Kind.BOOLEAN:
        return [("true", Rule(code="not_true_or_false"))]
    day = "regexp_replace(f.text, '[./]', '-', 'g')"
    impossible = (
        f"(regexp_full_match(f.text, '{_DAY_SHAPES}') "
        f"AND try_strptime({day}, {_DAY_FORMATS}) IS NULL)"
    )
    return [
        (impossible, Rule(code="date_does_not_exist")),
        ("true", Rule(code="not_a_date")),
    ]


def row_rules(typed: TypedTable) -> list[Rule]:
    """What a row of typed values can break by itself."""
    found: list[Rule] = []
    for name in typed.given:
        field = typed.table.field(name)
        shown = typed.shown(name)
        if field.required:
            found.append(Rule(code="required_missing", field=name, broken=typed.absent(name)))
        if field.minimum is not None:
            found.append(_bound("below_minimum", name, "<", field.minimum, shown, field.unit))
        if field.maximum is not None:
            found.append(_bound("above_maximum", name, ">", field.maximum, shown, field.unit))
        if field.pattern:
            broken = f"NOT regexp_full_match({column(name)}, {constant(_bare(field.pattern))})"
            found.append(
                Rule(
                    code="pattern_mismatch",
                    field=name,
                    broken=broken,
                    value=shown,
                    parameters={"meaning": constant(field.description)},
                )
            )
        if field.refers_to:
            found += _reference_rules(typed, field)
        if field.kind is Kind.TEXT and not castable(field) and not field.pattern:
            broken = f"(starts_with({column(name)}, '=') OR starts_with({column(name)}, '@'))"
            found.append(_notice("formula_text", name, broken, shown))
    return found


def _bound(code: str, name: str, sign: str, limit: float, shown: str, unit: str) -> Rule:
    return Rule(
        code=code,
        field=name,
        broken=f"{column(name)} {sign} {limit!r}",
        value=shown,
        parameters={"limit": constant(f"{limit:g}"), "unit": constant(unit)},
    )


def _notice(code: str, name: str, broken: str, shown: str) -> Rule:
    severity: Severity = "notice"
    return Rule(code=code, severity=severity, field=name, broken=broken, value=shown)


def _bare(pattern: str) -> str:
    return pattern.removeprefix("^").removesuffix("$")


def _reference_rules(typed: TypedTable, field: Field) -> list[Rule]:
    table, key = field.refers_to.split(".")
    name = field.name
    found: list[Rule] = []
    if table == typed.table.name and typed.has(key):
        broken = f"CAST({column(name)} AS VARCHAR) = CAST({column(key)} AS VARCHAR)"
        found.append(
            Rule(code="refers_to_itself", field=name, broken=broken, value=typed.shown(name))
        )
    if field.kind is Kind.TEXT_LIST:
        values = typed.references[name]
        parts = f"string_split({column(name)}, '{LIST_SEPARATOR}')"
        all_known = f"(SELECT coalesce(list(v), []) FROM {values})"
        found.append(
            Rule(
                code="unknown_reference",
                field=name,
                broken=f"NOT list_has_all({all_known}, {parts})",
                value=typed.shown(name),
                parameters={"table": constant(table), "key": constant(key)},
            )
        )
    return found


def rejected_rules(typed: TypedTable, rejected: dict[str, str]) -> list[Rule]:
    """References to rows of the same upload that will not be published.

    `rejected` names, by field, a relation `v`, `row` of the values that go with such rows.
    """
    return [
        Rule(
            code="reference_to_rejected_row",
            field=name,
            broken=f"CAST({column(name)} AS VARCHAR) IN (SELECT v FROM {relation})",
            value=typed.shown(name),
            parameters={
                "table": constant(typed.table.field(name).refers_to.split(".", maxsplit=1)[0]),
                "other_row": (
                    f"(SELECT min(r.row) FROM {relation} AS r "
                    f"WHERE r.v = CAST({column(name)} AS VARCHAR))"
                ),
            },
        )
        for name, relation in rejected.items()
    ]


def key_rules(typed: TypedTable) -> list[tuple[Rule, tuple[str, ...]]]:
    """The key and the fields that are unique by themselves, each with the rule it is judged by."""
    keys = [typed.table.key]
    keys += [(f.name,) for f in typed.table.fields if f.unique and (f.name,) != typed.table.key]
    found: list[tuple[Rule, tuple[str, ...]]] = []
    for place, key in enumerate(keys):
        if not typed.has(*key):
            continue
        value = " || ', ' || ".join(f"coalesce({typed.shown(name)}, '')" for name in key)
        rule = Rule(
            code="duplicate_key" if place == 0 else "duplicate_value",
            field=key[0],
            value=value,
            parameters={"first_row": "h.other_row", "key": constant(", ".join(key))},
            also=key[1:],
        )
        found.append((rule, key))
    if typed.table.name == "observations" and typed.has(*FIGURE):
        rule = Rule(
            code="same_figure_twice",
            severity="warning",
            field="period_end",
            value=typed.shown("period_end"),
            parameters={"first_row": "h.other_row"},
            also=("indicator_id",),
        )
        parts = tuple(n for n in typed.given if n in {*FIGURE, "disaggregation", "period_start"})
        found.append((rule, parts))
    return found


def same_key(typed: TypedTable, key: tuple[str, ...]) -> tuple[str, str]:
    """The SQL list of a key's columns, and the condition that the key can be judged."""
    names = []
    complete = []
    for name in key:
        names.append(column(name))
        field = typed.table.field(name)
        if field.kind is Kind.PARTIAL_DATE:
            names.append(f"c.{quoted(f'_precision_{name}')}")
        if field.required or name == "period_end":
            complete.append(f"{column(name)} IS NOT NULL")
        elif castable(field):
            complete.append(f"({column(name)} IS NOT NULL OR {typed.absent(name)})")
    if key != typed.table.key and typed.has("value"):
        # without a value it is no figure, and said so already
        complete.append(f"{column('value')} IS NOT NULL")
    return ", ".join(names), " AND ".join(complete) or "true"
