"""Payloads from the wild, and forms found in public code, are read."""

import json
from pathlib import Path

import pytest

from stcrm_nb.catalogue import EXPORT, LEADS, LOCATIONS, LOOKUPS, Record
from stcrm_nb.errors import DriftWarning, RateLimitError
from stcrm_nb.frames.children import children_frame
from stcrm_nb.frames.frame import to_frame
from stcrm_nb.frames.parse.decode import as_page, decode
from stcrm_nb.transport.reply import Reply, check, read_page


@pytest.fixture(scope="module")
def examples() -> Path:
    folder = Path(__file__).parents[3] / "shared" / "examples"
    if not folder.is_dir():
        pytest.skip("the example payloads are not beside this checkout")
    return folder


def test_a_real_page_of_locations_is_read_without_drift(examples: Path) -> None:
    raw = (examples / "wild_locations_page.json").read_bytes()
    page = read_page(Reply(200, {"content-type": "application/json"}, raw), LOCATIONS.operation("list"))
    assert not page.has_more
    frame = to_frame(decode([raw], LOCATIONS.record), LOCATIONS.record)
    rows = json.loads(raw)["data"]
    assert frame["id"].tolist() == [row["id"] for row in rows]
    fields = children_frame([raw], LOCATIONS.record, "customFields", owner="location_id")
    assert len(fields) == sum(len(row["customFields"]) for row in rows)
    assert fields["value"].tolist() == [item["value"] for row in rows for item in row["customFields"]]


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("titanpy_export_leads.json", EXPORT.operation("leads").returns),
        ("titanpy_export_customers.json", EXPORT.operation("customers").returns),
        ("titanpy_export_tag_types.json", LOOKUPS.operation("tag_types").returns),
    ],
)
def test_forms_with_values_of_other_types_lose_nothing(examples: Path, name: str, record: Record) -> None:
    raw = (examples / name).read_bytes()
    with pytest.warns(DriftWarning, match="another type"):
        frame = to_frame(decode([as_page(raw)], record), record)
    assert len(frame) == len(json.loads(raw))
    assert [name for name in frame if name.endswith("_raw")]


@pytest.mark.parametrize(
    ("name", "wait"), [("gateway_429_apim_default.json", 56.0), ("reporting_429_reconstructed.json", 42.0)]
)
def test_both_forms_of_too_many_calls_tell_how_long_to_wait(examples: Path, name: str, wait: float) -> None:
    reply = Reply(429, {"content-type": "application/json"}, (examples / name).read_bytes())
    with pytest.raises(RateLimitError) as caught:
        check(reply, LEADS.operation("list"))
    assert caught.value.wait == wait
