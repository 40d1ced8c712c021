"""One writer of the book at a time, in this process and in others."""

from pathlib import Path

from filelock import FileLock

PATIENCE = 10  # seconds to wait for another's hand on the book


def alone(book: Path) -> FileLock:
    """Return what keeps others from writing the book, for as long as it is entered."""
    return FileLock(book.with_name(f"{book.name}.lock"), timeout=PATIENCE, mode=0o600)
