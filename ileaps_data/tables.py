"""The reference tables: economies, population by revision, cities, sources."""

from __future__ import annotations

from ileaps_data.agreement_tables import AGREEMENT_TABLES
from ileaps_data.evaluation_tables import EVALUATION_TABLES
from ileaps_data.programme_tables import PROGRAMME_TABLES
from ileaps_data.schema import PARTIAL_DATE, Field, Kind, Table, text_field
from ileaps_data.sdg_tables import SDG_TABLES

THOUSANDS = "thousand persons"
PERCENT = "percent"
DEGREES = "decimal degrees (WGS 84)"

AREA_ID = r"^([A-Z]{3}|m49:\d{3,4}|wb:[A-Z0-9]{3})$"
AREA_ID_MEANING = (
    "ISO 3166 alpha-3 code of an economy; aggregates and areas without one have m49: and the "
    "publisher's area number, or wb: and the World Bank's code"
)


def _revision(*, unique: bool = False) -> Field:
    return Field(
        name="revision_id",
        kind=Kind.TEXT,
        description="Edition of the estimates; figures of two revisions are never mixed",
        required=True,
        unique=unique,
        refers_to="" if unique else "revisions.revision_id",
    )


def _year(minimum: int, maximum: int) -> Field:
    return Field(
        name="year",
        kind=Kind.INTEGER,
        description="Calendar year; populations are those at its middle",
        required=True,
        minimum=minimum,
        maximum=maximum,
    )


def _number(name: str, description: str, unit: str, maximum: float | None = None) -> Field:
    return Field(
        name=name,
        kind=Kind.NUMBER,
        description=description,
        unit=unit,
        minimum=0,
        maximum=maximum,
    )


def _position(axis: str, limit: float, what: str, *, required: bool = False) -> Field:
    return Field(
        name=axis,
        kind=Kind.NUMBER,
        description=what,
        unit=DEGREES,
        minimum=-limit,
        maximum=limit,
        required=required,
    )


def _flag(name: str, description: str) -> Field:
    return Field(name=name, kind=Kind.BOOLEAN, description=description, required=True)


AREA = text_field("area_id", AREA_ID_MEANING, required=True, pattern=AREA_ID)
POINT_MEANING = (
    "of a point that stands for the economy on maps: inside its largest polygon, or its capital "
    "where that polygon is under half a square degree or absent"
)

ECONOMIES = Table(
    name="economies",
    title="Countries and areas",
    description=(
        "Every country or area of the UN M49 list; those with a subregion are the 58 economies "
        "of the ESCAP region (49 regional and 9 associate members)."
    ),
    fields=(
        text_field(
            "iso3", "ISO 3166-1 alpha-3 code", required=True, unique=True, pattern=r"^[A-Z]{3}$"
        ),
        text_field(
            "iso2", "ISO 3166-1 alpha-2 code", required=True, unique=True, pattern=r"^[A-Z]{2}$"
        ),
        text_field(
            "m49", "UN M49 number, three digits", required=True, unique=True, pattern=r"^\d{3}$"
        ),
        text_field("name", "Name in the UN M49 list", required=True, unique=True),
        text_field("short_name", "Short English form for charts, ours", required=True, unique=True),
        text_field(
            "subregion_id",
            "ESCAP subregion; missing outside the ESCAP region",
            refers_to="subregions.subregion_id",
        ),
        text_field("membership", "Kind of ESCAP membership", enum=("member", "associate")),
        _flag("least_developed", "Least developed country in the M49 list"),
        _flag("landlocked_developing", "Landlocked developing country in the M49 list"),
        _flag("small_island_developing", "Small island developing State in the M49 list"),
        _position("latitude", 90, f"Latitude {POINT_MEANING}"),
        _position("longitude", 180, f"Longitude {POINT_MEANING}"),
    ),
    key=("iso3",),
    sources=("unsd_m49", "escap_members", "natural_earth"),
)

SUBREGIONS = Table(
    name="subregions",
    title="ESCAP subregions",
    description="The five subregions in which ESCAP groups its economies.",
    fields=(
        text_field("subregion_id", "Short code of the subregion", required=True, unique=True),
        text_field("name", "Name of the subregion", required=True, unique=True),
        Field(
            name="position",
            kind=Kind.INTEGER,
            description="Order in lists and charts",
            required=True,
            unique=True,
            minimum=1,
        ),
    ),
    key=("subregion_id",),
    sources=("escap_members",),
)

REVISIONS = Table(
    name="revisions",
    title="Revisions of the population figures",
    description="Which editions of urban population estimates the data folder holds.",
    fields=(
        _revision(unique=True),
        text_field("name", "Name shown to people", required=True, unique=True),
        text_field("publisher", "Who publishes the figures", required=True),
        text_field("edition", "Edition in the publisher's words", required=True),
        Field(
            name="released_on",
            kind=Kind.PARTIAL_DATE,
            description="When the edition came out, as precisely as the files say",
        ),
        text_field("source_id", "Row of the sources", required=True, refers_to="sources.source_id"),
        _flag("has_rural_total", "Whether rural and total population come with the urban one"),
        _flag("is_default", "The revision shown when nobody chose one"),
        Field(
            name="first_year", kind=Kind.INTEGER, description="First year with data", required=True
        ),
        Field(
            name="last_year", kind=Kind.INTEGER, description="Last year with data", required=True
        ),
        text_field("definition_note", "What the figures are and are not", required=True),
    ),
    key=("revision_id",),
)

URBAN_POPULATION = Table(
    name="urban_population",
    title="Urban, rural and total population",
    description=(
        "Mid-year population of economies and aggregates by revision. An area's figures of one "
        "year and revision belong together; what a revision does not publish is missing."
    ),
    fields=(
        _revision(),
        AREA,
        text_field("area_name", "Name as the publisher writes it", required=True),
        text_field(
            "area_kind",
            "economy: has an ISO code; aggregate: a group, or an area without one",
            required=True,
            enum=("economy", "aggregate"),
        ),
        _year(1900, 2150),
        _number("urban", "Urban population", THOUSANDS),
        _number("rural", "Rural population", THOUSANDS),
        _number("total", "Total population", THOUSANDS),
        _number("percent_urban", "Share living in urban areas", PERCENT, maximum=100),
    ),
    key=("revision_id", "area_id", "year"),
    sources=("un_wup2018", "un_wup2014", "wb_wdi_2026_07"),
    file_format="parquet",
)

CITY_CODE = text_field(
    "city_code",
    "The publisher's number of the urban agglomeration",
    required=True,
    pattern=r"^\d+$",
)

URBAN_AGGLOMERATIONS = Table(
    name="urban_agglomerations",
    title="Urban agglomerations",
    description="Cities for which a revision publishes the population: 300,000 people or more.",
    fields=(
        _revision(),
        CITY_CODE,
        text_field("name", "Name as the publisher writes it", required=True),
        text_field("iso3", "Economy the city lies in", refers_to="economies.iso3"),
        AREA,
        _position("latitude", 90, "Latitude of the city", required=True),
        _position("longitude", 180, "Longitude of the city", required=True),
    ),
    key=("revision_id", "city_code"),
    sources=("un_wup2018",),
    file_format="parquet",
)

CITY_POPULATION = Table(
    name="city_population",
    title="Population of urban agglomerations",
    description="Mid-year population of each urban agglomeration, year by year where published.",
    fields=(
        _revision(),
        CITY_CODE,
        _year(1900, 2150),
        _number("population", "Population of the agglomeration", THOUSANDS),
    ),
    key=("revision_id", "city_code", "year"),
    sources=("un_wup2018",),
    file_format="parquet",
)

CITY_SIZE_CLASSES = Table(
    name="city_size_classes",
    title="Urban population by size of city",
    description=(
        "How the urban population of an area is spread over size classes of cities; the number "
        "of cities is not published for the smallest class."
    ),
    fields=(
        _revision(),
        AREA,
        Field(
            name="size_class_code",
            kind=Kind.INTEGER,
            description="Number of the size class, 1 for the largest cities",
            required=True,
            minimum=1,
        ),
        text_field("size_class", "Size class in the publisher's words", required=True),
        _year(1900, 2150),
        _number("population", "Urban population living in cities of the class", THOUSANDS),
        _number("cities", "Number of cities in the class", "cities"),
        _number("percent_of_urban", "Share of the urban population", PERCENT, maximum=100),
    ),
    key=("revision_id", "area_id", "size_class_code", "year"),
    sources=("un_wup2018",),
    file_format="parquet",
)

SOURCES = Table(
    name="sources",
    title="Sources",
    description=(
        "Where the figures come from: documents behind the programme's rows, and the data sets "
        "the other tables are compiled from."
    ),
    fields=(
        text_field("source_id", "Short name used by every table", required=True, unique=True),
        text_field("title", "Title of the document or data set", required=True),
        text_field("publisher", "Who published it", required=True),
        Field(
            name="published_on",
            kind=Kind.PARTIAL_DATE,
            description="Date of publication; missing where none is printed",
        ),
        text_field("url", "Address, where there is a public one", pattern=r"^https?://\S+$"),
        text_field("language", "Language of the source, ISO 639-1", pattern=r"^[a-z]{2}$"),
        text_field("licence", "Licence as the source states it; missing where it states none"),
        text_field(
            "kind",
            "programme: evidence on the programme; dataset: statistics",
            required=True,
            enum=("programme", "dataset"),
        ),
    ),
    key=("source_id",),
)

REFERENCE_TABLES: tuple[Table, ...] = (
    ECONOMIES,
    SUBREGIONS,
    REVISIONS,
    URBAN_POPULATION,
    URBAN_AGGLOMERATIONS,
    CITY_POPULATION,
    CITY_SIZE_CLASSES,
    SOURCES,
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        *REFERENCE_TABLES,
        *PROGRAMME_TABLES,
        *AGREEMENT_TABLES,
        *SDG_TABLES,
        *EVALUATION_TABLES,
    )
}
"""Every table of the data folder, by name."""

BOUNDARIES_PATH = "boundaries.geojson"
BOUNDARIES_NOTE = (
    "Generalised for display at small scale, not for measuring. Lines and names on the map are "
    "those of the data set it was drawn from; they express no position on the legal status of "
    "any country, territory, city or area, nor on where its frontiers run."
)

__all__ = ["BOUNDARIES_NOTE", "BOUNDARIES_PATH", "PARTIAL_DATE", "PERCENT", "TABLES", "THOUSANDS"]
