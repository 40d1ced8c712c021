"""Requirements P1 to P4: walks that end, frames that say what they are."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from faults.pager import Conversation, Pager, paging, row
from faults.settings import settings_of
from faults.teller import Clock

from stcrm_nb.catalogue import EXPORT, LOCATIONS
from stcrm_nb.client import Client
from stcrm_nb.door import open_sandbox
from stcrm_nb.errors import BadRequestError, BrokenReplyError, DriftWarning, PartialResultWarning
from stcrm_nb.frames.lists import fetch_feed, fetch_frame, iter_frames
from stcrm_nb.sandbox.serve import start
from stcrm_nb.transport.limits import Limits
from stcrm_nb.transport.session import Session
from stcrm_nb.transport.walked import Watch

LIST = LOCATIONS.operation("list")
FEED = EXPORT.operation("locations")


@pytest.fixture
def pager() -> Iterator[Pager]:
    with paging(12, 2) as running:
        yield running


def session_of(pager: Pager, home: Path, *, limits: Limits = Limits()) -> Session:  # noqa: B008 - frozen
    clock = Clock()
    settings = settings_of(pager.url, home)
    return Session(settings, limits=limits, sleep=clock.sleep, monotonic=clock.monotonic)


@pytest.fixture
def session(pager: Pager, tmp_path: Path) -> Iterator[Session]:
    opened = session_of(pager, tmp_path / "home")
    yield opened
    opened.close()


def listed(session: Session, **arguments: object) -> pd.DataFrame:
    return fetch_frame(session, LIST, {"page_size": 2} | arguments, progress=False)


def envelope(*numbers: int, more: bool = True, total: int | None = 4) -> bytes:
    rows = [row(number) for number in numbers]
    return json.dumps({"page": 1, "pageSize": 2, "hasMore": more, "totalCount": total, "data": rows}).encode()


@pytest.mark.parametrize(
    ("answer", "rows", "page"),
    [(envelope(1, 2), 2, 2), (envelope(), 0, 1), (envelope(1, 2, total=None), 2, 2)],
    ids=["the same page for ever", "an empty page with more behind it", "the same page, uncounted"],
)
def test_p1_a_list_that_goes_in_circles_is_ended(
    session: Session, pager: Pager, answer: bytes, rows: int, page: int
) -> None:
    for number in range(1, 40):
        pager.faults[number] = [lambda talk: talk.reply(body=answer)] * 4
    with pytest.warns(PartialResultWarning, match=f"repeats itself from page {page} on"):
        frame = listed(session)
    assert len(frame) == rows
    assert not frame.attrs["stcrm"]["complete"]
    assert sum(pager.asked.values()) <= 2 + 3 + 20, "what was on the way already"


def test_p1_a_list_without_end_is_ended(pager: Pager, tmp_path: Path) -> None:
    def more(talk: Conversation) -> None:
        body = json.loads(talk.body)
        first = sum(pager.asked.values()) * 10
        rows = [row(first), row(first + 1)]
        talk.reply(body=json.dumps(body | {"hasMore": True, "totalCount": None, "data": rows}).encode())

    for number in range(1, 80):
        pager.faults[number] = [more] * 9
    session = session_of(pager, tmp_path, limits=Limits(pages=30))
    with pytest.warns(PartialResultWarning, match="page 30"):
        frame = listed(session)
    session.close()
    assert len(frame) == 60
    assert not frame.attrs["stcrm"]["complete"]


def feed_of(pager: Pager, pages: dict[str, tuple[list[dict[str, object]], str, bool]]) -> None:
    """Answer a feed by the token it is asked with."""

    def answer(talk: Conversation) -> None:
        target = pager.log[-1][1]
        token = target.partition("from=")[2].partition("&")[0]
        rows, behind, more = pages[token]
        body = {"hasMore": more, "continueFrom": behind, "data": rows}
        talk.reply(body=json.dumps(body).encode())

    pager.faults[1] = [answer] * 50


def exported(number: int, modified: str = "2026-01-01T00:00:00Z", name: str = "") -> dict[str, object]:
    return row(number) | {"modifiedOn": modified, "name": name or f"n{number}"}


@pytest.mark.parametrize(
    "pages",
    [
        {"": ([exported(1)], "a", True), "a": ([exported(2)], "a", True)},
        {"": ([exported(1)], "a", True), "a": ([exported(2)], "b", True), "b": ([exported(3)], "a", True)},
    ],
    ids=["the same token", "a b a"],
)
def test_p1_a_feed_that_goes_in_circles_is_ended(
    session: Session, pager: Pager, pages: dict[str, tuple[list[dict[str, object]], str, bool]]
) -> None:
    feed_of(pager, pages)
    with pytest.warns(PartialResultWarning, match="repeats itself"):
        frame, token = fetch_feed(session, FEED, {})
    assert len(frame) == len(pages) - 1
    assert token in pages, "the token did not move past rows that were not kept"
    assert not frame.attrs["stcrm"]["complete"]


def test_a_feed_keeps_of_rows_sent_again_the_one_changed_last(session: Session, pager: Pager) -> None:
    early, late = "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"
    feed_of(
        pager,
        {
            "": ([exported(1, late, "newer"), exported(2, early, "first"), exported(3)], "a", True),
            "a": ([exported(1, early, "older"), exported(2, early, "same time, sent last")], "b", False),
        },
    )
    frame, token = fetch_feed(session, FEED, {})
    assert dict(zip(frame["id"], frame["name"], strict=True)) == {
        1001: "newer",
        1002: "same time, sent last",
        1003: "n3",
    }
    assert token == "b"
    assert frame.attrs["stcrm"]["complete"]


def test_p2_a_list_that_moved_is_walked_again(session: Session, pager: Pager) -> None:
    def moving(of: Pager, page: int) -> None:
        if page == 3 and len(of.rows) == 12:
            del of.rows[0]

    pager.before = moving
    frame = listed(session)
    assert frame["id"].tolist() == [each["id"] for each in pager.rows]
    assert frame.attrs["stcrm"]["complete"]


def test_p2_a_list_that_never_holds_still_says_so(session: Session, pager: Pager) -> None:
    number = iter(range(100, 1000))

    def moving(of: Pager, _page: int) -> None:
        of.rows.append(row(next(number)))

    pager.before = moving
    with pytest.warns(PartialResultWarning, match="counted|came twice|the count went"):
        frame = listed(session)
    assert not frame.attrs["stcrm"]["complete"]
    assert pager.asked["GET 1"] == 3


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.filterwarnings("ignore::stcrm_nb.errors.PartialResultWarning")
def test_p2_no_walk_is_silently_short(tmp_path: Path, seed: int) -> None:
    """Rows come, go and change places while pages are read: complete means what it says."""
    draw = random.Random(seed)  # noqa: S311 - made-up troubles
    with paging(30, 3) as pager:
        present = [{each["id"] for each in pager.rows}]

        def moving(of: Pager, page: int) -> None:
            if draw.random() < 0.15 and page > 1:
                if draw.random() < 0.6:
                    of.rows.pop(draw.randrange(len(of.rows)))
                else:
                    of.rows.insert(draw.randrange(len(of.rows)), row(5000 + draw.randrange(10**6)))
                present.append({each["id"] for each in of.rows})

        pager.before = moving
        session = session_of(pager, tmp_path)
        frame = fetch_frame(session, LIST, {"page_size": 3}, progress=False)
        session.close()
        ids = frame["id"].tolist()
        if frame.attrs["stcrm"]["complete"]:
            always = set.intersection(*present)
            assert len(ids) == len(set(ids)) == frame.attrs["stcrm"]["total"]
            assert len(always - set(ids)) <= len(present) - 1


def test_p2_a_walk_goes_on_behind_a_count_that_was_too_low(session: Session, pager: Pager) -> None:
    counted = b'"totalCount":12'
    pager.faults[1] = [lambda talk: talk.reply(body=talk.body.replace(counted, b'"totalCount":2'))]
    assert len(listed(session)) == 12
    assert pager.asked["GET 1"] == 2, "the count went from 2 to 12, so it was walked again"


def test_p3_a_frame_says_what_it_is(session: Session) -> None:
    first, again = listed(session, city="Madison"), listed(session, city="Madison")
    said = first.attrs["stcrm"]
    assert said["operation"] == "Locations_GetList"
    assert said["parameters"] == {"city": "Madison", "pageSize": "2"}
    assert (said["rows"], said["total"], said["complete"]) == (12, 12, True)
    assert (said["environment"], said["tenant"], said["active"]) == ("integration", 42, "True")
    assert said["fetched_at"] <= again.attrs["stcrm"]["fetched_at"]
    assert (said["from_cache"], again.attrs["stcrm"]["from_cache"]) == (False, True)
    pd.testing.assert_frame_equal(first, again)


def test_p4_drift_is_kept_and_reported_once(session: Session, pager: Pager) -> None:
    pager.rows[3] |= {"customerId": "twelve", "planet": "Mars"}
    pager.rows[8] |= {"active": None, "address": None}
    with pytest.warns(DriftWarning, match="planet") as told:
        frame = listed(session)
    assert len(told) == 1
    assert frame["id"].tolist() == [each["id"] for each in pager.rows]
    assert frame["customer_id_raw"].dropna().tolist() == ["twelve"]
    assert str(frame["id"].dtype) == str(frame["customer_id"].dtype) == "Int64"
    assert frame["planet"].dropna().tolist() == ["Mars"]
    assert pd.isna(frame["active"].iloc[8])
    assert len(frame.attrs["stcrm"]["drift"]) == 2


def test_p4_a_name_given_twice_is_no_value(session: Session, pager: Pager) -> None:
    pager.faults[2] = [
        lambda talk: talk.reply(body=talk.body.replace(b'"active":', b'"id": 7, "active":'))
    ] * 3
    with pytest.raises(BrokenReplyError, match="stands twice"):
        listed(session)
    assert session.cache.info().rows == 0


def test_a_page_size_that_is_refused_is_asked_for_smaller_once(session: Session, pager: Pager) -> None:
    def refused(talk: Conversation) -> None:
        talk.reply("400 Bad Request", b'{"title":"Bad","status":400,"errors":{"pageSize":["too large"]}}')

    pager.faults[1] = [refused]
    frame = fetch_frame(session, LIST, {}, progress=False)
    assert len(frame) == 12
    sizes = [
        target.partition("pageSize=")[2].partition("&")[0] for _, target, _ in pager.log if "page" in target
    ]
    assert (sizes[0], sizes[-1]) == ("5000", "500")
    pager.faults[1] = [refused]
    with pytest.raises(BadRequestError):
        listed(session, page_size=4)


def test_frames_come_page_by_page(session: Session, pager: Pager) -> None:
    parts = list(iter_frames(session, LIST, {"page_size": 5}))
    assert [len(part) for part in parts] == [5, 5, 2]
    assert pd.concat(parts)["id"].tolist() == [each["id"] for each in pager.rows]
    assert not any(part.attrs["stcrm"]["complete"] for part in parts)


def test_the_likely_pages_are_asked_for_before_the_count_is_known(session: Session, pager: Pager) -> None:
    listed(session)
    assert pager.asked == {f"GET {number}": 1 for number in range(1, 7)}
    fetch_frame(session, LIST, {"page_size": 2}, refresh=True, progress=False)
    assert pager.asked == {f"GET {number}": 2 for number in range(1, 7)}, "exactly the pages there were"


def test_p_a_walk_that_is_stopped_keeps_what_was_read_and_says_so(crm: Client) -> None:
    told: list[tuple[int, int]] = []

    def hear(pages: int, expected: int) -> None:
        told.append((pages, expected))
        if pages == 2:
            watch.stop()

    watch = Watch(hear)
    with pytest.warns(PartialResultWarning, match="reading was stopped"):
        frame = crm.leads.list.watched(watch, page_size=500)
    assert told == [(1, 24), (2, 24)]
    assert frame.attrs["stcrm"]["complete"] is False
    assert frame.attrs["stcrm"]["total"] == 12_000
    assert len(frame) == 1000
    assert len(crm.leads.list(page_size=500)) == 12_000, "half a list is not kept as a whole one"


def test_p_a_walk_is_stopped_while_a_page_is_awaited(home: Path) -> None:
    with start(latency=2.0) as sandbox, open_sandbox(sandbox, home) as crm:
        watch = Watch(lambda _pages, _expected: None)
        watch.stop()
        with pytest.warns(PartialResultWarning, match="reading was stopped"):
            frame = crm.leads.list.watched(watch)
    assert len(frame) == 0
