"""Words that stand for codes of a codelist in English, Korean and Indonesian."""

from __future__ import annotations

import functools

from ileaps_data.mapping_parts.texts import folded

TRUTH = {
    "true": "true, yes, y, t, 1, 예, 네, 참, 그렇다, ya, benar, betul",
    "false": "false, no, n, f, 0, 아니요, 아니오, 거짓, 아니다, tidak, salah, bukan",
}
_NOTHING_KNOWN = (
    "na, n/a, nan, null, none, nil, unknown, missing, not available, no data, tbd, 없음, "
    "미상, 해당 없음, 자료 없음, 모름, 미정, 불명, tidak ada, tidak ada data, tidak tersedia, "
    "belum ada, tidak diketahui, kosong, t/a"
)
MISSING = frozenset(map(folded, _NOTHING_KNOWN.split(",")))
"""Folds of texts that say that nothing is known; signs alone, such as "-", have the empty one."""

CODES: dict[str, dict[str, str]] = {
    "cities.role": {
        "hub": "host, host city, 거점, 거점 도시, 허브, kota pusat, pusat",
        "pilot": "pilot city, 시범 도시, 시범, 파일럿, kota percontohan, percontohan",
        "exchange": "took part, exchange city, 교류, 교류 도시, pertukaran, kota pertukaran",
        "interested": "asked to join, 관심, 관심 도시, 참여 희망, berminat, tertarik",
        "bilateral": "bilateral partner, 양자, 양자 협력, 양자 교류, kerja sama bilateral",
    },
    "transfers.status": {
        "listed": "목록 등재, 등재, terdaftar, tercantum",
        "planned": "plan, 계획, 계획됨, 예정, direncanakan, rencana",
        "selected": "chosen, 선정, 선정됨, terpilih, dipilih",
        "agreed": "agreement, signed, 합의, 합의됨, 체결, disepakati, sepakat",
        "started": "ongoing, in progress, 착수, 시작, 진행 중, dimulai, berjalan",
        "piloted": "in pilot, 시범 운영, 시범 실시, diujicobakan, uji coba",
        "delivered": "completed, done, 완료, 이행 완료, selesai, diserahkan",
        "in service": "operating, in operation, 운영 중, 서비스 중, 가동 중, beroperasi",
    },
    "pilots.kind": {
        "pilot": "pilot project, 시범사업, 시범, 파일럿, percontohan, proyek percontohan",
        "track": "other cooperation, 트랙, 협력 사업, 기타 협력, jalur, kerja sama lain",
        "reference": "reference series, 참조, 참고, 기준 계열, referensi, acuan, pembanding",
    },
    "stage_events.stage": {
        "learning": "learn, 학습, 배우기, pembelajaran, belajar",
        "exchanging": "exchange, 교류, 교환, pertukaran, bertukar",
        "adapting": "adapt, adaptation, 적응, 현지화, adaptasi, penyesuaian",
        "prototyping": "prototype, 시제품, 시범 적용, 프로토타입, purwarupa, prototipe",
        "scaling": "scale, scaling up, 확산, 확대, perluasan, penskalaan",
    },
    "indicators.measure": {
        "unit": "number, count, 단위, 수량, 개수, jumlah, satuan",
        "percentage": "percent, %, share, 백분율, 퍼센트, 비율, persen, persentase",
    },
    "indicators.ascending": {
        "true": "higher, up, increase, more is better, 증가, 상승, 상향, naik, meningkat",
        "false": "lower, down, decrease, less is better, 감소, 하락, 하향, turun, menurun",
    },
    "indicators.aggregation": {
        "level": "state, stock, 수준, 상태, 시점값, tingkat, keadaan, posisi",
        "flow": "per period, 유량, 기간값, 기간별, aliran, arus, per periode",
        "cumulative": "running total, total to date, 누적, 누계, kumulatif, akumulasi",
    },
    "indicators.result_level": {
        "input": "inputs, 투입, masukan",
        "output": "outputs, 산출, 산출물, keluaran, luaran",
        "outcome": "outcomes, 성과, 결과, hasil, capaian",
        "impact": "impacts, 영향, 파급 효과, dampak",
        "context": "background, 맥락, 배경, 여건, konteks, latar belakang",
    },
    "observations.qualifier": {
        "exact": "exactly, =, 정확, 정확히, tepat, persis",
        "about": "around, approximately, approx, circa, ~, ≈, 약, 대략, 정도, sekitar, kira-kira",
        "at_least": "more than, over, minimum, >=, ≥, >, 이상, 최소, 적어도, setidaknya, minimal, "
        "lebih dari, paling sedikit",
        "at_most": "less than, under, up to, maximum, <=, ≤, <, 이하, 최대, 미만, paling banyak, "
        "maksimal, kurang dari",
    },
    "observations.value_kind": {
        "reported": "report, actual, measured, 보고, 보고됨, 실적, 실측, dilaporkan, laporan, "
        "realisasi, aktual",
        "announced": "announcement, 발표, 발표됨, 공표, diumumkan, pengumuman",
        "contracted": "contract, 계약, 계약됨, kontrak, dikontrak, sesuai kontrak",
        "intended": "intention, planned, 의도, 예정, 계획, 목표, direncanakan, rencana, "
        "dimaksudkan",
    },
    "observations._unit": {
        "persons": "people, person, 명, 인, 사람, orang, jiwa",
        "percent": "%, per cent, pct, 퍼센트, 백분율, persen",
        "passengers": "passenger, 승객, penumpang",
        "passengers per day": "passengers a day, 명/일, 일평균 승객, penumpang per hari",
        "tonnes per day": "tonnes a day, tons per day, t/d, 톤/일, 일 톤, ton per hari, ton/hari",
        "LKR million": "LKR mn, million LKR, Rs million",
        "schools": "school, 학교, 개교, sekolah",
        "students": "student, 학생, siswa, pelajar",
        "cities": "city, 도시, 개 도시, kota",
        "countries": "country, 국가, 개국, negara",
        "routes": "route, 노선, 개 노선, rute, trayek",
        "buses": "bus, 버스, bis",
        "projects": "project, 사업, 건, proyek",
    },
    "observations.group": {
        "pilot": "treated, treatment, 시범, 시범 집단, 실험 집단, percontohan, perlakuan",
        "comparison": "control, comparison group, 비교, 비교 집단, 대조군, 통제 집단, pembanding, "
        "kontrol",
        "context": "background, 맥락, 배경, 여건, konteks, latar belakang",
    },
    "sources.kind": {
        "programme": "program, document, evidence, 사업, 프로그램, 문서, dokumen, bukti",
        "dataset": "data, data set, statistics, 통계, 자료, 데이터, 데이터셋, statistik, set data",
    },
    "readiness_assessments.factor": {
        "vision": "비전, 목표 의식, visi",
        "effectiveness": "effect, 효과, 효과성, efektivitas, keefektifan",
        "demand": "need, 수요, 필요성, permintaan, kebutuhan",
        "timeframe": "time, schedule, 시기, 기간, 일정, waktu, jangka waktu",
        "finance": "funding, money, 재정, 재원, 자금, keuangan, pendanaan, dana",
        "team": "people, 팀, 조직, 인력, tim",
        "monitoring": "monitoring and evaluation, m&e, 모니터링, 점검, pemantauan, monev",
    },
}


def key(text: str) -> str:
    """What a value is looked up by: its fold, or the signs themselves where there is no letter.

    >>> key(" Dilaporkan "), key("≥")
    ('dilaporkan', '≥')
    """
    return folded(text) or text.strip()


@functools.cache
def codes(
    table: str, name: str, enum: tuple[str, ...] = (), *, truth: bool = False
) -> dict[str, str]:
    """Each word that stands for a code of the field, with the code.

    `enum` are the codes, otherwise those that have words; `truth` adds yes and no.

    >>> codes("observations", "value_kind")["보고"]
    'reported'
    """
    found: dict[str, str] = {}
    named = CODES.get(f"{table}.{name}", {})
    of_truth = TRUTH if truth else {}
    for code in enum or (*of_truth, *(each for each in named if each not in of_truth)):
        for text in (named.get(code, ""), of_truth.get(code, ""), code):
            for word in map(key, text.split(",")):
                if word:
                    found[word] = code
    return found
