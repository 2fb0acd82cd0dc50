"""Small files laid out as the publishers lay out theirs, traps included."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd

from ileaps_data import reference
from ileaps_data.build.programme import CITY_MATCHES
from tests.ileaps_data import seoul_bus_files
from tests.ileaps_data.sdg_files import write_sdg

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

YEARS = (2015, 2020, 2025)
WORLD, ASIA = 900, 935
INDONESIA, INDONESIA_URBAN = 360, 154_188.5
ASIA_BY_SIZE = (800_000.0, 300_000.0, 561_464.0, 200_000.0, 150_000.0, 350_000.0)
SIZE_CLASSES = (
    "10 million or more",
    "5 to 10 million",
    "1 to 5 million",
    "500 000 to 1 million",
    "300 000 to 500 000",
    "Fewer than 300 000",
)
WDI_SERIES = ("SP.URB.TOTL", "SP.RUR.TOTL", "SP.POP.TOTL", "SP.URB.TOTL.IN.ZS")


def write_all(folder: Path) -> None:
    """Every publisher's folder, enough for a whole build."""
    economies = reference.economies()
    members = economies.dropna(subset=["subregion_id"])
    write_m49(folder / "unsd_m49" / "UNSD-en.csv", economies)
    members[["iso3", "subregion_id", "membership"]].set_axis(
        ["iso3", "subregion", "membership"], axis="columns"
    ).to_csv(folder / "escap_members.csv", index=False)
    write_natural_earth(folder / "natural_earth", members["iso3"])
    write_wup_2014(folder / "un_wup2014" / "escap_urban_population.csv", members["iso3"])
    write_wup(folder / "un_wup2018", 2018, economies)
    write_cities(folder / "un_wup2018", 2018, economies)
    write_size_classes(folder / "un_wup2018" / "classes.xlsx", 2018)
    write_wdi_long(folder / "worldbank_wdi_2026-07", urban=10_000, total=40_000)
    write_sdg(folder)
    seoul_bus_files.write(folder / "seoul_bus")


def write_m49(path: Path, economies: pd.DataFrame) -> None:
    def mark(flag: str) -> pd.Series[Any]:
        return economies[flag].map({True: "x", False: ""})

    path.parent.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(
        {
            "Global Code": "001",
            "Country or Area": economies["name"],
            "M49 Code": economies["m49"],
            "ISO-alpha2 Code": economies["iso2"],
            "ISO-alpha3 Code": economies["iso3"],
            "Least Developed Countries (LDC)": mark("least_developed"),
            "Land Locked Developing Countries (LLDC)": mark("landlocked_developing"),
            "Small Island Developing States (SIDS)": mark("small_island_developing"),
        }
    ).to_csv(path, index=False, encoding="utf-8-sig")


def write_natural_earth(folder: Path, members: Iterable[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    # Squares side by side, so that neighbours share a border; France has no code of its own.
    codes = [code for code in members if code not in {"TUV", "FJI"}]
    features = [
        _country(code, code, _ring(3 * (at % 30) - 90, 3 * (at // 30), 3))
        for at, code in enumerate(codes)
    ]
    features.append(_country("-99", "FRA", _ring(0, 45, 5)))
    across = [[179, -18], [-179, -18], [-179, -16], [179, -16], [179, -18]]
    features.append(_country("FJI", "FJI", across))
    _write_features(folder / "ne_50m_admin_0_countries.json", features)
    funafuti = {
        "type": "Feature",
        "properties": {"featurecla": "Admin-0 capital", "adm0_a3": "TUV"},
        "geometry": {"type": "Point", "coordinates": [179.2166, -8.5167]},
    }
    _write_features(folder / "ne_50m_populated_places_simple.json", [funafuti])


def _country(iso3: str, own: str, ring: list[list[float]]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"ISO_A3_EH": iso3, "ADM0_A3": own},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _ring(west: float, south: float, side: float) -> list[list[float]]:
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def _write_features(path: Path, features: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))


def write_wup_2014(path: Path, members: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{code},{year},{year / 2}" for code in members for year in (1950, 2050)]
    path.write_text("\n".join(["iso3,year,urban_population_thousands", *lines, ""]))


def workbook(
    path: Path,
    revision: int,
    file_code: str,
    header: Sequence[object],
    lines: Iterable[Sequence[object]],
    *,
    header_row: int = 17,
) -> None:
    """A workbook in the UN's layout: words, reference and licence above the table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    above: list[list[object]] = [
        [],
        ["", "", "", f"World Urbanization Prospects: The {revision} Revision"],
        ["", "", "", f"POP/DB/WUP/Rev.{revision}/1/{file_code}"],
        ["", "", "", f"Copyright © {revision}, Creative Commons license CC BY 3.0 IGO: http://x/"],
    ]
    for row in above + [[] for _ in range(header_row - 1 - len(above))]:
        sheet.append(row)
    for row in [header, *lines]:
        sheet.append(list(row))
    book.create_sheet("NOTES").append(["Notes"])
    book.save(path)


def areas(economies: pd.DataFrame) -> list[tuple[int, str]]:
    codes = [(int(m49), name) for m49, name in economies[["m49", "name"]].to_numpy()]
    return [(WORLD, "WORLD"), (ASIA, "ASIA"), *codes]


def urban(code: int, year: int) -> float:
    return INDONESIA_URBAN + year - 2020 if code == INDONESIA else code + year / 10


def rural(code: int, year: int) -> float:
    return 2 * code + year / 5


def write_wup(
    folder: Path,
    revision: int,
    economies: pd.DataFrame,
    *,
    years: Sequence[int] = YEARS,
    header_row: int = 17,
) -> None:
    """Tables F01 to F05; the rural one has its header on another row."""
    measures = {
        "F02": lambda code, year: 100 * urban(code, year) / total(code, year),
        "F03": urban,
        "F04": rural,
        "F05": total,
    }
    title = ["Index", "Region, subregion, country or area", "Note", "Country\ncode"]
    for file_code, value in measures.items():
        workbook(
            folder / f"table {file_code[-1]}.xlsx",
            revision,
            file_code,
            [*title, *map(float, years)],
            [
                [at, name, "", float(code), *(value(code, year) for year in years)]
                for at, (code, name) in enumerate(areas(economies), start=1)
            ],
            header_row=header_row + 3 * (file_code == "F04"),
        )
    workbook(
        folder / "summary.xlsx",
        revision,
        "F01",
        [*title, "Urban", "Rural", "Total", "Percentage urban"],
        [[1, "WORLD", "", 900.0, 50.0, 50.0, 100.0, 50.0]],
    )


def total(code: int, year: int) -> float:
    return urban(code, year) + rural(code, year)


def write_cities(folder: Path, revision: int, economies: pd.DataFrame) -> None:
    """F12 every five years and F22 every year, in different orders: 1,860 cities."""
    m49 = dict(zip(economies["iso3"], economies["m49"].map(int), strict=True))
    named = [(m49[iso3], name) for iso3, name in CITY_MATCHES.values()]
    cities = named + [(INDONESIA, f"City {at}") for at in range(1_860 - len(named))]
    lines = [
        (float(country), "", float(20_001 + at), name, "", at / 100, at / 50)
        for at, (country, name) in enumerate(cities)
    ]
    title = ["Country Code", "Country or area", "City Code", "Urban Agglomeration", "Note"]
    header = ["Index", *title, "Latitude", "Longitude"]
    for name, file_code, years in (
        ("five", "F12", (2015, 2020)),
        ("each", "F22", range(2015, 2021)),
    ):
        rows = [
            [at, *line, *(300 + line[2] / 1000 + year for year in years)]
            for at, line in enumerate(lines, start=1)
        ]
        if file_code == "F22":
            random.Random(7).shuffle(rows)  # noqa: S311 - any fixed order but the other file's
        workbook(folder / f"{name}.xlsx", revision, file_code, [*header, *map(float, years)], rows)


def write_size_classes(path: Path, revision: int) -> None:
    """F17a of Asia, with a pivot somebody left to the right of it and empty lines below."""
    lines: list[list[object]] = []
    for at, (size_class, people) in enumerate(zip(SIZE_CLASSES, ASIA_BY_SIZE, strict=True), 1):
        measures = {
            "Population": people,
            "Percentage of Urban Population": 100 * people / sum(ASIA_BY_SIZE),
            "Number of Agglomerations": 7.0,
        }
        if at == len(SIZE_CLASSES):
            del measures["Number of Agglomerations"]
        lines += [
            [1.0, float(ASIA), "ASIA", size_class, float(at), what, 1.0, value, "", "x", 999.0]
            for what, value in measures.items()
        ]
    lines += [["", "", "", "", "", "", "", "", "", "Sum", 12_345.0]] * 8
    header = ["Index", "Country Code", "Region, subregion, country or area *"]
    header += ["Size class of urban settlement", "Size class code", "Type of data"]
    workbook(path, revision, "F17a", [*header, 2015.0, 2020.0, "", "", 2020.0], lines)


def write_wdi_long(folder: Path, urban: int, total: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for code, value in zip(WDI_SERIES, _wdi(urban, total), strict=True):
        lines = [f"{name},{area},2020,{value}" for name, area in _wdi_areas()]
        # The West Bank and Gaza have shares but no populations in early years.
        lines.append(f"West Bank and Gaza,PSE,1960,{value if code.endswith('ZS') else ''}")
        text = "\n".join(["Country Name,Country Code,Year,Value", *lines, ""])
        (folder / f"{code.lower()}.csv").write_text(text)


def write_wdi_download(folder: Path, updated: str, urban: int, total: int) -> None:
    """The World Bank's own download: a byte-order mark, lines above, a comma at each line's end."""
    folder.mkdir(parents=True, exist_ok=True)
    for code, value in zip(WDI_SERIES, _wdi(urban, total), strict=True):
        top = ["Data Source", "World Development Indicators"]
        lines = [
            ",".join(f'"{cell}"' for cell in top) + ",",
            "",
            f'"Last Updated Date","{updated}",',
        ]
        lines += [
            "",
            '"Country Name","Country Code","Indicator Name","Indicator Code","2020","2021",',
        ]
        lines += [f'"{name}","{area}","x","{code}","{value}","",' for name, area in _wdi_areas()]
        path = folder / f"API_{code}_DS2_en_csv_v2_123.csv"
        path.write_text("\r\n".join([*lines, ""]), encoding="utf-8-sig")
        (folder / f"Metadata_Country_{path.name}").write_text('"Country Code","Region",\n')


def _wdi(urban: int, total: int) -> tuple[float, ...]:
    return urban, total - urban, total, 100 * urban / total


def _wdi_areas() -> list[tuple[str, str]]:
    return [("Indonesia", "IDN"), ("Namibia", "NAM"), ("World", "WLD"), ("Euro area", "EMU")]


def write_programme(folder: Path) -> None:
    """The fact base as its authors write it, from the committed tables."""
    folder.mkdir(parents=True, exist_ok=True)
    indicators = reference.indicators()
    as_written = {
        "cities": reference.cities().drop(columns="wup_city_code"),
        "policies": reference.policies(),
        "transfers": reference.transfers(),
        "pilots": reference.pilots(),
        "stage_events": reference.stage_events(),
        "indicators": indicators.assign(
            target_value=indicators["target_value"].fillna(indicators["denominator_value"])
        ).drop(columns="denominator_value"),
        "observations": reference.observations().drop(columns="observation_id"),
        "events": reference.events(),
        "text_facts": reference.facts().drop(columns="source_id"),
        "sources": reference.sources()
        .query("kind == 'programme'")
        .drop(columns=["licence", "kind"])
        .assign(url=lambda frame: frame["url"].fillna("programme text")),
    }
    for name, frame in as_written.items():
        frame.to_csv(folder / f"{name}.csv", index=False)
