from __future__ import annotations

import pytest

from ileaps_data import reference
from ileaps_views import methods
from pages import links
from tests.pages.conftest import opened

PAGE = "analyse/methods_and_sources.py"


def words(app: object) -> str:
    return " ".join(
        text.value.replace("\\", "")
        for kind in (app.markdown, app.caption, app.header)  # type: ignore[attr-defined]
        for text in kind
    )


@pytest.mark.parametrize("method", ["statcan", "readiness", "people", "dose_response"])
def test_a_link_opens_the_method_it_names(method: str) -> None:
    app = opened(PAGE, method=method)
    assert not app.warning
    told = methods.catalogue()[method]
    assert app.header[0].value.replace("\\", "") == told.name
    assert len(app.latex) == len(told.formulas)
    assert methods.mark_words(told.mark).word in words(app)
    assert "Source." in words(app)


def test_every_page_a_method_names_is_one_there_is() -> None:
    assert {page for each in methods.catalogue().values() for page in each.pages} <= set(
        links._titles()
    )


def test_a_click_in_the_index_opens_another_method() -> None:
    app = opened(PAGE)
    next(each for each in app.button if each.label.endswith("Data gaps")).click().run()
    assert not app.exception
    assert app.header[0].value == "Data gaps"
    assert app.query_params["method"] in ("data_gaps", ["data_gaps"])


def test_a_method_that_reproduces_leads_to_the_results() -> None:
    app = opened(PAGE, method="statcan")
    next(each for each in app.button if each.label == "Reproduced results").click().run()
    assert app.header[0].value.startswith("All ")
    assert "must be equal are; trend arrows agree" in app.header[0].value


def test_an_unknown_method_is_named_and_the_default_shown() -> None:
    app = opened(PAGE, method="astrology")
    assert "astrology" in app.warning[0].value
    assert app.header[0].value.startswith("Pace")


def test_every_data_set_stands_with_edition_and_licence() -> None:
    app = opened(PAGE, part="sources")
    text = words(app)
    datasets = reference.sources().query("kind == 'dataset'")
    assert text.count("licence:") == len(datasets)
    assert "CC BY 3.0 IGO" in text
    assert "licence: not stated" in text
    for title in datasets["title"]:
        assert title[:30] in text


def test_the_evidence_on_the_programme_is_all_there() -> None:
    app = opened(PAGE, part="sources", kind="programme")
    shown = app.dataframe[0].value
    assert len(shown) == int(reference.sources()["kind"].eq("programme").sum())


def test_every_table_stands_with_rows_edition_and_licence() -> None:
    text = words(opened(PAGE, part="tables", table="urban_population"))
    for resource in reference.package()["resources"]:
        rows = resource.get("rows", resource.get("features"))
        assert f"({resource['name']}) · rows: {rows:,}" in text
    for resource in reference.package(reference.PUBLISHED)["resources"]:
        assert f"(published/{resource['name']})" in text
    assert "percent_urban (number, in percent)" in text.replace("**", "")
