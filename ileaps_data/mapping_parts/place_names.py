"""Names of cities and countries beside those in the tables: Korean, Indonesian, former, misspelt.

Names of countries in the three languages come from the locale data that ship with Babel.
"""

from __future__ import annotations

import functools

from babel import Locale

LANGUAGES = ("en", "ko", "id")

CITIES: dict[str, str] = {
    "addis_ababa": "Addis Abeba, 아디스아바바",
    "auckland": "오클랜드",
    "bangkok": "방콕, Krung Thep, Krung Thep Maha Nakhon",
    "bogor": "보고르",
    "bogota": "보고타, Santa Fe de Bogotá, Bogotá D.C.",
    "chanchamayo": "찬차마요",
    "chandigarh": "찬디가르",
    "chengdu": "청두, 성도, Chengtu",
    "colombo": "콜롬보, கொழும்பு, Kolombo",
    "curitiba": "쿠리치바",
    "dhaka": "다카, Dacca, Dakka",
    "hat_yai": "핫야이, 하타이, Haad Yai, Hatyai",
    "hcmc": "호찌민, 호치민, 호찌민시, 호치민시, Ho Chi Minh, HCM City, Saigon, Sài Gòn, 사이공",
    "hulhumale": "훌루말레, 훌후말레, Hulumale, Hulhu Malé",
    "kuala_lumpur": "쿠알라룸푸르, 콸라룸푸르, KL",
    "lima": "리마",
    "makassar": "Makasar, Macassar, Ujung Pandang, Ujungpandang, Makassar City, 마카사르, 마까사르",
    "male": "말레, Male City",
    "manila": "마닐라, City of Manila",
    "maputo": "마푸토, 마푸투, Lourenço Marques",
    "mumbai": "뭄바이, Bombay, 봄베이",
    "niteroi": "니테로이",
    "peshawar": "페샤와르",
    "phnom_penh": "프놈펜, Pnom Penh",
    "pmb_brunei": "PMB, Muara Besar, 풀라우 무아라 베사르, 무아라베사르",
    "seoul": "서울, 서울시, 서울특별시, Seoul Metropolitan Government, Séoul",
    "ulaanbaatar": "울란바토르, Ulan Bator, Ulaan Baatar, Улан-Батор",
    "vientiane": "비엔티안, 브이엔티안, Viangchan",
    "wellington": "웰링턴",
}

COUNTRIES: dict[str, str] = {
    "KOR": "South Korea, Republic of Korea, ROK, Korea Rep., 한국, 남한, Korea Selatan",
    "PRK": "North Korea, DPRK, DPR Korea, Korea Utara",
    "VNM": "Vietnam, 월남",
    "LAO": "Laos, Lao PDR",
    "IRN": "Iran",
    "BRN": "Brunei",
    "CHN": "PR China, People's Republic of China, Tiongkok, RRT, Cina",
    "HKG": "Hong Kong",
    "MAC": "Macau, Macao",
    "TUR": "Turkey, Türkiye",
    "RUS": "Russia",
    "USA": "US, U.S., USA, United States, United States of America, Amerika Serikat",
    "GBR": "UK, United Kingdom, Great Britain",
    "MMR": "Burma, Birma",
    "FSM": "Micronesia",
    "TLS": "East Timor, Timor Leste",
    "MDV": "Maldives, Maladewa",
    "ARE": "UAE",
}

WORDS_AROUND = (
    "kota",
    "city",
    "cityof",
    "the",
    "kotamadya",
    "municipality",
    "특별시",
    "광역시",
    "시",
)
"""Words before or after a city's name that are no part of it."""


@functools.cache
def territories() -> dict[str, tuple[str, ...]]:
    """For each ISO 3166 alpha-2 code the names of the country in the three languages.

    >>> territories()["ID"][1]
    '인도네시아'
    """
    spoken = [Locale(language).territories for language in LANGUAGES]
    codes = [str(code) for code in spoken[0]]
    return {code: tuple(str(each.get(code, "")) for each in spoken) for code in codes}
