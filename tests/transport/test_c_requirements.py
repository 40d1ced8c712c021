"""Requirements C1 to C8: the cache never lies, never leaks, never hangs, and never throws."""

import os
import pickle
import resource
import shutil
import sqlite3
import stat
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from faults.pager import PASSING, Pager, paging
from faults.settings import settings_of
from faults.teller import Clock

from stcrm_nb.catalogue import LOCATIONS, OPERATIONS
from stcrm_nb.config import Settings
from stcrm_nb.errors import (
    AccessError,
    CacheWarning,
    OfflineError,
    ReplyError,
    StaleDataWarning,
    TransportError,
)
from stcrm_nb.frames.kept import FROM
from stcrm_nb.frames.lists import fetch_frame
from stcrm_nb.transport.cache.store import set_aside
from stcrm_nb.transport.reply import Page, Reply, read_page
from stcrm_nb.transport.request import Request
from stcrm_nb.transport.session import Session

LIST = LOCATIONS.operation("list")
REMOVE = LOCATIONS.operation("remove_contact")


@pytest.fixture
def pager() -> Iterator[Pager]:
    with paging(8, 2) as running:
        yield running


@pytest.fixture
def settings(pager: Pager, tmp_path: Path) -> Settings:
    return settings_of(pager.url, tmp_path / "home")


class Wall:
    """A wall clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def time(self) -> float:
        return self.now


def opened(settings: Settings, wall: Wall | None = None) -> Session:
    clock = Clock()
    return Session(
        settings, sleep=clock.sleep, monotonic=clock.monotonic, now=wall.time if wall else time.time
    )


def asking(page: int) -> Request:
    path = f"/crm/v2/tenant/42/{LIST.path}"
    return Request(LIST, path, (("page", str(page)), ("pageSize", "2")))


def fetch(session: Session, page: int = 1, **options: bool) -> tuple[Page, Reply]:
    return session.fetch(asking(page), read_page, **options)


def cache_file(settings: Settings) -> Path:
    return settings.cache_folder / "replies.sqlite"


def filled(settings: Settings) -> None:
    session = opened(settings)
    for page in range(1, 5):
        fetch(session, page)
    session.close()


def right(session: Session, pager: Pager) -> bool:
    """Read all pages and compare them with the server's, byte for byte."""
    found = [bytes(fetch(session, page)[0].data) for page in range(1, 5)]
    return found == [bytes(read_page(whole(pager, page), LIST).data) for page in range(1, 5)]


def whole(pager: Pager, page: int) -> Reply:
    return Reply(200, {"content-type": "application/json"}, pager.body(page, 2))


def test_c1_no_pickle_and_a_planted_one_does_not_run(
    settings: Settings, pager: Pager, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (os.mkdir, (str(tmp_path / "boom"),))

    filled(settings)
    with sqlite3.connect(cache_file(settings)) as file:
        assert [
            bytes(body) for (body,) in file.execute("SELECT value FROM responses ORDER BY value")
        ] == sorted(pager.body(page, 2) for page in range(1, 5)), "bodies as received"
        file.execute("UPDATE responses SET value = ?", (pickle.dumps(Bomb()),))
    file.close()
    loaded: list[object] = []
    monkeypatch.setattr(pickle, "loads", loaded.append)
    session = opened(settings)
    assert right(session, pager)
    session.close()
    assert loaded == []
    assert not (tmp_path / "boom").exists()


def test_c2_files_are_private_whatever_the_umask(settings: Settings) -> None:
    old = os.umask(0)
    try:
        filled(settings)
    finally:
        os.umask(old)
    paths = list(settings.home.rglob("*"))
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_dir()} == {0o700}


@pytest.mark.parametrize("which", ["file", "folder"])
def test_c2_a_link_is_refused_and_nothing_is_kept(
    settings: Settings, pager: Pager, tmp_path: Path, which: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if which == "folder":
        settings.cache_folder.parent.mkdir(parents=True)
        settings.cache_folder.symlink_to(elsewhere)
    else:
        settings.cache_folder.mkdir(parents=True)
        cache_file(settings).symlink_to(elsewhere / "replies.sqlite")
    session = opened(settings)
    with pytest.warns(CacheWarning, match="link"):
        assert right(session, pager)
    session.cache.flush()
    session.close()
    assert list(elsewhere.iterdir()) == []


def test_c3_nothing_secret_is_kept(settings: Settings, pager: Pager) -> None:
    pager.faults[1] = [lambda talk: talk.reply(body=talk.body, Set_Cookie="sid=token-1")]
    filled(settings)
    kept = b"".join(file.read_bytes() for file in settings.home.rglob("*") if file.is_file())
    assert b"Elm" in kept
    assert not [word for word in (b"canary-secret", b"canary-key", b"token-1", b"sid=") if word in kept]


@pytest.mark.parametrize(
    "other", [{"client_id": "cid.other"}, {"tenant": 43}, {"environment": "production"}], ids=str
)
def test_c4_another_credential_tenant_or_environment_finds_nothing(
    settings: Settings, pager: Pager, other: dict[str, str]
) -> None:
    filled(settings)
    before = sum(pager.asked.values())
    stranger = replace(settings, **other)
    session = opened(stranger)
    fetch(session)
    session.close()
    assert sum(pager.asked.values()) == before + 1
    shutil.copytree(settings.cache_folder, stranger.cache_folder, dirs_exist_ok=True)
    session = opened(stranger)
    assert not fetch(session)[1].from_cache, "not even from a copied file"
    session.close()


def test_c5_a_lock_held_elsewhere_is_waited_for_two_seconds_at_most(settings: Settings, pager: Pager) -> None:
    filled(settings)
    holder = sqlite3.connect(cache_file(settings), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    session = opened(settings)
    began = time.monotonic()
    with pytest.warns(CacheWarning, match="locked"):
        fetch(session)
    assert time.monotonic() - began < 4, "one miss and one write that is given up"
    holder.execute("ROLLBACK")
    holder.close()
    assert right(session, pager)
    session.close()


def test_c5_a_full_disk_costs_a_warning(settings: Settings) -> None:
    """A file that may not grow is a full disk, for the one who writes."""
    with paging(400, 100) as large:
        session = opened(replace(settings, api_url=large.url, auth_url=large.url))
        request = Request(LIST, asking(1).path, (("page", "1"), ("pageSize", "100")))
        session.fetch(request, read_page)
        session.cache.flush()
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (cache_file(settings).stat().st_size, before[1]))
        try:
            for page in range(2, 5):
                session.fetch(request.asking(page=str(page)), read_page)
            with pytest.warns(CacheWarning, match="full|large|I/O"):
                session.cache.flush()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert session.fetch(request, read_page)[1].body == large.body(1, 100)
        session.close()


def _sql(statement: str) -> Callable[[Path], object]:
    def run(file: Path) -> None:
        with sqlite3.connect(file) as database:
            database.executescript(statement)
        database.close()

    return run


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "garbage": lambda file: file.write_bytes(b"this is no database" * 9000),
    "cut": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "newer": _sql(f"PRAGMA user_version={2**31 - 1}"),
    "older": _sql("PRAGMA user_version=1"),
    "other tables": _sql("DROP TABLE pages; CREATE TABLE pages (key TEXT, colour TEXT)"),
    "empty": lambda file: file.write_bytes(b""),
    "zeros": lambda file: file.write_bytes(bytes(file.stat().st_size)),
    "a folder": _folder,
}
HEALED = ("garbage", "cut", "newer", "older", "other tables", "zeros")


@pytest.mark.parametrize("damage", DAMAGES)
def test_c6_a_damaged_or_foreign_file_is_set_aside(settings: Settings, pager: Pager, damage: str) -> None:
    filled(settings)
    DAMAGES[damage](cache_file(settings))
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        session = opened(settings)
        assert right(session, pager)
        session.close()
    assert len([each for each in told if each.category is CacheWarning]) <= 1
    aside = list(settings.cache_folder.glob("*.aside"))
    assert bool(aside) == (damage in HEALED), "what held something is kept, to look at"


def test_c6_a_rollback_journal_goes_aside_with_its_file(settings: Settings) -> None:
    """Left behind, SQLite would roll it into the new file."""
    filled(settings)
    journal = cache_file(settings).with_name("replies.sqlite-journal")
    journal.write_bytes(b"left by a crash")
    set_aside(cache_file(settings))
    assert [file for file in settings.cache_folder.glob("replies.sqlite*") if file.suffix != ".aside"] == []
    assert b"left by a crash" in [file.read_bytes() for file in settings.cache_folder.glob("*.aside")]


@pytest.mark.parametrize("damage", [each for each in DAMAGES if each != "a folder"])
def test_c6_a_new_cache_takes_the_place_of_the_damaged_one(settings: Settings, damage: str) -> None:
    filled(settings)
    DAMAGES[damage](cache_file(settings))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CacheWarning)
        filled(settings)
    session = opened(settings)
    assert fetch(session)[1].from_cache
    session.cache.clear()
    session.close()
    assert not list(settings.cache_folder.glob("*.aside"))


def test_c7_a_row_is_served_for_its_own_request_only(settings: Settings, pager: Pager) -> None:
    filled(settings)
    with sqlite3.connect(cache_file(settings)) as file:
        keys = [key for (key,) in file.execute("SELECT key FROM pages ORDER BY target")]
        rows = [row for (row,) in file.execute("SELECT value FROM responses ORDER BY key")]
        for key, row in zip(keys, reversed(rows), strict=True):
            file.execute("UPDATE responses SET value = ? WHERE key = ?", (row, key))
        file.execute("UPDATE pages SET target = (SELECT max(target) FROM pages)")
    file.close()
    session = opened(settings)
    assert right(session, pager)
    session.close()


def test_c7_a_row_that_lives_longer_than_it_was_given_is_no_row(settings: Settings) -> None:
    filled(settings)
    with sqlite3.connect(cache_file(settings)) as file:
        file.execute("UPDATE pages SET expires = expires + 1e9")
    file.close()
    session = opened(settings)
    assert not fetch(session)[1].from_cache
    session.close()


@pytest.mark.parametrize(
    "fault", ["an error with 200", "cut in the middle", "HTML with 200", "503", "without hasMore"]
)
def test_c8_nothing_but_good_replies_is_kept(settings: Settings, pager: Pager, fault: str) -> None:
    pager.faults[1] = [PASSING[fault]] * 4
    session = opened(settings)
    with pytest.raises((TransportError, ReplyError)):
        fetch(session)
    assert session.cache.info().rows == 0
    session.close()


def test_c8_a_write_drops_what_it_touched_and_the_tables_made_of_it(settings: Settings, pager: Pager) -> None:
    session = opened(settings)
    fetch(session)
    session.forget(REMOVE)
    assert session.cache.info().rows == 0
    fetch(session)
    assert pager.asked["GET 1"] == 2
    session.close()


def test_c8_a_read_that_a_write_overtook_is_not_kept(settings: Settings, pager: Pager) -> None:
    session = opened(settings)
    pager.before = lambda _pager, _page: session.forget(REMOVE)
    fetch(session)
    assert session.cache.info().rows == 0
    session.close()


def test_a_walk_is_parsed_once_and_its_table_falls_with_its_pages(settings: Settings, pager: Pager) -> None:
    for each in pager.rows:
        each["name"] = "long" * (FROM // 16)
    session = opened(settings)
    fetch_frame(session, LIST, {"page_size": 2}, progress=False)
    session.close()
    (table,) = settings.cache_folder.rglob("*.table")

    def again() -> tuple[str, bool]:
        fresh = opened(settings)
        frame = fetch_frame(fresh, LIST, {"page_size": 2}, progress=False)
        fresh.close()
        return str(frame["name"].iloc[0])[:4], bool(frame.attrs["stcrm"]["from_cache"])

    assert again() == ("long", True)
    sound = table.read_bytes()
    for place in (10, len(sound) // 2, len(sound) - 10):
        table.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
        assert again() == ("long", True), "made anew from the pages"
        assert table.read_bytes().partition(b"\n")[2] == sound.partition(b"\n")[2]
    pager.rows[0]["name"] = "news" * 999
    fresh = opened(settings)
    fresh.fetch(Request(LIST, asking(1).path, (("page", "1"),)), read_page)
    fetch_frame(fresh, LIST, {"page_size": 2}, refresh=True, progress=False)
    fresh.close()
    assert again() == ("news", True)
    table.unlink()
    fresh = opened(settings)
    fresh.forget(REMOVE)
    fresh.close()
    assert not list(settings.cache_folder.rglob("*.table"))
    assert again() == ("news", False)


@pytest.mark.parametrize("fault", ["503", "429, retry after 1"])
def test_an_old_reply_is_better_than_none(settings: Settings, pager: Pager, fault: str) -> None:
    wall = Wall()
    session = opened(settings, wall)
    fetch(session)
    wall.now += 16 * 60
    pager.faults[1] = [PASSING[fault]] * 9
    assert fetch(session)[1].stale
    with pytest.raises(ReplyError):
        fetch(session, refresh=True)
    session.close()


@pytest.mark.parametrize("fault", ["401 once", "closed at once"])
def test_no_old_reply_hides_that_the_credentials_are_refused(
    settings: Settings, pager: Pager, fault: str
) -> None:
    wall = Wall()
    session = opened(settings, wall)
    fetch(session)
    wall.now += 16 * 60
    pager.faults[1] = [PASSING[fault]] * 9
    with pytest.raises((AccessError, TransportError)):
        fetch(session)
    session.close()


def test_an_offline_connection_serves_what_it_has_and_asks_nobody(settings: Settings, pager: Pager) -> None:
    wall = Wall()
    online = opened(settings, wall)
    frame = fetch_frame(online, LIST, {"page_size": 2}, progress=False)
    online.close()
    asked = sum(pager.asked.values())
    wall.now += 3 * 24 * 3600
    offline = opened(replace(settings, offline=True), wall)
    with pytest.warns(StaleDataWarning, match="Shown as of"):
        again = fetch_frame(offline, LIST, {"page_size": 2}, progress=False)
    assert again.equals(frame)
    with pytest.raises(OfflineError, match="not read before"):
        fetch_frame(offline, LIST, {"city": "Elsewhere"}, progress=False)
    with pytest.raises(OfflineError):
        offline.send(Request(REMOVE, "/crm/v2/tenant/42/locations/5/contacts/7"))
    offline.close()
    assert sum(pager.asked.values()) == asked


def test_the_same_read_at_once_is_sent_once(settings: Settings, pager: Pager) -> None:
    started = threading.Barrier(8)
    session = opened(settings)
    found: list[bytes] = []

    def one() -> None:
        started.wait()
        found.append(bytes(fetch(session)[0].data))

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.close()
    assert len(set(found)) == 1
    assert len(found) == 8
    assert pager.asked["GET 1"] == 1


def test_names_are_kept_a_day_lists_for_minutes(settings: Settings, pager: Pager) -> None:
    keeps = {each.name: each.keeps for each in OPERATIONS if each.paging == "feed"}
    assert set(keeps.values()) == {5 * 60}
    wall = Wall()
    session = opened(settings, wall)
    for seconds, asked in ((0, 1), (14 * 60, 1), (2 * 60, 2)):
        wall.now += seconds
        fetch(session)
        assert pager.asked["GET 1"] == asked
    session.close()


def test_the_cache_counts_what_it_does(settings: Settings) -> None:
    session = opened(settings)
    assert session.cache.info().hit_rate is None
    fetch(session)
    fetch(session)
    told = session.cache.info()
    assert (told.rows, told.hits, told.misses, told.hit_rate) == (1, 1, 1, 0.5)
    assert told.bytes > 100
    assert told.oldest is not None
    assert "50% of 2" in repr(told)
    session.cache.clear()
    assert session.cache.info().rows == 0
    session.close()
