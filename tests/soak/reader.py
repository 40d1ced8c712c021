"""A process that reads pages through the cache; killed, doubled and watched by the tests beside it."""

import random
import sys
import threading
from pathlib import Path

from faults.settings import settings_of
from faults.teller import Clock

from stcrm_nb.catalogue import LOCATIONS
from stcrm_nb.transport.reply import Page, Reply, read_page
from stcrm_nb.transport.request import Request
from stcrm_nb.transport.session import Session

LIST = LOCATIONS.operation("list")
SIZE = 20


def session_of(url: str, home: Path) -> Session:
    clock = Clock()
    settings = settings_of(url, home)
    return Session(settings, sleep=clock.sleep, monotonic=clock.monotonic)


def fetch(session: Session, page: int) -> tuple[Page, Reply]:
    query = (("page", str(page)), ("pageSize", str(SIZE)))
    return session.fetch(Request(LIST, f"/crm/v2/tenant/42/{LIST.path}", query), read_page)


def keep(session: Session, pages: int, draw: random.Random) -> None:
    """Read pages for ever; say each number once it is on disk."""
    while True:
        page = draw.randint(1, pages)
        fetch(session, page)
        session.cache.flush()
        print(page, flush=True)


def hammer(session: Session, pages: int, draw: random.Random, count: int) -> None:
    """Read pages from eight threads; say how many reads failed or brought something else."""
    wrong: list[str] = []
    expected: dict[int, bytes] = {}
    guard = threading.Lock()

    def one(seed: int) -> None:
        mine = random.Random(seed)  # noqa: S311 - which page, no secret
        for _ in range(count // 8):
            page = mine.randint(1, pages)
            try:
                body = fetch(session, page)[1].body
            except Exception as fault:  # noqa: BLE001 - whatever it is, it counts
                wrong.append(f"{type(fault).__name__}: {fault}")
                continue
            with guard:
                if expected.setdefault(page, body) != body:
                    wrong.append(f"page {page} differs")

    threads = [threading.Thread(target=one, args=(draw.random(),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.close()
    print(len(wrong), *wrong[:3], flush=True)


if __name__ == "__main__":
    what, url, home, pages, seed, *rest = sys.argv[1:]
    opened = session_of(url, Path(home))
    chance = random.Random(int(seed))  # noqa: S311 - which page, no secret
    if what == "keep":
        keep(opened, int(pages), chance)
    else:
        hammer(opened, int(pages), chance, int(rest[0]))
