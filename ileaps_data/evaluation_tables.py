"""The tables behind estimates of effect: boardings of the owl bus by district, stop and hour."""

from __future__ import annotations

from ileaps_data.schema import Field, Kind, Table

BOARDINGS_UNIT = "boardings"
HOURS_A_DAY = 24


def _month() -> Field:
    return Field(
        name="month",
        kind=Kind.PARTIAL_DATE,
        description="Calendar month of the smart-card records",
        required=True,
    )


def _text(name: str, description: str, *, required: bool = True, pattern: str = "") -> Field:
    return Field(
        name=name, kind=Kind.TEXT, description=description, required=required, pattern=pattern
    )


def _count(
    name: str, description: str, unit: str, minimum: float = 0, maximum: float | None = None
) -> Field:
    return Field(
        name=name,
        kind=Kind.INTEGER,
        description=description,
        unit=unit,
        required=True,
        minimum=minimum,
        maximum=maximum,
    )


OWL_BUS_DISTRICTS = Table(
    name="owl_bus_districts",
    title="Owl bus by district of Seoul, month by month",
    description=(
        "Boardings of the night routes at the stops of each of the 25 districts, and how much "
        "service the district had. Stops without a code (85 lines) and outside the city are left "
        "out; a stop the list of stops lacks stands in the district its number begins with."
    ),
    fields=(
        _month(),
        _text("district", "District in Korean, as the list of stops writes it"),
        _text("district_name", "District in Latin letters"),
        _count("boardings", "Boardings of the month", BOARDINGS_UNIT),
        _count("days", "Days of the month", "days", minimum=28, maximum=31),
        Field(
            name="boardings_per_day",
            kind=Kind.NUMBER,
            description="Boardings of the month by its days",
            unit="boardings a day",
            required=True,
            minimum=0,
        ),
        _count(
            "route_stop_pairs",
            "Pairs of a night route and a stop it serves in the district: the dose",
            "pairs",
            minimum=1,
        ),
        Field(
            name="routes",
            kind=Kind.TEXT_LIST,
            description="Night routes that stop in the district",
            required=True,
        ),
    ),
    key=("month", "district"),
    sources=("seoul_bus_2022", "seoul_bus_stops_2022"),
)

OWL_BUS_STOPS = Table(
    name="owl_bus_stops",
    title="Owl bus by stop, month by month",
    description="Boardings of the night routes and the number of night routes at each stop.",
    fields=(
        _text("ars_id", "Number of the stop, its first two digits a district's", pattern=r"^\d{5}"),
        _month(),
        _text("district", "District in Korean; missing outside the city", required=False),
        _count("boardings", "Boardings of the month", BOARDINGS_UNIT),
        _count("routes", "Night routes that stop there", "routes", minimum=1),
    ),
    key=("ars_id", "month"),
    sources=("seoul_bus_2022", "seoul_bus_stops_2022"),
    file_format="parquet",
)

BUS_BOARDINGS_BY_HOUR = Table(
    name="bus_boardings_by_hour",
    title="Bus boardings in Seoul by hour, owl bus and all other routes",
    description=(
        "Boardings of a month in each hour of the day, summed over stops. Three routes that are "
        "no owl bus but are numbered like one in January (18 boardings) are left out."
    ),
    fields=(
        _month(),
        Field(
            name="group",
            kind=Kind.TEXT,
            description="owl: the night routes; other: all other routes",
            required=True,
            enum=("owl", "other"),
        ),
        _count("hour", "Hour of the day the boardings fall in", "hour", maximum=HOURS_A_DAY - 1),
        _count("boardings", "Boardings of the month in that hour", BOARDINGS_UNIT),
    ),
    key=("month", "group", "hour"),
    sources=("seoul_bus_2022",),
)

EVALUATION_TABLES: tuple[Table, ...] = (OWL_BUS_DISTRICTS, OWL_BUS_STOPS, BUS_BOARDINGS_BY_HOUR)
