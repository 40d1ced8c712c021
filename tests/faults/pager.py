"""A list served page by page over a raw socket; one page misbehaves on request, byte for byte."""

import gzip
import json
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

Fault = Callable[["Conversation"], None]
TOKEN = b'{"access_token":"token-%d","expires_in":900}'


def row(number: int) -> dict[str, object]:
    """A location with some of everything."""
    return {
        "id": 1000 + number,
        "customerId": 1 if number % 3 else None,
        "active": number % 2 == 0,
        "name": f"Näme {number} \U0001f600",
        "address": {"street": "1 Elm Street", "city": "Madison", "latitude": 43.1},
        "createdOn": ("2024-02-29T10:24:07Z", "0001-01-01T00:00:00Z", "2023-06-29T18:58:34.7634567Z")[
            number % 3
        ],
        "tagTypeIds": list(range(number % 4)),
    }


@dataclass
class Pager:
    """How many rows on how many pages, what goes wrong where, and what was asked."""

    rows: list[dict[str, object]]
    size: int
    faults: dict[int, list[Fault]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    log: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    tokens: int = 0
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)
    token_faults: list[Fault] = field(default_factory=list)
    before: Callable[["Pager", int], None] | None = None

    @property
    def pages(self) -> int:
        return -(-len(self.rows) // self.size)

    def body(self, page: int, size: int) -> bytes:
        start = (page - 1) * size
        envelope = {
            "page": page,
            "pageSize": size,
            "hasMore": start + size < len(self.rows),
            "totalCount": len(self.rows),
            "data": self.rows[start : start + size],
        }
        return json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass
class Conversation:
    """One request that is being answered; a fault decides what goes over the wire."""

    wire: socket.socket
    body: bytes
    pager: Pager

    def head(
        self,
        status: str = "200 OK",
        *,
        length: int | None = None,
        kind: str = "application/json",
        **extra: str,
    ) -> bytes:
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", "Connection: close"]
        lines += [] if length is None else [f"Content-Length: {length}"]
        lines += [f"{name.replace('_', '-')}: {text}" for name, text in extra.items()]
        return "\r\n".join([*lines, "", ""]).encode()

    def reply(self, status: str = "200 OK", body: bytes = b"{}", **extra: str) -> None:
        kind = extra.pop("kind", "application/json")
        self.wire.sendall(self.head(status, length=len(body), kind=kind, **extra) + body)

    def reset(self) -> None:
        self.wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.wire.close()

    def drip(self, text: bytes, pause: float) -> None:
        for byte in text:
            self.wire.sendall(bytes([byte]))
            time.sleep(pause)


def well(talk: Conversation) -> None:
    talk.reply(body=talk.body)


def _read_request(wire: socket.socket) -> tuple[str, str, dict[str, str]] | None:
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = wire.recv(65536)
        if not chunk:
            return None
        data += chunk
    head, _, rest = data.partition(b"\r\n\r\n")
    line, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): text for name, _, text in (each.partition(": ") for each in lines)}
    while len(rest) < int(headers.get("content-length", 0)):
        rest += wire.recv(65536)
    method, target, _ = line.split(" ")
    return method, target, headers


def _answer(pager: Pager, wire: socket.socket) -> None:
    with wire, suppress(OSError):
        wire.settimeout(30)
        request = _read_request(wire)
        if request is None:
            return
        method, target, _ = request
        with pager.lock:
            pager.log.append(request)
            if target.endswith("/connect/token"):
                pager.tokens += 1
                fault = pager.token_faults.pop(0) if pager.token_faults else None
                talk = Conversation(wire, TOKEN % pager.tokens, pager)
            else:
                asked = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
                page, size = int(asked.get("page", 1)), int(asked.get("pageSize", pager.size))
                pager.asked[f"{method} {page}"] += 1
                if pager.before is not None:
                    pager.before(pager, page)
                queue = pager.faults.get(page, [])
                fault = queue.pop(0) if queue else None
                talk = Conversation(wire, pager.body(page, size), pager)
        (fault or well)(talk)


@contextmanager
def paging(count: int, size: int) -> Iterator[Pager]:
    """Serve `count` rows, `size` a page."""
    pager = Pager([row(number) for number in range(1, count + 1)], size)
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    pager.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    threads: list[threading.Thread] = []

    def accept() -> None:
        with suppress(OSError):
            while True:
                wire, _ = listener.accept()
                threads.append(threading.Thread(target=_answer, args=(pager, wire)))
                threads[-1].start()

    acceptor = threading.Thread(target=accept)
    acceptor.start()
    try:
        yield pager
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        acceptor.join()
        for thread in threads:
            thread.join()


def _status(status: str, body: bytes = b"{}", **extra: str) -> Fault:
    return lambda talk: talk.reply(status, body, **extra)


def _cut(share: float, *, announced: bool = True) -> Fault:
    """Stop in the middle and close, as if that were all."""

    def fault(talk: Conversation) -> None:
        length = len(talk.body) if announced else None
        talk.wire.sendall(talk.head(length=length) + talk.body[: int(len(talk.body) * share)])

    return fault


def _cut_chunked(share: float) -> Fault:
    def fault(talk: Conversation) -> None:
        part = talk.body[: int(len(talk.body) * share)]
        chunk = b"%x\r\n%b\r\n" % (len(part), part)
        talk.wire.sendall(talk.head(Transfer_Encoding="chunked") + chunk)

    return fault


def _cut_gzip(share: float) -> Fault:
    def fault(talk: Conversation) -> None:
        packed = gzip.compress(talk.body)
        talk.reply(body=packed[: int(len(packed) * share)], Content_Encoding="gzip")

    return fault


def _flipped_gzip(share: float) -> Fault:
    def fault(talk: Conversation) -> None:
        packed = bytearray(gzip.compress(talk.body))
        packed[int(len(packed) * share)] ^= 4
        talk.reply(body=bytes(packed), Content_Encoding="gzip")

    return fault


def _reset(share: float) -> Fault:
    def fault(talk: Conversation) -> None:
        talk.wire.sendall(talk.head(length=len(talk.body)) + talk.body[: int(len(talk.body) * share)])
        talk.reset()

    return fault


def _changed(old: bytes, new: bytes) -> Fault:
    return lambda talk: talk.reply(body=talk.body.replace(old, new, 1))


def _bomb(talk: Conversation) -> None:
    talk.reply(
        body=gzip.compress(b'{"hasMore":false,"data":[' + b" " * (80 << 20) + b"]}"), Content_Encoding="gzip"
    )


def _stall(talk: Conversation) -> None:
    talk.wire.sendall(talk.head(length=len(talk.body)) + talk.body[:10])
    time.sleep(0.6)


def _drip_body(talk: Conversation) -> None:
    talk.wire.sendall(talk.head(length=len(talk.body)))
    talk.drip(talk.body[:30], 0.05)


def _drip_head(talk: Conversation) -> None:
    talk.drip(talk.head(length=len(talk.body))[:30], 0.05)


# What passes if asked for again: the frame must be the same, whatever page it hits.
PASSING: dict[str, Fault] = {
    "408": _status("408 Request Timeout"),
    "500": _status("500 Internal Server Error"),
    "502": _status("502 Bad Gateway"),
    "503": _status("503 Service Unavailable"),
    "504": _status("504 Gateway Timeout"),
    "502 in HTML": _status("502 Bad Gateway", b"<html>busy</html>", kind="text/html"),
    "503, retry after 1": _status("503 Service Unavailable", Retry_After="1"),
    "429, retry after 1": _status("429 Too Many Requests", Retry_After="1"),
    "429, retry after 0": _status("429 Too Many Requests", Retry_After="0"),
    "429, retry after a date": _status(
        "429 Too Many Requests",
        Retry_After="Wed, 30 Sep 2026 21:00:03 GMT",
        Date="Wed, 30 Sep 2026 21:00:00 GMT",
    ),
    "429, retry after -5": _status("429 Too Many Requests", Retry_After="-5"),
    "429, retry after soon": _status("429 Too Many Requests", Retry_After="soon"),
    "429 in words": _status("429 Too Many Requests", b'{"message":"Try again in 2 seconds."}'),
    "429 in a title": _status(
        "429 Too Many Requests", b'{"title":"Too many. Try again in 2 seconds.","status":429}'
    ),
    "401 once": _status("401 Unauthorized"),
    "HTML with 200": _status("200 OK", b"<html>please log in</html>", kind="text/html"),
    "JSON called text": lambda talk: talk.reply(body=talk.body, kind="text/plain"),
    "an error with 200": _status("200 OK", b'{"title":"Oops","status":500}'),
    "nothing with 200": _status("200 OK", b""),
    "null": _status("200 OK", b"null"),
    "a bare list": _status("200 OK", b"[]"),
    "no content": lambda talk: talk.wire.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"),
    "without hasMore": _changed(b'"hasMore"', b'"hasLess"'),
    "without data": _changed(b'"data"', b'"dato"'),
    "hasMore in words": _changed(b'"hasMore":', b'"hasMore":"yes","was":'),
    "NaN": _changed(b"43.1", b"NaN"),
    "Infinity": _changed(b"43.1", b"-Infinity"),
    "a name twice in a row": _changed(b'"active":', b'"id": 7, "active":'),
    "bytes that are no text": _changed(b"Elm", b"\xff\xfe"),
    "a value that ends nowhere": _changed(b'"Madison"', b'"Madison'),
    "rows cut behind a list": lambda talk: talk.reply(body=talk.body[: talk.body.index(b"]}") + 2]),
    "more behind the end": lambda talk: talk.reply(body=talk.body + b"{}"),
    "closed at once": lambda talk: talk.wire.close(),
    "reset at once": lambda talk: talk.reset(),
    "reset early": _reset(0.01),
    "reset in the middle": _reset(0.5),
    "reset late": _reset(0.99),
    "cut early": _cut(0.01),
    "cut in the middle": _cut(0.5),
    "cut late": _cut(0.999),
    "cut, no length": _cut(0.5, announced=False),
    "cut late, no length": _cut(0.999, announced=False),
    "cut in chunks": _cut_chunked(0.5),
    "no last chunk": _cut_chunked(1.0),
    "cut gzip": _cut_gzip(0.5),
    "gzip without its end": _cut_gzip(0.99),
    "gzip with a wrong bit": _flipped_gzip(0.5),
    "gzip with a wrong checksum": lambda talk: talk.reply(
        body=gzip.compress(talk.body)[:-8] + b"\0" * 8, Content_Encoding="gzip"
    ),
    "packed as nobody asked": lambda talk: talk.reply(body=talk.body, Content_Encoding="br"),
    "longer than it says": lambda talk: talk.wire.sendall(talk.head(length=len(talk.body) - 9) + talk.body),
    "500 headers": lambda talk: talk.wire.sendall(
        talk.head(length=len(talk.body), **{f"X_{n}": "x" for n in range(500)}) + talk.body
    ),
    "headers of odd bytes": lambda talk: talk.wire.sendall(
        b"HTTP/1.1 200 OK\r\n\xff\xfe\r\n \r\n\r\n" + talk.body
    ),
    "no HTTP": lambda talk: talk.wire.sendall(b"SSH-2.0-OpenSSH_9\r\n\r\n"),
    "a redirect": _status("302 Found", Location="http://127.0.0.1:9/elsewhere"),
    "a body too large": _bomb,
}
# The same, but only time tells.
SLOW: dict[str, Fault] = {"a stall": _stall, "a dripping body": _drip_body, "dripping headers": _drip_head}
# Odd, and yet nothing is wrong: no second request.
FINE: dict[str, Fault] = {
    "a byte order mark": lambda talk: talk.reply(body=b"\xef\xbb\xbf" + talk.body),
    "gzip": lambda talk: talk.reply(body=gzip.compress(talk.body), Content_Encoding="gzip"),
    "gzip in two members": lambda talk: talk.reply(
        body=gzip.compress(talk.body[:50]) + gzip.compress(talk.body[50:]), Content_Encoding="gzip"
    ),
    "chunks": lambda talk: talk.wire.sendall(
        talk.head(Transfer_Encoding="chunked") + b"%x\r\n%b\r\n0\r\n\r\n" % (len(talk.body), talk.body)
    ),
    "no length": lambda talk: talk.wire.sendall(talk.head() + talk.body),
    "many lines": lambda talk: talk.reply(body=json.dumps(json.loads(talk.body), indent=1).encode()),
}
