"""Figures as tables to read: columns named, cells written out, never markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ileaps_views.evidence import Figure, SourceBook, conflict_reason
from ileaps_views.i18n import MISSING, _, number, partial_date, percent
from ileaps_views.rows import lookup
from ileaps_views.statuses import reason_sentence, status
from ileaps_views.terms import (
    instrument_name,
    kind_name,
    level_name,
    role_name,
    sector_name,
    stage_name,
    transfer_status_name,
    value_kind_name,
)
from ileaps_views.wording import is_missing, one_line, published, qualified

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


def rows(records: Iterable[Mapping[str, str]]) -> pd.DataFrame:
    """Return rows that are already written out as a table.

    >>> rows([{"Stage": "Scaling", "With evidence": "2"}]).shape
    (1, 2)
    """
    return pd.DataFrame(list(records))


def _cells(frame: pd.DataFrame, column: str, write: Callable[[Any], str]) -> list[str]:
    if column not in frame:
        return [MISSING] * len(frame)
    return [MISSING if is_missing(cell) else write(cell) for cell in frame[column]]


def _dates(frame: pd.DataFrame, column: str) -> list[str]:
    if column not in frame:
        return [MISSING] * len(frame)
    return [partial_date(None if is_missing(cell) else str(cell)) for cell in frame[column]]


def _with_date(values: list[str], dates: list[str]) -> list[str]:
    return [
        value if value == MISSING else _("%(value)s (%(date)s)") % {"value": value, "date": date}
        for value, date in zip(values, dates, strict=True)
    ]


def _links(frame: pd.DataFrame, book: SourceBook) -> list[str]:
    return [book.link(source) or MISSING for source in frame["source_id"]]


def _named(frame: pd.DataFrame, column: str, names: Mapping[str, str]) -> list[str]:
    return _cells(frame, column, lambda cell: one_line(names.get(one_line(cell), cell)))


def indicator_table(kpis: pd.DataFrame, indicators: pd.DataFrame, book: SourceBook) -> pd.DataFrame:
    """Write out pilot_kpis(...): baseline, expected by then, actual, target, status, source.

    Args:
        kpis: pilot_kpis(...), one row an indicator.
        indicators: the indicators table, for names.
        book: the sources.
    """
    names = lookup(indicators, "indicator_id", "name")
    source_of = lookup(indicators, "indicator_id", "source_id")
    sources = [
        actual if not is_missing(actual) else source_of.get(indicator)
        for actual, indicator in zip(kpis["actual_source_id"], kpis["indicator_id"], strict=True)
    ]
    return pd.DataFrame(
        {
            _("Indicator"): _named(kpis, "indicator_id", names),
            _("Unit"): _cells(kpis, "unit", one_line),
            _("Baseline"): _with_date(
                _cells(kpis, "baseline_value", published), _dates(kpis, "baseline_on")
            ),
            _("Target"): _with_date(
                _cells(kpis, "target_value", published), _dates(kpis, "target_on")
            ),
            _("Expected by then"): _cells(kpis, "expected", lambda value: number(value, 1)),
            _("Actual"): _with_date(_actuals(kpis), _dates(kpis, "actual_on")),
            _("Status"): [status(code).label for code in kpis["status"]],
            _("Why"): _reasons(kpis),
            _("Progress"): _cells(kpis, "progress", lambda value: percent(value, 0)),
            _("Share of target"): _cells(kpis, "share_of_target", lambda value: percent(value, 0)),
            _("Method"): _cells(kpis, "method", one_line),
            _("Level"): _cells(kpis, "result_level", level_name),
            _("Source"): [book.line(source) for source in sources],
        }
    )


def _reasons(kpis: pd.DataFrame) -> list[str]:
    disputed = kpis.get("disputed", pd.Series(data=False, index=kpis.index))
    texts = []
    for code, contradicted in zip(kpis["reason"], disputed, strict=True):
        doubt = contradicted and one_line(code) != "latest_in_conflict"
        said = [reason_sentence(code), reason_sentence("latest_in_conflict") if doubt else ""]
        texts.append(" ".join(text for text in said if text) or MISSING)
    return texts


def _actuals(kpis: pd.DataFrame) -> list[str]:
    low = kpis.get("actual_low", pd.Series(index=kpis.index, dtype=float))
    high = kpis.get("actual_high", pd.Series(index=kpis.index, dtype=float))
    return [
        qualified(actual, qualifier)
        if not is_missing(actual)
        else _("%(low)s or %(high)s") % {"low": published(least), "high": published(most)}
        if not is_missing(least) and least != most
        else MISSING
        for actual, qualifier, least, most in zip(
            kpis["actual"], kpis["actual_qualifier"], low, high, strict=True
        )
    ]


def observation_table(
    observations: pd.DataFrame,
    indicators: pd.DataFrame,
    book: SourceBook,
) -> pd.DataFrame:
    """Write out observations, undated ones included, each with its source."""
    names = lookup(indicators, "indicator_id", "name")
    units = lookup(indicators, "indicator_id", "unit")
    return pd.DataFrame(
        {
            _("Indicator"): _named(observations, "indicator_id", names),
            _("Figure"): [
                qualified(value, qualifier)
                for value, qualifier in zip(
                    observations["value"], observations["qualifier"], strict=True
                )
            ],
            _("Unit"): _named(
                observations.assign(_unit=observations["indicator_id"]), "_unit", units
            ),
            _("From"): _cells(observations, "period_start", partial_date),
            _("To"): _dates(observations, "period_end"),
            _("Kind"): _cells(observations, "value_kind", value_kind_name),
            _("Group"): _cells(observations, "disaggregation", one_line),
            _("Source"): [book.line(source) for source in observations["source_id"]],
            _("Link"): _links(observations, book),
            _("Note"): _cells(observations, "note", one_line),
        }
    )


def conflict_table(
    conflicts: pd.DataFrame, indicators: pd.DataFrame, book: SourceBook
) -> pd.DataFrame:
    """Write out conflicts(...): both figures, both sources, and why they are a conflict."""
    names = lookup(indicators, "indicator_id", "name")
    return pd.DataFrame(
        {
            _("Indicator"): _named(conflicts, "indicator_id", names),
            _("One source"): [
                figure.sentence() for figure in conflict_figures(conflicts, book, "earlier")
            ],
            _("Another source"): [
                figure.sentence() for figure in conflict_figures(conflicts, book, "later")
            ],
            _("Unit"): _cells(conflicts, "unit", one_line),
            _("Why they differ"): [conflict_reason(kind) for kind in conflicts["kind"]],
        }
    )


def conflict_figures(conflicts: pd.DataFrame, book: SourceBook, side: str) -> list[Figure]:
    """Return one side ("earlier" or "later") of every conflict as figures to cite."""
    return [
        Figure(
            source=book.publisher(source),
            date=None if is_missing(date) else str(date),
            value=value,
            qualifier=one_line(qualifier) or "exact",
        )
        for source, date, value, qualifier in zip(
            conflicts[f"{side}_source_id"],
            conflicts[f"{side}_period_end"],
            conflicts[f"{side}_value"],
            conflicts[f"{side}_qualifier"],
            strict=True,
        )
    ]


def transfer_table(
    links: pd.DataFrame, book: SourceBook, countries: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Write out transfer_links(...), one row a transfer, with its source."""
    table = {
        _("Policy"): _cells(links, "policy", one_line),
        _("Sector"): _cells(links, "sector", sector_name),
        _("From"): _cells(links, "from_city", one_line),
        _("To"): _cells(links, "to_city", one_line),
        _("Country"): _named(links, "to_country", countries or {}),
        _("Instrument"): _cells(links, "instrument", instrument_name),
        _("Agreed"): _dates(links, "agreed_on"),
        _("Other sources say"): _cells(links, "agreed_on_other", _date_list),
        _("Status"): _cells(links, "status", transfer_status_name),
        _("Source"): [book.line(source) for source in links["source_id"]],
        _("Link"): _links(links, book),
    }
    return pd.DataFrame(table)


def _date_list(dates: object) -> str:
    return ", ".join(partial_date(date.strip()) for date in one_line(dates).split(";"))


def event_table(
    events: pd.DataFrame, book: SourceBook, cities: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Write out events in order of time, undated ones last."""
    ordered = events.sort_values("starts_on", kind="stable", na_position="last")
    return pd.DataFrame(
        {
            _("Event"): _cells(ordered, "name", one_line),
            _("City"): _named(ordered, "city_id", cities or {}),
            _("From"): _dates(ordered, "starts_on"),
            _("To"): _cells(ordered, "ends_on", partial_date),
            _("Participants"): _cells(ordered, "participants", number),
            _("Source"): [book.line(source) for source in ordered["source_id"]],
            _("Link"): _links(ordered, book),
            _("Note"): _cells(ordered, "note", one_line),
        }
    )


def city_table(
    cities: pd.DataFrame, book: SourceBook, countries: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Write out the partner cities with role, first step together and source."""
    return pd.DataFrame(
        {
            _("City"): _cells(cities, "name", one_line),
            _("Own name"): _cells(cities, "local_name", one_line),
            _("Country"): _named(cities, "country_iso3", countries or {}),
            _("Role"): [role_name(code) for code in cities["role"]],
            _("Since"): _dates(cities, "joined_on"),
            _("Source"): [book.line(source) for source in cities["source_id"]],
            _("Link"): _links(cities, book),
        }
    )


def source_table(sources: pd.DataFrame) -> pd.DataFrame:
    """Write out the sources: title, publisher, date, language, licence, address."""
    book = SourceBook(sources)
    return pd.DataFrame(
        {
            _("Title"): _cells(sources, "title", one_line),
            _("Publisher"): _cells(sources, "publisher", one_line),
            _("Published"): _dates(sources, "published_on"),
            _("Language"): _cells(sources, "language", one_line),
            _("Licence"): _cells(sources, "licence", one_line),
            _("Link"): _links(sources, book),
        }
    )


def pilot_table(
    pilots: pd.DataFrame, book: SourceBook, cities: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Write out pilots, tracks and reference series with attribution and source."""
    return pd.DataFrame(
        {
            _("Pilot"): _cells(pilots, "name", one_line),
            _("Kind"): [kind_name(kind) for kind in pilots["kind"]],
            _("City"): _named(pilots, "city_id", cities or {}),
            _("Sector"): _cells(pilots, "sector", sector_name),
            _("Started"): _dates(pilots, "started_on"),
            _("Ended"): _cells(pilots, "ended_on", partial_date),
            _("Attribution to the programme"): [
                _("not stated") if is_missing(text) else one_line(text)
                for text in pilots["attribution"]
            ],
            _("Source"): [book.line(source) for source in pilots["source_id"]],
        }
    )


def stage_table(stage_events: pd.DataFrame, pilots: pd.DataFrame, book: SourceBook) -> pd.DataFrame:
    """Write out the evidence of every stage: what was seen, when, by which source."""
    names = lookup(pilots, "pilot_id", "name")
    return pd.DataFrame(
        {
            _("Pilot"): _named(stage_events, "pilot_id", names),
            _("Stage"): [stage_name(stage) for stage in stage_events["stage"]],
            _("Evidence dated"): _dates(stage_events, "entered_on"),
            _("Evidence"): _cells(stage_events, "evidence", one_line),
            _("Source"): [book.line(source) for source in stage_events["source_id"]],
            _("Link"): _links(stage_events, book),
        }
    )
