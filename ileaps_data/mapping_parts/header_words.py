"""Words that head a column in English, Korean and Indonesian, for every table people upload.

A word of a table goes before one of any table. Compared folded: case, spaces and signs are free.
"""

from __future__ import annotations

import functools

from ileaps_data.mapping_parts.model import UNIT
from ileaps_data.mapping_parts.texts import folded
from ileaps_data.tables import TABLES

UPLOADED = (
    "observations",
    "indicators",
    "pilots",
    "cities",
    "policies",
    "transfers",
    "stage_events",
    "events",
    "sources",
    "readiness_assessments",
)
"""The tables people upload; of two that fit equally the first is proposed."""

ANY_TABLE: dict[str, str] = {
    "pilot_id": "pilot, pilot code, pilot project, project, project code, track, initiative, "
    "시범사업, 시범사업 코드, 시범사업명, 파일럿, 사업, 사업명, 사업 코드, 프로젝트, "
    "percontohan, proyek percontohan, proyek, kode proyek, nama proyek, program percontohan",
    "city_id": "city, city name, name of city, city code, town, municipality, partner city, "
    "도시, 도시명, 도시 이름, 도시 코드, 시, 시 이름, 지자체, 협력 도시, "
    "kota, nama kota, kode kota, kota mitra, kotamadya, pemerintah kota",
    "policy_id": "policy, policy code, policy name, 정책, 정책 코드, 정책명, "
    "kebijakan, kode kebijakan, nama kebijakan",
    "policy_ids": "policies, policy, policy codes, 정책, 관련 정책, 정책 코드, "
    "kebijakan, kebijakan terkait",
    "indicator_id": "indicator, indicator code, indicator no, kpi, metric, measure code, "
    "지표, 지표 코드, 지표 번호, 성과지표, indikator, kode indikator, nomor indikator",
    "source_id": "source, source code, data source, source of data, reference, cited from, "
    "출처, 출처 코드, 자료 출처, 자료원, 근거 자료, 원자료, "
    "sumber, kode sumber, sumber data, sumber informasi, rujukan",
    "note": "note, notes, remark, remarks, comment, comments, explanation, "
    "비고, 메모, 참고, 참고 사항, 주석, 특이 사항, "
    "catatan, keterangan, komentar, keterangan tambahan",
    "sector": "sector, field, theme, policy area, 분야, 부문, 영역, 정책 분야, "
    "sektor, bidang, tema, bidang kebijakan",
    "sdg_targets": "sdg, sdgs, sdg target, sdg goals and targets, 지속가능발전목표, sdg 세부목표, "
    "세부 목표, target sdg, target tpb, tpb",
    "kind": "kind, type, category, class, 종류, 유형, 구분, 분류, jenis, tipe, kategori",
    "status": "status, state, progress, stage reached, 상태, 현황, 진행 상황, 진행 상태, "
    "kemajuan, status kemajuan, keadaan",
    "same_as": "same as, duplicate of, other version of, 동일 항목, 중복, 같은 건, "
    "sama dengan, duplikat dari",
}

OF_A_TABLE: dict[str, dict[str, str]] = {
    "cities": {
        "name": "name, city, city name, english name, name in english, 도시, 도시명, 도시 이름, "
        "영문명, 영어 이름, 이름, kota, nama kota, nama, nama inggris",
        "city_id": "city id, city code, id, code, 도시 코드, 도시 아이디, 코드, kode kota, kode",
        "local_name": "local name, name in local language, native name, 현지명, 현지어 이름, "
        "원어명, nama lokal, nama setempat, nama daerah",
        "country_iso3": "country, country code, country name, nation, iso3, iso code, iso, "
        "economy, 국가, 국가명, 국가 코드, 나라, negara, kode negara, nama negara",
        "latitude": "latitude, lat, y, 위도, lintang, garis lintang",
        "longitude": "longitude, long, lon, lng, x, 경도, bujur, garis bujur",
        "role": "role, role in programme, participation, 역할, 참여 형태, 참여 구분, "
        "peran, peran dalam program, keikutsertaan",
        "joined_on": "joined, joined on, date joined, joining date, since, 참여일, 참여 시작일, "
        "가입일, 참여 연도, tanggal bergabung, bergabung sejak, mulai bergabung",
        "wup_city_code": "un city code, wup code, agglomeration code, un 도시 코드, kode kota pbb",
    },
    "policies": {
        "policy_id": "policy id, policy code, id, code, 정책 코드, 정책 아이디, 코드, "
        "kode kebijakan, kode",
        "name": "name, policy, policy name, title, 정책, 정책명, 정책 이름, 이름, "
        "kebijakan, nama kebijakan, nama, judul",
        "origin_city_id": "origin, city of origin, origin city, giving city, city, 원 도시, "
        "출발 도시, 정책 발원지, 시행 도시, 도시, kota asal, asal, kota",
        "launched_on": "launched, launched on, start, start date, launch date, year of launch, "
        "시작일, 시행일, 도입일, 시행 연도, 도입 연도, tanggal mulai, mulai, tahun mulai, "
        "diluncurkan",
    },
    "transfers": {
        "transfer_id": "transfer id, transfer code, id, code, transfer, 이전 코드, 전수 코드, "
        "코드, kode transfer, kode",
        "from_city_id": "from, from city, giving city, origin, origin city, source city, "
        "제공 도시, 전수 도시, 출발 도시, dari, dari kota, kota asal, kota pemberi",
        "to_city_id": "to, to city, taking city, receiving city, destination, recipient city, "
        "도입 도시, 수혜 도시, 대상 도시, 도착 도시, ke, ke kota, kota tujuan, kota penerima",
        "instrument": "instrument, means, form, agreement type, 수단, 방식, 협정 형태, 재원, "
        "instrumen, sarana, bentuk kerja sama, bentuk perjanjian",
        "agreed_on": "agreed, agreed on, agreement date, date of agreement, signed, signed on, "
        "협약일, 체결일, 합의일, tanggal perjanjian, tanggal kesepakatan, ditandatangani",
        "status_detail": "status detail, details, status in words, 상태 설명, 세부 상황, "
        "rincian status, rincian",
    },
    "pilots": {
        "pilot_id": "pilot id, pilot code, project code, id, code, 시범사업 코드, 사업 코드, "
        "파일럿 코드, 코드, kode percontohan, kode proyek, kode",
        "name": "name, pilot, pilot name, project, project name, title, 시범사업, 시범사업명, "
        "사업, 사업명, 이름, percontohan, nama percontohan, proyek, nama proyek, nama, judul",
        "started_on": "started, started on, start, start date, begin, 시작일, 착수일, 개시일, "
        "시작 연도, tanggal mulai, mulai, awal",
        "ended_on": "ended, ended on, end, end date, finish, 종료일, 완료일, 종료 연도, "
        "tanggal selesai, selesai, akhir",
        "partners": "partners, partner, organisations, organizations, stakeholders, 협력 기관, "
        "참여 기관, 파트너, mitra, lembaga mitra, pihak terlibat",
        "attribution": "attribution, link to programme, 기여, 귀속, 프로그램 연관성, "
        "atribusi, keterkaitan",
    },
    "stage_events": {
        "stage": "stage, leaps stage, phase, step, 단계, leaps 단계, tahap, tahapan, fase",
        "entered_on": "entered, entered on, date, stage date, since, 진입일, 단계 진입일, 일자, "
        "날짜, tanggal, tanggal masuk, tanggal tahap",
        "evidence": "evidence, proof, what shows it, basis, 근거, 증거, 증빙, 입증 자료, "
        "bukti, dasar",
    },
    "indicators": {
        "indicator_id": "indicator id, indicator code, id, code, 지표 코드, 지표 번호, 코드, "
        "kode indikator, kode",
        "name": "name, indicator, indicator name, title, kpi, 지표, 지표명, 지표 이름, 이름, "
        "성과지표, indikator, nama indikator, nama, judul",
        "unit": "unit, units, unit of measure, 단위, 측정 단위, satuan, unit ukuran",
        "measure": "measure, iati measure, kind of measure, 측정 방식, 측정 유형, ukuran, "
        "jenis ukuran",
        "ascending": "ascending, more is better, higher is better, direction, 클수록 좋음, "
        "높을수록 좋음, 방향, 방향성, naik lebih baik, makin tinggi makin baik, arah",
        "aggregation": "aggregation, how it adds up, accumulation, 집계, 집계 방식, 합산 방식, "
        "agregasi, cara agregasi, penjumlahan",
        "result_level": "result level, level, results chain, result type, 성과 수준, "
        "결과 수준, 성과 단계, tingkat hasil, level hasil, jenjang hasil",
        "sdg_target": "sdg, sdg target, sdgs, 지속가능발전목표, sdg 세부목표, 세부 목표, "
        "target sdg, target tpb, tpb",
        "baseline_value": "baseline, baseline value, starting value, 기준값, 기준치, 기초선, "
        "nilai awal, nilai dasar, baseline nilai, data dasar",
        "baseline_on": "baseline date, baseline year, date of baseline, 기준일, 기준 연도, "
        "기초선 연도, tanggal baseline, tahun dasar, tahun awal",
        "target_value": "target, target value, goal, 목표, 목표값, 목표치, nilai target, "
        "sasaran, target nilai",
        "target_on": "target date, target year, deadline, due, 목표일, 목표 연도, 기한, "
        "tanggal target, tahun target, tenggat",
        "denominator_value": "denominator, total, out of, 분모, 전체, 모수, penyebut, "
        "jumlah keseluruhan",
    },
    "observations": {
        "observation_id": "observation id, observation, id, code, 관측 코드, 관측치 코드, 코드, "
        "kode pengamatan, kode",
        "indicator_id": "indicator, indicator id, indicator name, indicator code, kpi, "
        "지표, 지표명, 지표 이름, 성과지표, indikator, nama indikator, kode indikator",
        "period_start": "period start, start of period, from, start, start date, 시작일, "
        "기간 시작, 기간 시작일, awal periode, periode mulai, tanggal mulai, mulai",
        "period_end": "period, period end, end of period, date, year, month, as of, until, to, "
        "end date, reporting date, 기간, 기간 종료, 기간 종료일, 종료일, 기준일, 일자, 날짜, "
        "연도, 년도, 년, 연월, 시점, periode, akhir periode, tanggal, tahun, bulan, per tanggal, "
        "tanggal selesai",
        UNIT: "unit, units, unit of measure, 단위, 측정 단위, satuan, unit ukuran",
        "value": "value, figure, actual, actual value, result, amount, number, reading, "
        "값, 수치, 실적, 실적값, 실적치, 측정값, 관측값, 결과, "
        "nilai, angka, realisasi, capaian, hasil, jumlah",
        "qualifier": "qualifier, precision, 정밀도, 표현, 수치 표현, 한정어, kualifikasi, "
        "ketepatan, presisi",
        "value_kind": "value kind, kind of value, kind, kind of figure, 값 종류, 수치 종류, "
        "값 구분, 구분, jenis nilai, jenis angka, jenis",
        "group": "group, comparison group, 집단, 그룹, 비교 집단, kelompok, grup",
        "disaggregation": "disaggregation, breakdown, subgroup, part, 세분, 세부 구분, 하위 집단, "
        "disagregasi, rincian, pemilahan",
    },
    "events": {
        "event_id": "event id, event code, id, code, 행사 코드, 코드, kode acara, kode kegiatan, "
        "kode",
        "name": "name, event, event name, title, 행사, 행사명, 이벤트, 이름, "
        "acara, nama acara, kegiatan, nama kegiatan, nama, judul",
        "kind": "kind, type, event type, kind of event, 종류, 유형, 행사 종류, 행사 유형, "
        "jenis, jenis acara, jenis kegiatan",
        "starts_on": "starts, starts on, start, start date, date, first day, from, 시작일, "
        "개최일, 일자, 날짜, tanggal, tanggal mulai, mulai, hari pertama",
        "ends_on": "ends, ends on, end, end date, last day, until, to, 종료일, 폐막일, "
        "tanggal selesai, selesai, hari terakhir",
        "participants": "participants, attendees, number of participants, people, 참가자, "
        "참가자 수, 참가 인원, 참석자 수, peserta, jumlah peserta",
        "cities_represented": "cities represented, cities, number of cities, 참가 도시 수, "
        "도시 수, jumlah kota, kota peserta",
        "countries_represented": "countries represented, countries, number of countries, "
        "참가국 수, 국가 수, jumlah negara, negara peserta",
    },
    "sources": {
        "source_id": "source id, source code, id, code, short name, 출처 코드, 코드, 약칭, "
        "kode sumber, kode",
        "title": "title, name, source, document, document title, 제목, 문서명, 자료명, 출처, "
        "judul, nama, dokumen, sumber",
        "publisher": "publisher, published by, author, organisation, organization, 발행처, "
        "발행 기관, 기관, 작성자, penerbit, diterbitkan oleh, lembaga, penulis",
        "published_on": "published, published on, publication date, date, year, 발행일, 게시일, "
        "발행 연도, 일자, 날짜, tanggal terbit, terbit, tahun terbit, tanggal",
        "url": "url, link, address, web address, website, 링크, 주소, 웹 주소, 누리집, "
        "tautan, alamat, alamat web, situs",
        "language": "language, lang, 언어, bahasa",
        "licence": "licence, license, terms of use, 라이선스, 이용 조건, 이용 허락, "
        "lisensi, ketentuan penggunaan",
    },
    "readiness_assessments": {
        "factor": "factor, criterion, dimension, 요인, 요소, 항목, 평가 항목, faktor, kriteria, "
        "dimensi",
        "score": "score, rating, points, mark, 점수, 평점, 평가 점수, skor, nilai, poin",
        "assessor": "assessor, assessed by, who, reviewer, evaluator, 평가자, 평가 위원, 작성자, "
        "penilai, dinilai oleh, evaluator",
        "assessed_on": "assessed, assessed on, assessment date, date, 평가일, 일자, 날짜, "
        "tanggal penilaian, tanggal, dinilai pada",
    },
}


@functools.cache
def words(table: str) -> dict[str, dict[str, float]]:
    """For a table each folded word with the fields it may head, and how surely.

    1 is the field's own name, 0.95 a word of the table, 0.9 a word of any table.

    >>> words("observations")["지표"], words("cities")["kota"]
    ({'indicator_id': 0.95}, {'city_id': 0.9, 'name': 0.95})
    """
    found: dict[str, dict[str, float]] = {}
    of_table = OF_A_TABLE.get(table, {})
    for name in dict.fromkeys((*TABLES[table].columns, *of_table)):
        origins = (
            (name, 1.0),
            (of_table.get(name, ""), 0.95),
            (ANY_TABLE.get(name, ""), 0.9),
        )
        for text, score in origins:
            for word in map(folded, text.split(",")):
                if word:
                    fields = found.setdefault(word, {})
                    fields[name] = max(fields.get(name, 0.0), score)
    return found
