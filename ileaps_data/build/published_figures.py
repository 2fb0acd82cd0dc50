"""Published figures too few to come in a file, typed in from the documents their sources name."""

from __future__ import annotations

import pandas as pd

YEMEN = "The publisher prints it as the figure of 2015–20; the revision has it for 2020–25"
UNEXPLAINED = "Not given back by the 2018 revision, cause unknown"

FACTBOOK_RATES = {
    "AFG": 3.34,
    "AUS": 1.27,
    "BGD": 2.88,
    "BTN": 2.52,
    "CHN": 1.78,
    "IDN": 1.99,
    "IND": 2.33,
    "JPN": -0.25,
    "KAZ": 1.19,
    "MNG": 1.40,
    "NZL": 0.92,
    "PAK": 2.10,
    "PHL": 2.04,
    "RUS": 0.11,
    "THA": 1.43,
    "TUR": 1.11,
    "VNM": 2.70,
    "WSM": -0.03,
    "YEM": 3.71,
}

CARD_KRUEGER_TABLE_3 = (
    ("mean_pa_before", "PA", "before", "all", 23.33, 1.35),
    ("mean_nj_before", "NJ", "before", "all", 20.44, 0.51),
    ("mean_pa_after", "PA", "after", "all", 21.17, 0.94),
    ("mean_nj_after", "NJ", "after", "all", 21.03, 0.52),
    ("difference_all", "", "", "all", 2.76, 1.36),
    ("difference_balanced", "", "", "balanced", 2.75, 1.34),
)

# past and present mid-year population, land consumption rate, population growth rate, ratio
ONS_2013_2016 = {
    "England": (
        53_865_817,
        55_268_067,
        0.012731152998348464,
        0.008566402562930573,
        1.48617262670331,
    ),
    "Wales": (
        3_082_412,
        3_113_150,
        0.027400212566724005,
        0.003307555978853148,
        8.284126630632166,
    ),
    "Scotland": (
        5_327_700,
        5_404_700,
        0.023755938021517473,
        0.004783106680474716,
        4.966633530983618,
    ),
    "Great Britain": (
        62_275_929,
        63_785_917,
        0.015223343462808804,
        0.007985816855664176,
        1.90629759459,
    ),
}


def figure_tables() -> dict[str, pd.DataFrame]:
    """The tables of typed-in figures, by name."""
    rates = pd.DataFrame(
        {
            "iso3": list(FACTBOOK_RATES),
            "start_year": 2020,
            "end_year": 2025,
            "rate": list(FACTBOOK_RATES.values()),
        }
    )
    notes = {"BTN": UNEXPLAINED, "PAK": UNEXPLAINED, "YEM": YEMEN}
    equal = ~rates["iso3"].isin(["BTN", "PAK"])
    land = pd.DataFrame.from_dict(
        ONS_2013_2016,
        orient="index",
        columns=[
            "past_population",
            "present_population",
            "land_consumption_rate",
            "population_growth_rate",
            "ratio",
        ],
    )
    return {
        "urban_growth_published": rates.assign(
            expected_equal=equal.map({True: "true", False: "false"}),
            note=rates["iso3"].map(notes).fillna(""),
        ),
        "card_krueger_published": pd.DataFrame(
            CARD_KRUEGER_TABLE_3,
            columns=["figure", "state", "period", "sample", "value", "standard_error"],
        ),
        "ons_land_use": land.rename_axis("area")
        .reset_index()
        .assign(start_year=2013, end_year=2016),
        "iati_example": pd.DataFrame(
            {
                "example": ["results_guidance"],
                "baseline": [15.0],
                "target": [50.0],
                "actual": [53.0],
                "target_met": ["true"],
                "progress": [108.571],
            }
        ),
    }
