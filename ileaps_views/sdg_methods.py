"""The methods by which SDG pages judge: name, formula, thresholds, where each comes from."""

from __future__ import annotations

from typing import Final, NamedTuple

from ileaps_views.i18n import _

METHODS: Final = ("statcan", "unsd", "after_escap")


class Method(NamedTuple):
    """A method as it is told to a reader; `doubts` is empty where nothing is unverified."""

    id: str
    name: str
    formula: str
    thresholds: str
    origin: str
    doubts: str = ""

    @property
    def sentences(self) -> str:
        """Formula, thresholds, origin and doubts in one paragraph."""
        parts = (self.formula, self.thresholds, self.origin, self.doubts)
        return " ".join(part for part in parts if part)


def method(method_id: str) -> Method:
    """Return a method by its id.

    Raises:
        ValueError: there is no such method.

    >>> method("unsd").name
    'UNSD Progress Chart'
    """
    known = {"statcan": _statcan, "unsd": _unsd, "after_escap": _escap, "sdsn": _sdsn}
    if method_id not in known:
        raise ValueError(f"method: no method “{method_id}”; there are {', '.join(known)}.")
    return known[method_id]()


def method_names() -> dict[str, str]:
    """Return the names of the methods that judge an indicator's pace, by id."""
    return {each: method(each).name for each in METHODS}


def _statcan() -> Method:
    return Method(
        "statcan",
        _("Statistics Canada"),
        _(
            "Observed growth a year = (latest ÷ base)^(1 ÷ years) − 1, from 2015 or the next "
            "later year; needed growth likewise from base to target; value = observed ÷ needed, "
            "positive towards the target. Without a target the value is the observed growth in "
            "the desired direction, the thresholds reduced near a natural limit."
        ),
        _(
            "Substantial from 0.95 (1.5% a year without a target), moderate from 0.60 (0.5%), "
            "limited from 0, deterioration below."
        ),
        _("Statistics Canada and Open SDG, adapted from Eurostat's monitoring of 2021."),
    )


def _unsd() -> Method:
    return Method(
        "unsd",
        _("UNSD Progress Chart"),
        _(
            "Observed growth a year = (latest ÷ value of 2015)^(1 ÷ years) − 1, 2015 put between "
            "its neighbours where it is missing; value = observed ÷ needed to 2030. Without a "
            "target the value is the observed growth in the desired direction."
        ),
        _(
            "Substantial above 0.95 (1% a year without a target), fair from 0.50 (0.5%), limited "
            "or no progress from −0.10 (−1%), deterioration below."
        ),
        _("United Nations Statistics Division, SDG Progress Chart, technical note of 2022."),
        _("The thresholds were read in a published implementation, not in the note itself."),
    )


def _escap() -> Method:
    return Method(
        "after_escap",
        _("Current status index, after ESCAP"),
        _(
            "Index = 10 × (latest − base) ÷ |target − base| in the desired direction: 0 is where "
            "the base year stood, 10 the target, negative is further away. Expected by the "
            "latest year: 10 × (year − base year) ÷ (2030 − base year)."
        ),
        _(
            "Met from 10, ahead from the expected value, behind from 0, moving away below. These "
            "classes are ours: ESCAP publishes the index."
        ),
        _("After the progress assessment of the UN's regional commission, ESCAP."),
        _(
            "ESCAP applies it to regional averages; here it is applied to single economies, only "
            "where there is a numeric target. Its own results were not at hand to compare with."
        ),
    )


def _sdsn() -> Method:
    return Method(
        "sdsn",
        _("SDG Index (SDSN)"),
        _(
            "Score = 100 × (value − worst) ÷ (best − worst), held between 0 and 100; a goal's "
            "score is the mean of the scores of the indicators that count for all countries."
        ),
        _(
            "Indicator: green at or past the green threshold, red past the red one, yellow and "
            "orange parted in the middle. Goal: mean of its two worst indicators on a scale from "
            "0 to 3, green from 2, yellow from 1.5, orange from 1, red below; green only if both "
            "are green, red only if both are red; no rating with fewer than half of the "
            "indicators. Members of the OECD are rated on more indicators."
        ),
        _(
            "Sachs et al., Sustainable Development Report: values and thresholds as published, "
            "scores and ratings computed here. Trend arrows are the published ones."
        ),
    )
