"""Which partner cities are most like one city, by how much, and in what they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ileaps_views.charts.common import axis, build, layout, rounded
from ileaps_views.findings import city_profile
from ileaps_views.findings.words import join_names
from ileaps_views.i18n import _, ngettext, number, percent, signed
from ileaps_views.peer_words import peer_indicator, peer_value
from ileaps_views.rows import records
from ileaps_views.theme import palette
from ileaps_views.view import View
from ileaps_views.wording import chart_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

_ROW: Final = 52
_TOP: Final = 10
_BOTTOM: Final = 50
_BAR: Final = 0.34
_LABEL: Final = 13
_ALIKE: Final = 2  # indicators named as the likest, and as the most different


def city_peers(
    peers: pd.DataFrame,
    profiles: pd.DataFrame,
    names: Mapping[str, str],
    city: str,
    indicators: Sequence[str],
    mode: str,
    *,
    refused: str | None,
    missing: Sequence[str],
    left_out: pd.DataFrame,
    sources: Sequence[str],
) -> View:
    """Draw the distances of the nearest peers; the table has the figures side by side.

    Args:
        peers: nearest_peers(...).peers: `id`, `distance`, `n_shared`, nearest first.
        profiles: `city_id` and the indicators, one row a city.
        names: the cities' names by id.
        city: id of the city compared.
        indicators: the indicators chosen.
        mode: "light" or "dark".
        refused: the code of why nothing is ranked, if nothing is.
        missing: indicators the city itself lacks.
        left_out: nearest_peers(...).left_out: `id`, `missing_share`.
        sources: the lines under the figure.
    """
    found = records(peers)
    name = names[city]
    lacking = [peer_indicator(code).name for code in missing]
    out = [
        _("%(city)s (%(share)s of the indicators missing)")
        % {"city": names[str(row["id"])], "share": percent(100 * row["missing_share"], 0)}
        for row in records(left_out)
    ]
    notes = tuple(
        note
        for note in (
            _("%(city)s has no figure for: %(names)s.")
            % {"city": name, "names": join_names(lacking)}
            if lacking
            else "",
            _("Not compared: %(names)s.") % {"names": "; ".join(out)} if out else "",
            *(
                _("%(name)s: %(meaning)s.")
                % {
                    "name": peer_indicator(code).name,
                    "meaning": peer_indicator(code).meaning,
                }
                for code in indicators
            ),
        )
        if note
    )
    method = _(
        "Each indicator as distance from the mean of the partner cities, in standard deviations; "
        "distance of two cities = √(mean of the squared gaps over the indicators both have). "
        "Nobody is ranked who lacks a fifth or more of the indicators. Likeness on these "
        "indicators only: other indicators give other peers."
    )
    if refused is not None:
        return View(
            id="city-peers",
            title=city_profile.no_peers(name, refused),
            takeaway=_(
                "%(city)s has no figure for: %(names)s. A ranking over what happens to be known "
                "would mislead; choose other indicators above."
            )
            % {"city": name, "names": join_names(lacking)}
            if lacking
            else _("Choose other indicators above."),
            table=_side_by_side(profiles, [city], names, indicators),
            method=method,
            notes=notes,
            sources=tuple(sources),
        )
    ids = [str(row["id"]) for row in found]
    return View(
        id="city-peers",
        title=city_profile.peers_of(name, [names[each] for each in ids], len(indicators)),
        takeaway=_(
            "The shorter the bar, the more alike: 1 is one standard deviation apart on an average "
            "indicator. Cities of one country share the figures of the country."
        ),
        figure=_bars(found, names, mode),
        table=_side_by_side(profiles, [city, *ids], names, indicators),
        unit=_("distance in standard deviations"),
        sources=tuple(sources),
        alt=_("Bars of distance: %(values)s.")
        % {
            "values": "; ".join(
                _("%(city)s %(distance)s")
                % {"city": names[str(row["id"])], "distance": number(row["distance"], 2)}
                for row in found
            )
        },
        method=method,
        notes=notes,
    )


def peer_reasons(gaps: pd.DataFrame, peers: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Say of each peer on what it is most alike and on what it differs most, in figures.

    Args:
        gaps: nearest_peers(...).gaps, the most similar indicator first within a peer.
        peers: nearest_peers(...).peers.
        names: the cities' names by id.
    """
    return pd.DataFrame(
        [
            {
                _("City"): names[place],
                _("Most alike"): _reasons(own[:_ALIKE]),
                _("Differs most"): _reasons(own[_ALIKE:][::-1][:_ALIKE]),
            }
            for place in map(str, peers["id"])
            for own in [records(gaps[gaps["id"].eq(place)])]
        ]
    )


def _reasons(rows: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(
        _("%(name)s: %(value)s against %(own)s (%(gap)s)")
        % {
            "name": peer_indicator(str(row["indicator"])).name,
            "value": peer_value(str(row["indicator"]), row["value"]),
            "own": peer_value(str(row["indicator"]), row["target_value"]),
            "gap": signed(row["gap"], 1),
        }
        for row in rows
    )


def _side_by_side(
    profiles: pd.DataFrame,
    cities: Sequence[str],
    names: Mapping[str, str],
    indicators: Sequence[str],
) -> pd.DataFrame:
    rows = {str(row["city_id"]): row for row in records(profiles)}
    return pd.DataFrame(
        {
            _("Indicator"): [peer_indicator(code).name for code in indicators],
            **{
                names[city]: [peer_value(code, rows[city][code]) for code in indicators]
                for city in cities
            },
        }
    )


def _bars(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str], mode: str) -> go.Figure:
    colours = palette(mode)
    distances = [float(row["distance"]) for row in rows]
    font = {"size": _LABEL, "color": colours.text}
    return build(
        [
            {
                "type": "bar",
                "orientation": "h",
                "x": rounded(distances),
                "y": list(range(len(rows))),
                "width": _BAR,
                "marker": {"color": colours.primary},
                "hoverinfo": "skip",
            }
        ],
        layout(
            mode,
            height=_ROW * len(rows) + _TOP + _BOTTOM,
            margin={"l": 8, "r": 8, "t": _TOP, "b": _BOTTOM},
            xaxis=axis(
                mode,
                _("distance in standard deviations"),
                range=[0, (max(distances) or 1.0) * 1.2],
                nticks=5,
            ),
            yaxis={
                "visible": False,
                "fixedrange": True,
                "range": [len(rows) - 0.5, -0.75],
            },
            annotations=[
                note
                for at, row in enumerate(rows)
                for note in (
                    {
                        "x": 0,
                        "xref": "paper",
                        "xanchor": "left",
                        "y": at - _BAR / 2,
                        "yanchor": "bottom",
                        "showarrow": False,
                        "text": chart_text(_shared(row, names)),
                        "font": font,
                    },
                    {
                        "x": float(row["distance"]),
                        "xanchor": "left",
                        "xshift": 4,
                        "y": at,
                        "yanchor": "middle",
                        "showarrow": False,
                        "text": number(row["distance"], 2),
                        "font": font,
                    },
                )
            ],
        ),
    )


def _shared(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return ngettext(
        "%(city)s (%(n)s indicator)", "%(city)s (%(n)s indicators)", int(row["n_shared"])
    ) % {"city": names[str(row["id"])], "n": number(int(row["n_shared"]))}
