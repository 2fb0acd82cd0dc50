"""Tiny files of published results, laid out as their publishers lay them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path

STATCAN = "statcan_gif_indicator_calculation_components.yml"
CARD_KRUEGER = "card-krueger.csv"
SDR_2019, SDR_2021 = "2019GlobalIndexResults.xlsx", "SDR2021Database.xlsx"

STATCAN_LINES = """\
1-1-1:
  progress_status: ''
  score: null
1-2-1:
  1-2-1:
    base_value: 14.5
    base_year: 2015.0
    current_value: 10.2
    current_year: 2023.0
    direction: -1
    limit: null
    progress_value: 0.9525901792032172
    score: 2.5185563910306596
    sign: 1
    status: substantial_progress
    target: 7.25
    target_year: 2030.0
  progress_status: substantial_progress
  score: 2.5185563910306596
1-4-1:
  1-4-1 / Access to basic mobility:
    base_value: null
    base_year: 2015.0
    current_value: null
    current_year: null
    direction: 1
    limit: null
    progress_value: null
    score: null
    sign: null
    status: not_available
    target: 100.0
    target_year: 2030.0
  progress_status: not_available
  score: null
"""


SDR_2019_SHEETS = {
    "SDR2019 Data": """\
This data should be cited as: …
Country|id|2019 Global Index Score (0-100)|2019 Global Index Rank|Percentage missing values\
|Regions used for the SDG Index & Dashboard|Country is an OECD member, yes=1 no=0\
|Goal 2 Dashboard|Goal 2 Trend|Prevalence of stunting|impute_sdg2_stunting\
|Normalized Score sdg2_stunting|Dashboard Color sdg2_stunting|Trend sdg2_stuntihme\
|OECD only: Yield gap closure (%)|Dashboard Color sdg2_yieldgap|Goal 2 Score\
|Goal 2 Regional Score
Afghanistan|AFG|49.6|153|11.25|Asia|0|red|→|40.9||18.5|red|→|||18.5|20
Andorra|AND||||Asia|0|gray|.|2.6|1||green|||||20
Austria|AUT|81.1|5|1.2|OECD|1|orange|➚||||||70|yellow|60|20
""",
    "Codebook": """\
global|oecd|trend|trendoecd|spillover|Code|Indicator|units|Best value (= 100)\
|Worst value (= 0)|greenthr|redthr|source
yes|yes|no|no||sdg2_stunting|Prevalence  of stunting (%)|% |0|50.2|7.5|15|UNICEF (2019)
no|yes|no|no||sdg2_yieldgap|Yield gap closure (%)|%|77|28|75|50|Global Yield Gap Atlas
""",
    "Raw Data (trends)": """\
country|id|year|region|OECD|sdg2_stuntihme
Afghanistan|AFG|2009|Asia|0|45
Afghanistan|AFG|2010|Asia|0|44
Afghanistan|AFG|2015|Asia|0|
""",
}
SDR_2021_SHEETS = {
    "SDR2021 Data": """\
Country Code ISO3|Country|2021 SDG Index Score|2021 SDG Index Rank\
|Percentage missing values|Regions used for the SDR|Goal 3 Dash|Goal 3 Trend\
|Births attended by skilled health personnel (%)|Year: sdg3_births\
|Normalized Score: sdg3_births|Dashboard Color: sdg3_births|Trend: sdg3_births \
|Shifted profits|Year: sdg17_sprofits|Dashboard Color: sdg17_sprofits|Goal 3 Score
FIN|Finland|85.9|1|0|OECD|green|↑|99.9|2016|99.87|green|↑|1|2017|red|99.87
AND|Andorra|||51.2|Asia|grey||||||||||
_OECD|OECD members|77.2||2.2||||98.5|2016|98.05||||||98.05
""",
    "Codebook": """\
IndCode|SDG|Global|OECD|Spillover|Trend_Global|Trend_OECD|Indicator\
|Years Used for Trend Evaluation|Reference Year|Optimum (= 100)|Green threshold\
|Red threshold|Lower Bound (=0)|Source
sdg3_births|3|yes|yes||yes||Births attended (%)|2010 - 2014|2016|100|98|90|23.1|UNICEF\x20
""",
    "Data for Trends": """\
id|Country|Year|Population|sdg3_births\x20
FIN|Finland|2010|5400000|99.8
""",
}


def write_published(folder: Path) -> None:
    """All four files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / STATCAN).write_text(STATCAN_LINES)
    stores = ["id,nj,d,fte,wage", "1,0,0,40.5,NA", "1,0,1,24,4.5", "2,1,0,10,5", "2,1,1,NA,5"]
    (folder / CARD_KRUEGER).write_text("\n".join([*stores, ""]))
    write_workbook(folder / SDR_2019, SDR_2019_SHEETS)
    write_workbook(folder / SDR_2021, SDR_2021_SHEETS)


def write_workbook(path: Path, sheets: dict[str, str]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, text in sheets.items():
        sheet = book.create_sheet(name)
        for line in text.splitlines():
            sheet.append([_cell(word) for word in line.split("|")])
    book.save(path)


def _cell(word: str) -> str | float | None:
    try:
        return float(word)
    except ValueError:
        return word or None
