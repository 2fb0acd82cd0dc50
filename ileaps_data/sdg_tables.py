"""The SDG tables: series, values of economies and aggregates, values of cities, air quality."""

from __future__ import annotations

from ileaps_data.schema import Field, Kind, Table, text_field

UNSD_SDG = "unsd_sdg_2023_12"
WDI = "wb_wdi_2026_07"
WHO_AIR = "who_aaq_2022"

SERIES_CODE = r"^[A-Z0-9]+([_.][A-Z0-9]+)*$"
AREA_ID = r"^([A-Z]{3}|m49:\d{3}|wb:[A-Z]{3})$"
ISO3 = r"^[A-Z]{3}$"
TOTAL = "total"

TARGET_BASES = ("explicit in SDG text", "universal access", "none")
LOCATIONS = (TOTAL, "urban", "rural", "city", "town_or_suburb")
SEXES = (TOTAL, "female", "male", "other", "unknown")
BOUNDS = ("above", "below")
NATURES = (
    "country",
    "country_adjusted",
    "estimated",
    "modelled",
    "global_monitoring",
    "not_relevant",
)
STATUSES = (
    "normal",
    "break",
    "different_definition",
    "estimated",
    "imputed",
    "low_reliability",
    "provisional",
    "missing",
)
NATURE_MEANING = (
    "How the value came about, in the publisher's classes: country data, country data adjusted, "
    "estimated, modelled, produced for global monitoring, not relevant (mostly aggregates); "
    "missing where the publisher does not say"
)


def _whole(name: str, description: str, lowest: int, highest: int, *, required: bool) -> Field:
    return Field(
        name=name,
        kind=Kind.INTEGER,
        description=description,
        required=required,
        minimum=lowest,
        maximum=highest,
    )


def _number(name: str, description: str, unit: str = "", **limits: float) -> Field:
    return Field(
        name=name,
        kind=Kind.NUMBER,
        description=description,
        unit=unit,
        minimum=limits.get("minimum"),
        maximum=limits.get("maximum"),
    )


def _flag(name: str, description: str) -> Field:
    return Field(name=name, kind=Kind.BOOLEAN, description=description, required=True)


def _series() -> Field:
    return text_field(
        "series",
        "Code of the series",
        required=True,
        pattern=SERIES_CODE,
        refers_to="sdg_series.series",
    )


def _year() -> Field:
    return _whole("year", "Year the value is published for", 1900, 2100, required=True)


VALUE = _number("value", "The published value, in the unit of the series")

SDG_SERIES = Table(
    name="sdg_series",
    title="SDG series",
    description=(
        "What each series measures, which way is progress and, where the reading of the SDG text "
        "(ours) gives one, the numeric target. A series of several indicators stands under that of "
        "goal 11. Direction 0 means that no progress is judged. Series without an indicator are "
        "context."
    ),
    fields=(
        text_field(
            "series",
            "Code the publisher gives the series",
            required=True,
            unique=True,
            pattern=SERIES_CODE,
        ),
        text_field("source_id", "Row of the sources", required=True, refers_to="sources.source_id"),
        text_field("indicator", "SDG indicator it serves", pattern=r"^\d+\.[0-9a-d]+\.\d+$"),
        Field(
            name="other_indicators",
            kind=Kind.TEXT_LIST,
            description="Further SDG indicators it serves",
        ),
        _whole("goal", "SDG of the indicator", 1, 17, required=False),
        text_field("target", "SDG target of the indicator", pattern=r"^\d+\.[0-9a-d]+$"),
        text_field("name", "Name the publisher gives it", required=True),
        text_field("short_name", "Short English name for charts, ours", required=True, unique=True),
        text_field("unit", "Unit of the values", required=True),
        _whole(
            "direction", "1: more is progress; -1: less is; 0: not judged", -1, 1, required=True
        ),
        _number("natural_limit", "Best value there can be, in the unit of the series"),
        _number("target_value", "Numeric target, in the unit of the series"),
        _whole("target_year", "Year of the target", 2015, 2050, required=False),
        text_field("target_basis", "What the target rests on", required=True, enum=TARGET_BASES),
        text_field("direction_note", "What to know before judging by it; ours"),
        _flag("has_cities", "Whether the publisher gives values of cities"),
        _flag("has_total", "Whether there is a total over every breakdown"),
    ),
    key=("series",),
    sources=(UNSD_SDG, WDI),
)

SDG_OBSERVATIONS = Table(
    name="sdg_observations",
    title="SDG values of economies and aggregates",
    description=(
        "Values of the ESCAP economies, the countries of the partner cities and the aggregates "
        "they belong to, with every published breakdown. total stands for the level of a breakdown "
        "that covers the others: both sexes, all areas; for an age or another breakdown also the "
        "only level there is. A series whose only location or sex is urban or female keeps that "
        "word, and its rows count as totals."
    ),
    fields=(
        _series(),
        text_field(
            "area_id",
            "ISO 3166 alpha-3 code of an economy; m49: or wb: and the code of an aggregate",
            required=True,
            pattern=AREA_ID,
        ),
        _year(),
        text_field("location", "Part of the area", required=True, enum=LOCATIONS),
        text_field("sex", "Sex of the persons", required=True, enum=SEXES),
        text_field("age", "Age of the persons: total or the publisher's code", required=True),
        text_field(
            "other_breakdown",
            "total, or the other breakdowns as name=level, separated by semicolons",
            required=True,
        ),
        _flag("is_total", "Every breakdown is at its total"),
        VALUE,
        text_field("bound", "The truth lies above or below the value; missing: exact", enum=BOUNDS),
        text_field("nature", NATURE_MEANING, enum=NATURES),
        text_field(
            "observation_status",
            "Status the publisher gives the value; missing where it gives none",
            enum=STATUSES,
        ),
    ),
    key=("series", "area_id", "year", "location", "sex", "age", "other_breakdown"),
    sources=(UNSD_SDG, WDI),
    file_format="parquet",
)

SDG_AREAS = Table(
    name="sdg_areas",
    title="Aggregates of the SDG values",
    description="Names of the groups of countries among the SDG values.",
    fields=(
        text_field("area_id", "Code of the aggregate", required=True, unique=True, pattern=AREA_ID),
        text_field("name", "Name as the publisher writes it", required=True),
    ),
    key=("area_id",),
    sources=(UNSD_SDG, WDI),
)

SDG_CITY_VALUES = Table(
    name="sdg_city_values",
    title="SDG values of cities",
    description=(
        "Published values of cities of the ESCAP region and of partner cities: 11.2.1, 11.3.1, "
        "11.6.1, 11.7.1. Values that a rule of ours finds implausible or hard to read are kept, "
        "with the reason."
    ),
    fields=(
        _series(),
        text_field("city_code", "Code the publisher gives the city", required=True),
        text_field("city_name", "Name read from the code", required=True),
        text_field("iso3", "Economy the city lies in", required=True, refers_to="economies.iso3"),
        text_field("city_id", "Partner city it is", refers_to="cities.city_id"),
        _year(),
        VALUE,
        text_field("nature", NATURE_MEANING, enum=NATURES),
        text_field(
            "caution", "Why the value is implausible or hard to read; missing: nothing found"
        ),
    ),
    key=("series", "city_code", "year"),
    sources=(UNSD_SDG,),
)

_AIR_UNIT = "micrograms per cubic metre"

CITY_AIR_QUALITY = Table(
    name="city_air_quality",
    title="Air quality of partner cities",
    description="Annual means measured at ground stations, from the database of the WHO.",
    fields=(
        text_field("city_id", "The partner city", required=True, refers_to="cities.city_id"),
        _year(),
        _number("pm25", "Fine particulate matter, annual mean", _AIR_UNIT, minimum=0),
        _number("pm10", "Particulate matter, annual mean", _AIR_UNIT, minimum=0),
        _number("no2", "Nitrogen dioxide, annual mean", _AIR_UNIT, minimum=0),
        _number(
            "pm25_temporal_coverage",
            "Part of the year that the PM2.5 measurements cover",
            "percent",
            minimum=0,
            maximum=100,
        ),
    ),
    key=("city_id", "year"),
    sources=(WHO_AIR,),
)

SDG_TABLES: tuple[Table, ...] = (
    SDG_SERIES,
    SDG_OBSERVATIONS,
    SDG_AREAS,
    SDG_CITY_VALUES,
    CITY_AIR_QUALITY,
)
"""The tables of this module, in the order in which they refer to each other."""
