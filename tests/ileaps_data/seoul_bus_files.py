"""Small files laid out as the city of Seoul lays out its boardings, traps included."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NIGHT, HOURS, STOPS = (
    "seoul_night_bus_2022_01_05.csv",
    "DERIVED_seoul_bus_route_hour_2022_01_05.csv",
    "SEOUL_BUS_STOP.csv",
)
HOUR_WORDS = [
    f"{'00' if hour == 0 else hour}시{what}총승객수"
    for hour in range(24)
    for what in ("승차", "하차")
]
# month, route, stop, name, boardings at 0 h and at 1 h
LINES = (
    ("202203", "N13", "01001", "종로2가", 31, 62),
    ("202203", "N13", "01001", "종로2가", 31, 0),  # the other direction of the same stop
    ("202203", "N13", "01777", "종로, 옛 정류장", 31, 0),  # a comma, and not in the list of stops
    ("202203", "N13", "02001", "시청", 310, 0),
    ("202203", "N13", "~", "차고지(가상)", 7, 0),
    ("202203", "N13", "38001", "철산", 5, 0),  # outside the city
    ("202203", "N840", "01001", "종로2가", 2, 0),
    ("202205", "N13", "01001", "종로2가", 62, 62),
    ("202205", "N51", "01001", "종로2가", 31, 0),
    ("202205", "N13", "02001", "시청", 620, 0),
)


def write(folder: Path) -> None:
    """The three files, the list of stops in CP949."""
    folder.mkdir(parents=True, exist_ok=True)
    header = ["사용년월", "노선번호", "노선명", "버스정류장ARS번호", "역명", *HOUR_WORDS]
    night = [
        ",".join([month, route, f"{route}번", stop, name, *hours(first, second)])
        for month, route, stop, name, first, second in LINES
    ]
    (folder / NIGHT).write_text("\n".join([",".join(header), *night, ""]), encoding="utf-8")
    sums: dict[tuple[str, str], list[int]] = {}
    for month, route, _stop, _name, first, second in LINES:
        total = sums.setdefault((month, route), [0, 0])
        total[0] += first
        total[1] += second
    sums |= {("202203", "101"): [1000, 0], ("202205", "101"): [2000, 0]}
    rows = [",".join([*key, *hours(*total)]) for key, total in sums.items()]
    head = ",".join(["사용년월", "노선번호", *HOUR_WORDS])
    (folder / HOURS).write_text("\n".join([head, *rows, ""]), encoding="utf-8-sig")
    stops = [
        "기준일,행정구명,ARS-ID,정류소명,노선수",
        "20221231,종로구,01001,종로2가,10",
        "20221231,중구,02001,시청,20",
    ]
    (folder / STOPS).write_bytes("\n".join([*stops, ""]).encode("cp949"))


def hours(first: int, second: int) -> list[str]:
    """Boardings at 0 h and 1 h, nine alightings at 0 h, nothing else."""
    return [str(first), "9", str(second), *["0"] * 45]
