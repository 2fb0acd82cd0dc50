"""The six aims of 2016, each with what the tables can count of it and what they cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ileaps_views.agreement_words import aim_words
from ileaps_views.findings import agreements, programme
from ileaps_views.findings.transfers import reach
from ileaps_views.i18n import _, ngettext, number
from ileaps_views.rows import records
from ileaps_views.terms import role_name
from ileaps_views.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

COUNTED: Final = "◐"
UNMEASURED: Final = "○"
PARTICIPATING: Final = ("hub", "pilot", "exchange", "interested")


class Counts(NamedTuple):
    """What the tables count, each figure computed from them.

    Attributes:
        events: events of the programme, each once.
        meetings: of these, workshops and incubations, where ways of exchange could be seen.
        with_undp: pilots and tracks that name UNDP as a partner.
        pilots_and_tracks: all of them.
        roles: cities by role.
        transfers: transfers, each once.
        places: places that took a policy up.
        countries: their countries.
        begun: transfers that went beyond an agreement.
        pilots: the agreed pilots.
        adapting: pilots with evidence of adapting or a later stage.
        scaling: pilots with evidence of scaling.
        unattributed: pilots whose later steps no source ties to the programme.
        silent: pilots of which nothing is known for two years or more.
        indicators: indicators of the pilots themselves, context left out.
        outcomes: of these, outcomes or impacts.
        with_target: of these indicators, with a published target.
        compared: published figures of comparison groups.
        figures: published figures of all pilots, tracks and reference series.
        undated: of these, without a date.
        city_values: published values of SDG 11 for partner cities.
        cities_with_values: the cities they are of.
        cities: all partner cities.
    """

    events: int
    meetings: int
    with_undp: int
    pilots_and_tracks: int
    roles: Mapping[str, int]
    transfers: int
    places: int
    countries: int
    begun: int
    pilots: int
    adapting: int
    scaling: int
    unattributed: int
    silent: int
    indicators: int
    outcomes: int
    with_target: int
    compared: int
    figures: int
    undated: int
    city_values: int
    cities_with_values: int
    cities: int


class AimCard(NamedTuple):
    """One aim: what was agreed, where it stands, what is missing, and where to look."""

    position: int
    name: str
    statement: str
    mark: str
    word: str
    standing: tuple[str, ...]
    missing: str
    links: tuple[str, ...]
    source_id: str


def aim_cards(aims: pd.DataFrame, counts: Counts) -> tuple[AimCard, ...]:
    """Return the aims in their order; `measured_by` says whether anything counts something.

    Args:
        aims: the table of aims.
        counts: what the tables count.
    """
    return tuple(_card(row, counts) for row in records(aims.sort_values("position")))


def title(cards: tuple[AimCard, ...]) -> str:
    """Say for how many aims something can be counted."""
    bare = [card.name for card in cards if card.mark == UNMEASURED]
    return agreements.aims_title(len(cards) - len(bare), bare)


def takeaway() -> str:
    """Say how the cards are to be read."""
    return _(
        "No target was published for any of the aims, so none is on or off track: the cards give "
        "counts, and what is missing for a judgement."
    )


def _card(row: Mapping[str, Any], counts: Counts) -> AimCard:
    words = aim_words(row)
    standing, missing = _standing(one_line(row["aim_id"]), counts)
    links = tuple(part for part in one_line(row["measured_by"]).split(";") if part)
    mark = COUNTED if links else UNMEASURED
    return AimCard(
        int(row["position"]),
        words.name,
        words.statement,
        mark,
        _("Counted in part; no target published") if links else _("Nothing published measures it"),
        standing,
        missing,
        links,
        str(row["source_id"]),
    )


def _standing(aim: str, counts: Counts) -> tuple[tuple[str, ...], str]:
    known: dict[str, Callable[[Counts], tuple[tuple[str, ...], str]]] = {
        "joint_programmes": _joint,
        "city_network": _network,
        "services_and_government": _services,
        "ways_to_exchange": _exchange,
        "city_data": _data,
        "monitoring_and_scaling": _monitoring,
    }
    return known[aim](counts) if aim in known else ((), _("Nothing is computed for this aim yet."))


def _joint(counts: Counts) -> tuple[tuple[str, ...], str]:
    return (
        (
            ngettext(
                "%(n)s event is recorded, counted once however many sources report it.",
                "%(n)s events are recorded, each counted once however many sources report it.",
                counts.events,
            )
            % {"n": number(counts.events)},
            _("%(n)s of %(total)s pilots and tracks name UNDP as a partner.")
            % {"n": number(counts.with_undp), "total": number(counts.pilots_and_tracks)},
        ),
        _("The tables do not hold which events the two partners ran together."),
    )


def _network(counts: Counts) -> tuple[tuple[str, ...], str]:
    inside = {role: counts.roles[role] for role in PARTICIPATING if counts.roles.get(role)}
    listed = ", ".join(
        _("%(name)s: %(n)s") % {"name": role_name(role), "n": number(n)}
        for role, n in inside.items()
    )
    return (
        (
            _("%(n)s cities take part or asked to (%(roles)s).")
            % {"n": number(sum(inside.values())), "roles": listed},
            _("%(transfers)s to %(reach)s are recorded, within the programme and beside it.")
            % {
                "transfers": ngettext("%(n)s transfer", "%(n)s transfers", counts.transfers)
                % {"n": number(counts.transfers)},
                "reach": reach(counts.places, counts.countries),
            },
        ),
        _("The tables do not hold what each city took home from an exchange."),
    )


def _services(counts: Counts) -> tuple[tuple[str, ...], str]:
    return (
        (
            _("%(n)s of %(total)s pilots show evidence of adapting or a later stage.")
            % {"n": number(counts.adapting), "total": number(counts.pilots)},
            _unattributed(counts),
            ngettext(
                "Of %(total)s indicators of the pilots themselves %(n)s is an outcome.",
                "Of %(total)s indicators of the pilots themselves %(n)s are outcomes.",
                counts.outcomes,
            )
            % {"n": number(counts.outcomes), "total": number(counts.indicators)},
            programme.targets_title(counts.with_target, counts.indicators) + ".",
        ),
        _("Whether services improved because of it: no comparison group was measured.")
        if not counts.compared
        else ngettext(
            "Only %(n)s figure is of a comparison group.",
            "Only %(n)s figures are of comparison groups.",
            counts.compared,
        )
        % {"n": number(counts.compared)},
    )


def _unattributed(counts: Counts) -> str:
    return _("For %(n)s of %(total)s pilots no source ties the later steps to the programme.") % {
        "n": number(counts.unattributed),
        "total": number(counts.pilots),
    }


def _exchange(counts: Counts) -> tuple[tuple[str, ...], str]:
    return (
        (
            ngettext(
                "What there is to look at: %(n)s workshop or incubation among the events.",
                "What there is to look at: %(n)s workshops and incubations among the events.",
                counts.meetings,
            )
            % {"n": number(counts.meetings)},
        ),
        _("No source found counts ways of exchange or compares one with another."),
    )


def _data(counts: Counts) -> tuple[tuple[str, ...], str]:
    values = _(
        "%(n)s published values of SDG 11 are of partner cities: %(cities)s of %(total)s cities."
    ) % {
        "n": number(counts.city_values),
        "cities": number(counts.cities_with_values),
        "total": number(counts.cities),
    }
    return (
        (values, programme.undated_sentence(counts.undated, counts.figures)),
        _("Whether anybody used the data is not published; city halls' own data are not here yet."),
    )


def _monitoring(counts: Counts) -> tuple[tuple[str, ...], str]:
    return (
        (
            _("%(n)s of %(total)s transfers went beyond an agreement.")
            % {"n": number(counts.begun), "total": number(counts.transfers)},
            _("%(n)s of %(total)s pilots show evidence of scaling.")
            % {"n": number(counts.scaling), "total": number(counts.pilots)},
            _unattributed(counts),
            _("Nothing is known of %(n)s of %(total)s pilots for two years or more.")
            % {"n": number(counts.silent), "total": number(counts.pilots)},
        ),
        _("A status is that of the last source found, which may be many years old."),
    )
