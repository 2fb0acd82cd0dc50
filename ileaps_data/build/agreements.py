"""The aims and commitments of 2016: our wording here, the source carried over from the facts.

The wording stands in code and not in a file of its own because it is ours and changes with the
product: it is reviewed, formatted and tested with it. What a text says, how many aims it counts
and where it was read come from the fact base, so that neither can drift from its source.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from ileaps_data.agreement_tables import READINESS_ASSESSMENTS
from ileaps_data.build.errors import BuildError


class Aim(NamedTuple):
    """One aim of the launch text, and the pages that count something of it."""

    aim_id: str
    fact_id: str
    measured_by: str
    name: str
    statement: str


class Commitment(NamedTuple):
    """One area or principle, and the SDG targets we read in it."""

    commitment_id: str
    document: str
    fact_id: str
    sdg_targets: str
    name: str
    statement: str


AIMS = (
    Aim(
        "joint_programmes",
        "sf037",
        "programme?part=events;pilot_outcomes",
        "Joint programmes",
        "Seoul and UNDP run programmes together that treat local government, city growth and "
        "innovation as one subject.",
    ),
    Aim(
        "city_network",
        "sf038",
        "partner_cities;partner_cities?below=counts",
        "A network of cities",
        "Cities of the region are asked in and helped to trade what they know and fit it to "
        "their own needs, social innovation and new technology first.",
    ),
    Aim(
        "services_and_government",
        "sf039",
        "pilot_outcomes",
        "Better services, changed city government",
        "Cities work out and adapt innovations with others, so that services improve and the "
        "way a city is run changes.",
    ),
    Aim(
        "ways_to_exchange",
        "sf040",
        "",
        "New ways to exchange",
        "Knowledge is passed on in ways that begin with the user and look at the whole system, "
        "so that a city rebuilds a solution instead of copying it.",
    ),
    Aim(
        "city_data",
        "sf041",
        "data_gaps;city_profile;pilot_outcomes?pilot=hul-smart",
        "Data of cities",
        "Cities get help to have and to use data on their services, unusual sources included, "
        "so that residents can shape services from below.",
    ),
    Aim(
        "monitoring_and_scaling",
        "sf042",
        "pilot_outcomes;partner_cities?below=counts",
        "Follow-up and scaling",
        "What happens to an innovation after it has moved is followed, and the receiving "
        "government and the partners see to it that it grows.",
    ),
)

COMMITMENTS = (
    Commitment(
        "declaration_1",
        "declaration",
        "sf076",
        "11.3;11.b;16.6",
        "Local government leads, and plans as a whole",
        "Local governments take the lead on sustainable development and join up their "
        "departments to do so.",
    ),
    Commitment(
        "declaration_2",
        "declaration",
        "sf077",
        "11.3;16.7",
        "Citizens are the ones who act",
        "In the end it is citizens who bring sustainable development about.",
    ),
    Commitment(
        "declaration_3",
        "declaration",
        "sf078",
        "9.c;11.3",
        "Smart plans that leave nobody out",
        "Plans are to be smart and to last, and the growth they aim at is to reach everybody.",
    ),
    Commitment(
        "declaration_4",
        "declaration",
        "sf079",
        "17.16;17.17",
        "Partners of many kinds",
        "Those with a stake in a city are brought together to work on it.",
    ),
    Commitment(
        "declaration_5",
        "declaration",
        "sf080",
        "17.9;17.16",
        "Cities go on learning from each other",
        "Cities keep passing on what they know and what they can do.",
    ),
    Commitment(
        "communique_1",
        "communique",
        "sf082",
        "11.3;11.b;16.6",
        "Local leadership and planning as a whole",
        "Many goals are met in cities or not at all; local governments own them, join efforts "
        "and govern well.",
    ),
    Commitment(
        "communique_2",
        "communique",
        "sf083",
        "11.3;16.7",
        "Citizens at the centre",
        "Citizens both act and benefit; cities deliberate with them and plan on what they bring.",
    ),
    Commitment(
        "communique_3",
        "communique",
        "sf084",
        "9.c;11.3;16.7;16.10",
        "Smart planning for everybody",
        "Technology is fitted to people and its benefits reach all; open platforms serve to "
        "plan, to follow progress and to hear residents.",
    ),
    Commitment(
        "communique_4",
        "communique",
        "sf085",
        "17.16;17.17",
        "Partnerships on every level",
        "Communities, firms, governments, civil society and city networks agree on common goals "
        "and build on their different strengths.",
    ),
    Commitment(
        "communique_5",
        "communique",
        "sf086",
        "17.6;17.9;17.16",
        "Knowledge shared among cities",
        "No city manages alone: networks pass on practice, build capacity and repeat what "
        "worked, a shared knowledge platform among their means.",
    ),
)

COUNTED_BY = {"aims": "sf036", "declaration": "sf075", "communique": "sf081"}
"""The facts that say how many aims, areas and principles the texts have."""


def compile_agreements(facts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables of aims, commitments and readiness assessments (empty), by name.

    Args:
        facts: the compiled facts: fact_id, value, source_id.

    Raises:
        BuildError: a fact is not there, or the texts count another number of aims or
            commitments than stand here.
    """
    aims = pd.DataFrame(AIMS).assign(position=range(1, len(AIMS) + 1))
    commitments = pd.DataFrame(COMMITMENTS)
    commitments["position"] = commitments.groupby("document").cumcount() + 1
    written = {"aims": len(aims)}
    for document in ("declaration", "communique"):
        written[document] = sum(each.document == document for each in COMMITMENTS)
    _check_counts(written, dict(zip(facts["fact_id"], facts["value"], strict=True)))
    return {
        "programme_aims": _with_sources(aims, facts),
        "commitments": _with_sources(commitments, facts),
        "readiness_assessments": pd.DataFrame(columns=READINESS_ASSESSMENTS.columns, dtype="str"),
    }


def _check_counts(written: dict[str, int], counted: dict[str, str]) -> None:
    for what, fact_id in COUNTED_BY.items():
        said = counted.get(fact_id, "")
        if not said or float(said) != written[what]:
            raise BuildError(
                f"{what}: {written[what]} stand in build/agreements.py, the fact {fact_id} of "
                f"text_facts.csv counts {said or 'none'}; write the missing ones or mend the fact"
            )


def _with_sources(rows: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    source_of = dict(zip(facts["fact_id"], facts["source_id"], strict=True))
    lost = sorted(set(rows["fact_id"]) - set(source_of))
    if lost:
        raise BuildError(f"text_facts.csv: no fact {', '.join(lost)}, which an aim rests on")
    return rows.assign(source_id=rows["fact_id"].map(source_of))
