"""The cache under kill -9, flipped bits and two busy processes. `make soak` makes long campaigns of these."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults.pager import Pager, paging
from soak.reader import SIZE, fetch, session_of

from stcrm_nb.errors import CacheWarning

LOOPS = int(os.environ.get("SOAK_LOOPS", "5"))
FLIPS = int(os.environ.get("SOAK_FLIPS", "15"))
REQUESTS = int(os.environ.get("SOAK_REQUESTS", "800"))
PAGES = 60
TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def pager() -> Iterator[Pager]:
    with paging(PAGES * SIZE, SIZE) as running:
        yield running


def started(what: str, pager: Pager, home: Path, seed: int, *more: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, TESTS / "soak" / "reader.py", what, pager.url, home, str(PAGES), str(seed), *more],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(TESTS)},
    )


def test_no_page_that_was_on_disk_is_lost_to_kill_9(pager: Pager, tmp_path: Path) -> None:
    draw = random.Random(1)  # noqa: S311 - when to kill, no secret
    acknowledged = lost = wrong = 0
    for loop in range(LOOPS):
        child = started("keep", pager, tmp_path, loop)
        said = [child.stdout.readline()] if child.stdout else []
        time.sleep(draw.uniform(0.0, 0.15))
        child.send_signal(signal.SIGKILL)
        said += child.communicate()[0].splitlines()
        pages = {int(line) for line in said if line.strip()}
        acknowledged += len(pages)
        session = session_of(pager.url, tmp_path)
        for page in pages:
            reply = fetch(session, page)[1]
            wrong += reply.body != pager.body(page, SIZE)
            lost += not reply.from_cache
        session.close()
        if loop % 4 == 3:  # begin anew, so that there is something to write
            shutil.rmtree(tmp_path / "cache")
    print(f"kill -9: {LOOPS} loops, {acknowledged} pages on disk, {lost} lost, {wrong} wrong")
    assert acknowledged >= LOOPS
    assert (lost, wrong) == (0, 0)


@pytest.mark.filterwarnings("ignore::stcrm_nb.errors.CacheWarning")
def test_no_flipped_bit_brings_a_wrong_page(pager: Pager, tmp_path: Path) -> None:
    session = session_of(pager.url, tmp_path)
    for page in range(1, 21):
        fetch(session, page)
    session.close()
    (file,) = tmp_path.rglob("replies.sqlite")
    sound = file.read_bytes()
    draw = random.Random(2)  # noqa: S311 - where to flip, no secret
    wrong = served = 0
    longest = 0.0
    for _ in range(FLIPS):
        damaged = bytearray(sound)
        where = draw.randrange(draw.choice((4096, len(sound))))
        damaged[where] ^= 1 << draw.randrange(8)
        file.write_bytes(damaged)
        began = time.monotonic()
        session = session_of(pager.url, tmp_path)
        for page in range(1, 21):
            reply = fetch(session, page)[1]
            wrong += reply.body != pager.body(page, SIZE)
            served += reply.from_cache
        session.close()
        longest = max(longest, time.monotonic() - began)
        for aside in file.parent.glob("*.aside"):
            aside.unlink()
    print(
        f"flipped bits: {FLIPS} files, {wrong} wrong of {FLIPS * 20} pages, {served} still from the cache,"
        f" longest {longest:.1f} s"
    )
    assert wrong == 0
    assert served > 0


def test_two_busy_processes_share_one_cache(pager: Pager, tmp_path: Path) -> None:
    running = [started("hammer", pager, tmp_path, seed, str(REQUESTS // 2)) for seed in range(2)]
    told = [each.communicate()[0].strip() for each in running]
    print(f"2 processes x 8 threads: {REQUESTS} reads, {told} of them failed or differed")
    assert told == ["0", "0"]
    session = session_of(pager.url, tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("error", CacheWarning)
        assert all(fetch(session, page)[1].body == pager.body(page, SIZE) for page in range(1, PAGES + 1))
    session.close()
