"""The published results that the project's formulas are held against: the tables.

They form a package of their own, `data/published/`: nothing on a page is computed from them; they
say what others computed from the same inputs.
"""

from __future__ import annotations

from ileaps_data.schema import Field, Kind, Table

RATINGS = ("green", "yellow", "orange", "red")
TRENDS = ("on_track", "moderately_improving", "stagnating", "decreasing")
STATCAN_STATUSES = (
    "target_achieved",
    "substantial_progress",
    "moderate_progress",
    "limited_progress",
    "deterioration",
    "not_available",
)
SDR_YEARS = (2019, 2021)


def _text(
    name: str, description: str, *, required: bool = False, enum: tuple[str, ...] = ()
) -> Field:
    return Field(name=name, kind=Kind.TEXT, description=description, required=required, enum=enum)


def _number(name: str, description: str, unit: str = "", *, required: bool = False) -> Field:
    return Field(name=name, kind=Kind.NUMBER, description=description, unit=unit, required=required)


def _integer(name: str, description: str, *, required: bool = False) -> Field:
    return Field(name=name, kind=Kind.INTEGER, description=description, required=required)


def _flag(name: str, description: str) -> Field:
    return Field(name=name, kind=Kind.BOOLEAN, description=description, required=True)


ISO3 = Field(
    name="iso3",
    kind=Kind.TEXT,
    description="ISO 3166-1 alpha-3 code of the economy",
    required=True,
    pattern=r"^[A-Z]{3}$",
)
ISO3_OR_GROUP = Field(
    name="iso3",
    kind=Kind.TEXT,
    description=(
        "ISO 3166-1 alpha-3 code of the economy; the report's own code, with _ before it, of a "
        "group of economies"
    ),
    required=True,
    pattern=r"^([A-Z]{3}|_\w+)$",
)
CODE = _text("code", "The publisher's code of the indicator", required=True)
GOAL = Field(
    name="goal", kind=Kind.INTEGER, description="Goal", required=True, minimum=1, maximum=17
)
POINTS = "points, 0 worst to 100 best"


def _score(of: str) -> Field:
    return Field(
        name="score",
        kind=Kind.NUMBER,
        description=f"Published score of the {of}",
        unit=POINTS,
        minimum=0,
        maximum=100,
    )


def _rating(of: str) -> Field:
    return _text(
        "rating", f"Published colour of the {of}; missing where grey or none", enum=RATINGS
    )


def _trend(of: str) -> Field:
    return _text("trend", f"Published trend arrow of the {of}, as its name", enum=TRENDS)


def _sdr_tables(year: int) -> tuple[Table, ...]:
    """The five tables of one Sustainable Development Report."""
    report, sources = f"Sustainable Development Report {year}", (f"sdsn_sdr_{year}",)
    indicators = Table(
        name=f"sdr{year}_indicators",
        title=f"{report}: indicators",
        description="Bounds and thresholds of each indicator, as the report's codebook sets them.",
        fields=(
            CODE,
            GOAL,
            _text("name", "Name of the indicator", required=True),
            _text("unit", "Unit as the codebook writes it; missing where it is in the name"),
            _number("best", "Value that scores 100", "the indicator's own", required=True),
            _number("worst", "Value that scores 0", "the indicator's own", required=True),
            _number("green", "Threshold of green", "the indicator's own", required=True),
            _number("red", "Threshold of red", "the indicator's own", required=True),
            _text("source", "Source the report names"),
            _flag("in_global", "Counts in the index of all economies"),
            _flag("in_oecd", "Counts in the goal colours of OECD members"),
            _flag("trend_in_global", "Has a trend that counts for all economies"),
            _flag("trend_in_oecd", "Has a trend that counts for OECD members"),
            _integer(
                "trend_from", "First year of the trend; missing where the codebook names none"
            ),
            _integer("trend_to", "Last year of the trend; missing where the codebook names none"),
        ),
        key=("code",),
        sources=sources,
    )
    values = Table(
        name=f"sdr{year}_values",
        title=f"{report}: values, scores, colours and trends of indicators",
        description="One row for each economy and indicator that has a value or a colour.",
        fields=(
            ISO3_OR_GROUP,
            CODE,
            _number("value", "Value the score is computed from", "the indicator's own"),
            _integer("year", "Year of the value; missing where the report does not give it"),
            _flag("imputed", "The report filled the value in"),
            _score("indicator"),
            _rating("indicator"),
            _trend("indicator"),
        ),
        key=("iso3", "code"),
        sources=sources,
        file_format="parquet",
    )
    goals = Table(
        name=f"sdr{year}_goals",
        title=f"{report}: scores, colours and trends of goals",
        description="One row for each economy and goal that has a score, a colour or a trend.",
        fields=(ISO3_OR_GROUP, GOAL, _score("goal"), _rating("goal"), _trend("goal")),
        key=("iso3", "goal"),
        sources=sources,
        file_format="parquet",
    )
    index = Table(
        name=f"sdr{year}_index",
        title=f"{report}: index",
        description="One row an economy; those with too few data have no index.",
        fields=(
            ISO3,
            _text("name", "Name as the report writes it", required=True),
            _text("region", "Region the report fills missing goals from", required=True),
            _flag("oecd", "Member of the OECD"),
            _score("economy"),
            _integer("rank", "Published rank, 1 for the highest score"),
            _number("percent_missing", "Share of indicators without a value", "percent"),
        ),
        key=("iso3",),
        sources=sources,
    )
    trends = Table(
        name=f"sdr{year}_trend_values",
        title=f"{report}: values by year behind the trends",
        description="Values of the years from 2010 on of the indicators that have a trend.",
        fields=(
            ISO3,
            CODE,
            _integer("year", "Calendar year", required=True),
            _number("value", "Value of the year", "the indicator's own", required=True),
        ),
        key=("iso3", "code", "year"),
        sources=sources,
        file_format="parquet",
    )
    return indicators, values, goals, index, trends


STATCAN_PROGRESS = Table(
    name="statcan_progress",
    title="Progress of Canada's series in the global indicator framework",
    description=(
        "Every series whose progress Statistics Canada computes, with the inputs and the result "
        "it publishes."
    ),
    fields=(
        _text("series", "Name of the series in the published file", required=True),
        _text("indicator", "Indicator of the global framework", required=True),
        _number("base_value", "Value of the base year", "the series' own"),
        _number("base_year", "Base year", "year"),
        _number("current_value", "Latest value", "the series' own"),
        _number("current_year", "Year of the latest value", "year"),
        _integer("direction", "1 where higher is better, -1 where lower is", required=True),
        _number("target", "Target value; missing where there is none", "the series' own"),
        _number("target_year", "Year of the target", "year"),
        _number("limit", "Natural limit of the series; missing where there is none"),
        _number("value", "Published progress value; missing where none is published"),
        _number("score", "Published score", "points, -5 to 5"),
        _text("status", "Published status", required=True, enum=STATCAN_STATUSES),
    ),
    key=("series",),
    sources=("statcan_gif",),
)

CARD_KRUEGER = Table(
    name="card_krueger",
    title="Employment in fast-food restaurants before and after a rise of the minimum wage",
    description=(
        "Stores in New Jersey, where the minimum wage rose on 1 April 1992, and in eastern "
        "Pennsylvania, where it did not: before (February to March 1992) and after (November to "
        "December 1992)."
    ),
    fields=(
        _integer("store", "Number of the store in the file", required=True),
        _text(
            "state", "NJ where the wage rose, PA where it did not", required=True, enum=("NJ", "PA")
        ),
        _text("period", "Before or after the rise", required=True, enum=("before", "after")),
        _number(
            "employment",
            "Full-time equivalent employees: full-time, managers, and half the part-time",
            "persons",
        ),
        _flag("in_balanced_sample", "The store has employment in both periods"),
    ),
    key=("store", "period"),
    sources=("card_krueger_1994",),
)

CARD_KRUEGER_PUBLISHED = Table(
    name="card_krueger_published",
    title="Card and Krueger 1994: figures of Table 3",
    description="Means of full-time equivalent employment and their differences, as printed.",
    fields=(
        _text("figure", "Short name of the figure", required=True),
        _text("state", "State of a mean; missing for a difference", enum=("NJ", "PA")),
        _text("period", "Period of a mean; missing for a difference", enum=("before", "after")),
        _text(
            "sample",
            "All stores, or those with both periods",
            required=True,
            enum=("all", "balanced"),
        ),
        _number("value", "The figure as printed", "persons", required=True),
        _number("standard_error", "Its standard error as printed", "persons"),
    ),
    key=("figure",),
    sources=("card_krueger_1994",),
)

URBAN_GROWTH_PUBLISHED = Table(
    name="urban_growth_published",
    title="Urban growth 2020–2025 as published",
    description=(
        "Exponential rate of growth of the urban population. The publisher took it from the UN's "
        "2018 revision; rows that the revision does not give back say so."
    ),
    fields=(
        ISO3,
        _integer("start_year", "First year of the period", required=True),
        _integer("end_year", "Last year of the period", required=True),
        _number("rate", "Published rate, to two decimals", "percent a year", required=True),
        _flag("expected_equal", "The revision gives the figure; where not, the note says what"),
        _text("note", "What is known of a difference"),
    ),
    key=("iso3",),
    sources=("cia_world_factbook",),
)

ONS_LAND_USE = Table(
    name="ons_land_use",
    title="Land consumption and population growth in Great Britain, 2013–2016",
    description=(
        "Rates of SDG indicator 11.3.1 as published, and the mid-year populations that give the "
        "published growth; the built-up areas behind the land consumption rate are not published."
    ),
    fields=(
        _text("area", "Country; Great Britain is the row without a name", required=True),
        _integer("start_year", "First year", required=True),
        _integer("end_year", "Last year", required=True),
        _number(
            "past_population", "Mid-year population of the first year", "persons", required=True
        ),
        _number(
            "present_population", "Mid-year population of the last year", "persons", required=True
        ),
        _number(
            "land_consumption_rate", "Published rate a year, linear", "1 a year", required=True
        ),
        _number("population_growth_rate", "Published rate a year, log", "1 a year", required=True),
        _number("ratio", "Published ratio of the two", required=True),
    ),
    key=("area",),
    sources=("ons_11_3_1",),
)

IATI_EXAMPLE = Table(
    name="iati_example",
    title="IATI guidance: worked example of an indicator",
    description="Baseline, target and actual value of the example, which met its target.",
    fields=(
        _text("example", "Short name of the example", required=True),
        _number("baseline", "Value of 2012", "percent", required=True),
        _number("target", "Target of 2015", "percent", required=True),
        _number("actual", "Actual value of 2015", "percent", required=True),
        _flag("target_met", "What the guidance concludes"),
        _number(
            "progress", "Progress from baseline to target, by arithmetic", "percent", required=True
        ),
    ),
    key=("example",),
    sources=("iati_guidance",),
)

PUBLISHED_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        *(table for year in SDR_YEARS for table in _sdr_tables(year)),
        STATCAN_PROGRESS,
        CARD_KRUEGER,
        CARD_KRUEGER_PUBLISHED,
        URBAN_GROWTH_PUBLISHED,
        ONS_LAND_USE,
        IATI_EXAMPLE,
    )
}
"""Every table of the package of published results, by name."""
