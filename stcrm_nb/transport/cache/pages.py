"""What is known of each kept reply: which request, since when, until when, and its digests."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import msgspec

FORMAT = 0x5C4E0003  # of the file; another number means another version's file (requirement C6)
LARGE = 65536  # bytes of a page of the file: bodies are long. A log ahead of it would write them twice
BUSY = 1.5  # seconds to wait for another process's hand on the file; requirement C5 allows 2
MOST_VARIABLES = 500  # in one statement

PAGES = """CREATE TABLE IF NOT EXISTS pages (
    key TEXT PRIMARY KEY, target TEXT, root TEXT, kind TEXT, date TEXT,
    fetched REAL, expires REAL, size INTEGER, digest TEXT, seal TEXT
)"""
TABLES = (
    PAGES,
    "CREATE TABLE IF NOT EXISTS totals (walk TEXT PRIMARY KEY, total INTEGER)",
    "CREATE TABLE IF NOT EXISTS responses (key TEXT PRIMARY KEY, value BLOB, expires INTEGER)",
)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One kept reply. Moments are seconds since 1970; `seal` binds all of it together."""

    key: str
    target: str
    root: str
    kind: str
    date: str
    fetched: float
    expires: float
    size: int
    digest: str
    seal: str = ""

    def sealed(self) -> str:
        """Return the seal these facts ought to have."""
        return digest_of(msgspec.json.encode(astuple(self)[:-1]))


def digest_of(content: bytes | memoryview) -> str:
    """Return a digest that no accident imitates."""
    return hashlib.sha256(content).hexdigest()


class DamagedError(Exception):
    """The file is not what it should be."""


class PageIndex:
    """The facts of all kept replies, in the file that also holds their bodies.

    Parameters
    ----------
    file : Path
        Private already.

    Raises
    ------
    DamagedError, sqlite3.Error
        It is another version's, or no database.
    """

    def __init__(self, file: Path) -> None:
        self._file = sqlite3.connect(file, timeout=BUSY, isolation_level=None, check_same_thread=False)
        try:
            self._open()
        except BaseException:
            self._file.close()
            raise

    def _open(self) -> None:
        self._file.execute("PRAGMA secure_delete=ON")  # what is cleared is gone, from free pages too
        self._file.execute(f"PRAGMA page_size={LARGE}")
        self._file.execute("PRAGMA journal_mode=TRUNCATE")
        self._file.execute("PRAGMA synchronous=OFF")  # a power cut may cost the cache, and nothing else
        version = self._file.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and self._file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            self._file.execute(f"PRAGMA user_version={FORMAT}")
        elif version != FORMAT:
            raise DamagedError(f"a file of format {version}")
        for statement in TABLES:
            self._file.execute(statement)

    def facts(self, key: str) -> PageFacts | None:
        """Return the facts of one reply; None if there are none or they do not hold together."""
        return next(iter(self.many([key])), None)

    def many(self, keys: list[str]) -> list[PageFacts]:
        """Return the facts of several replies, those that hold together."""
        return [facts for facts in self._rows(keys) if facts.seal == facts.sealed()]

    def _rows(self, keys: list[str]) -> Iterator[PageFacts]:
        names = ", ".join(field.name for field in fields(PageFacts))
        for start in range(0, len(keys), MOST_VARIABLES):
            cut = keys[start : start + MOST_VARIABLES]
            marks = ",".join("?" * len(cut))
            found = self._file.execute(f"SELECT {names} FROM pages WHERE key IN ({marks})", cut)  # noqa: S608 - names of our own, values are bound
            yield from (PageFacts(*row) for row in found.fetchall())

    def total(self, walk: str) -> int | None:
        """Return how many rows a list had when it was last walked."""
        row = self._file.execute("SELECT total FROM totals WHERE walk = ?", (walk,)).fetchone()
        return int(row[0]) if row else None

    def note_total(self, walk: str, total: int) -> None:
        """Keep how many rows a list had."""
        self._file.execute("INSERT OR REPLACE INTO totals VALUES (?, ?)", (walk, total))

    def forget(self, condition: str, values: Iterable[object]) -> None:
        """Drop the replies whose facts meet a condition, facts and bodies in one step."""
        bound = tuple(values)
        self._file.execute("BEGIN IMMEDIATE")
        try:
            chosen = f"SELECT key FROM pages WHERE {condition}"  # noqa: S608 - a condition of our own, values are bound
            self._file.execute(f"DELETE FROM responses WHERE key IN ({chosen})", bound)  # noqa: S608 - as above
            self._file.execute(f"DELETE FROM pages WHERE {condition}", bound)  # noqa: S608 - as above
        except BaseException:
            self._file.execute("ROLLBACK")
            raise
        self._file.execute("COMMIT")

    def shrink(self) -> None:
        """Give the room of dropped replies back to the disk."""
        self._file.execute("VACUUM")

    def sums(self) -> tuple[int, int, float | None]:
        """Return number of replies, their bytes, and when the oldest was fetched."""
        count, size, oldest = self._file.execute(
            "SELECT count(*), coalesce(sum(size), 0), min(fetched) FROM pages"
        ).fetchone()
        return int(count), int(size), oldest

    def close(self) -> None:
        """Close the file."""
        self._file.close()
