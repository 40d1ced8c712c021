import os
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stcrm_nb.panels.find.columns import choices, texts
from stcrm_nb.panels.find.engine import Engine, Screen
from stcrm_nb.panels.find.masks import Calendar
from stcrm_nb.panels.find.script import as_code
from stcrm_nb.panels.view import Filter, Sort, View

CALENDAR = Calendar("America/Chicago", date(2026, 4, 2))


def shown_of(frame: pd.DataFrame, view: View) -> Screen:
    engine = Engine(frame, CALENDAR)
    return engine.screen(engine.positions(view), view)


def counts(frame: pd.DataFrame, view: View) -> dict[str, dict[str, int]]:
    return {each.column: dict(each.counts) for each in Engine(frame, CALENDAR).facets(view)}


def ids(frame: pd.DataFrame, view: View) -> list[int]:
    return frame["id"].iloc[Engine(frame, CALENDAR).positions(view)].tolist()


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
    assert ids(frame, View(sorts=(sort,) if sort else ())) == expected


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
        (Filter("status", "among", ("Dismissed", "")), [13, 14]),
        (Filter("status", "among", ("",)), [14]),
        (Filter("name", "among", ("", "Ann")), [12, 13]),
        (Filter("created_on", "preset", ("last 30 days",)), [11, 12, 14, 15, 16]),
        (Filter("created_on", "preset", ("last month",)), [11, 12, 14, 15]),
        (Filter("created_on", "preset", ("today",)), []),
        (Filter("created_on", "preset", ("year to date",)), [11, 12, 14, 15, 16]),
        (Filter("balance", "number", ("1", "2.5")), [11, 13, 14]),
        (Filter("balance", "number", ("", "0")), [15]),
        (Filter("id", "number", ("15", "")), [15, 16]),
        (Filter("name", "empty", ("yes",)), [13]),
        (Filter("balance", "empty", ("no",)), [11, 13, 14, 15, 16]),
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
    shown = shown_of(frame, view)
    assert (shown.page, shown.pages, shown.first, shown.last, shown.matching) == (1, 2, 5, 6, 6)
    assert shown.rows["id"].tolist() == [15, 16]


def test_no_row_is_one_empty_page(frame: pd.DataFrame) -> None:
    view = View(text="nobody")
    shown = shown_of(frame, view)
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
        "status": {"Open": 2, "Dismissed": 0, "Converted": 1, "": 1},
        "active": {"no": 0, "yes": 2, "": 1},
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
    view = View(text="b", filters=(Filter("active", "flag", ("yes",)),), sorts=(Sort("name"),))
    shown_of(frame, view)
    counts(frame, view)
    pd.testing.assert_frame_equal(frame, before)
    assert frame.attrs == before.attrs


def test_an_empty_frame_has_no_rows_and_no_fault(frame: pd.DataFrame) -> None:
    view = View(text="b", sorts=(Sort("name"),))
    empty = frame.iloc[:0]
    assert shown_of(empty, view).total == 0
    assert counts(empty, view)


@pytest.mark.parametrize(
    "view",
    [
        View(),
        View(text="BOB", sorts=(Sort("name", descending=True),)),
        View(text="a.b*", sorts=(Sort("balance"),)),
        View(text="1"),
        View(filters=(Filter("status", "among", ("Open",)), Filter("active", "flag", ("yes",)))),
        View(
            filters=(Filter("created_on", "between", ("2026-03-08", "2026-03-08")),), sorts=(Sort("status"),)
        ),
        View(text="quote ' and \\ and \" end"),
        View(sorts=(Sort("status"), Sort("balance", descending=True), Sort("name"))),
        View(filters=(Filter("status", "among", ("", "Open")), Filter("balance", "number", ("1", "9")))),
        View(filters=(Filter("created_on", "preset", ("last month",)), Filter("name", "empty", ("no",)))),
        View(filters=(Filter("status", "among", ("",)), Filter("balance", "empty", ("no",)))),
        View(text="\N{LATIN CAPITAL LETTER O WITH DIAERESIS}"),
    ],
    ids=lambda view: view.text or "-".join(each.kind for each in view.filters) or "all",
)
def test_the_code_gives_the_same_rows(frame: pd.DataFrame, view: View) -> None:
    code = as_code(view, "source.copy()", texts=texts(frame), choices=choices(frame), calendar=CALENDAR)
    names: dict[str, pd.DataFrame] = {"source": frame}
    exec(code, names)  # noqa: S102 - the code is what is tested
    assert names["frame"]["id"].tolist() == ids(frame, view)


def test_a_second_column_decides_where_rows_are_equal(frame: pd.DataFrame) -> None:
    view = View().sorted_by("status").sorted_by("balance", add=True).sorted_by("balance", add=True)
    assert view.sorts == (Sort("status"), Sort("balance", descending=True))
    assert ids(frame, view) == [16, 11, 12, 13, 15, 14]
    assert view.sorted_by("balance", add=True).sorts == (Sort("status"),)
    assert view.sorted_by("name").sorts == (Sort("name"),), "without Shift it is alone"


def test_what_was_worked_out_is_kept_and_still_right(frame: pd.DataFrame) -> None:
    engine = Engine(frame, CALENDAR)
    views = [
        View(text="bob", sorts=(Sort("name"),)),
        View(text="bob"),
        View(sorts=(Sort("name"),)),
        View(text="b", sorts=(Sort("name", descending=True),)),
    ]
    for view in (*views, *views):
        assert frame["id"].iloc[engine.positions(view)].tolist() == ids(frame, view)


@settings(max_examples=int(os.environ.get("FUZZ_EXAMPLES", "40")), deadline=None)
@given(
    names=st.lists(st.one_of(st.none(), st.text(max_size=8)), min_size=1, max_size=30),
    wanted=st.text(min_size=1, max_size=3),
    descending=st.booleans(),
)
def test_the_engine_and_its_code_agree_on_any_text(
    names: list[str | None], wanted: str, *, descending: bool
) -> None:
    frame = pd.DataFrame({"id": range(len(names)), "name": pd.array(names, dtype="str")})
    view = View().searching(wanted).sorted_by("name")
    view = view.sorted_by("name") if descending else view
    code = as_code(view, "source", texts=["name"], choices=[], calendar=CALENDAR)
    given_names: dict[str, pd.DataFrame] = {"source": frame}
    exec(code, given_names)  # noqa: S102 - the code is what is tested
    assert given_names["frame"]["id"].tolist() == ids(frame, view)
