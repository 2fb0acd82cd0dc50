"""Where the published results come from, and under which terms."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Citation:
    """Where published figures come from, and under which terms they may be passed on.

    Attributes:
        source_id: the short name, also in the table of sources.
        publisher: who published the figures.
        edition: year or date of publication; empty where none is printed.
        commit: the commit of the public repository the file was taken from; may be empty.
    """

    source_id: str
    title: str
    authors: str
    publisher: str
    edition: str
    url: str
    licence: str
    commit: str = ""
    language: str = "en"

    def source_row(self) -> dict[str, str]:
        """The citation as a row of the table of sources."""
        return {
            "source_id": self.source_id,
            "title": self.title,
            "publisher": self.publisher,
            "published_on": self.edition,
            "url": self.url,
            "language": self.language,
            "licence": self.licence,
            "kind": "dataset",
        }

    def descriptor(self) -> dict[str, str]:
        """The citation as a source of a data package's resource."""
        edition = self.edition or "undated"
        named = {
            "title": f"{self.authors} ({edition}): {self.title}. {self.publisher}",
            "path": self.url,
            "source_id": self.source_id,
            "edition": edition,
            "commit": self.commit,
            "licence": self.licence or "not stated",
        }
        return {name: value for name, value in named.items() if value}


CITATIONS: dict[str, Citation] = {
    citation.source_id: citation
    for citation in (
        Citation(
            source_id="sdsn_sdr_2019",
            title="Sustainable Development Report 2019, online database",
            authors="Sachs, J., Schmidt-Traub, G., Kroll, C., Lafortune, G., Fuller, G.",
            publisher="Bertelsmann Stiftung and Sustainable Development Solutions Network",
            edition="2019",
            url="https://github.com/sdsna/2019GlobalIndex",
            commit="53bfc20adc9110efffd0812134d40136332433b5",
            licence="CC BY 4.0",
        ),
        Citation(
            source_id="sdsn_sdr_2021",
            title=(
                "The Decade of Action for the Sustainable Development Goals: Sustainable "
                "Development Report 2021, online database"
            ),
            authors="Sachs, J., Kroll, C., Lafortune, G., Fuller, G., Woelm, F.",
            publisher="Cambridge University Press",
            edition="2021",
            url="https://github.com/sdsna/SDR2021",
            commit="c13a2e3ca7f386b7928922a9fb6725354d1508fa",
            licence="CC BY-NC-ND 4.0",
        ),
        Citation(
            source_id="statcan_gif",
            title="Sustainable Development Goals data hub, components of the progress calculation",
            authors="Statistics Canada",
            publisher="Statistics Canada",
            edition="",
            url="https://github.com/sdg-data-canada-odd-donnees/sdg-data-donnees-odd",
            commit="f89e601",
            licence="MIT (as stated in the repository)",
        ),
        Citation(
            source_id="card_krueger_1994",
            title=(
                "Minimum Wages and Employment: A Case Study of the Fast-Food Industry in New "
                "Jersey and Pennsylvania"
            ),
            authors="Card, D., Krueger, A. B.",
            publisher="American Economic Review 84(4), 772–793",
            edition="1994",
            url="https://github.com/UChicago-pol-methods/SOSC13200-W22",
            commit="9464836",
            licence="",
        ),
        Citation(
            source_id="cia_world_factbook",
            title='The World Factbook, field "Urbanization": rate of urbanization, 2020–25',
            authors="Central Intelligence Agency",
            publisher="Central Intelligence Agency",
            edition="2023",
            url="https://www.cia.gov/the-world-factbook/field/urbanization/",
            licence="Public domain (public JSON copy under CC0)",
        ),
        Citation(
            source_id="ons_11_3_1",
            title="UK data for SDG indicator 11.3.1",
            authors="Office for National Statistics",
            publisher="Office for National Statistics",
            edition="",
            url="https://github.com/ONSdigital/sdg-data",
            commit="031b52d",
            licence="",
        ),
        Citation(
            source_id="iati_guidance",
            title="IATI Standard guidance: results, worked example of an indicator",
            authors="International Aid Transparency Initiative",
            publisher="International Aid Transparency Initiative",
            edition="",
            url="https://github.com/IATI/IATI-Guidance",
            licence="",
        ),
    )
}
"""Every source of the published results, by its short name."""
