"""What every problem of a file means, and how to fix it: one place for the words.

A template names its figures as %(name)s; besides those of its rule there are %(column)s and
%(value)s. Pages translate the templates, the command line prints them. Why a whole file was
refused: `ileaps_data.refusal_texts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Words(NamedTuple):
    """What is wrong, and what to do about it."""

    wrong: str
    fix: str


TEXTS: dict[str, Words] = {
    # types and declarations
    "missing_column": Words(
        "The file has no column for %(field)s (%(meaning)s), which every row needs.",
        "Choose the column that holds it, give one value for all rows, or add the column.",
    ),
    "required_missing": Words(
        "The cell is empty; every row needs a value here.",
        "Fill in the cell, or delete the row if it holds no data.",
    ),
    "not_a_number": Words(
        '"%(value)s" is not a number.',
        "Write digits only, without unit or remark; check the decimal sign chosen for the file.",
    ),
    "number_not_finite": Words(
        '"%(value)s" is no number that can be kept: it is not finite.',
        "Write the figure itself; leave the cell empty where there is none.",
    ),
    "not_an_integer": Words(
        '"%(value)s" is not a whole number.', "Write a whole number, without decimals."
    ),
    "not_true_or_false": Words(
        '"%(value)s" is neither true nor false.', "Write true or false, or leave the cell empty."
    ),
    "not_a_date": Words(
        '"%(value)s" is not a date as this product writes them.',
        "Write 2018, 2018-05 or 2018-05-03, or choose the date format that the column has.",
    ),
    "date_does_not_exist": Words(
        'There is no day "%(value)s" in the calendar.',
        "Look up the day; where only the month or year is known, write 2018-05 or 2018.",
    ),
    "not_in_codelist": Words(
        '"%(value)s" is none of the words allowed here.', "Use one of: %(allowed)s."
    ),
    "below_minimum": Words(
        "%(value)s is below %(limit)s, the least that is possible here.",
        "Correct the figure; check that it has the column's unit: %(unit)s.",
    ),
    "above_maximum": Words(
        "%(value)s is above %(limit)s, the most that is possible here.",
        "Correct the figure; check that it has the column's unit: %(unit)s.",
    ),
    "pattern_mismatch": Words(
        '"%(value)s" is not written as this column needs it.',
        "The column holds: %(meaning)s. Look at a row of the template.",
    ),
    "unknown_reference": Words(
        '"%(value)s" is not known: no row of %(table)s has it as its %(key)s.',
        "Correct the spelling, choose the one that is meant, or add it to a sheet %(table)s of "
        "the same file.",
    ),
    "reference_to_rejected_row": Words(
        '"%(value)s" stands in row %(other_row)s of %(table)s, which has errors and will not be '
        "published.",
        "Correct that row first.",
    ),
    "refers_to_itself": Words(
        "The row says that it is another version of itself.",
        "Name the other row, or leave the cell empty.",
    ),
    "duplicate_key": Words(
        "Row %(first_row)s has the same %(key)s already: %(value)s.",
        "Delete one of the two rows, or correct the one that is named wrongly.",
    ),
    "duplicate_value": Words(
        "Row %(first_row)s has the same %(key)s already: %(value)s.",
        "Every row needs one of its own: correct one of the two.",
    ),
    "same_figure_twice": Words(
        "Row %(first_row)s gives a figure of the same indicator, period and source already.",
        "Delete one of the two, or say in disaggregation which part of the whole each speaks of.",
    ),
    # logic
    "ends_before_start": Words(
        "It ends (%(value)s) before it starts (%(start)s).",
        "Correct one of the two dates; day and month may have changed places.",
    ),
    "same_city_twice": Words(
        "The policy goes from %(value)s to the same city.",
        "Correct the giving or the taking city.",
    ),
    "target_against_direction": Words(
        "The target %(value)s lies on the wrong side of the baseline %(baseline)s: ascending is "
        "%(ascending)s.",
        "Correct target, baseline or ascending (true where more is better).",
    ),
    "target_before_baseline": Words(
        "The target's date %(value)s comes before the baseline's, %(baseline_on)s.",
        "Correct one of the two dates.",
    ),
    "percentage_outside_0_100": Words(
        "%(value)s lies outside 0 to 100, and the unit is %(unit)s.",
        "Correct the figure, or choose share instead of percent for the column; for growth or "
        'crowding name the unit so, such as "percent per year".',
    ),
    "measure_differs_from_unit": Words(
        "The measure is %(value)s, but the unit is %(unit)s.",
        "Use percentage with the unit percent, and unit with all others.",
    ),
    "unit_differs": Words(
        'The unit is "%(value)s"; that of the indicator %(indicator)s is "%(indicator_unit)s".',
        "Convert the figures to the indicator's unit, or name a new indicator.",
    ),
    "pilot_differs_from_indicator": Words(
        "The indicator %(indicator)s belongs to the pilot %(pilot)s, not to %(value)s.",
        "Correct the pilot or the indicator.",
    ),
    "cumulative_falls": Words(
        "The running total falls to %(value)s: the one before, of the same source, is "
        "%(other_value)s (row %(other_row)s; without a number, published before).",
        "Correct the figure or its date; if figures are per period, the indicator is a flow.",
    ),
    # unlikely, or shown differently
    "outlier": Words(
        "%(value)s lies far outside the %(figures)s figures of its series, most of which lie "
        "between %(low)s and %(high)s.",
        "Check the digits and the unit; leave it if the source says so.",
    ),
    "outlier_step": Words(
        "The running total jumps to %(value)s; from the steps of its series between %(low)s and "
        "%(high)s was to be expected.",
        "Check the digits and the unit; leave it if the source says so.",
    ),
    "sources_disagree": Words(
        "%(value)s contradicts %(other_value)s of the source %(other_source)s (row %(other_row)s; "
        "without a number, published before).",
        "Check both sources; both may be published, and pages will say that they disagree.",
    ),
    "begins_in_the_future": Words(
        "A figure reported for %(value)s, which has not begun on %(today)s.",
        "Correct the date, or say that the figure is announced or intended.",
    ),
    "undated_figure": Words(
        "The figure has no date: it will be listed, but never be the latest value.",
        "Give the end of its period, if only the year.",
    ),
    "formula_text": Words(
        "The cell reads like a formula; it is kept as text and never computed.",
        "Nothing to do if it is meant as text.",
    ),
    # the readers'
    "ragged_row": Words(
        "The row has %(found)s cells, the header %(expected)s; it was set aside.",
        "Look for a separator inside a cell, and put such cells in double quotes.",
    ),
    "undecodable_row": Words(
        "The row holds bytes that are no text in the file's encoding; it was set aside.",
        "Save the file as UTF-8, or choose the encoding it has.",
    ),
    "stray_quote": Words(
        "The row has a quote in the middle of a cell; it was set aside.",
        "Put the cell in double quotes and double those inside.",
    ),
    "unclosed_quote": Words(
        "A quote is opened in this row and never closed; the row was set aside.",
        "Close the quote at the end of the cell.",
    ),
    "row_too_long": Words(
        "The row is longer than can be read; it was set aside.",
        "Shorten its texts; look for a quote that is never closed.",
    ),
    "nul_byte": Words(
        "The row holds NUL bytes, which are no text; it was set aside.",
        "Export the file again from where it came.",
    ),
    "duplicate_header": Words(
        "Columns %(first_place)s and %(place)s have the same name.",
        "Check that the right one of the two was chosen, or rename one.",
    ),
    "no_column_name": Words(
        "Column %(place)s has no name.", "Name it, or leave it out: it is not read."
    ),
    "cell_beyond_table": Words(
        "There is text to the right of the table (%(columns)s columns); it is not read.",
        "Give it a column of its own, or move it elsewhere.",
    ),
    "formula_without_value": Words(
        "The cell holds a formula whose result was not saved.",
        "Open the workbook in a spreadsheet program, let it compute, and save it.",
    ),
    "error_cell": Words(
        "The cell holds the error %(value)s instead of a value.",
        "Correct the formula, or leave the cell empty.",
    ),
    "iati_not_quantified": Words(
        "The indicator %(indicator)s is %(measure)s, not a number; it was left out.",
        "Tell of it in a note, or publish an indicator that counts.",
    ),
    "iati_baseline_of_a_part": Words(
        "A baseline of %(indicator)s speaks of a part only (%(part)s) and was left out.",
        "Nothing to do, unless the whole has a baseline too.",
    ),
    "iati_target_of_a_part": Words(
        "A target of %(indicator)s speaks of a part only (%(part)s) and was left out.",
        "Nothing to do, unless the whole has a target too.",
    ),
    "iati_milestone": Words(
        "%(indicator)s has an earlier target of %(value)s for %(on)s; only the last one is kept.",
        "Nothing to do.",
    ),
    "iati_ascending_inferred": Words(
        "IATI does not say whether more is better; from baseline %(baseline)s and target "
        "%(target)s it was taken as %(value)s.",
        "Check it, and state ascending in the file.",
    ),
    "iati_no_direction": Words(
        "Nothing says whether more is better: the indicator has no direction and no colour.",
        "State ascending in the file.",
    ),
    "iati_aggregation_assumed": Words(
        "Nothing says how values add up; they are taken as a state at a time (level).",
        "Check it: figures per period are a flow, running totals cumulative.",
    ),
    "iati_result_type_other": Words(
        "The result is of the type other: its indicators are context and never results.",
        "Give the result a type if it is an output, outcome or impact.",
    ),
    "iati_flat_paired": Words(
        "The Datastore's lists of %(figures)s figures were paired in the order they stand in.",
        "Compare a row with the XML of the activity, or upload the XML.",
    ),
}


_GROUPED = 10_000_000
"""Whole numbers from here on are limits and sizes, shown with their digits grouped; row numbers
and counts below stay as a spreadsheet shows them."""


class _Missing(dict[str, Any]):
    """What a sentence mentions and nobody gave is empty."""

    def __missing__(self, key: str) -> str:
        return ""


def filled(template: str, column: str | None, value: str | None, rule: Mapping[str, Any]) -> str:
    """A template with its figures; what is not given is empty."""
    given = {name: _plain(each) for name, each in rule.items() if each is not None}
    named = {"column": column, "value": value}
    return template % _Missing(given | {k: v for k, v in named.items() if isinstance(v, str)})


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < _GROUPED else f"{value:,}"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def what_is_wrong(
    code: str,
    column: str | None,
    value: str | None,
    rule: Mapping[str, Any],
    *,
    translate: Callable[[str], str] = str,
) -> str:
    """The problem as a sentence.

    Raises:
        KeyError: there is no such code.

    >>> what_is_wrong("not_a_number", "nilai", "n/a", {})
    '"n/a" is not a number.'
    """
    return filled(translate(TEXTS[code].wrong), column, value, rule)


def how_to_fix(
    code: str,
    column: str | None,
    value: str | None,
    rule: Mapping[str, Any],
    *,
    translate: Callable[[str], str] = str,
) -> str:
    """What to do about a problem, as a sentence; raises as `what_is_wrong` does.

    >>> how_to_fix("not_in_codelist", "kind", "x", {"allowed": "pilot, track"})
    'Use one of: pilot, track.'
    """
    return filled(translate(TEXTS[code].fix), column, value, rule)
