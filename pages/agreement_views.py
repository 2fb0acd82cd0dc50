"""What was agreed and what came of it: computed once for a choice, kept for the next viewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ileaps_metrics import programme_record
from ileaps_metrics.leaps_stages import STAGES, UNKNOWN_SINCE
from ileaps_metrics.policy_transfers import network_summary
from ileaps_views import aims, show
from ileaps_views.agreement_words import event_group
from ileaps_views.charts.commitments import commitment_bars, related, related_sentences
from ileaps_views.charts.policy_catalogue import policy_catalogue
from ileaps_views.charts.programme_events import events_over_time
from ileaps_views.findings.transfers import counted
from ileaps_views.i18n import MISSING
from ileaps_views.i18n import gettext as _
from ileaps_views.rows import records
from ileaps_views.text import plain
from pages import frames, links
from pages.frames import Look, kept

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from ileaps_views.charts.commitments import Related
    from ileaps_views.view import View

BEYOND_AGREEMENT = ("started", "piloted", "delivered", "in service")
HERE = "programme?part"
WAYS_OF_EXCHANGE = ("workshop", "incubation")


@kept
def events(version: str) -> pd.DataFrame:  # noqa: ARG001 - the version is the key of the cache
    """List each event once, with its group."""
    found = programme_record.distinct_events(frames.table("events"))
    return found.assign(group=found["kind"].map(event_group))


@kept
def uptake(version: str) -> pd.DataFrame:
    """List each policy with the transfers recorded of it."""
    return programme_record.policy_uptake(frames.table("policies"), frames.links(version))


@kept
def shared(version: str) -> pd.DataFrame:  # noqa: ARG001 - the version is the key of the cache
    """Pair commitments with what serves the same SDG targets."""
    return programme_record.shared_targets(
        frames.table("commitments"), frames.table("policies"), frames.table("pilots")
    )


@kept
def counts(version: str, as_of: str) -> aims.Counts:
    """Count what the tables hold of the six aims."""
    own_events, pilots = events(version), frames.table("pilots")
    own_events = own_events[own_events["group"].ne("context")]
    followed = pilots[pilots["kind"].isin(["pilot", "track"])]
    transfers = network_summary(frames.links(version))
    seen = frames.stages(version, as_of)
    seen = seen[seen["kind"].eq("pilot")]
    reached = seen["furthest_stage"].map({stage: at for at, stage in enumerate(STAGES)})
    indicators = frames.table("indicators").merge(
        pilots.loc[pilots["kind"].eq("pilot"), ["pilot_id"]], on="pilot_id"
    )
    indicators = indicators[indicators["result_level"].ne("context")]
    observations, limits = frames.table("observations"), frames.limits(version, as_of)
    untied = limits.loc[limits["code"].eq("attribution_not_evidenced"), "pilot_id"]
    city_values = frames.table("sdg_city_values").dropna(subset=["city_id"])
    return aims.Counts(
        events=len(own_events),
        meetings=int(own_events["kind"].isin(WAYS_OF_EXCHANGE).sum()),
        with_undp=int(followed["partners"].str.contains("UNDP", na=False).sum()),
        pilots_and_tracks=len(followed),
        roles=counted(frames.table("cities")["role"]),
        transfers=transfers.transfers,
        places=transfers.places,
        countries=transfers.countries,
        begun=int(frames.links(version)["status"].isin(BEYOND_AGREEMENT).sum()),
        pilots=len(seen),
        adapting=int(reached.ge(STAGES.index("adapting")).sum()),
        scaling=int(reached.ge(STAGES.index("scaling")).sum()),
        unattributed=int(seen["pilot_id"].isin(untied).sum()),
        silent=int(seen["status"].eq(UNKNOWN_SINCE).sum()),
        indicators=len(indicators),
        outcomes=int(indicators["result_level"].isin(["outcome", "impact"]).sum()),
        with_target=int(indicators["target_value"].notna().sum()),
        compared=int(observations["group"].eq("comparison").sum()),
        figures=len(observations),
        undated=int(observations["period_end"].isna().sum()),
        city_values=len(city_values),
        cities_with_values=int(city_values["city_id"].nunique()),
        cities=len(frames.table("cities")),
    )


@kept
def aim_cards(version: str, as_of: str, look: Look) -> tuple[aims.AimCard, ...]:  # noqa: ARG001 - the language is part of the key
    """Say of each aim what was agreed, where it stands and what is missing."""
    return aims.aim_cards(frames.table("programme_aims"), counts(version, as_of))


@kept
def events_view(version: str, group: str, year: str, look: Look) -> View:
    """Draw the events of one group and one year, or all of them."""
    rows = events(version)
    if group:
        rows = rows[rows["group"].eq(group)]
    if year:
        rows = rows[rows["year"].eq(float(year))]
    return events_over_time(rows, frames.sources(), look.mode, frames.city_names())


@kept
def event_years(version: str) -> tuple[str, ...]:
    """List the years that have events."""
    return tuple(str(int(year)) for year in sorted(events(version)["year"].dropna().unique()))


@kept
def catalogue(version: str, sector: str, target: str, look: Look) -> View:
    """Draw the policies of one sector and one SDG target, or all of them."""
    rows = uptake(version)
    if sector:
        rows = rows[rows["sector"].eq(sector)]
    if target:
        rows = rows[rows["policy_id"].isin(frames.policies_for(target))]
    return policy_catalogue(rows, frames.links(version), frames.sources(), look.mode)


@kept
def sectors() -> tuple[str, ...]:
    """List the sectors of the policies."""
    return tuple(sorted(frames.table("policies")["sector"].unique()))


@kept
def _document(document: str) -> pd.DataFrame:
    rows = frames.table("commitments")
    return rows[rows["document"].eq(document)]


@kept
def commitments_view(version: str, document: str, look: Look) -> View:
    """Draw what serves the same SDG targets as one document's areas or principles."""
    return commitment_bars(_document(document), shared(version), frames.sources(), look.mode)


@kept
def commitment_rows(version: str, document: str, look: Look) -> tuple[Related, ...]:  # noqa: ARG001 - the language is part of the key
    """List one document's areas or principles with what belongs to each."""
    return related(_document(document), shared(version))


def show_aims(cards: tuple[aims.AimCard, ...], open_part: Callable[[str], None]) -> None:
    """Show the aims two abreast, each with its counts, its gap, its source and its links.

    Args:
        cards: the aims.
        open_part: what to call for a link to another part of the same page.
    """
    book = frames.sources()
    for first in range(0, len(cards), 2):
        for column, card in zip(st.columns(2), cards[first : first + 2], strict=False):
            with column.container(border=True, height="stretch"):
                heading = _("%(n)s. %(name)s") % {"n": card.position, "name": card.name}
                st.subheader(plain(heading), anchor=False)
                st.markdown(f"**{card.mark} {plain(card.word)}**")
                st.markdown(plain(card.statement))
                st.markdown("\n".join("- " + plain(line) for line in card.standing))
                st.markdown(_("**Not known:** %(text)s") % {"text": plain(card.missing)})
                with st.container(horizontal=True, vertical_alignment="center"):
                    for target in card.links:
                        _link(target, open_part, key=f"aim:{card.position}:{target}")
                show.sources(book.lines([card.source_id]))


def _link(target: str, open_part: Callable[[str], None], key: str) -> None:
    page, _mark, query = target.partition("=")
    if page != HERE:
        links.to_page(target)
        return
    st.button(
        links.part_name(f"part={query}"),
        icon=":material/arrow_forward:",
        type="tertiary",
        on_click=open_part,
        args=(query,),
        key=key,
    )


def show_commitments(rows: tuple[Related, ...]) -> None:
    """Show each area or principle in our words with its targets, policies and pilots."""
    for place, row in enumerate(rows, start=1):
        with st.container(border=True):
            heading = _("%(n)s. %(name)s") % {"n": place, "name": row.name}
            st.subheader(plain(heading), anchor=False)
            st.markdown(plain(row.statement))
            st.markdown("\n".join("- " + plain(line) for line in related_sentences(row)))
            with st.container(horizontal=True):
                for pilot, name in row.pilots:
                    links.to_page(f"pilot_outcomes?pilot={pilot}", name)


@kept
def takers(version: str, sector: str, target: str, look: Look) -> tuple[str, ...]:
    """Say of each policy shown who took it up, with its source, ready for Markdown."""
    listed = catalogue(version, sector, target, look).table
    if listed is None:
        return ()
    policy, taken_by, furthest = _("Policy"), _("Taken up by"), _("Furthest status")
    source, link = _("Source"), _("Link")
    return tuple(
        (
            _("**%(policy)s**: %(places)s · %(source)s")
            if row[furthest] == MISSING
            else _("**%(policy)s**: %(places)s; furthest: %(status)s · %(source)s")
        )
        % {
            "policy": plain(row[policy]),
            "places": plain(row[taken_by]),
            "status": plain(row[furthest]),
            "source": show.linked(plain(row[source]), row[link]),
        }
        for row in records(listed)
    )


def show_events(listed: pd.DataFrame) -> None:
    """Show the events as a list, which reads on a phone as well as on a wall."""
    when, event, counts, source, link = listed.columns
    lines = (
        (
            _("**%(when)s** %(event)s · %(source)s")
            if row[counts] == MISSING
            else _("**%(when)s** %(event)s · %(counts)s · %(source)s")
        )
        % {
            "when": plain(row[when]),
            "event": plain(row[event]),
            "counts": plain(row[counts]),
            "source": show.linked(plain(row[source]), row[link]),
        }
        for row in records(listed)
    )
    st.markdown("\n".join(f"- {line}" for line in lines))
