import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcrm_nb import errors
from stcrm_nb.catalogue import LOCATIONS
from stcrm_nb.transport.reply import Page, Reply, read_body, read_envelope, read_page, wait_hint
from stcrm_nb.transport.retry import worth_retrying
from stcrm_nb.transport.session import Read

LIST = LOCATIONS.operation("list")
REMOVE = LOCATIONS.operation("remove_contact")
JSON = {"content-type": "application/json; charset=utf-8"}
PAGE = b'{"page":1,"pageSize":2,"hasMore":false,"totalCount":2,"data":[{"id":1},{"id":2}]}'


def reply(body: bytes = b"", status: int = 200, **headers: str) -> Reply:
    return Reply(status, JSON | {name.replace("_", "-"): value for name, value in headers.items()}, body)


@pytest.mark.parametrize("read", [read_page, read_envelope])
def test_a_page_keeps_its_rows_as_bytes(read: Read[Page]) -> None:
    page = read(reply(PAGE), LIST)
    assert bytes(page.data) == b'[{"id":1},{"id":2}]'
    assert (page.has_more, page.total_count) == (False, 2)


def test_a_byte_order_mark_is_read_over() -> None:
    assert read_page(reply(b"\xef\xbb\xbf" + PAGE), LIST).total_count == 2


@pytest.mark.parametrize("read", [read_page, read_envelope])
@pytest.mark.parametrize("length", range(len(PAGE)))
def test_a_page_cut_at_any_byte_is_refused(length: int, read: Read[Page]) -> None:
    with pytest.raises(errors.BrokenReplyError):
        read(reply(PAGE[:length]), LIST)


@pytest.mark.parametrize(
    "body",
    [
        PAGE.replace(b":", b" : ").replace(b",", b"\n,\t"),
        b'{"data":[{"id":1}],"totalCount":null,"hasMore":true,"errors":[]}',
        b'{"hasMore":false,"note":"\\"data\\":[","data":[]}',
        b'{"hasMore":false,"data":[{"data":[1,{}]}]}',
        b'{"filler":"' + b"x" * 600 + b'","hasMore":false,"totalCount":0,"data":[]}',
        b"\xef\xbb\xbf" + PAGE,
        PAGE.replace(b"1}", '1,"name":"é"}'.encode()),
    ],
    ids=range(7),
)
def test_an_envelope_read_alone_says_what_the_whole_page_says(body: bytes) -> None:
    whole, alone = (read(reply(body), LIST) for read in (read_page, read_envelope))
    assert bytes(whole.data) == bytes(alone.data)
    assert (whole.has_more, whole.total_count) == (alone.has_more, alone.total_count)


@pytest.mark.parametrize(
    "body",
    [
        PAGE.replace(b"false", b"no"),
        PAGE.replace(b"page", b"\xff"),
        PAGE.replace(b"1}", b'1,"name":"\xff"}'),
        PAGE.replace(b'"hasMore":false,', b""),
    ],
    ids=range(4),
)
def test_an_envelope_that_is_none_is_refused(body: bytes) -> None:
    with pytest.raises(errors.BrokenReplyError):
        read_envelope(reply(body), LIST)


@pytest.mark.parametrize(
    "body",
    [
        b'{"data":[]}',
        b'{"hasMore":false}',
        b'{"hasMore":false,"data":{}}',
        b'{"hasMore":"no","data":[]}',
        b'{"hasMore":false,"data":[NaN]}',
        b"[]",
        b"<html>busy</html>",
        gzip.compress(PAGE),
    ],
    ids=range(8),
)
def test_what_is_no_page_is_refused(body: bytes) -> None:
    with pytest.raises(errors.BrokenReplyError):
        read_page(reply(body), LIST)


def test_html_with_status_200_is_refused() -> None:
    with pytest.raises(errors.BrokenReplyError, match="text/html instead of JSON"):
        read_body(Reply(200, {"content-type": "text/html; charset=utf-8"}, b"<html>"), LIST)


@pytest.mark.parametrize("status", [301, 302, 303, 304, 307, 308])
def test_a_redirect_is_no_success(status: int) -> None:
    """Requirement T1: a redirected DELETE must not look done."""
    with pytest.raises(errors.BrokenReplyError, match="redirect"):
        read_body(reply(status=status, location="https://elsewhere.example"), REMOVE)


@pytest.mark.parametrize(
    ("status", "kind", "also"),
    [
        (400, errors.BadRequestError, ValueError),
        (401, errors.AccessError, PermissionError),
        (403, errors.AccessError, PermissionError),
        (404, errors.NotFoundError, LookupError),
        (409, errors.ConflictError, errors.ReplyError),
        (429, errors.RateLimitError, errors.ReplyError),
        (500, errors.ServiceError, errors.ReplyError),
        (502, errors.ServiceError, errors.ReplyError),
    ],
)
def test_a_refusal_is_an_error_of_its_own_kind(
    status: int, kind: type[errors.ReplyError], also: type[Exception]
) -> None:
    problem = {
        "type": "t",
        "title": "Because.",
        "status": status,
        "traceId": "trace-9",
        "errors": {"id": ["odd"]},
        "data": {},
    }
    with pytest.raises(kind, match=r"Because\.") as refused:
        read_body(reply(json.dumps(problem).encode(), status=status), LIST)
    assert isinstance(refused.value, also)
    assert refused.value.operation == "Locations_GetList"
    assert (refused.value.status, refused.value.trace_id) == (status, "trace-9")
    assert "odd" in str(refused.value)


def test_a_missing_scope_is_named() -> None:
    with pytest.raises(errors.AccessError, match=r"tn\.crm\.locations:w"):
        read_body(reply(b"{}", status=403), REMOVE)


def test_a_refused_write_says_that_nothing_changed() -> None:
    with pytest.raises(errors.ConflictError, match="Nothing was changed"):
        read_body(reply(b"{}", status=409), REMOVE)


@pytest.mark.parametrize(
    ("headers", "body", "wait"),
    [
        ({"retry-after": "7"}, b"", 7.0),
        ({"retry-after": "-5"}, b"", None),
        ({"retry-after": "soon"}, b"", None),
        (
            {"retry-after": "Wed, 30 Sep 2026 21:00:30 GMT", "date": "Wed, 30 Sep 2026 21:00:00 GMT"},
            b"",
            30.0,
        ),
        ({}, b'{"statusCode":429,"message":"Rate limit is exceeded. Try again in 56 seconds."}', 56.0),
        ({}, b'{"title":"Too many. Try again in 42 seconds.","status":429}', 42.0),
        ({}, b"", None),
    ],
)
def test_the_wait_is_read_where_it_is_said(headers: dict[str, str], body: bytes, wait: float | None) -> None:
    assert wait_hint(headers, body) == wait


@given(st.binary(), st.text())
def test_no_wait_hint_breaks_the_reader(body: bytes, header: str) -> None:
    wait = wait_hint({"retry-after": header}, body)
    assert wait is None or wait >= 0


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (errors.ServiceError("", status=503), True),
        (errors.ServiceError("", status=501), False),
        (errors.NotFoundError("", status=404), False),
        (errors.RateLimitError("", wait=3), True),
        (errors.RateLimitError("", wait=86400), False),
        (errors.BrokenReplyError(""), True),
        (errors.ArgumentError(""), False),
    ],
    ids=lambda value: f"{type(value).__name__}-{getattr(value, 'status', '')}",
)
def test_only_what_may_pass_is_tried_again(error: Exception, again: bool) -> None:  # noqa: FBT001
    assert worth_retrying(error) is again
