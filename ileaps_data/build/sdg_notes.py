"""What to know before a UNSD series is read as progress; our words and our reading of the text."""

from __future__ import annotations

_NOTES = {
    "A count or volume: it follows the size of the economy, so no progress is judged": (
        *("AG_LND_FRSTN", "AG_LND_TOTL", "EN_EWT_COLLPCAP", "EN_EWT_COLLV", "EN_EWT_GENV"),
        *("EN_EWT_RCYPCAP", "EN_EWT_RCYV", "EN_HAZ_EXP", "EN_HAZ_GENV", "EN_HAZ_IMP"),
        *("EN_HAZ_TREATV", "EN_HAZ_TRTDISV", "EN_MWT_COLLV", "EN_MWT_EXP", "EN_MWT_GENV"),
        *("EN_MWT_IMP", "EN_MWT_RCYV", "EN_MWT_TREATV", "EN_TWT_GENV", "EN_WWT_GEN"),
        *("EN_WWT_TREAT", "IS_RDP_FRGVOL", "IS_RDP_LULFRG", "IS_RDP_PFVOL", "IS_RDP_PORFVOL"),
        *("IT_NET_BBNDN", "SG_DSR_SILN", "SG_GEN_PARLN", "SG_GEN_PARLNT", "SG_GOV_LOGV"),
        *("SH_DYN_IMRTN", "SH_DYN_MORTN", "SH_DYN_NMRTN", "SH_STA_STNTN", "SN_ITK_DEFCN"),
        "VC_IHR_PSRCN",
    ),
    "Shares by kind of treatment: how they are mixed is no progress by itself": ("EN_MWT_TREATR",),
    "Describes how the economy is made up; neither way is progress": (
        *("BX_TRF_PWKR", "NV_IND_MANF", "SL_EMP_GTOTL", "SL_TLF_MANF", "ST_GDP_ZS"),
    ),
    "As the 13th ICLS series, by another definition; the two are never joined": (
        "SL_TLF_MANF_19ICLS",
    ),
    "The same share in current prices": ("NV_IND_MANF_CD",),
    "Forests and their restoration; says little for economies that are one city": ("AG_LND_FRST",),
    "Target 7.1 is read as access for all by 2030, that is 100%; the total counts, urban and "
    "rural stand beside it": ("EG_ACS_ELEC",),
    "Target 7.1 is read as access for all by 2030, that is 100%. Over half of the values are "
    "published as over 95 or under 5: those are bounds and carry no trend": ("EG_EGY_CLEAN",),
    "The text asks to double a global rate of improvement, which sets no level for an economy": (
        "EG_EGY_PRIM",
    ),
    "No number in the text; in poorer economies a high share is often fuelwood": ("EG_FEC_RNEW",),
    "Total emissions grow with the economy: read them beside emissions per unit of GDP. Annex I "
    "Parties and others report different series": (
        *("EN_ATM_CO2", "EN_ATM_GHGT_AIP", "EN_ATM_GHGT_NAIP"),
    ),
    "Target 9.4 asks for cleaner production without a number": ("EN_ATM_CO2GDP", "EN_ATM_CO2MVA"),
    "Target 11.6 has no number. The WHO guideline of 5 micrograms is a reference, no SDG target. "
    "The total is the whole population; the indicator itself is about cities, so read the urban "
    "rows. Ends in 2019": ("EN_ATM_PM25",),
    "No number in the text; few economies of the region report": (
        *("EN_EWT_COLLR", "EN_EWT_RCYR", "EN_HAZ_TRTDISR", "EN_MWT_RCYR"),
    ),
    "Less waste is progress, but better reporting also raises the figure; few economies report": (
        *("EN_EWT_GENPCAP", "EN_HAZ_GENGDP", "EN_HAZ_PCAP"),
    ),
    "The ratio takes both signs and grows without limit when the population hardly changes: it "
    "gets no status. Read the growth of land and of population one by one": ("EN_LND_CNSPOP",),
    "Target 11.1 is read as adequate housing for all by 2030, that is no slums. Modelled for "
    "global monitoring; of urban areas only": ("EN_LND_SLUM",),
    "How much waste is collected: only a part of the indicator, which also asks whether it is "
    "managed in controlled facilities": ("EN_REF_WASCOL",),
    "A share of land, while target 11.7 is about access of people: more is not always better. One "
    "year only": ("EN_URB_OPENSP",),
    "One year only: no trend": ("EN_WWT_TREATR",),
    "The text halves the untreated share by 2030, which needs a value of 2015; the series starts "
    "in 2020, so only the level can be shown": ("EN_WWT_WWDS",),
    "Self-assessed in 2017 and 2020; the text asks for implementation without a number": (
        "ER_H2O_IWRMD",
    ),
    "One part of the degree of implementation: read it below the whole": (
        *("ER_H2O_IWRMD_EE", "ER_H2O_IWRMD_FI", "ER_H2O_IWRMD_IP", "ER_H2O_IWRMD_MI"),
    ),
    "A share of countries in a group, not of one economy": (
        *("ER_H2O_IWRMP", "SG_DSR_SFDRR", "SG_REG_BRTH90", "SG_REG_CENSUS", "SG_REG_DETH75"),
    ),
    "Below a quarter there is no stress and a further fall is no gain; may be over 100": (
        "ER_H2O_STRESS",
    ),
    "Follows the mix of sectors as well as thrift": ("ER_H2O_WUEYST",),
    "Target 15.1 had the year 2020 and no number. Text values N mean that there is nothing to "
    "protect": ("ER_PTD_FRHWTR",),
    "Target 15.1 had the year 2020 and no number": ("ER_PTD_TERR",),
    "An index: 1 means that every species is of least concern": ("ER_RSK_LST",),
    "Access for all without a year; survey rounds": (
        *("FB_BNK_ACCSS", "FB_BNK_ACCSS_ILF", "FB_BNK_ACCSS_OLF"),
    ),
    "More research is asked for, without a number": ("GB_POP_SCIERD", "GB_XPD_RSDV"),
    "Money spent is an effort, no outcome: the level is shown, no progress judged": (
        *("GB_XPD_CUL_PBPV", "GB_XPD_CULNAT_PB", "GB_XPD_CULNAT_PBPV", "GB_XPD_CULNAT_PV"),
        "GB_XPD_NAT_PBPV",
    ),
    "What counts is the distance from 100 on either side": ("GF_XPD_GBPC",),
    "Parity is not written as a number, and over 50 is not better. Two editions of the labour "
    "statistics' definition are never joined": (
        *("IC_GEN_MGTL", "IC_GEN_MGTL_19ICLS", "IC_GEN_MGTN", "IC_GEN_MGTN_19ICLS"),
    ),
    "Parity is not written as a number, and over 50 is not better": ("SG_GEN_PARL",),
    "Parity is not written as a number, and over 50 is not better. Text values N mean no data": (
        "SG_GEN_LOCGELS",
    ),
    "Nearly everyone is covered and the technique is superseded: 3G and 4G say more": (
        "IT_MOB_2GNTWK",
    ),
    "Target 9.c is read as coverage for all by 2020. That year has passed and the text names the "
    "least developed countries only: elsewhere it is no target": (
        *("IT_MOB_3GNTWK", "IT_MOB_4GNTWK"),
    ),
    "All speeds together make the total": ("IT_NET_BBND",),
    "Target 9.c, access for all by 2020, names the least developed countries only": (
        "IT_USE_II99",
    ),
    "More is asked for as national circumstances allow": ("NV_IND_MANFPC",),
    "A growth rate with both signs: methods of compound growth do not apply": (
        *("NY_GDP_PCAP", "SI_HEI_TOTL", "SL_EMP_PCAP"),
    ),
    "Yes or no: shown as it is, without a trend. A zero may mean that nobody reported": (
        "SD_CPA_UPRDP",
    ),
    "Yes or no: shown as it is, without a trend": (
        *("SG_INF_ACCSS", "SG_REG_BRTH90N", "SG_REG_CENSUSN", "SG_REG_DETH75N"),
        *("SG_STT_NSDSFND", "SG_STT_NSDSIMPL"),
    ),
    "Who pays for the plan; neither way is progress": (
        *("SG_STT_NSDSFDDNR", "SG_STT_NSDSFDGVT", "SG_STT_NSDSFDOTHR"),
    ),
    "Equal access without a number. The widest age group, 15 to 64, counts as the total": (
        "SE_ADT_EDUCTRN",
    ),
    "Target 4.2 is read as every child by 2030, that is 100%; both sexes count": ("SE_PRE_PARTN",),
    "Self-assessed from 0 to 1; the year for strategies was 2020, without a number in the text": (
        "SG_DSR_LGRGSR",
    ),
    "Reported by governments; what counts as a local government differs between economies": (
        "SG_DSR_SILS",
    ),
    "Target 16.9 is read as every birth registered by 2030, that is 100%. Children under five "
    "count as the total": ("SG_REG_BRTH",),
    "Fewer deaths are asked for without a number; one year only": (
        *("SH_AAP_ASMORT", "SH_HAP_ASMORT", "SH_STA_ASAIRP", "SH_STA_WASHARI"),
    ),
    "An index of services; 100 is its end, no number of the text": ("SH_ACS_UNHC",),
    "Target 3.2 gives 25 per 1,000 live births as the highest for every country by 2030": (
        "SH_DYN_MORT",
    ),
    "Target 3.2 gives 12 per 1,000 live births as the highest for every country by 2030": (
        "SH_DYN_NMRT",
    ),
    "Target 6.1 is read as safe water for all by 2030, that is 100%": ("SH_H2O_SAFE",),
    "Target 6.2 is read as safe sanitation and hygiene for all by 2030, that is 100%": (
        *("SH_SAN_HNDWSH", "SH_SAN_SAFE"),
    ),
    "Target 6.2 is read as an end of open defecation by 2030, that is 0%": ("SH_SAN_DEFECT",),
    "Target 3.1 gives 70 per 100,000 as a GLOBAL ratio: for one economy it is a line to compare "
    "with, not its own target": ("SH_STA_MORT",),
    "The text points to the World Health Assembly's targets for 2025, which count children: no "
    "share follows from it": ("SH_STA_STNT",),
    "The text halves the global number of deaths by 2020; that is no target for the rate of an "
    "economy": ("SH_STA_TRAF",),
    "An end of the epidemic without a number; the reduction by 80% is the WHO's, not the text's": (
        "SH_TBS_INCD",
    ),
    "Inclusion without a number": ("SI_POV_50MI",),
    "Target 1.1 is read as no extreme poverty by 2030, that is 0%; survey years, irregular": (
        "SI_POV_DAY1",
    ),
    "The text halves the economy's own poverty by 2030: half of its value of 2015 or next after "
    "it. National lines cannot be compared between economies": ("SI_POV_NAHC",),
    "Fewer young people left out are asked for by 2020, without a number. Two editions of the "
    "definition are never joined": ("SL_TLF_NEET", "SL_TLF_NEET_19ICLS"),
    "Target 2.1 is read as an end of hunger by 2030, that is 0%; the publisher does not go below "
    "2.5 and writes <2.5. Means of three years": ("SN_ITK_DEFC",),
    "Target 1.4 is read as basic services for all by 2030, that is 100%": (
        *("SP_ACS_BSRVH2O", "SP_ACS_BSRVSAN"),
    ),
    "No economy of the region reports it": (
        *("SP_PSR_OSATIS_GOV", "SP_PSR_OSATIS_HLTH", "SP_PSR_OSATIS_PRM", "SP_PSR_OSATIS_SEC"),
        *("SP_PSR_SATIS_GOV", "SP_PSR_SATIS_HLTH", "SP_PSR_SATIS_PRM", "SP_PSR_SATIS_SEC"),
    ),
    "Target 11.2 is read as access for all by 2030, that is 100%. Values of cities in one year, "
    "estimated by walking distance: a level, no trend": ("SP_TRN_PUBL",),
    "Single disasters make the years swing and reporting grew: compare means of several years. A "
    "zero may mean that nobody reported": ("VC_DSR_DAFF", "VC_DSR_LSGP", "VC_DSR_MTMP"),
    "A count or a sum of money: size and reporting decide, so it is shown without a status": (
        *("VC_DSR_AFFCT", "VC_DSR_AGLH", "VC_DSR_BSDN", "VC_DSR_CDAN", "VC_DSR_CDYN"),
        *("VC_DSR_CHLN", "VC_DSR_CILN", "VC_DSR_DDPA", "VC_DSR_EFDN", "VC_DSR_ESDN"),
        *("VC_DSR_GDPLS", "VC_DSR_HFDN", "VC_DSR_HSDN", "VC_DSR_IJILN", "VC_DSR_MISS"),
        *("VC_DSR_MMHN", "VC_DSR_MORT", "VC_DSR_OBDN", "VC_DSR_PDAN", "VC_DSR_PDLN"),
        "VC_DSR_PDYN",
    ),
    "Depends on how much is detected": (
        *("VC_HTF_DETV", "VC_HTF_DETVFL", "VC_HTF_DETVFLR", "VC_HTF_DETVOG", "VC_HTF_DETVOGR"),
        *("VC_HTF_DETVOP", "VC_HTF_DETVOPR", "VC_HTF_DETVR", "VC_HTF_DETVSX", "VC_HTF_DETVSXR"),
    ),
    "Fewer are asked for without a number; both sexes count": ("VC_IHR_PSRC",),
    "Equal access to justice without a number": ("VC_PRS_UNSNT",),
    "One economy of the region reports it: a gap rather than a measure": ("VC_VOH_SXPH",),
}

NOTES = {series: note for note, group in _NOTES.items() for series in group}
"""The note of each series."""
