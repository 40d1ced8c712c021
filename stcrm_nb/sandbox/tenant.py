"""The state of one tenant, in memory, loaded from a data folder that is never written."""

import gzip
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from stcrm_nb.errors import StoreError
from stcrm_nb.sandbox import people
from stcrm_nb.sandbox.shelf import Shelf

PACKAGE = Path(__file__).resolve().parents[1]
FOLDERS = (PACKAGE / "data" / "demo", PACKAGE.parent / "data" / "demo")
RECORDS = ("customers", "locations", "leads", "bookings")
CHILDREN = {
    "customer_contacts": "customerId",
    "location_contacts": "locationId",
    "booking_contacts": "bookingId",
    "customer_notes": "customerId",
    "location_notes": "locationId",
    "lead_notes": "leadId",
}
GENERATE = "python -m stcrm_nb.sandbox.generate"


class Meta(msgspec.Struct, frozen=True):
    """What `meta.json` tells of the tenant."""

    tenant: int
    name: str
    time_zone: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Tenant:
    """One company: who it is, and its rows by kind, such as `customers` or `customer_contacts`.

    `preferred` holds the technician whom a location prefers, by its id.
    """

    meta: Meta
    shelves: Mapping[str, Shelf]
    preferred: dict[int, int] = field(default_factory=dict)


def find_data(folders: Sequence[Path] = FOLDERS) -> Path:
    """Return the folder of the demo tenant: inside the installed package, or in the checkout."""
    for folder in folders:
        if (folder / "meta.json").is_file():
            return folder
    raise StoreError(
        f"The demo tenant's data is not there. Nothing was changed. "
        f"Make it with `{GENERATE}`, or name a folder that holds a tenant."
    )


def load(folder: Path) -> Tenant:
    """Read a data folder.

    Parameters
    ----------
    folder : Path
        Holds `meta.json`, `lookups.json` and one `<kind>.jsonl.gz` for each kind of record.

    Returns
    -------
    Tenant

    Raises
    ------
    StoreError
        If a file is missing or damaged.
    """
    try:
        meta = msgspec.json.decode((folder / "meta.json").read_bytes(), type=Meta)
        return Tenant(meta, dict(_shelves(folder)))
    except (OSError, EOFError, zlib.error, msgspec.MsgspecError) as fault:
        raise StoreError(
            f"The tenant in {folder} cannot be read ({fault}). Nothing was changed. "
            f"Make it anew with `{GENERATE}`."
        ) from fault


def _shelves(folder: Path) -> Iterator[tuple[str, Shelf]]:
    lines = {name: _lines(folder, name) for name in (*RECORDS, *CHILDREN)}
    for name in RECORDS:
        yield name, Shelf(lines[name])
    for name, parent in CHILDREN.items():
        yield name, Shelf(lines[name], parent=parent)
    for name, rows in msgspec.json.decode((folder / "lookups.json").read_bytes()).items():
        yield name, Shelf(map(msgspec.json.encode, rows))
    yield from people.shelves(lines["customers"], lines["customer_contacts"]).items()


def _lines(folder: Path, name: str) -> list[bytes]:
    return gzip.decompress((folder / f"{name}.jsonl.gz").read_bytes()).splitlines()
