"""Words for the codes of the programme's tables; a code without a word stands for itself."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ileaps_views.i18n import _, active
from ileaps_views.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

STAGES: Final = ("learning", "exchanging", "adapting", "prototyping", "scaling")


def _roles() -> dict[str, str]:
    return {
        "hub": _("Hub"),
        "pilot": _("Pilot city"),
        "exchange": _("Exchange city"),
        "interested": _("Interested city"),
        "bilateral": _("Bilateral partner of Seoul"),
    }


def _sectors() -> dict[str, str]:
    return {
        "transport": _("Transport"),
        "administration": _("Administration"),
        "safety": _("Safety"),
        "environment": _("Environment"),
        "water": _("Water"),
        "smart city": _("Smart city"),
        "participation": _("Participation"),
        "capacity": _("Capacity"),
        "planning": _("Planning"),
        "transparency": _("Transparency"),
        "cooperation": _("Cooperation"),
        "mixed": _("Several sectors"),
    }


def _transfer_statuses() -> dict[str, str]:
    return {
        "listed": _("Listed"),
        "planned": _("Planned"),
        "selected": _("Selected"),
        "agreed": _("Agreed"),
        "started": _("Started"),
        "piloted": _("Piloted"),
        "delivered": _("Delivered"),
        "in service": _("In service"),
    }


def _instruments() -> dict[str, str]:
    return {
        "MoU": _("Memorandum of understanding"),
        "LOI": _("Letter of interest"),
        "system export": _("System export"),
        "ODA grant": _("Aid grant"),
        "ODA grant (pre-feasibility)": _("Aid grant (pre-feasibility)"),
        "ODA construction": _("Aid: construction"),
        "consulting": _("Consulting"),
        "agreement to expand cooperation": _("Agreement to expand cooperation"),
        "system project": _("System project"),
        "KSP consulting and training": _("Consulting and training (KSP)"),
        "training": _("Training"),
        "feasibility study": _("Feasibility study"),
    }


def _kinds() -> dict[str, str]:
    return {"pilot": _("Pilot"), "track": _("Track"), "reference": _("Reference series")}


def _levels() -> dict[str, str]:
    return {
        "input": _("Input"),
        "output": _("Output"),
        "outcome": _("Outcome"),
        "impact": _("Impact"),
        "context": _("Context"),
    }


def _value_kinds() -> dict[str, str]:
    return {
        "reported": _("reported"),
        "announced": _("announced"),
        "contracted": _("contracted"),
        "intended": _("intended"),
    }


def _stages() -> dict[str, str]:
    return {
        "learning": _("Learning"),
        "exchanging": _("Exchanging"),
        "adapting": _("Adapting"),
        "prototyping": _("Prototyping"),
        "scaling": _("Scaling"),
    }


@lru_cache(maxsize=64)
def _words(codelist: Callable[[], dict[str, str]], language: str) -> dict[str, str]:  # noqa: ARG001 - the language is the key of the cache
    return codelist()


def _word(codelist: Callable[[], dict[str, str]], code: object, absent: str) -> str:
    text = one_line(code)
    return _words(codelist, active()).get(text, text or absent)


def role_name(code: object) -> str:
    """Return the word for a city's role.

    >>> role_name("hub"), role_name("observer"), role_name(None)
    ('Hub', 'observer', 'Role not stated')
    """
    return _word(_roles, code, _("Role not stated"))


def sector_name(code: object) -> str:
    """Return the word for a sector.

    >>> sector_name("smart city")
    'Smart city'
    """
    return _word(_sectors, code, _("Sector not stated"))


def transfer_status_name(code: object) -> str:
    """Return the word for how far a transfer came.

    >>> transfer_status_name("in service")
    'In service'
    """
    return _word(_transfer_statuses, code, _("Status not stated"))


def instrument_name(code: object) -> str:
    """Return the word for how a transfer was agreed or paid for.

    >>> instrument_name("LOI")
    'Letter of interest'
    """
    return _word(_instruments, code, _("Instrument not stated"))


def kind_name(code: object) -> str:
    """Return the word for a pilot, track or reference series.

    >>> kind_name("track")
    'Track'
    """
    return _word(_kinds, code, _("Kind not stated"))


def level_name(code: object) -> str:
    """Return the word for a result level.

    >>> level_name("outcome")
    'Outcome'
    """
    return _word(_levels, code, _("Level not stated"))


def value_kind_name(code: object) -> str:
    """Return the word for the kind of a value: reported, announced, contracted, intended.

    >>> value_kind_name("announced")
    'announced'
    """
    return _word(_value_kinds, code, _("kind not stated"))


def stage_name(code: object) -> str:
    """Return the name of a LEAPS stage.

    >>> stage_name("adapting")
    'Adapting'
    """
    return _word(_stages, code, _("No stage"))
