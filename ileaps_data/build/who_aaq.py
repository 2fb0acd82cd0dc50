"""Air quality of partner cities from the WHO's database, as compiled for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ileaps_data.build.errors import BuildError

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = {
    "source_id": "who_aaq_2022",
    "title": "Ambient Air Quality Database, version 9 (rows of partner cities)",
    "publisher": "World Health Organization",
    "published_on": "2022-08-11",
    "url": "https://www.who.int/data/gho/data/themes/air-pollution/who-air-quality-database",
    "language": "en",
    "licence": "© WHO 2022, all rights reserved; figures cited",
    "kind": "dataset",
}
FILE = "who_aaq/partner_cities_air_quality.csv"
COLUMNS = {
    "year": "year",
    "pm25_ug_m3": "pm25",
    "pm10_ug_m3": "pm10",
    "no2_ug_m3": "no2",
    "pm25_temporal_coverage_percent": "pm25_temporal_coverage",
}
CITY_IDS = {
    ("BGD", "Dhaka"): "dhaka",
    ("CHN", "Chengdu"): "chengdu",
    ("ETH", "Addis Ababa"): "addis_ababa",
    ("IND", "Chandigarh"): "chandigarh",
    ("KOR", "Seoul"): "seoul",
    ("LAO", "Vientiane"): "vientiane",
    ("LKA", "Colombo"): "colombo",
    ("MDV", "Male"): "male",
    ("MNG", "Ulaanbaatar"): "ulaanbaatar",
    ("PAK", "Peshawar"): "peshawar",
    ("PHL", "Manila"): "manila",
    ("THA", "Bangkok"): "bangkok",
    ("VNM", "Ho Chi Minh City"): "hcmc",
}


def compile_air_quality(sources: Path) -> pd.DataFrame:
    """The rows of `city_air_quality`.

    Raises:
        BuildError: the file is missing, laid out differently or names a city nobody matched.
    """
    path = sources / FILE
    try:
        lines = pd.read_csv(path)
    except (OSError, ValueError) as error:
        raise BuildError(f"{path}: cannot be read ({error})") from error
    absent = {"iso3", "city", *COLUMNS} - set(lines.columns)
    if absent:
        raise BuildError(f"{path.name}: no column {', '.join(sorted(absent))}")
    places = list(zip(lines["iso3"], lines["city"], strict=True))
    unknown = sorted({place for place in places if place not in CITY_IDS})
    if unknown:
        raise BuildError(f"{path.name}: not matched to a partner city: {unknown[0]}")
    rows = lines.rename(columns=COLUMNS)[list(COLUMNS.values())]
    # The database repeats lines of a city that two of its sources report alike.
    return rows.assign(city_id=[CITY_IDS[place] for place in places]).drop_duplicates()
