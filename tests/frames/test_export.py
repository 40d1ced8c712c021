"""Files that analysts pass on: nothing in them is calculated, nothing is lost."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcrm_nb.errors import ArgumentError, StoreError
from stcrm_nb.frames import export

FORMULAS = ("=1+1", "+15550100", "-2", "@SUM(A1)", "\t=1", " =1", "\uff1d1", '=HYPERLINK("http://x")')


@pytest.fixture
def frame() -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "id": pd.array([1, 2, None], dtype="Int64"),
            "name": pd.array(["=1+1", 'Müller, "Jo"\nSons', None], dtype="str"),
            "status": pd.Categorical(["Open", None, "+Won"]),
            "created_on": pd.to_datetime(["2026-03-08T07:59:00Z", None, "2026-03-08T08:01:00Z"], utc=True),
            "active": pd.array([True, False, None], dtype="boolean"),
            "tags": [[1, 2], [], None],
        }
    )
    frame.attrs["stcrm"] = {"time_zone": "America/Chicago", "operation": "Leads_GetList", "complete": True}
    return frame


def cells(data: bytes, sheet: str = "data") -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(data))[sheet].iter_rows(values_only=True))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_that_would_be_calculated_is_text(text: str, tmp_path: Path) -> None:
    frame = pd.DataFrame({"name": pd.array([text], dtype="str")})
    assert export.as_bytes(frame, "csv").decode().splitlines()[1].strip('"').startswith("'")
    book = openpyxl.load_workbook(io.BytesIO(export.as_bytes(frame, "xlsx")))
    assert book["data"]["A2"].data_type == "s"
    assert book["data"]["A2"].value == text
    assert export.load(export.save(frame, tmp_path / "x.csv"))["name"].tolist() == [text]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1))
def test_csv_brings_every_text_back(texts: list[str]) -> None:
    frame = pd.DataFrame({"name": pd.array(texts, dtype="str")})
    data = export.as_bytes(frame, "csv").decode()
    back = pd.read_csv(io.StringIO(data), keep_default_na=False, dtype="str", lineterminator=None)["name"]
    assert [export.unguarded(each) for each in back] == texts
    assert not any(export.FORMULA.match(each) for each in back)


def test_a_heading_is_guarded_too() -> None:
    frame = pd.DataFrame({"=cmd": [1]})
    assert export.as_bytes(frame, "csv").startswith(b"'=cmd")


def test_excel_has_the_tenants_time_and_says_what_it_is(frame: pd.DataFrame) -> None:
    rows = cells(export.as_bytes(frame, "xlsx"))
    assert rows[0] == ("id", "name", "status", "created_on", "active", "tags")
    assert str(rows[1][3]) == "2026-03-08 01:59:00"
    assert str(rows[3][3]) == "2026-03-08 03:01:00", "the clock went forward between them"
    assert ("operation", "Leads_GetList") in cells(export.as_bytes(frame, "xlsx"), "about")


def test_no_link_is_made_of_text() -> None:
    frame = pd.DataFrame({"url": pd.array(["https://example.com"], dtype="str")})
    names = zipfile.ZipFile(io.BytesIO(export.as_bytes(frame, "xlsx"))).namelist()
    assert not [name for name in names if "sheet1.xml.rels" in name]


def test_parquet_comes_back_as_it_was(frame: pd.DataFrame, tmp_path: Path) -> None:
    flat = frame.drop(columns="tags")
    back = export.load(export.save(flat, tmp_path / "leads.parquet"))
    pd.testing.assert_frame_equal(back, flat)
    assert back.attrs == flat.attrs


def test_the_frame_is_not_changed(frame: pd.DataFrame) -> None:
    before = frame.copy()
    for kind in ("csv", "xlsx"):
        export.as_bytes(frame, kind)
    pd.testing.assert_frame_equal(frame, before)


def test_another_ending_is_refused(frame: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"\.csv, \.xlsx, \.parquet"):
        export.save(frame, tmp_path / "leads.json")
    with pytest.raises(ArgumentError, match="not read"):
        export.load(tmp_path / "leads.xlsx")


def test_what_excel_cannot_hold_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    long = pd.DataFrame({"memo": pd.array(["x" * 40_000], dtype="str")})
    many = pd.DataFrame({"id": range(1_048_576)})
    for frame in (long, many):
        with pytest.raises(ArgumentError, match="Use CSV or Parquet"):
            export.save(frame, tmp_path / "big.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(frame: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="could not be written"):
        export.save(frame, tmp_path / "gone" / "leads.csv")
