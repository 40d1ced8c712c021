import json

import numpy as np
import pandas as pd

from stcrm_nb.panels.grid import Grid
from stcrm_nb.panels.source import Source
from stcrm_nb.panels.table import Table
from stcrm_nb.panels.view import View


def drawn(frame: pd.DataFrame, view: View) -> dict[str, object]:
    grid = Grid(lambda _: None, plural="leads", singular="lead")
    frame.attrs["stcrm"] = {"time_zone": "America/Chicago", "environment": "demo", "tenant": 1}
    table = Table(Source.of(frame, {}), frame)
    table.look(view)
    grid.draw(table, view)
    return dict(grid.page)


def test_cells_are_text_as_typed_and_missing_ones_are_none(frame: pd.DataFrame) -> None:
    cells = drawn(frame, View())["rows"]
    assert isinstance(cells, list)
    assert cells[4][2] == "<img src=x onerror=window.__stcrm_xss=1>"
    assert cells[2] == ["13", "Dismissed", None, "No", "1.0", None]
    assert cells[0][5] == "2026-03-07 23:59"


def test_many_rows_cost_one_page() -> None:
    number = 300_000
    frame = pd.DataFrame({"id": pd.array(np.arange(number), dtype="Int64"), "name": "x" * 40})
    page = drawn(frame, View(page=number))
    assert len(json.dumps(page)) < 8_000
    assert page["count"] == "299,951\N{EN DASH}300,000 of 300,000"


def test_ids_travel_as_text_so_that_no_digit_is_lost(frame: pd.DataFrame) -> None:
    frame["id"] = pd.array([2**60 + each for each in range(len(frame))], dtype="Int64")
    assert drawn(frame, View())["keys"] == [str(2**60 + each) for each in range(len(frame))]


def test_no_match_says_what_to_do(frame: pd.DataFrame) -> None:
    page = drawn(frame, View(text="nobody"))
    assert (page["count"], page["keys"]) == ("0 of 6", [])
    assert page["note"] == "None of the 6 leads match. Clear the search or a filter."


def test_all_that_match_can_be_selected_once_a_page_is(frame: pd.DataFrame) -> None:
    several = pd.concat([frame.assign(id=frame["id"] + 100 * number) for number in range(10)])
    page = View(page_size=25).selecting(several["id"].head(25))
    assert drawn(several.reset_index(drop=True), page)["more"] == "Select all 60 matching"
    assert drawn(several.reset_index(drop=True), page.selecting(several["id"]))["more"] == ""
    assert drawn(several.reset_index(drop=True), View(page_size=25).selecting([11]))["more"] == ""


def test_columns_are_shown_as_chosen(frame: pd.DataFrame) -> None:
    page = drawn(frame, View(columns=("name", "id", "gone")))
    assert [each["name"] for each in page["columns"]] == ["name", "id"]
