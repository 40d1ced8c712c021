"""Status, headers, body -> page, record, or a typed error. Pure: a reply is a value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import msgspec

from stcrm_nb.catalogue import Operation
from stcrm_nb.errors import (
    AccessError,
    BadRequestError,
    BrokenReplyError,
    ConflictError,
    NotFoundError,
    RateLimitError,
    ReplyError,
    ServiceError,
)

TRACES = ("traceparent", "x-trace-id", "x-request-id", "request-id")
SUCCESS = frozenset({200, 201, 204})  # an explicit set, never "below 400" (requirement T1)
CREDENTIALS_REFUSED, SCOPE_MISSING, TOO_MANY, SERVER_FAULTS = 401, 403, 429, 500
REDIRECTS = range(300, 400)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
HEAD, ROWS = 512, b'"data":['  # bytes in which an envelope says all but its rows, and how those begin
KINDS: dict[int, tuple[type[ReplyError], str]] = {
    400: (BadRequestError, "The service refuses a value."),
    401: (AccessError, "The service does not accept the credentials; check client id, secret and app key."),
    403: (AccessError, "The app may not do this."),
    404: (NotFoundError, "There is no such record; look up the id with list()."),
    429: (RateLimitError, "Too many calls a second; wait, then try again."),
    409: (ConflictError, "The record is in a state that does not allow this; read it again."),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status, headers (lower-case names), body bytes, and whether it was cached.

    `fetched` is when it came, in seconds since 1970; `stale` marks one past its time.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    from_cache: bool = False
    fetched: float = 0.0
    stale: bool = False


class Page(msgspec.Struct, frozen=True, rename="camel"):
    """One page of a list: `data` stays the bytes of a JSON array, parsed once with all others."""

    data: msgspec.Raw
    has_more: bool
    total_count: int | None = None


class Feed(msgspec.Struct, frozen=True, rename="camel"):
    """One page of a feed, and the token that continues behind it."""

    data: msgspec.Raw
    has_more: bool
    continue_from: str | None = None


class _Problem(msgspec.Struct, rename="camel"):
    title: str | None = ""
    trace_id: str | None = ""
    errors: dict[str, object] | None = None
    message: str | None = ""


P = TypeVar("P", Page, Feed)

_PAGE = msgspec.json.Decoder(Page)
_FEED = msgspec.json.Decoder(Feed)
_PROBLEM = msgspec.json.Decoder(_Problem)


def read_page(reply: Reply, operation: Operation) -> Page:
    """Return the page in a good reply, or raise; half a page is no page (requirement T5)."""
    return _with_rows(_PAGE, reply, operation)


def read_envelope(reply: Reply, operation: Operation) -> Page:
    """Return the page in a good reply as `read_page` does, or raise; its rows are left to who parses them.

    Where the rows come last, what stands before them is read alone: on large pages that is most of the work.
    """
    body = read_body(reply, operation)
    head, mark, _ = body[:HEAD].partition(ROWS)
    if mark and body.endswith(b"]}"):
        try:
            _check_text(body)
            page = _PAGE.decode(head + mark + b"]}")
        except (msgspec.MsgspecError, UnicodeDecodeError):  # they do not come last, or it is no page
            return read_page(reply, operation)
        return msgspec.structs.replace(page, data=msgspec.Raw(memoryview(body)[len(head + mark) - 1 : -1]))
    return read_page(reply, operation)


def read_feed(reply: Reply, operation: Operation) -> Feed:
    """Return the page of a feed in a good reply, or raise."""
    return _with_rows(_FEED, reply, operation)


def _with_rows(decoder: "msgspec.json.Decoder[P]", reply: Reply, operation: Operation) -> P:
    body = read_body(reply, operation)
    try:
        _check_text(body)
        page = decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as fault:
        raise _broken(operation, "a page that is cut off or not what the description says") from fault
    if not bytes(memoryview(page.data)[:64]).lstrip().startswith(b"["):
        raise _broken(operation, "a page without a list of rows")
    return page


def _check_text(body: bytes) -> None:
    """Raise where bytes are no UTF-8: neither parser looks at the text inside the rows."""
    if not body.isascii():
        body.decode()


def read_body(reply: Reply, operation: Operation) -> bytes:
    """Return the body of a good JSON reply, or raise."""
    check(reply, operation)
    kind = reply.headers.get("content-type", "")
    if reply.body and "json" not in kind:
        raise _broken(operation, f"{kind.split(';')[0] or 'content of no type'} instead of JSON")
    return reply.body.removeprefix(BYTE_ORDER_MARK)


def check(reply: Reply, operation: Operation) -> None:
    """Raise the error that a reply stands for; do nothing for a good one."""
    if reply.status in SUCCESS:
        return
    if reply.status in REDIRECTS:
        raise _broken(operation, f"a redirect ({reply.status}), which is never followed")
    problem = _problem(reply)
    title = problem.title or problem.message or ""
    kind, meaning = KINDS.get(reply.status, (ServiceError, "The service failed; try again later."))
    if reply.status == SCOPE_MISSING:
        meaning = f"The app may not do this: it needs the scope {operation.scope}."
    fields = "; ".join(f"{name}: {text}" for name, text in (problem.errors or {}).items())
    text = (
        f"{operation.operation_id} ({operation.method} {operation.path}) answered {reply.status}"
        + (f" {title!r}" if title else "")
        + f". {meaning}"
        + (f" It says: {fields}." if fields else "")
        + (" Nothing was changed." if operation.writes and reply.status < SERVER_FAULTS else "")
        + (f" Trace id {problem.trace_id}." if problem.trace_id else "")
    )
    trace_id, name = problem.trace_id or "", operation.operation_id
    if reply.status == TOO_MANY:
        wait = wait_hint(reply.headers, reply.body)
        raise RateLimitError(text, wait=wait, trace_id=trace_id, operation=name, title=title)
    raise kind(
        text,
        status=reply.status,
        trace_id=trace_id,
        operation=name,
        title=title,
        field_errors=problem.errors or {},
    )


def trace_of(reply: Reply) -> str:
    """Return the service's own name for a reply, for its support; empty if it gave none.

    The description promises one for errors only, in their body; others may carry a usual header.
    """
    return next((reply.headers[name] for name in TRACES if name in reply.headers), "")


def wait_hint(headers: Mapping[str, str], body: bytes) -> float | None:
    """Return the seconds the service asks to wait, or None (requirement T7).

    >>> wait_hint({"retry-after": "7"}, b"")
    7.0
    >>> wait_hint({}, b'{"message": "Rate limit is exceeded. Try again in 56 seconds."}')
    56.0
    >>> wait_hint({"retry-after": "soon"}, b"")
    """
    said = headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said)
    if said:
        try:
            until = parsedate_to_datetime(said)
        except ValueError:
            until = None
        since = server_clock(headers)
        if until and since:
            return max(0.0, (until - since).total_seconds())
    found = re.search(rb"in (\d{1,6}) seconds", body)
    return float(found[1]) if found else None


def _problem(reply: Reply) -> _Problem:
    try:
        return _PROBLEM.decode(reply.body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _Problem()


def _broken(operation: Operation, what: str) -> BrokenReplyError:
    return BrokenReplyError(
        f"{operation.operation_id} ({operation.method} {operation.path}) brought back {what}. "
        "The reply was not used; try again, and check the host if it stays so."
    )


def server_clock(headers: Mapping[str, str]) -> datetime | None:
    """Return the service's own time of a reply, or None if it does not say."""
    try:
        return parsedate_to_datetime(headers["date"]).astimezone(UTC)
    except (KeyError, ValueError):
        return None
