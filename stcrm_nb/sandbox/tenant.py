"""The state of one tenant, in memory, loaded from a data folder that is never written."""

import gzip
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from stcrm_nb.catalogue import RESOURCES, Resource
from stcrm_nb.errors import StoreError
from stcrm_nb.sandbox.shelf import Shelf

PACKAGE = Path(__file__).resolve().parents[1]
FOLDERS = (PACKAGE / "data" / "demo", PACKAGE.parent / "data" / "demo")
GENERATE = "python -m stcrm_nb.sandbox.generate"


class Meta(msgspec.Struct, frozen=True):
    """What `meta.json` tells of the tenant."""

    tenant: int
    name: str
    time_zone: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Tenant:
    """One company: who it is, and its rows by kind, such as `customers` or `customer_contacts`."""

    meta: Meta
    shelves: Mapping[str, Shelf]


def find_data(folders: Sequence[Path] = FOLDERS) -> Path:
    """Return the folder of the demo tenant: inside the installed package, or in the checkout."""
    for folder in folders:
        if (folder / "meta.json").is_file():
            return folder
    raise StoreError(
        f"The demo tenant's data is not there. Nothing was changed. "
        f"Make it with `{GENERATE}`, or name a folder that holds a tenant."
    )


def child_shelf(resource: Resource, child: str) -> str:
    """Return the name of the shelf that holds the children of a kind of record."""
    return f"{resource.singular}_{child}"


def load(folder: Path) -> Tenant:
    """Read a data folder.

    Parameters
    ----------
    folder : Path
        Holds `meta.json` and one `<kind>.jsonl.gz` for each kind of row that the catalogue names.

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
    for resource in RESOURCES:
        yield resource.name, Shelf(_lines(folder, resource.name))
        for child in sorted(_children(resource)):
            name = child_shelf(resource, child)
            yield name, Shelf(_lines(folder, name), parent=f"{resource.singular}Id")


def _children(resource: Resource) -> set[str]:
    pages = (operation.path.split("/") for operation in resource.operations if operation.paging == "pages")
    return {words[-1] for words in pages if words[:2] == [resource.name, "{id}"]}


def _lines(folder: Path, name: str) -> list[bytes]:
    return gzip.decompress((folder / f"{name}.jsonl.gz").read_bytes()).splitlines()
