import sqlite3
import stat
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from faults.teller import Clock, Script, page

from stcrm_nb.catalogue import LOCATIONS
from stcrm_nb.config import Settings
from stcrm_nb.errors import AccessError, BrokenReplyError, RateLimitError, ReplyError, TransportError
from stcrm_nb.transport.reply import Page, read_page
from stcrm_nb.transport.request import Request, build
from stcrm_nb.transport.session import Session
from stcrm_nb.transport.walk import pages
from stcrm_nb.transport.walked import Walked

LIST = LOCATIONS.operation("list")
GOOD = (200, {}, page({"id": 1}, total=1))
CANARIES = (b"canary-secret", b"canary-key", b"token-1")


def listing(**arguments: object) -> Request:
    return build(LIST, arguments, tenant=42, zone=ZoneInfo("UTC"))


REMOVAL = Request(LOCATIONS.operation("remove_contact"), "/crm/v2/tenant/42/locations/5/contacts/7")


def walked_through(session: Session, **arguments: object) -> tuple[Walked, list[bytes]]:
    walked = Walked()
    return walked, [bytes(page) for page in pages(session, listing(**arguments), walked, progress=False)]


def fetch(session: Session, **arguments: object) -> Page:
    return session.fetch(listing(**arguments), read_page)[0]


def test_an_attempt_carries_token_and_app_key(session: Session, script: Script) -> None:
    script.replies = [GOOD]
    fetch(session)
    sent = script.api()[0].headers
    assert (sent["Authorization"], sent["ST-App-Key"]) == ("Bearer token-1", "ak.canary-key")


def test_netrc_and_proxies_of_the_machine_are_not_asked(
    session: Session, script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requirement T3."""
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login mallory password wrong")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    script.replies = [GOOD]
    fetch(session)
    assert script.api()[0].headers["Authorization"] == "Bearer token-1"


def test_one_token_serves_many_calls_and_is_renewed_early(
    session: Session, script: Script, clock: Clock
) -> None:
    """Requirement T8."""
    script.replies = [GOOD]
    for city in ("a", "b", "c"):
        fetch(session, city=city)
    clock.now += 841
    fetch(session, city="d")
    assert len(script.granted()) == 2


def test_a_refused_token_is_renewed_once_and_the_call_sent_again(session: Session, script: Script) -> None:
    script.replies = [(401, {}, b"{}"), GOOD]
    fetch(session)
    assert [each.headers["Authorization"] for each in script.api()] == ["Bearer token-1", "Bearer token-2"]


def test_a_second_refusal_is_an_error(session: Session, script: Script) -> None:
    script.replies = [(401, {}, b"{}")]
    with pytest.raises(AccessError):
        fetch(session)
    assert (len(script.api()), len(script.granted())) == (2, 2)


def test_refused_credentials_name_what_to_check(session: Session, script: Script) -> None:
    script.tokens = [(400, {}, b'{"error":"invalid_client"}')]
    with pytest.raises(AccessError, match="STCRM_CLIENT_SECRET"):
        fetch(session)
    assert script.api() == []


@pytest.mark.parametrize("fault", [408, 500, 502, 503, 504])
def test_a_passing_fault_of_a_read_is_ridden_out(
    session: Session, script: Script, fault: int, clock: Clock
) -> None:
    script.replies = [(fault, {}, b"{}"), (fault, {}, b"{}"), GOOD]
    assert fetch(session).total_count == 1
    assert len(clock.naps) == 2
    assert all(0 <= nap <= 20 for nap in clock.naps)


def test_a_dead_service_is_asked_four_times(session: Session, script: Script) -> None:
    script.replies = [(503, {}, b"{}")]
    with pytest.raises(ReplyError):
        fetch(session)
    assert len(script.api()) == 4


def test_the_wait_that_the_service_asks_for_is_kept(session: Session, script: Script, clock: Clock) -> None:
    script.replies = [(429, {"Retry-After": "7"}, b"{}"), GOOD]
    fetch(session)
    assert clock.naps == [7.0]


def test_nobody_sleeps_for_hours(session: Session, script: Script, clock: Clock) -> None:
    """Requirement T7."""
    script.replies = [(429, {"Retry-After": "86400"}, b"{}")]
    with pytest.raises(RateLimitError) as refused:
        fetch(session)
    assert (refused.value.wait, clock.naps) == (86400.0, [])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("request_", [listing(), REMOVAL], ids=["read", "write"])
def test_a_redirect_is_never_followed(
    session: Session, script: Script, status: int, request_: Request
) -> None:
    """Requirement T1: the app key would leave with it, and a redirected DELETE would look done."""
    script.replies = [(status, {"Location": f"{script.url}/trap"}, b"{}")]
    with pytest.raises(BrokenReplyError, match="redirect"):
        session.send(request_)
    assert [each.target for each in script.api()] == [request_.target]


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
def test_a_write_is_sent_once_whatever_comes_back(session: Session, script: Script, status: int) -> None:
    script.replies = [(status, {}, b"{}")]
    with pytest.raises(ReplyError):
        session.send(REMOVAL)
    assert len(script.api()) == 1


def test_a_cut_reply_is_asked_for_again(session: Session, script: Script) -> None:
    script.replies = [(200, {}, GOOD[2][:-4]), GOOD]
    assert fetch(session).total_count == 1


def test_a_reply_shorter_than_it_says_is_asked_for_again(session: Session, script: Script) -> None:
    script.replies = [(200, {"Content-Length": "500"}, GOOD[2]), GOOD]
    assert fetch(session).total_count == 1


def test_an_unreachable_service_is_named_without_secrets(
    settings: Settings, clock: Clock, script: Script
) -> None:
    script.replies = [GOOD]
    session = Session(settings, sleep=clock.sleep, monotonic=clock.monotonic)
    fetch(session)
    object.__setattr__(settings, "api_url", "http://127.0.0.1:9")
    with pytest.raises(TransportError) as lost:
        fetch(session, city="Canaryville")
    assert "Canaryville" not in str(lost.value)
    session.close()


def test_a_second_identical_read_sends_nothing(session: Session, script: Script) -> None:
    script.replies = [GOOD]
    first, second = fetch(session), fetch(session)
    assert bytes(first.data) == bytes(second.data)
    assert len(script.api()) == 1
    session.fetch(listing(), read_page, refresh=True)
    assert len(script.api()) == 2


@pytest.mark.parametrize(
    "bad",
    [
        (200, {}, b'{"hasMore":false,"data":['),
        (200, {"Content-Type": "text/html"}, b"<html>"),
        (500, {}, b"{}"),
    ],
)
def test_no_bad_reply_is_kept(
    session: Session, script: Script, bad: tuple[int, dict[str, str], bytes]
) -> None:
    """Requirement C8."""
    script.replies = [bad]
    with pytest.raises((BrokenReplyError, ReplyError)):
        fetch(session)
    assert session.cache.info().rows == 0


def test_the_cache_holds_no_secret_and_no_pickle(
    session: Session, script: Script, settings: Settings
) -> None:
    """Requirements C1, C3."""
    script.replies = [(200, {"Set-Cookie": "sid=token-1"}, GOOD[2])]
    fetch(session)
    session.cache.flush()
    files = [file for file in settings.home.rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files for canary in CANARIES if canary in file.read_bytes()]
    with sqlite3.connect(settings.cache_folder / "replies.sqlite") as database:
        stored = database.execute("select value from responses").fetchall()
    database.close()
    assert [bytes(value) for (value,) in stored] == [GOOD[2]], "the body as received, nothing else"


def test_the_cache_is_private(session: Session, script: Script, settings: Settings) -> None:
    """Requirement C2."""
    script.replies = [GOOD]
    fetch(session)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in settings.cache_folder.iterdir()}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(settings.cache_folder.stat().st_mode) == 0o700


def test_a_write_forgets_the_lists_it_touches(session: Session, script: Script) -> None:
    script.replies = [GOOD]
    fetch(session)
    session.forget(LOCATIONS.operation("remove_contact"))
    fetch(session)
    assert len(script.api()) == 2


def test_a_walk_brings_every_page_in_order(session: Session, script: Script) -> None:
    script.pages = {
        "1": (200, {}, page({"id": 1}, {"id": 2}, more=True, total=3)),
        "2": (200, {}, page({"id": 3}, total=3, number=2)),
    }
    script.replies = [(200, {}, page(total=3, number=3))]
    walked, bodies = walked_through(session, page_size=2)
    assert bodies == [script.pages[number][2] for number in ("1", "2")]
    assert (walked.total, walked.finished, walked.from_cache) == (3, True, False)
    assert "sort=%2BId" in script.api()[0].target


@pytest.mark.parametrize(
    "stuck", [page({"id": 1}, more=True, total=1), page(more=True)], ids=["same page again", "empty page"]
)
def test_a_list_that_never_ends_is_ended(session: Session, script: Script, stuck: bytes) -> None:
    """Requirement P1."""
    script.replies = [(200, {}, stuck)]
    walked, _ = walked_through(session, page_size=1)
    assert not walked.finished
    assert walked.stuck is not None
