import pandas as pd
import pytest

from stcrm_nb.panels import rows
from stcrm_nb.panels.view import Filter, Sort, View, as_code

CHICAGO = "America/Chicago"


def found(frame: pd.DataFrame, view: View) -> rows.Positions:
    return rows.positions(frame, view, rows.masks(frame, view, zone=CHICAGO))


def counts(frame: pd.DataFrame, view: View) -> dict[str, dict[str, int]]:
    return {each.column: dict(each.counts) for each in rows.facets(frame, rows.masks(frame, view))}


def ids(frame: pd.DataFrame, view: View) -> list[int]:
    return frame["id"].iloc[found(frame, view)].tolist()


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (None, [11, 12, 13, 14, 15, 16]),
        (Sort("name"), [15, 16, 12, 11, 14, 13]),
        (Sort("name", descending=True), [11, 14, 12, 16, 15, 13]),
        (Sort("balance"), [15, 13, 11, 14, 16, 12]),
        (Sort("balance", descending=True), [16, 11, 14, 13, 15, 12]),
        (Sort("status"), [11, 12, 16, 13, 15, 14]),
        (Sort("gone"), [11, 12, 13, 14, 15, 16]),
    ],
    ids=lambda value: f"{value.column}-{value.descending}" if isinstance(value, Sort) else "",
)
def test_sorting_is_stable_with_missing_last_either_way(
    frame: pd.DataFrame, sort: Sort | None, expected: list[int]
) -> None:
    assert ids(frame, View(sort=sort)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [11, 12, 13, 14, 15, 16]),
        ("BOB", [11, 14]),
        ("a.b*", [16]),
        (".*", []),
        ("<img", [15]),
        ("dismiss", [13]),
        ("14", [14]),
        ("(", []),
    ],
)
def test_search_is_literal_in_either_case_over_texts_choices_and_the_id(
    frame: pd.DataFrame, text: str, expected: list[int]
) -> None:
    assert ids(frame, View(text=text)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Filter("status", "among", ("Open", "Converted")), [11, 12, 15, 16]),
        (Filter("active", "flag", ("yes",)), [11, 14, 15, 16]),
        (Filter("active", "flag", ("no",)), [13]),
        (Filter("created_on", "between", ("2026-03-08", "2026-03-08")), [12, 14]),
        (Filter("created_on", "between", ("2026-03-09", "")), [15, 16]),
        (Filter("created_on", "between", ("", "2026-03-07")), [11]),
        (Filter("gone", "flag", ("yes",)), [11, 12, 13, 14, 15, 16]),
    ],
    ids=lambda value: f"{value.column}-{'-'.join(value.wanted)}" if isinstance(value, Filter) else "",
)
def test_a_filter_leaves_missing_values_out_and_days_are_the_tenants(
    frame: pd.DataFrame, given: Filter, expected: list[int]
) -> None:
    assert ids(frame, View(filters=(given,))) == expected


def test_a_row_must_pass_all(frame: pd.DataFrame) -> None:
    filters = (Filter("status", "among", ("Open",)), Filter("active", "flag", ("yes",)))
    assert ids(frame, View(text="bob", filters=filters)) == [11]


def test_a_page_beyond_the_end_is_the_last_one(frame: pd.DataFrame) -> None:
    view = View(page=9, page_size=4)
    shown = rows.screen(frame, found(frame, view), view)
    assert (shown.page, shown.pages, shown.first, shown.last, shown.matching) == (1, 2, 5, 6, 6)
    assert shown.rows["id"].tolist() == [15, 16]


def test_no_row_is_one_empty_page(frame: pd.DataFrame) -> None:
    view = View(text="nobody")
    shown = rows.screen(frame, found(frame, view), view)
    assert (shown.page, shown.pages, shown.first, shown.last, shown.matching, shown.total) == (
        0,
        1,
        0,
        0,
        0,
        6,
    )


def test_counts_ignore_the_columns_own_filter_but_no_other(frame: pd.DataFrame) -> None:
    view = View(filters=(Filter("status", "among", ("Open",)), Filter("active", "flag", ("yes",))))
    assert counts(frame, view) == {
        "status": {"Open": 2, "Dismissed": 0, "Converted": 1},
        "active": {"yes": 2, "no": 0},
    }


def test_cities_are_counted_where_they_are_few(frame: pd.DataFrame) -> None:
    frame["address_city"] = pd.array(["Madison", "Verona", None, "Madison", "Madison", "Verona"], dtype="str")
    view = View(filters=(Filter("address_city", "among", ("Verona",)), Filter("active", "flag", ("yes",))))
    assert counts(frame, view)["address_city"] == {"Madison": 3, "Verona": 1}
    assert ids(frame, view) == [16]
    many = pd.concat([frame] * 20, ignore_index=True)
    many["address_city"] = "City " + many.index.astype("str")
    assert "address_city" not in counts(many, View())


def test_a_flag_that_is_the_same_everywhere_is_no_filter(frame: pd.DataFrame) -> None:
    assert list(counts(frame[frame["active"].eq(True)], View())) == ["status"]


def test_the_callers_frame_stays_as_it_was(frame: pd.DataFrame) -> None:
    before = frame.copy()
    view = View(text="b", filters=(Filter("active", "flag", ("yes",)),), sort=Sort("name"))
    rows.screen(frame, found(frame, view), view)
    counts(frame, view)
    pd.testing.assert_frame_equal(frame, before)
    assert frame.attrs == before.attrs


def test_an_empty_frame_has_no_rows_and_no_fault(frame: pd.DataFrame) -> None:
    view = View(text="b", sort=Sort("name"))
    empty = frame.iloc[:0]
    assert rows.screen(empty, found(empty, view), view).total == 0
    assert counts(empty, view)


@pytest.mark.parametrize(
    "view",
    [
        View(),
        View(text="BOB", sort=Sort("name", descending=True)),
        View(text="a.b*", sort=Sort("balance")),
        View(text="1"),
        View(filters=(Filter("status", "among", ("Open",)), Filter("active", "flag", ("yes",)))),
        View(filters=(Filter("created_on", "between", ("2026-03-08", "2026-03-08")),), sort=Sort("status")),
        View(text="quote ' and \\ and \" end"),
    ],
    ids=lambda view: view.text or "-".join(each.kind for each in view.filters) or "all",
)
def test_the_code_gives_the_same_rows(frame: pd.DataFrame, view: View) -> None:
    code = as_code(view, "source.copy()", texts=rows.texts(frame), choices=rows.choices(frame), zone=CHICAGO)
    names: dict[str, pd.DataFrame] = {"source": frame}
    exec(code, names)  # noqa: S102 - the code is what is tested
    assert names["frame"]["id"].tolist() == ids(frame, view)
