"""Boardings of the owl bus from the files of the city of Seoul.

Two files of smart-card records (the night routes by stop and hour, all routes by hour) and the
list of stops by district. Names of stops carry commas that nobody quoted, so that a line is read
from its right end: 24 hours, each with boardings and alightings.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ileaps_data.build.errors import BuildError

if TYPE_CHECKING:
    from pathlib import Path

NIGHT_FILE = "seoul_night_bus_*.csv"
HOUR_FILE = "*bus_route_hour*.csv"
STOP_FILE = "SEOUL_BUS_STOP.csv"
ENCODINGS = ("utf-8-sig", "cp949")
HOURS = 24
BOARDING_WORD, ALIGHTING_WORD = "승차", "하차"
NIGHT_ROUTE = re.compile(r"^N\d")
# numbered like a night route in January 2022, with 18 boardings together
STRAY_ROUTES = frozenset({"N840", "N852", "N876"})
STOP_NUMBER = re.compile(r"^\d{5}$")
NO_NUMBER = "~"

DISTRICT_NAMES = {
    "종로구": "Jongno-gu",
    "중구": "Jung-gu",
    "용산구": "Yongsan-gu",
    "성동구": "Seongdong-gu",
    "광진구": "Gwangjin-gu",
    "동대문구": "Dongdaemun-gu",
    "중랑구": "Jungnang-gu",
    "성북구": "Seongbuk-gu",
    "강북구": "Gangbuk-gu",
    "도봉구": "Dobong-gu",
    "노원구": "Nowon-gu",
    "은평구": "Eunpyeong-gu",
    "서대문구": "Seodaemun-gu",
    "마포구": "Mapo-gu",
    "양천구": "Yangcheon-gu",
    "강서구": "Gangseo-gu",
    "구로구": "Guro-gu",
    "금천구": "Geumcheon-gu",
    "영등포구": "Yeongdeungpo-gu",
    "동작구": "Dongjak-gu",
    "관악구": "Gwanak-gu",
    "서초구": "Seocho-gu",
    "강남구": "Gangnam-gu",
    "송파구": "Songpa-gu",
    "강동구": "Gangdong-gu",
}

PORTAL = "Seoul Metropolitan Government, Seoul Open Data Plaza"
SOURCES = (
    {
        "source_id": "seoul_bus_2022",
        "title": "Bus boardings by route, stop and hour, January to May 2022 (OA-12913)",
        "publisher": PORTAL,
        "published_on": "2022",
        "url": "https://data.seoul.go.kr/dataList/OA-12913/S/1/datasetView.do",
        "language": "ko",
        "licence": "",
        "kind": "dataset",
    },
    {
        "source_id": "seoul_bus_stops_2022",
        "title": "Bus stops by district, 31 December 2022",
        "publisher": PORTAL,
        "published_on": "2022-12-31",
        "url": "https://data.seoul.go.kr/",
        "language": "ko",
        "licence": "",
        "kind": "dataset",
    },
    {
        "source_id": "kr_distancing_2022",
        "title": "All COVID-19 distancing rules but masks end on 18 April 2022 (news report)",
        "publisher": "Yonhap News Agency",
        "published_on": "2022-04-15",
        "url": "https://en.yna.co.kr/view/AEN20220415001400315",
        "language": "en",
        "licence": "",
        "kind": "dataset",
    },
)


@dataclass(frozen=True)
class OwlBusTables:
    """The tables by name, and notes on what was left out of them."""

    tables: dict[str, pd.DataFrame]
    notes: tuple[str, ...]


def compile_owl_bus(folder: Path) -> OwlBusTables:
    """Boardings of the owl bus by district, stop and hour.

    Raises:
        BuildError: a file is absent or laid out otherwise, a district is unknown, or the two
            files of boardings disagree on a night route.
    """
    night = _night_lines(_only(folder, NIGHT_FILE))
    hours = _hour_lines(_only(folder, HOUR_FILE))
    districts = _districts(_only(folder, STOP_FILE))
    _same_totals(night, hours)
    stray = night["route"].isin(STRAY_ROUTES)
    nameless = ~night["ars_id"].str.match(STOP_NUMBER) & ~stray
    kept = night[~stray & ~nameless]
    placed = kept.assign(district=_placed(kept["ars_id"], districts))
    inside = placed.dropna(subset=["district"])
    outside = placed[placed["district"].isna()]
    notes = tuple(
        f"{folder.name}: {len(rows)} lines {what} left out ({rows['boardings'].sum()} boardings)"
        for rows, what in (
            (night[stray], f"of {', '.join(sorted(STRAY_ROUTES))}"),
            (night[nameless], "without a stop number"),
            (outside, "of stops outside the city, from the districts,"),
        )
        if len(rows)
    )
    tables = {
        "owl_bus_districts": _by_district(inside),
        "owl_bus_stops": _by_stop(placed),
        "bus_boardings_by_hour": _by_hour(hours[~hours["route"].isin(STRAY_ROUTES)]),
    }
    return OwlBusTables(tables, notes)


def _only(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise BuildError(f"{folder.name}/{pattern}: {len(found)} files match, one is needed")
    return found[0]


def _lines(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            return [line.split(",") for line in content.decode(encoding).splitlines() if line]
        except UnicodeDecodeError:
            continue
    raise BuildError(f"{path.name}: neither UTF-8 nor CP949 text")


def _boarding_lines(path: Path) -> list[tuple[int, list[str], list[int]]]:
    """Line number, the cells before the hours, and the boardings of each hour."""
    header, *lines = _lines(path)
    words = header[-2 * HOURS :]
    if len(words) < 2 * HOURS or not all(
        re.match(rf"0?{at // 2}시{ALIGHTING_WORD if at % 2 else BOARDING_WORD}", word)
        for at, word in enumerate(words)
    ):
        raise BuildError(
            f"{path.name}: the last {2 * HOURS} columns should be boardings and alightings of "
            f"the hours 0 to {HOURS - 1}; the header ends with {', '.join(header[-4:])}"
        )
    found = []
    for number, cells in enumerate(lines, start=2):
        counts = cells[-2 * HOURS :: 2]
        if len(cells) < len(header) or not all(map(str.isdecimal, counts)):
            raise BuildError(f"{path.name}: line {number} does not end with {2 * HOURS} counts")
        found.append((number, cells[: -2 * HOURS], [int(count) for count in counts]))
    return found


def _month(text: str, path: Path, number: int) -> str:
    if not re.match(r"^\d{4}(0[1-9]|1[0-2])$", text):
        raise BuildError(f"{path.name}: line {number} has no month (such as 202201) but {text!r}")
    return f"{text[:4]}-{text[4:]}"


def _night_lines(path: Path) -> pd.DataFrame:
    rows = []
    for number, cells, counts in _boarding_lines(path):
        month, route, _, *rest = cells
        ars_id = next((c for c in rest if c == NO_NUMBER or STOP_NUMBER.match(c)), None)
        if ars_id is None:
            raise BuildError(f"{path.name}: line {number} has no stop number")
        rows.append((_month(month, path, number), route, ars_id, sum(counts)))
    return pd.DataFrame(rows, columns=["month", "route", "ars_id", "boardings"])


def _hour_lines(path: Path) -> pd.DataFrame:
    rows = [
        (_month(cells[0], path, number), cells[1], *counts)
        for number, cells, counts in _boarding_lines(path)
    ]
    return pd.DataFrame(rows, columns=["month", "route", *range(HOURS)])


def _districts(path: Path) -> dict[str, str]:
    """District by stop number, and by the first two digits of it.

    Raises:
        BuildError: the columns are others, a district has no name here, or two digits stand for
            two districts.
    """
    header, *lines = _lines(path)
    try:
        at, name_at = header.index("ARS-ID"), header.index("행정구명")
    except ValueError as error:
        raise BuildError(f"{path.name}: no columns ARS-ID and 행정구명 in its header") from error
    pairs = {cells[at]: cells[name_at] for cells in lines}
    unknown = sorted(set(pairs.values()) - set(DISTRICT_NAMES))
    if unknown:
        raise BuildError(f"{path.name}: districts not known: {', '.join(unknown)}")
    by_digits: dict[str, str] = {}
    for number, district in pairs.items():
        if by_digits.setdefault(number[:2], district) != district:
            raise BuildError(
                f"{path.name}: stops numbered {number[:2]}… lie in {district} and in "
                f"{by_digits[number[:2]]}: the digits no longer tell the district"
            )
    return pairs | by_digits


def _placed(ars_id: pd.Series[str], districts: dict[str, str]) -> pd.Series[str]:
    return ars_id.map(districts).fillna(ars_id.str[:2].map(districts))


def _same_totals(night: pd.DataFrame, hours: pd.DataFrame) -> None:
    key = ["month", "route"]
    by_stop = night.groupby(key)["boardings"].sum()
    at_night = hours[hours["route"].str.match(NIGHT_ROUTE)].set_index(key)
    by_hour = at_night.sum(axis=1).groupby(level=key).sum()
    differ = by_stop.ne(by_hour.reindex(by_stop.index)) | ~by_stop.index.isin(by_hour.index)
    if differ.any() or len(by_stop) != len(by_hour):
        raise BuildError(
            "the two Seoul files of boardings disagree on the night routes "
            f"({differ.sum()} of {len(by_stop)} route-months); take both from one download"
        )


def _by_district(rows: pd.DataFrame) -> pd.DataFrame:
    groups = rows.groupby(["month", "district"])
    pairs = rows.drop_duplicates(["month", "route", "ars_id"]).groupby(["month", "district"])
    table = pd.DataFrame(
        {
            "boardings": groups["boardings"].sum(),
            "route_stop_pairs": pairs.size(),
            "routes": groups["route"].agg(lambda routes: ";".join(sorted(set(routes)))),
        }
    ).reset_index()
    days = table["month"].map(
        {month: calendar.monthrange(*map(int, month.split("-")))[1] for month in set(rows["month"])}
    )
    return table.assign(
        district_name=table["district"].map(DISTRICT_NAMES),
        days=days,
        boardings_per_day=(table["boardings"] / days).round(3),
    )


def _by_stop(rows: pd.DataFrame) -> pd.DataFrame:
    groups = rows.groupby(["ars_id", "month"])
    return pd.DataFrame(
        {
            "district": groups["district"].first(),
            "boardings": groups["boardings"].sum(),
            "routes": groups["route"].nunique(),
        }
    ).reset_index()


def _by_hour(hours: pd.DataFrame) -> pd.DataFrame:
    group = hours["route"].str.match(NIGHT_ROUTE).map({True: "owl", False: "other"})
    sums = hours.drop(columns="route").groupby(["month", group.rename("group")]).sum()
    return sums.melt(ignore_index=False, var_name="hour", value_name="boardings").reset_index()
