from __future__ import annotations

from ileaps_data import reference
from ileaps_metrics import policy_transfers
from tests.pages.conftest import opened

PAGE = "decide/partner_cities.py"


def links() -> object:
    return policy_transfers.transfer_links(
        reference.transfers(), reference.policies(), reference.cities()
    )


def test_a_sector_narrows_map_title_and_table_alike() -> None:
    app = opened(PAGE)
    next(box for box in app.selectbox if box.label == "Sector").set_value("water").run()
    expected = links()
    water = expected[expected["sector"].eq("water")]  # type: ignore[index]
    assert app.header[0].value.startswith(f"{len(water)} transfers")
    assert app.query_params["sector"] in ("water", ["water"])


def test_an_early_year_keeps_undated_transfers() -> None:
    app = opened(PAGE, year="2010")
    expected = links()
    kept = expected[expected["undated"] | expected["year"].le(2010)]  # type: ignore[index]
    assert kept["undated"].any()
    assert app.header[0].value.startswith(f"{len(kept)} transfers")


def test_a_link_opens_a_city_with_its_role_transfers_and_sources() -> None:
    app = opened(PAGE, city="colombo")
    assert "Colombo" in [header.value for header in app.header]
    expected = links()
    own = expected[expected["to_city_id"].eq("colombo")]  # type: ignore[index]
    assert len(app.table[0].value) == len(own)
    assert "Pilot city in Sri Lanka" in " ".join(text.value for text in app.markdown)


def test_a_city_nobody_transferred_to_says_so() -> None:
    app = opened(PAGE, city="peshawar")
    assert any("No transfer to this city" in text.value for text in app.markdown)


def test_filters_that_leave_nothing_say_so_and_break_nothing() -> None:
    app = opened(PAGE, sector="water", stage="scaling", status="listed")
    assert "No" in app.header[0].value


def test_an_unknown_city_in_the_link_is_named_and_the_default_shown() -> None:
    app = opened(PAGE, city="atlantis")
    assert "atlantis" in app.warning[0].value
    assert "Makassar" in [header.value for header in app.header]
