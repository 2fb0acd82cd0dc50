"""Readiness to scale of one pilot, for the page of its outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ileaps_metrics import readiness_evidence, scaling_readiness
from ileaps_views import show
from ileaps_views.charts.readiness import readiness_factors
from ileaps_views.i18n import gettext as _
from pages import frames, links
from pages.frames import Look, kept

if TYPE_CHECKING:
    import pandas as pd

    from ileaps_views.view import View


@kept
def scores(version: str) -> pd.DataFrame:  # noqa: ARG001 - the version is the key of the cache
    """List the seven factors of each pilot with the newest score, or none."""
    return scaling_readiness.factor_scores(
        frames.table("readiness_assessments"), frames.table("pilots")
    )


@kept
def evidence(version: str) -> pd.DataFrame:
    """Count what the tables hold for each factor of each pilot."""
    return readiness_evidence.readiness_evidence(
        frames.table("pilots"),
        frames.table("indicators"),
        frames.table("observations"),
        frames.table("stage_events"),
        frames.links(version),
    )


@kept
def readiness(version: str, pilot: str, look: Look) -> View:
    """Draw the seven factors of one pilot."""
    own, held = scores(version), evidence(version)
    own = own[own["pilot_id"].eq(pilot)]
    return readiness_factors(
        own,
        scaling_readiness.readiness_summary(own),
        held[held["pilot_id"].eq(pilot)],
        frames.sources(),
        look.mode,
    )


def show_readiness(version: str, pilot: str, look: Look) -> None:
    """Show readiness to scale; Seoul's own reference series are not scaled anywhere."""
    if frames.record("pilots", "pilot_id", pilot)["kind"] == "reference":
        return
    show.view(readiness(version, pilot, look))
    links.to_page("methods_and_sources?method=readiness", _("How readiness is read"))
