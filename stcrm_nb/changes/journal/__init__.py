"""The book of writes: its file, what a crash left open in it, and how to go back to what it tells."""

from typing import TYPE_CHECKING

from stcrm_nb import lazy

if TYPE_CHECKING:  # filelock; who only reads needs no lock
    from stcrm_nb.changes.journal.lock import alone

__all__ = ["alone"]

__getattr__ = lazy.names(__name__, {"alone": "lock"})
