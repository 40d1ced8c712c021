"""The book of writes: one line before each, one after; appended, flushed to disk, private."""

import json
import os
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from stcrm_nb.config import private_folder
from stcrm_nb.errors import StoreError


class Journal:
    """An append-only file of one tenant and environment.

    Parameters
    ----------
    file : Path
        Made when the first line is written, readable by its owner only.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.Lock()

    def write(self, entry: Mapping[str, object], *, at: datetime) -> None:
        """Append one line and wait until the disk has it.

        Raises
        ------
        StoreError
            The line is not safe on disk; a write must then not be sent (requirement W3).
        """
        line = json.dumps({"at": at.isoformat(), **entry}, ensure_ascii=False, default=str) + "\n"
        try:
            with self._lock:
                private_folder(self.file.parent)
                number = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
                with os.fdopen(number, "ab") as book:
                    book.write(line.encode())
                    book.flush()
                    os.fsync(book.fileno())
        except OSError as fault:
            raise StoreError(
                f"The journal {self.file} cannot be written ({fault.strerror}). "
                "Make room or mend its permissions."
            ) from fault

    def lines(self) -> list[dict[str, object]]:
        """Return all entries, oldest first; a torn last line is left out (requirement W7)."""
        if not self.file.exists():
            return []
        return [json.loads(line) for line in self.file.read_bytes().split(b"\n")[:-1]]
