"""Draws without memory: every number is a pure function of the seed, a name and the row it is for.

Nothing has to be kept to know what row 812 345 looks like, so files can be written in chunks of any size and
a lead can ask for its customer's phone without the customer being at hand. Only integer arithmetic decides
(no stream of a random generator, which numpy may change between versions).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
T = TypeVar("T")

# First id of each kind; they do not meet at scale 250, with three ids a row and eight a parent of children.
ID_STARTS = {
    "customers": 240_000_001,
    "locations": 250_200_001,
    "customer_contacts": 260_000_001,
    "location_contacts": 270_000_001,
    "booking_contacts": 290_000_001,
    "bookings": 310_000_001,
    "leads": 320_000_001,
    "customer_notes": 330_000_001,
    "location_notes": 340_000_001,
    "lead_notes": 360_000_001,
    "calls": 390_000_001,
    "jobs": 400_000_001,
}
CHILD_SLOTS = 8
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


@dataclass(frozen=True, slots=True)
class Dice:
    """All draws of one tenant.

    Parameters
    ----------
    seed : int
        The same seed gives the same tenant.
    """

    seed: int

    def bits(self, name: str, rows: Rows) -> NDArray[np.uint64]:
        """Return 64 even bits a row (splitmix64 of a key made from seed and name)."""
        key = int.from_bytes(blake2b(f"{self.seed}:{name}".encode(), digest_size=8).digest(), "little")
        mixed = (rows.astype(np.uint64) + np.uint64(1)) * _STEP + np.uint64(key)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX[0]
        mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX[1]
        return mixed ^ (mixed >> np.uint64(31))

    def uniform(self, name: str, rows: Rows) -> Floats:
        """Return numbers from 0 to 1, 1 excluded."""
        return (self.bits(name, rows) >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def chance(self, name: str, rows: Rows, odds: float | Floats) -> Flags:
        """Return True for about `odds` of the rows."""
        return self.uniform(name, rows) < odds

    def below(self, name: str, rows: Rows, count: int | Rows) -> Rows:
        """Return whole numbers from 0 to `count` - 1."""
        return np.asarray(self.uniform(name, rows) * count, dtype=np.int64)

    def pick(self, name: str, rows: Rows, choices: Sequence[T]) -> list[T]:
        """Return one of the choices a row, all equally likely."""
        return [choices[index] for index in self.below(name, rows, len(choices)).tolist()]

    def weighted(self, name: str, rows: Rows, weights: Sequence[float]) -> Rows:
        """Return the index of a weight a row, as likely as it is heavy."""
        edges = np.cumsum(np.asarray(weights, dtype=np.float64))
        found = np.searchsorted(edges, self.uniform(name, rows) * edges[-1], side="right")
        return np.asarray(found, dtype=np.int64)

    def bell(self, name: str, rows: Rows) -> Floats:
        """Return numbers around 0 with standard deviation 1, never beyond 4.9 (a sum of eight)."""
        total = np.zeros(len(rows))
        for part in range(8):
            total += self.uniform(f"{name}/{part}", rows)
        return np.asarray((total - 4.0) * (12.0 / 8.0) ** 0.5)

    def waits(self, name: str, rows: Rows, mean: float) -> Rows:
        """Return exponential waits in whole seconds; `mean` is in seconds."""
        return np.rint(-np.log1p(-self.uniform(name, rows)) * mean).astype(np.int64)

    def ids(self, kind: str, rows: Rows) -> Rows:
        """Return the ids of records: rising with the row, with the gaps of a busy service."""
        return ID_STARTS[kind] + 3 * rows + np.where(rows > 0, self.below(f"{kind}.id", rows, 3), 0)


def child_id(kind: str, row: int, slot: int) -> int:
    """Return the id of the child in one of the eight slots of its parent."""
    return ID_STARTS[kind] + CHILD_SLOTS * row + slot
