from stcrm_nb.panels.view import Filter, Sort, View


def test_a_heading_sorts_up_then_down_then_not() -> None:
    up = View().sorted_by("name")
    down = up.sorted_by("name")
    assert (up.sorts, down.sorts, down.sorted_by("name").sorts) == (
        (Sort("name"),),
        (Sort("name", descending=True),),
        (),
    )


def test_another_heading_starts_ascending() -> None:
    assert View().sorted_by("name").sorted_by("name").sorted_by("id").sorts == (Sort("id"),)


def test_what_changes_the_rows_goes_to_the_first_page() -> None:
    view = View(page=3)
    changed = [
        view.searching("x"),
        view.filtered_by(Filter("status", "among", ("Open",))),
        view.unfiltered(),
        view.sorted_by("id"),
        view.without("status"),
    ]
    assert {each.page for each in changed} == {0}


def test_a_new_filter_replaces_the_one_on_its_column_and_an_empty_one_drops_it() -> None:
    view = (
        View()
        .filtered_by(Filter("status", "among", ("Open",)))
        .filtered_by(Filter("active", "flag", ("yes",)))
    )
    view = view.filtered_by(Filter("status", "among", ("Dismissed",)))
    assert [each.wanted for each in view.filters] == [("yes",), ("Dismissed",)]
    assert view.filtered_by(Filter("status", "among", ())).filters == (Filter("active", "flag", ("yes",)),)


def test_the_selection_outlives_search_page_and_filters() -> None:
    view = View().selecting([1, 2]).searching("x").at_page(4).selecting([3]).selecting([1], chosen=False)
    assert view.selected == {2, 3}
    assert view.selecting_none().selected == frozenset()


def test_another_page_size_keeps_the_first_row_in_sight() -> None:
    assert View(page=3, page_size=50).with_page_size(25).page == 6
    assert View(page=3, page_size=25).with_page_size(100).page == 0
