"""Words for what was agreed in 2016, by the ids of the tables, so that they can be translated.

The tables of aims and commitments carry the same words in English; a row this catalogue does not
know keeps the words of its table.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ileaps_views.i18n import _, active
from ileaps_views.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping


class Words(NamedTuple):
    """A name of a few words and a sentence."""

    name: str
    statement: str


@lru_cache(maxsize=8)
def _aims(language: str) -> dict[str, Words]:  # noqa: ARG001 - the key of the cache
    return {
        "joint_programmes": Words(
            _("Joint programmes"),
            _(
                "Seoul and UNDP run programmes together that treat local government, city growth "
                "and innovation as one subject."
            ),
        ),
        "city_network": Words(
            _("A network of cities"),
            _(
                "Cities of the region are asked in and helped to trade what they know and fit it "
                "to their own needs, social innovation and new technology first."
            ),
        ),
        "services_and_government": Words(
            _("Better services, changed city government"),
            _(
                "Cities work out and adapt innovations with others, so that services improve and "
                "the way a city is run changes."
            ),
        ),
        "ways_to_exchange": Words(
            _("New ways to exchange"),
            _(
                "Knowledge is passed on in ways that begin with the user and look at the whole "
                "system, so that a city rebuilds a solution instead of copying it."
            ),
        ),
        "city_data": Words(
            _("Data of cities"),
            _(
                "Cities get help to have and to use data on their services, unusual sources "
                "included, so that residents can shape services from below."
            ),
        ),
        "monitoring_and_scaling": Words(
            _("Follow-up and scaling"),
            _(
                "What happens to an innovation after it has moved is followed, and the receiving "
                "government and the partners see to it that it grows."
            ),
        ),
    }


@lru_cache(maxsize=8)
def _commitments(language: str) -> dict[str, Words]:  # noqa: ARG001 - the key of the cache
    return {
        "declaration_1": Words(
            _("Local government leads, and plans as a whole"),
            _(
                "Local governments take the lead on sustainable development and join up their "
                "departments to do so."
            ),
        ),
        "declaration_2": Words(
            _("Citizens are the ones who act"),
            _("In the end it is citizens who bring sustainable development about."),
        ),
        "declaration_3": Words(
            _("Smart plans that leave nobody out"),
            _(
                "Plans are to be smart and to last, and the growth they aim at is to reach "
                "everybody."
            ),
        ),
        "declaration_4": Words(
            _("Partners of many kinds"),
            _("Those with a stake in a city are brought together to work on it."),
        ),
        "declaration_5": Words(
            _("Cities go on learning from each other"),
            _("Cities keep passing on what they know and what they can do."),
        ),
        "communique_1": Words(
            _("Local leadership and planning as a whole"),
            _(
                "Many goals are met in cities or not at all; local governments own them, join "
                "efforts and govern well."
            ),
        ),
        "communique_2": Words(
            _("Citizens at the centre"),
            _(
                "Citizens both act and benefit; cities deliberate with them and plan on what "
                "they bring."
            ),
        ),
        "communique_3": Words(
            _("Smart planning for everybody"),
            _(
                "Technology is fitted to people and its benefits reach all; open platforms serve "
                "to plan, to follow progress and to hear residents."
            ),
        ),
        "communique_4": Words(
            _("Partnerships on every level"),
            _(
                "Communities, firms, governments, civil society and city networks agree on "
                "common goals and build on their different strengths."
            ),
        ),
        "communique_5": Words(
            _("Knowledge shared among cities"),
            _(
                "No city manages alone: networks pass on practice, build capacity and repeat "
                "what worked, a shared knowledge platform among their means."
            ),
        ),
    }


def aim_words(row: Mapping[str, object]) -> Words:
    """Return name and statement of an aim, in the active language where it is known.

    >>> aim_words({"aim_id": "city_network"}).name
    'A network of cities'
    >>> aim_words({"aim_id": "new", "name": "A seventh", "statement": "Said later."}).name
    'A seventh'
    """
    known = _aims(active()).get(one_line(row["aim_id"]))
    return known or Words(one_line(row.get("name")), one_line(row.get("statement")))


def commitment_words(row: Mapping[str, object]) -> Words:
    """Return name and statement of an area or principle, in the active language where known.

    >>> commitment_words({"commitment_id": "communique_2"}).name
    'Citizens at the centre'
    """
    known = _commitments(active()).get(one_line(row["commitment_id"]))
    return known or Words(one_line(row.get("name")), one_line(row.get("statement")))


EVENT_GROUPS: Final = ("meeting", "agreement", "training", "step", "context")
_GROUP_OF: Final = {
    **dict.fromkeys(
        ("forum", "workshop", "side event", "summit", "meeting", "visit", "hearing"), "meeting"
    ),
    **dict.fromkeys(("signing", "decision", "selection", "regulation"), "agreement"),
    "training": "training",
    **dict.fromkeys(
        ("launch", "milestone", "incubation", "study", "award", "service change"), "step"
    ),
    "context": "context",
}


def event_group(kind: object) -> str:
    """Return the group a kind of event belongs to; an unknown kind is a step.

    >>> event_group("forum"), event_group("signing"), event_group("parade")
    ('meeting', 'agreement', 'step')
    """
    return _GROUP_OF.get(one_line(kind), "step")


def event_group_name(group: object) -> str:
    """Return the word for a group of events.

    >>> event_group_name("meeting")
    'Forum, workshop or visit'
    """
    names = {
        "meeting": _("Forum, workshop or visit"),
        "agreement": _("Agreement or decision"),
        "training": _("Training"),
        "step": _("Launch, study or milestone"),
        "context": _("Outside the programme"),
    }
    return names.get(one_line(group), one_line(group))


def document_name(document: object) -> str:
    """Return the name of one of the two documents of the forum.

    >>> document_name("declaration")
    'Seoul Declaration: five areas'
    """
    names = {
        "declaration": _("Seoul Declaration: five areas"),
        "communique": _("Seoul Communiqué (forum): five principles"),
    }
    return names.get(one_line(document), one_line(document))
