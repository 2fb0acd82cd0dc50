"""Which rows break which rule: found in one pass over the table, counted and listed from that."""

# ruff: noqa: S608 -- table and column names come from declarations, values are quoted

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ileaps_data.checks.generic import cast_rules, same_key
from ileaps_data.reading.database import run

if TYPE_CHECKING:
    from ileaps_data.checks.rules import Rule
    from ileaps_data.checks.typed import TypedTable
    from ileaps_data.reading.source import Watch

LISTED = 1_000
"""So many rows of each rule are listed; all are counted."""

_COLUMNS = "place BIGINT, rule SMALLINT, other_row BIGINT, low DOUBLE, high DOUBLE, word VARCHAR"


@dataclass(kw_only=True, eq=False)
class Hits:
    """The rows of one typed table that break rules.

    Attributes:
        typed: the table.
        name: the relation `place`, `rule`, `other_row`, `low`, `high`, `word` of the hits.
        rules: the rules looked at; a hit names one by its place.
        joins: what the conditions need joined to the row `c`.
    """

    typed: TypedTable
    watch: Watch
    joins: str = ""
    rules: list[Rule] = field(default_factory=list)
    name: str = ""

    def __post_init__(self) -> None:
        """Make the empty relation."""
        self.name = f"{self.typed.name}_hits"
        self.typed.connection.execute(f"CREATE TABLE {self.name} ({_COLUMNS})")
        self.typed.made.insert(0, ("TABLE", self.name))

    def add(self, rule: Rule) -> int:
        """The number of a rule that is looked at from now on."""
        self.rules.append(rule)
        return len(self.rules) - 1

    def insert(self, select: str) -> None:
        """Take in hits: a SELECT that gives the columns of the relation."""
        run(
            self.typed.connection,
            f"INSERT INTO {self.name} {select}",
            self.watch,
            "checking",
        )

    def of_casts(self) -> None:
        """The cells that could not be cast, from the lists the typed table keeps."""
        cases: list[str] = []
        for place, rules in cast_rules(self.typed).items():
            for condition, rule in rules:
                number = self.add(rule)
                cases.append(f"WHEN f.field = {place} AND {condition} THEN {number}")
        if not cases:
            return
        self.insert(
            f"SELECT place, CASE {' '.join(cases)} END, NULL, NULL, NULL, f.text "
            f"FROM (SELECT rowid AS place, unnest(_failed) AS f FROM {self.typed.name} "
            "WHERE _failed IS NOT NULL)"
        )

    def of_rows(self, rules: list[Rule]) -> None:
        """The rows that break a rule by themselves, all rules in one pass."""
        usable = [rule for rule in rules if self.typed.has(*rule.needs)]
        if not usable:
            return
        cases = [f"CASE WHEN {rule.broken} THEN {self.add(rule)} END" for rule in usable]
        broken = " OR ".join(f"({rule.broken})" for rule in usable)
        self.insert(
            f"SELECT place, unnest(numbers), NULL, NULL, NULL, NULL FROM (SELECT c.rowid AS place, "
            f"list_filter([{', '.join(cases)}], lambda n: n IS NOT NULL) AS numbers "
            f"FROM {self.typed.name} AS c {self.joins} WHERE {broken})"
        )

    def of_keys(self, rules: list[tuple[Rule, tuple[str, ...]]]) -> None:
        """Rows whose key an earlier row has, naming that row.

        Equal keys have equal hashes; the few that share one are then compared in full. Sorting
        the hashes takes half the time that grouping them takes in the database.
        """
        connection = self.typed.connection
        for rule, key in rules:
            number = self.add(rule)
            names, complete = same_key(self.typed, key)
            self.watch.at("checking", 0.0)
            hashed = connection.execute(
                f"SELECT hash({names}) AS h FROM {self.typed.name} AS c WHERE {complete}"
            ).fetchnumpy()
            hashes = np.sort(np.asarray(hashed["h"], dtype=np.uint64))
            suspects = np.unique(hashes[1:][hashes[1:] == hashes[:-1]])
            if not len(suspects):
                continue
            connection.register("suspects", pd.DataFrame({"h": suspects}))
            self.insert(
                f"SELECT place, {number}, first_row, NULL, NULL, NULL FROM ("
                "SELECT c.rowid AS place, first_value(c._row) OVER same AS first_row, "
                f"row_number() OVER same AS n FROM {self.typed.name} AS c "
                f"WHERE {complete} AND hash({names}) IN (SELECT h FROM suspects) "
                f"WINDOW same AS (PARTITION BY {names} ORDER BY c._row, c.rowid)) WHERE n > 1"
            )
            connection.unregister("suspects")

    def counts(self) -> dict[int, int]:
        """How many hits each rule has, by its number."""
        counted = self.typed.connection.execute(
            f"SELECT rule, count(*) FROM {self.name} GROUP BY rule ORDER BY rule"
        ).fetchall()
        return dict(counted)

    def error_places(self) -> str:
        """The SELECT of the rows of the typed table that break a rule which is an error."""
        errors = [n for n, rule in enumerate(self.rules) if rule.severity == "error"]
        wanted = ", ".join(map(str, errors)) or "-1"
        return f"SELECT DISTINCT place FROM {self.name} WHERE rule IN ({wanted})"

    def listing(self, number: int, extra: str = "") -> str:
        """The SELECT of a rule's rows: `_row`, value, then its parameters in order."""
        rule = self.rules[number]
        items = ", ".join(
            [f"{rule.value} AS shown", *(f"{sql} AS p{n}" for n, sql in self._parameters(rule))]
        )
        return (
            f"SELECT c._row, {items}{extra} FROM {self.typed.name} AS c "
            f"JOIN {self.name} AS h ON c.rowid = h.place {self.joins} WHERE h.rule = {number}"
        )

    def _parameters(self, rule: Rule) -> list[tuple[int, str]]:
        return list(enumerate(rule.parameters.values()))

    def listed(self, number: int) -> list[tuple[int, str | None, dict[str, Any]]]:
        """The first rows of a rule: row, value, parameters."""
        names = list(self.rules[number].parameters)
        rows = self.typed.connection.execute(
            f"{self.listing(number)} ORDER BY c._row, h.place LIMIT {LISTED}"
        ).fetchall()
        return [
            (row, value, dict(zip(names, parameters, strict=True)))
            for row, value, *parameters in rows
        ]
