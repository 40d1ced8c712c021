"""Export feeds: every row in the order of change, from a token or a date on; gone rows too."""

import base64
import binascii
import bisect
import re
from http import HTTPStatus
from typing import Any

import msgspec

from stcrm_nb.catalogue import Operation
from stcrm_nb.sandbox.errand import Errand
from stcrm_nb.sandbox.rules import Refusal
from stcrm_nb.sandbox.shelf import Shelf, moment

BATCH = 5000
RECENT = 100  # rows that come again where the newest changes are asked for
DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T[\d:.]+Z?)?")
Row = dict[str, Any]
Key = tuple[bytes, int]


def read_feed(errand: Errand) -> bytes | Refusal:
    """Answer with the rows behind a token or from a date on, and the token that goes on from there."""
    start = _start(errand.ask.values.get("from", ""))
    if start is None:
        fault = {"from": ["It is neither a token of an earlier reply nor a date such as 2020-01-01."]}
        return Refusal(HTTPStatus.BAD_REQUEST, "The request is not valid.", fault)
    shelf = errand.tenant.shelves[_shelf_name(errand.operation)]
    rows = shelf.derive("feed", lambda: _ordered(shelf))
    place = bisect.bisect_left(rows, start, key=lambda row: row[0])
    if errand.ask.values.get("includeRecentChanges") and place == len(rows):
        place = max(0, place - RECENT)
    batch = rows[place : place + BATCH]
    more = place + BATCH < len(rows)
    last = batch[-1][0] if batch else start
    head = msgspec.json.encode({"hasMore": more, "continueFrom": _token(last)})
    data = b",".join(line for _, line in batch)
    return head.removesuffix(b"}") + b',"data":[' + data + b"]}"


def _shelf_name(operation: Operation) -> str:
    words = operation.path.split("/")[1:]
    return words[0] if len(words) == 1 else f"{words[0].removesuffix('s')}_{words[1]}"


def _ordered(shelf: Shelf) -> list[tuple[Key, bytes]]:
    rows = [(shelf.full(position), True) for position in range(len(shelf))]
    rows += [(row, False) for row in shelf.gone]
    keyed = [((moment(row["modifiedOn"]), row["id"]), _line(row, there=there)) for row, there in rows]
    return sorted(keyed, key=lambda row: row[0])


def _line(row: Row, *, there: bool) -> bytes:
    active = there and bool(row.get("active", True))
    return msgspec.json.encode(row | {"active": active})


def _start(text: str) -> Key | None:
    """Return the key from which rows are wanted; a token means behind the row that it names."""
    if not text:
        return b"", 0
    if DATE.fullmatch(text):
        return moment(text if "T" in text else f"{text}T00:00:00Z"), 0
    try:
        when, _, last = base64.urlsafe_b64decode(text.encode()).decode().partition("|")
        return when.encode(), int(last) + 1
    except (binascii.Error, UnicodeError, ValueError):
        return None


def _token(key: Key) -> str:
    when, last = key
    return base64.urlsafe_b64encode(f"{when.decode()}|{last}".encode()).decode()
