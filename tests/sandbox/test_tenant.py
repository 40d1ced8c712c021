"""A data folder is read whole or refused with what to do."""

from pathlib import Path

import pytest

from stcrm_nb.errors import StoreError
from stcrm_nb.sandbox import tenant
from stcrm_nb.sandbox.tenant import CHILDREN, RECORDS, find_data, load


def copied(town: Path, folder: Path) -> Path:
    for file in town.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def test_every_kind_that_the_catalogue_names_is_loaded(town: Path) -> None:
    counts = {name: len(shelf) for name, shelf in load(town).shelves.items()}
    kept = {name: counts[name] for name in (*RECORDS, *CHILDREN)}
    assert counts["campaigns"] == 3
    assert counts["contacts"] == 2  # people with older contacts
    assert kept == {
        "customers": 4,
        "customer_contacts": 3,
        "customer_notes": 3,
        "locations": 4,
        "location_contacts": 3,
        "location_notes": 1,
        "leads": 5,
        "lead_notes": 1,
        "bookings": 3,
        "booking_contacts": 1,
    }


@pytest.mark.parametrize("name", ["meta.json", "leads.jsonl.gz", "location_contacts.jsonl.gz"])
def test_a_missing_file_is_named_with_the_command_that_makes_it(
    town: Path, tmp_path: Path, name: str
) -> None:
    folder = copied(town, tmp_path)
    (folder / name).unlink()
    with pytest.raises(StoreError, match=f"(?s){name}.*python -m stcrm_nb.sandbox.generate"):
        load(folder)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("meta.json", b"{"),
        ("meta.json", b'{"tenant": "x"}'),
        ("leads.jsonl.gz", b"no gzip"),
        ("leads.jsonl.gz", b""),
    ],
)
def test_a_damaged_file_is_refused(town: Path, tmp_path: Path, name: str, content: bytes) -> None:
    folder = copied(town, tmp_path)
    (folder / name).write_bytes(content or (folder / name).read_bytes()[:-12])
    with pytest.raises(StoreError, match="cannot be read"):
        load(folder)


def test_a_file_cut_in_a_row_is_refused(town: Path, tmp_path: Path) -> None:
    folder = copied(town, tmp_path)
    whole = (folder / "leads.jsonl.gz").read_bytes()
    (folder / "leads.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError, match="cannot be read"):
        load(folder)


def test_the_demo_tenant_is_found_in_the_checkout_or_the_package() -> None:
    assert find_data() in tenant.FOLDERS
    assert load(find_data()).meta.tenant == 814000021


def test_an_absent_demo_tenant_is_refused_with_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"python -m stcrm_nb\.sandbox\.generate"):
        find_data([tmp_path, tmp_path / "nothing"])
