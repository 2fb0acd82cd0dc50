"""Small SDG files laid out as the UNSD, the World Bank and the WHO lay out theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

INDONESIA, WORLD, KOREA, MALDIVES, SRI_LANKA, FRANCE = "360", "1", "410", "462", "144", "250"

DIRECTIONS = """series,indicator,direction,limit,target_value,target_year,target_basis,note
EN_ATM_PM25,11.6.2,-1,0,,,none,x
EN_LND_CNSPOP,11.3.1,0,,,,none,x
EN_LND_SLUM,11.1.1,-1,0,0,2030,universal access,x
EN_REF_WASCOL,11.6.1,1,100,,,none,x
EN_URB_OPENSP,11.7.1,0,,,,none,x
SE_ADT_EDUCTRN,4.3.1,1,100,,,none,x
SN_ITK_DEFC,2.1.1,-1,0,0,2030,explicit in SDG text,x
SP_TRN_PUBL,11.2.1,1,100,100,2030,universal access,x
VC_DSR_MTMP,"1.5.1, 11.5.1, 13.1.1",-1,0,,,none,x
"""

CONCEPTS = {
    "en_atm_pm25": "11.6.2",
    "en_lnd_cnspop": "11.3.1",
    "en_lnd_slum": "11.1.1",
    "en_ref_wascol": "11.6.1",
    "en_urb_opensp": "11.7.1",
    "se_adt_eductrn": "4.3.1",
    "sn_itk_defc": "2.1.1",
    "sp_trn_publ": "11.2.1",
    "vc_dsr_mtmp": '"1.5.1, 11.5.1, 13.1.1"',
}

# The dimensions of the file's name, then lines in the order of those columns and the value.
VALUES: dict[str, tuple[tuple[str, ...], list[tuple[str, ...]]]] = {
    "en_atm_pm25": (
        ("geo_area", "location", "nature", "units", "year"),
        [
            (INDONESIA, "allarea", "e", "mgr_m_3", "2019", "17.2"),
            (INDONESIA, "tsub", "e", "mgr_m_3", "2019", "17.9"),
            (INDONESIA, "urban", "e", "mgr_m_3", "2019", "19.9"),
        ],
    ),
    "en_lnd_slum": (
        ("geo_area", "location", "nature", "units", "year"),
        [
            (INDONESIA, "urban", "g", "percent", "2000", "35.1"),
            (INDONESIA, "urban", "g", "percent", "2020", "19.4"),
            (WORLD, "urban", "g", "percent", "2000", "31.2"),
            (WORLD, "urban", "g", "percent", "2020", "24.2"),
            (FRANCE, "urban", "g", "percent", "2020", "1"),
        ],
    ),
    "en_lnd_cnspop": (
        ("cities", "geo_area", "nature", "units", "year"),
        [
            ("id_makassar", INDONESIA, "e", "ratio", "2020", "5.453"),
            ("id_bandung", INDONESIA, "e", "ratio", "2020", "-0.5"),
            ("id_medan", INDONESIA, "e", "ratio", "2020", "-12"),
            ("fr_paris", FRANCE, "e", "ratio", "2020", "1"),
            ("nociti", INDONESIA, "c", "ratio", "2018", "1.5"),
        ],
    ),
    "en_ref_wascol": (
        ("cities", "geo_area", "nature", "units", "year"),
        [("lk_colombo", SRI_LANKA, "c", "percent", "2018", "93")],
    ),
    "en_urb_opensp": (
        ("cities", "custom_breakdown", "geo_area", "nature", "units", "year"),
        [("mv_male", "notspec", MALDIVES, "e", "percent", "2020", "97.7")],
    ),
    "sp_trn_publ": (
        ("cities", "custom_breakdown", "geo_area", "nature", "units", "year"),
        [("kr_seoul", "notspec", KOREA, "e", "percent", "2020", "70.6")],
    ),
    "se_adt_eductrn": (
        ("age", "geo_area", "nature", "sex", "units", "year"),
        [
            ("15_64", KOREA, "e", "bothsex", "percent", "2020", "40"),
            ("15_24", KOREA, "e", "bothsex", "percent", "2020", "60"),
            ("15_64", KOREA, "e", "female", "percent", "2020", "41"),
        ],
    ),
    "sn_itk_defc": (
        ("age", "geo_area", "nature", "observation_status", "sex", "units", "year"),
        [
            ("notspec", KOREA, "e", "e", "notspec", "percent", "2020", "<2.5"),
            ("notspec", INDONESIA, "e", "b", "notspec", "percent", "2020", "N"),
        ],
    ),
    "vc_dsr_mtmp": (
        ("geo_area", "nature", "units", "year"),
        [(INDONESIA, "c", "per_100000_pop", "2020", "0.2")],
    ),
}

AIR = """iso3,city,year,pm25_ug_m3,pm10_ug_m3,no2_ug_m3,pm25_temporal_coverage_percent
KOR,Seoul,2014,,46.0,62.04,
KOR,Seoul,2014,,46.0,62.04,
KOR,Seoul,2020,21.0,35.0,45.12,98.4
MDV,Male,2018,10.0,,,50
"""

WDI_SLUMS = """Country Name,Country Code,Year,Value
Indonesia,IDN,2022,19.4
World,WLD,2022,24.8
France,FRA,2022,0
"""


def write_sdg(folder: Path) -> None:
    """The UNSD's series, the directions, a series of the WDI and the WHO's cities."""
    sdg = folder / "unsd_sdg"
    sdg.mkdir(parents=True)
    (folder / "sdg_series_directions.csv").write_text(DIRECTIONS)
    for series in VALUES:
        write_series(sdg, series)
    listed = [
        f"{code},measure,Name of {code},1,{indicator},{code.upper()},1"
        for code, indicator in CONCEPTS.items()
    ]
    head = "concept,concept_type,description,goal,indicator,name,target"
    (sdg / "ddf--concepts--continuous.csv").write_text("\n".join([head, *listed, ""]))
    names = "geo_area,name\n1,World\n360,Indonesia\n2,Africa\n"
    (sdg / "ddf--entities--geo_area.csv").write_text(names)
    (folder / "who_aaq").mkdir()
    (folder / "who_aaq" / "partner_cities_air_quality.csv").write_text(AIR)
    (folder / "worldbank_wdi_2026-07" / "en.pop.slum.ur.zs.csv").write_text(WDI_SLUMS)


def series_path(sdg: Path, series: str) -> Path:
    """Where the publisher puts the values of a series."""
    return sdg / f"ddf--datapoints--{series}--by--{'--'.join(VALUES[series][0])}.csv"


def write_series(sdg: Path, series: str) -> None:
    """The file of one series."""
    dimensions, lines = VALUES[series]
    text = [",".join([*dimensions, series]), *(",".join(line) for line in lines), ""]
    series_path(sdg, series).write_text("\n".join(text))
