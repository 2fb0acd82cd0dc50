"""SDG values of cities from the UNSD files, matched by hand to the partner cities.

Partner cities that the files do not have under any name: Bogor, Chanchamayo, Hat Yai, Hulhumalé,
Niterói, Phnom Penh, Pulau Muara Besar, Vientiane. Lima is the city (`pe_lima`), not one of its
districts, which are published one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ileaps_data.build.errors import BuildError
from ileaps_data.build.unsd_sdg import NATURES, NO_CITY, SeriesFile, parse_values, translated

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTNER_CITIES = {
    "addis_ababa": "et_addis_ababa",
    "auckland": "nz_auckland",
    "bangkok": "th_bangkok",
    "bogota": "co_bogota",
    "chandigarh": "in_chandigarh",
    "chengdu": "cn_chengdu_sichuan",
    "colombo": "lk_colombo",
    "curitiba": "br_curitiba",
    "dhaka": "bd_dhaka",
    "hcmc": "vn_thanh_pho_ho_chi_minh",
    "kuala_lumpur": "my_kuala_lumpur",
    "lima": "pe_lima",
    "makassar": "id_makassar",
    "male": "mv_male",
    "manila": "ph_manila",
    "maputo": "mz_maputo",
    "mumbai": "in_mumbai",
    "peshawar": "pk_peshawar",
    "seoul": "kr_seoul",
    "ulaanbaatar": "mn_ulaanbaatar",
    "wellington": "nz_wellington",
}
PARTNER_CITIES_WITHOUT_VALUES = frozenset(
    {
        *("bogor", "chanchamayo", "hat_yai", "hulhumale"),
        *("niteroi", "phnom_penh", "pmb_brunei", "vientiane"),
    }
)

CITY_SERIES = ("SP_TRN_PUBL", "EN_LND_CNSPOP", "EN_REF_WASCOL", "EN_URB_OPENSP")
RATIO, OPEN_SPACE = "EN_LND_CNSPOP", "EN_URB_OPENSP"

LARGEST_OPEN_SPACE = 75.0
"""Percent; half as much again as the 45 to 50 that UN-Habitat suggests for streets and spaces."""

LARGEST_RATIO = 10.0

OPEN_SPACE_CAUTION = (
    "Over 75% of the built-up area: streets and public open space can hardly leave so little room "
    "for buildings; check how the city was delimited"
)
RATIO_CAUTION = (
    "Beyond ±10: population growth is close to zero, so the ratio says little; look at land and "
    "population separately"
)
NEGATIVE_CAUTION = (
    "Negative: land and population moved in opposite directions, so the ratio cannot be ranked "
    "with others"
)
OUT_OF_RANGE_CAUTION = "Outside 0 to 100 percent"


def city_values(file: SeriesFile, economies: pd.DataFrame) -> pd.DataFrame:
    """The rows of `sdg_city_values` in one file: cities of the region and partner cities.

    Raises:
        BuildError: a city's code begins with another economy than its area, or a code is unknown.
    """
    lines = file.lines[file.lines["cities"] != NO_CITY]
    by_m49 = economies.set_index("m49")
    areas = lines["geo_area"].str.zfill(3)
    iso3, iso2 = areas.map(by_m49["iso3"]), areas.map(by_m49["iso2"])
    region = set(economies.loc[economies["subregion_id"].notna(), "iso3"])
    wanted = iso3.isin(region) | lines["cities"].isin(PARTNER_CITIES.values())
    lines, iso3, iso2 = lines[wanted], iso3[wanted], iso2[wanted]
    foreign = lines[lines["cities"].str[:2] != iso2.str.lower()]
    if len(foreign):
        first = foreign.iloc[0]
        raise BuildError(
            f"{file.path.name}: city {first['cities']} in area {first['geo_area']}: its code "
            "begins with another economy"
        )
    value, _ = parse_values(lines[file.series.lower()], file.path.name)
    partners = {code: city_id for city_id, code in PARTNER_CITIES.items()}
    return pd.DataFrame(
        {
            "series": file.series,
            "city_code": lines["cities"],
            "city_name": lines["cities"].map(readable),
            "iso3": iso3,
            "city_id": lines["cities"].map(partners).fillna(""),
            "year": pd.to_numeric(lines["year"]),
            "value": value,
            "nature": translated(lines, "nature", NATURES, file.path.name),
            "caution": cautions(file.series, value),
        }
    )


def readable(code: str, names: Mapping[str, str] | None = None) -> str:
    """A name read from a publisher's code of a city.

    >>> readable("vn_thanh_pho_ho_chi_minh"), readable("id_bandar_lampung")
    ('Ho Chi Minh City', 'Bandar Lampung')
    """
    known = KNOWN_NAMES if names is None else names
    return known.get(code, " ".join(word.capitalize() for word in code.split("_")[1:]))


KNOWN_NAMES = {
    "br_curitiba": "Curitiba",
    "cn_chengdu_sichuan": "Chengdu",
    "co_bogota": "Bogotá",
    "mv_male": "Malé",
    "vn_thanh_pho_ho_chi_minh": "Ho Chi Minh City",
}


def cautions(series: str, value: pd.Series[float]) -> pd.Series[str]:
    """The reason why each value is implausible or hard to read; empty where none was found.

    >>> cautions("EN_URB_OPENSP", pd.Series([97.7, 31.5])).str[:8].tolist()
    ['Over 75%', '']
    """
    found = pd.Series("", index=value.index, dtype="str")
    if series == RATIO:
        found = found.mask(value < 0, NEGATIVE_CAUTION)
        return found.mask(value.abs() > LARGEST_RATIO, RATIO_CAUTION)
    if series == OPEN_SPACE:
        found = found.mask(value > LARGEST_OPEN_SPACE, OPEN_SPACE_CAUTION)
    return found.mask((value < 0) | (value > 100), OUT_OF_RANGE_CAUTION)
