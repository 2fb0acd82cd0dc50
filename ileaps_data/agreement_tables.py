"""What was agreed, and who judges what came of it: aims, commitments, readiness assessments."""

from __future__ import annotations

from ileaps_data.programme_tables import NOTE, PILOT, SDG_TARGETS, SOURCE
from ileaps_data.schema import Field, Kind, Table

READINESS_FACTORS = (
    "vision",
    "effectiveness",
    "demand",
    "timeframe",
    "finance",
    "team",
    "monitoring",
)
_LINK = r"[a-z_]+(\?[a-z_]+=[a-z0-9_-]+)?"


def _text(name: str, description: str, *, unique: bool = False) -> Field:
    return Field(name=name, kind=Kind.TEXT, description=description, required=True, unique=unique)


POSITION = Field(
    name="position",
    kind=Kind.INTEGER,
    description="Place in the text, counted from one",
    required=True,
    minimum=1,
)
FACT = Field(
    name="fact_id",
    kind=Kind.TEXT,
    description="The statement of the text it rests on",
    required=True,
    unique=True,
    refers_to="facts.fact_id",
)

PROGRAMME_AIMS = Table(
    name="programme_aims",
    title="Aims of the programme",
    description=(
        "The aims the two partners agreed on at the launch, in our words, and which pages of "
        "this product show something that measures them. No target was published for any."
    ),
    fields=(
        _text("aim_id", "Short name of the aim", unique=True),
        POSITION,
        _text("name", "The aim in a few words, ours"),
        _text("statement", "The aim in a sentence, ours"),
        Field(
            name="measured_by",
            kind=Kind.TEXT_LIST,
            description=(
                "Pages, with a filter where one is needed, that count something of the aim; "
                "missing where nothing published measures it; separated by semicolons"
            ),
            pattern=rf"^{_LINK}(;{_LINK})*$",
        ),
        FACT,
        SOURCE,
    ),
    key=("aim_id",),
)

COMMITMENTS = Table(
    name="commitments",
    title="Areas and principles of the forum of 2016",
    description=(
        "The areas of the Seoul Declaration and the principles of the Seoul Communiqué on urban "
        "policy, in our words, with SDG targets assigned by us."
    ),
    fields=(
        _text("commitment_id", "Short name of the area or principle", unique=True),
        Field(
            name="document",
            kind=Kind.TEXT,
            description="declaration: its five areas; communique: its five principles",
            required=True,
            enum=("declaration", "communique"),
        ),
        POSITION,
        _text("name", "The area or principle in a few words, ours"),
        _text("statement", "The area or principle in a sentence, ours"),
        Field(
            name="sdg_targets",
            kind=Kind.TEXT_LIST,
            description="SDG targets it speaks of, assigned by us, separated by semicolons",
            required=True,
            pattern=SDG_TARGETS,
        ),
        FACT,
        SOURCE,
    ),
    key=("commitment_id",),
)

READINESS_ASSESSMENTS = Table(
    name="readiness_assessments",
    title="Readiness to scale, assessed",
    description=(
        "Scores that a named person gave a pilot on one of seven factors, with the source they "
        "rest on. Nobody has published one yet: the table is empty, and no row means not "
        "assessed, never zero."
    ),
    fields=(
        PILOT,
        Field(
            name="factor",
            kind=Kind.TEXT,
            description="The factor scored",
            required=True,
            enum=READINESS_FACTORS,
        ),
        Field(
            name="score",
            kind=Kind.INTEGER,
            description="0: looked at and absent; 1: in part; 2: met",
            required=True,
            minimum=0,
            maximum=2,
        ),
        _text("assessor", "Who gave the score"),
        Field(
            name="assessed_on",
            kind=Kind.PARTIAL_DATE,
            description="When the score was given; to the day, month or year",
            required=True,
        ),
        SOURCE,
        NOTE,
    ),
    key=("pilot_id", "factor", "assessed_on"),
)

AGREEMENT_TABLES: tuple[Table, ...] = (PROGRAMME_AIMS, COMMITMENTS, READINESS_ASSESSMENTS)
"""What the programme undertook, and the judgements people may publish on its pilots."""
