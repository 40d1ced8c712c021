import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcrm_nb.panels.find.summary import BINS, sparkline, summarised


def test_missing_and_different_values_are_counted(frame: pd.DataFrame) -> None:
    status = summarised(frame["status"])
    assert (status.dtype, status.missing, status.distinct) == ("category", 1, 3)
    assert status.top[0] == ("Open", 3)
    assert summarised(frame["name"]).top[0] == ("bob", 2)


def test_a_moment_has_ends_and_a_spread(frame: pd.DataFrame) -> None:
    created = summarised(frame["created_on"])
    assert created.least == frame["created_on"].min()
    assert created.most == frame["created_on"].max()
    assert sum(created.bins) == frame["created_on"].notna().sum()


@pytest.mark.parametrize("dtype", ["Int64", "Float64", "str", "boolean", "category", "object"])
def test_nothing_but_missing_values_is_no_trouble(dtype: str) -> None:
    found = summarised(pd.Series([None, None], dtype=dtype))
    assert (found.missing, found.distinct, found.top, found.bins) == (2, 0, (), ())


def test_lists_are_counted_too() -> None:
    assert summarised(pd.Series([[1], [1], [2]])).distinct == 2


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1))
def test_each_value_is_in_one_bin(values: list[int]) -> None:
    found = summarised(pd.Series(values, dtype="Int64"))
    assert sum(found.bins) == len(values)
    assert len(found.bins) == len(sparkline(found.bins)) == BINS
