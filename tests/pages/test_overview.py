from __future__ import annotations

from ileaps_data import reference
from ileaps_metrics import growth, pilot_progress, policy_transfers
from ileaps_views.i18n import percent, population
from tests.pages.conftest import opened


def tile(app: object, label: str) -> str:
    return next(metric.value for metric in app.metric if metric.label == label)  # type: ignore[attr-defined]


def test_it_opens_with_the_question_it_answers() -> None:
    app = opened()
    assert [title.value for title in app.title] == ["Overview"]
    assert not app.warning
    assert not app.error


def test_the_network_title_counts_each_transfer_once() -> None:
    links = policy_transfers.transfer_links(
        reference.transfers(), reference.policies(), reference.cities()
    )
    facts = policy_transfers.network_summary(links)
    assert len(reference.transfers()) > facts.transfers, "second versions count once"
    title = opened().header[0].value
    assert f"{facts.transfers} transfers" in title
    assert f"{facts.places} places" in title
    assert f"{facts.countries} countries" in title


def test_people_reached_is_one_named_figure_with_its_date_never_a_sum() -> None:
    app = opened()
    reached = pilot_progress.people_reached(
        reference.indicators(), reference.observations(), reference.pilots()
    )
    attributed = reached[reached["attributed"]]
    assert tile(app, "People reached") == f"{attributed['value'].iloc[-1]:.0f} students"
    assert any("3 May 2018" in caption.value for caption in app.caption)


def test_indicators_count_those_without_a_target() -> None:
    app = opened()
    kpis = pilot_progress.pilot_kpis(reference.indicators(), reference.observations())
    own = kpis[kpis["result_level"].ne("context")]
    with_target = int(own["target_value"].notna().sum())
    assert tile(app, "Indicators with a target") == f"{with_target} of {len(own)}"
    without = int(kpis["status"].eq("no_target").sum())
    assert any(f"No target published: {without}" in caption.value for caption in app.caption)


def test_figures_without_a_date_are_counted() -> None:
    app = opened()
    observations = reference.observations()
    assert tile(app, "Published figures") == str(len(observations))
    undated = len(pilot_progress.undated(observations))
    assert any(f"{undated} of {len(observations)} figures" in c.value for c in app.caption)


def test_pilots_whose_state_nobody_knows_are_said_to_be_unknown() -> None:
    app = opened()
    assert any("nothing is known for two years" in caption.value for caption in app.caption)


def test_the_three_claims_are_recomputed_and_name_the_revision_that_gives_each() -> None:
    text = " ".join(caption.value for caption in opened().caption).replace("\\", "")
    economies = reference.economies().dropna(subset=["subregion_id"])
    membership = economies[["iso3"]].set_axis(["area_id"], axis=1).assign(group_id="AP")
    figures = reference.urban_population()
    region = {}
    for revision in ("wup2018", "wup2014"):
        chosen = figures["revision_id"].eq(revision) & figures["area_id"].isin(economies["iso3"])
        region[revision] = growth.aggregate_population(figures[chosen], membership).set_index(
            "year"
        )
    added = region["wup2018"].loc[2010, "urban"] - region["wup2018"].loc[1980, "urban"]
    assert f"WUP 2018 (+{population(added)})" in text
    late = {name: population(frame.loc[2050, "urban"]) for name, frame in region.items()}
    assert f"Borne out by WUP 2014 ({late['wup2014']}), not by WUP 2018 ({late['wup2018']})" in text
    shares = region["wup2018"]["percent_urban"]
    assert int(growth.crossing_year(shares.index, shares) // 1) == 2018
    middle = growth.population_at(region["wup2018"].reset_index(), 2018)["percent_urban"].iloc[0]
    assert f"{percent(middle)} at mid-2018" in text


def test_another_revision_in_the_link_is_kept() -> None:
    app = opened(revision="wup2014")
    assert app.query_params["revision"] == ["wup2014"] or app.query_params["revision"] == "wup2014"
    assert next(box.value for box in app.selectbox if box.label == "Population revision") == (
        "wup2014"
    )
