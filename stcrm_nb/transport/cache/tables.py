"""Whole walks, parsed once: a columnar file beside the pages, bound to them by their digests."""

import mmap
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from stcrm_nb.config import private_folder
from stcrm_nb.transport.cache.pages import PageFacts, digest_of

FORMAT = 1
ENDING = ".table"


class Binding(msgspec.Struct, frozen=True):
    """The first line of a file: what the table is made of, and what its own bytes are."""

    format: int
    stamp: str
    pages: list[tuple[str, str]]
    facts: dict[str, object]
    digest: str


class Tables:
    """Files of parsed walks.

    Parameters
    ----------
    folder : Path
        Beside the cache file.
    known : callable
        Returns the facts of kept replies by their keys.
    now : callable
        Seconds since 1970.
    """

    def __init__(
        self,
        folder: Path,
        *,
        known: Callable[[list[str]], Sequence[PageFacts]],
        now: Callable[[], float],
    ) -> None:
        self._folder = folder
        self._known = known
        self._now = now

    def get(self, name: str, *, stamp: str, expired: bool) -> tuple[dict[str, object], memoryview] | None:
        """Return facts and bytes of a table, if every page it was made of is still the one kept.

        Parameters
        ----------
        name : str
            Of the walk.
        stamp : str
            Of the code that made the table; another one's table is made anew.
        expired : bool
            Whether pages past their time will do.

        Returns
        -------
        tuple of dict and memoryview, or None
        """
        file = self._folder / f"{name}{ENDING}"
        if not file.exists():
            return None
        with file.open("rb") as opened:
            content = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        end = content.find(b"\n")
        try:
            binding = msgspec.json.decode(content[:end], type=Binding)
        except msgspec.MsgspecError:
            binding = None
        table = memoryview(content)[end + 1 :]
        if (
            binding is None
            or (binding.format, binding.stamp) != (FORMAT, stamp)
            or not self._bound(binding, expired=expired)
            or digest_of(table) != binding.digest
        ):
            return None
        return binding.facts, table

    def keep(
        self,
        name: str,
        write: Callable[[BinaryIO], object],
        *,
        stamp: str,
        keys: list[str],
        facts: dict[str, object],
    ) -> None:
        """Write a table whole or not at all; pages that are not kept make it pointless."""
        digests = {page.key: page.digest for page in self._known(keys)}
        if len(digests) != len(set(keys)):
            return
        bound = [(key, digests[key]) for key in keys]
        draft = msgspec.json.encode(Binding(FORMAT, stamp, bound, facts, digest_of(b"")))
        handle, written = tempfile.mkstemp(dir=private_folder(self._folder))
        try:
            with os.fdopen(handle, "w+b") as opened:
                opened.write(draft + b"\n")
                write(opened)
                opened.flush()
                with mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as whole:
                    digest = digest_of(memoryview(whole)[len(draft) + 1 :])
                opened.seek(0)  # a digest is as long as any other
                opened.write(msgspec.json.encode(Binding(FORMAT, stamp, bound, facts, digest)))
            Path(written).replace(self._folder / f"{name}{ENDING}")
        except BaseException:
            Path(written).unlink(missing_ok=True)
            raise

    def drop(self, roots: set[str] | None = None) -> None:
        """Remove the tables of some roots, or all."""
        if self._folder.exists():
            for file in self._folder.iterdir():
                if roots is None or file.name.partition("-")[0] in roots:
                    file.unlink(missing_ok=True)

    def _bound(self, binding: Binding, *, expired: bool) -> bool:
        pages = {page.key: page for page in self._known([key for key, _ in binding.pages])}
        return all(
            key in pages and pages[key].digest == digest and (expired or pages[key].expires > self._now())
            for key, digest in binding.pages
        )
