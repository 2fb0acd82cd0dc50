"""The programme's tables: cities, policies, transfers, pilots and what is known of them.

Names follow IATI where it has one. A row states one thing, with the source that states it.
"""

from __future__ import annotations

from ileaps_data.schema import PARTIAL_DATE, Field, Kind, Table, text_field

LEAPS_STAGES = ("learning", "exchanging", "adapting", "prototyping", "scaling")
SDG_TARGETS = r"^\d{1,2}\.\w{1,2}(;\d{1,2}\.\w{1,2})*$"


def _date(name: str, description: str) -> Field:
    return Field(
        name=name,
        kind=Kind.PARTIAL_DATE,
        description=f"{description}; to the day, month or year, as the source says",
    )


def _list(name: str, description: str, refers_to: str = "", pattern: str = "") -> Field:
    return Field(
        name=name,
        kind=Kind.TEXT_LIST,
        description=f"{description}, separated by semicolons",
        refers_to=refers_to,
        pattern=pattern,
    )


def _number(name: str, description: str, unit: str = "", minimum: float | None = None) -> Field:
    return Field(name=name, kind=Kind.NUMBER, description=description, unit=unit, minimum=minimum)


def _coordinate(name: str, limit: int) -> Field:
    return Field(
        name=name,
        kind=Kind.NUMBER,
        description=f"{name.capitalize()} of the city's centre",
        unit="decimal degrees (WGS 84)",
        required=True,
        minimum=-limit,
        maximum=limit,
    )


def _key(name: str, description: str) -> Field:
    return text_field(name, description, required=True, unique=True)


SOURCE = text_field(
    "source_id", "The source that states this", required=True, refers_to="sources.source_id"
)
NOTE = text_field("note", "What a reader should know before using the row")
SDG = _list("sdg_targets", "SDG targets it serves", pattern=SDG_TARGETS)
PILOT = text_field("pilot_id", "The pilot or track", required=True, refers_to="pilots.pilot_id")

CITIES = Table(
    name="cities",
    title="Partner cities",
    description="Cities that take part in the programme or have worked with Seoul beside it.",
    fields=(
        _key("city_id", "Short name of the city"),
        text_field("name", "English name", required=True),
        text_field("local_name", "Name in the city's own language"),
        text_field("country_iso3", "Country", required=True, refers_to="economies.iso3"),
        _coordinate("latitude", 90),
        _coordinate("longitude", 180),
        text_field(
            "role",
            "hub: Seoul; pilot: chosen for a pilot; exchange: took part; interested: asked to "
            "join; bilateral: works with Seoul outside the programme",
            required=True,
            enum=("hub", "pilot", "exchange", "interested", "bilateral"),
        ),
        _date("joined_on", "First known step together"),
        SOURCE,
        NOTE,
        text_field(
            "wup_city_code",
            "The same city among the urban agglomerations; missing where it is not one of them",
        ),
    ),
    key=("city_id",),
)

POLICIES = Table(
    name="policies",
    title="Policies",
    description="What is shared: Seoul's policies, and local ones that grew out of them.",
    fields=(
        _key("policy_id", "Short name of the policy"),
        text_field("name", "Name of the policy", required=True),
        text_field("sector", "Sector", required=True),
        text_field("origin_city_id", "City of origin", required=True, refers_to="cities.city_id"),
        _date("launched_on", "Start in the city of origin"),
        SDG,
        SOURCE,
        NOTE,
    ),
    key=("policy_id",),
)

TRANSFERS = Table(
    name="transfers",
    title="Policy transfers",
    description=(
        "Policies that went from one city to another. A row with same_as is another source's "
        "version of that transfer and is not counted again."
    ),
    fields=(
        _key("transfer_id", "Short name of the transfer"),
        text_field("policy_id", "Policy", required=True, refers_to="policies.policy_id"),
        text_field("from_city_id", "Giving city", required=True, refers_to="cities.city_id"),
        text_field("to_city_id", "Taking city", required=True, refers_to="cities.city_id"),
        text_field("instrument", "How it was agreed or paid for", required=True),
        _date("agreed_on", "Agreement"),
        text_field(
            "status",
            "How far it came by the last source",
            required=True,
            enum=(
                "listed",
                "planned",
                "selected",
                "agreed",
                "started",
                "piloted",
                "delivered",
                "in service",
            ),
        ),
        text_field("status_detail", "The status in more words"),
        text_field(
            "same_as",
            "The transfer this row is another version of",
            refers_to="transfers.transfer_id",
        ),
        SOURCE,
        NOTE,
    ),
    key=("transfer_id",),
)

PILOTS = Table(
    name="pilots",
    title="Pilots, tracks and reference series",
    description="What is followed: the agreed pilots, other cooperation, and Seoul's own series.",
    fields=(
        _key("pilot_id", "Short name"),
        text_field("city_id", "City", required=True, refers_to="cities.city_id"),
        text_field("name", "Name", required=True),
        text_field(
            "kind",
            "pilot: agreed in 2018; track: other cooperation; reference: Seoul's own series",
            required=True,
            enum=("pilot", "track", "reference"),
        ),
        text_field("sector", "Sector", required=True),
        _list("policy_ids", "Policies it draws on", refers_to="policies.policy_id"),
        SDG,
        _date("started_on", "Start"),
        _date("ended_on", "End"),
        _list("partners", "Organisations taking part"),
        text_field("attribution", "How well the sources tie it to the programme"),
        SOURCE,
        NOTE,
    ),
    key=("pilot_id",),
)

STAGE_EVENTS = Table(
    name="stage_events",
    title="LEAPS stages reached",
    description="Evidence that a pilot or track entered a stage of the LEAPS model.",
    fields=(
        PILOT,
        text_field("stage", "Stage of the LEAPS model", required=True, enum=LEAPS_STAGES),
        _date("entered_on", "When the stage was entered"),
        text_field("evidence", "What shows it", required=True),
        SOURCE,
    ),
    key=("pilot_id", "stage", "entered_on"),
)

INDICATORS = Table(
    name="indicators",
    title="Indicators",
    description="What is measured for a pilot or track, from where and, where set, to where.",
    fields=(
        _key("indicator_id", "Short name"),
        PILOT,
        text_field("name", "Name", required=True),
        text_field("unit", "Unit of baseline, target and observations", required=True),
        text_field("measure", "IATI measure", required=True, enum=("unit", "percentage")),
        Field(
            name="ascending",
            kind=Kind.BOOLEAN,
            description="Whether more is better; missing where neither is",
        ),
        text_field(
            "aggregation",
            "level: a state; flow: per period, adds up; cumulative: running total",
            required=True,
            enum=("level", "flow", "cumulative"),
        ),
        text_field(
            "result_level",
            "Place in the results chain; context is never a result",
            required=True,
            enum=("input", "output", "outcome", "impact", "context"),
        ),
        Field(name="sdg_target", kind=Kind.TEXT, description="SDG target", pattern=SDG_TARGETS),
        _number("baseline_value", "Value before the pilot", "the indicator's"),
        _date("baseline_on", "Date of the baseline"),
        _number("target_value", "Value somebody undertook to reach", "the indicator's"),
        _date("target_on", "Deadline of the target"),
        _number("denominator_value", "Total of which the value is a part", "the indicator's"),
        SOURCE,
        NOTE,
    ),
    key=("indicator_id",),
)

OBSERVATIONS = Table(
    name="observations",
    title="Published figures",
    description="Every published figure of an indicator, with its period, wording and source.",
    fields=(
        _key("observation_id", "Indicator, last day of the period, source and group"),
        PILOT,
        text_field("indicator_id", "Indicator", required=True, refers_to="indicators.indicator_id"),
        _date("period_start", "Start of the period"),
        _date("period_end", "End of the period; the figure stands at its last day"),
        Field(
            name="value",
            kind=Kind.NUMBER,
            description="The figure",
            unit="the indicator's",
            required=True,
        ),
        text_field(
            "qualifier",
            "The source's wording of precision",
            required=True,
            enum=("exact", "about", "at_least", "at_most"),
        ),
        text_field(
            "value_kind",
            "Only reported figures are results",
            required=True,
            enum=("reported", "announced", "contracted", "intended"),
        ),
        text_field(
            "group",
            "pilot, comparison, or context (never a result)",
            required=True,
            enum=("pilot", "comparison", "context"),
        ),
        text_field("disaggregation", "The part of the whole it speaks of; missing for the whole"),
        SOURCE,
        NOTE,
    ),
    key=("observation_id",),
)

EVENTS = Table(
    name="events",
    title="Events",
    description="Forums, signings, training and other dated events of the programme.",
    fields=(
        _key("event_id", "Short name"),
        text_field("name", "Name", required=True),
        text_field("kind", "Kind of event", required=True),
        text_field(
            "city_id", "Partner city, where it has to do with one", refers_to="cities.city_id"
        ),
        _date("starts_on", "First day"),
        _date("ends_on", "Last day"),
        _number("participants", "People taking part", "persons", minimum=0),
        _number("cities_represented", "Cities taking part", "cities", minimum=0),
        _number("countries_represented", "Countries taking part", "countries", minimum=0),
        text_field(
            "same_as",
            "The event this row is another source's version of",
            refers_to="events.event_id",
        ),
        SOURCE,
        NOTE,
    ),
    key=("event_id",),
)

FACTS = Table(
    name="facts",
    title="Facts in the five programme texts",
    description="Single statements of the programme's five founding texts, in our words.",
    fields=(
        _key("fact_id", "Short name"),
        text_field("text_file", "Name of the text", required=True),
        text_field("subject", "What it is about", required=True),
        text_field("statement_in_own_words", "The statement, in our words", required=True),
        _number("value", "The figure, where there is one"),
        text_field("unit", "Unit of the figure"),
        Field(
            name="date",
            kind=Kind.TEXT,
            description="Date the statement speaks of, or first and last joined by a slash",
            pattern=rf"{PARTIAL_DATE[:-1]}(/{PARTIAL_DATE[1:-1]})?$",
        ),
        SOURCE,
    ),
    key=("fact_id",),
)

PROGRAMME_TABLES: tuple[Table, ...] = (
    CITIES,
    POLICIES,
    TRANSFERS,
    PILOTS,
    STAGE_EVENTS,
    INDICATORS,
    OBSERVATIONS,
    EVENTS,
    FACTS,
)
"""Version 0 of what people may later publish: the programme fact base."""
