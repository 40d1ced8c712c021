"""A fault server: answers with scripted replies, byte for byte, and remembers what it was asked."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Asked:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Script:
    """What to answer next: each entry is (status, headers, body), the last one for ever.

    Where pages are asked for side by side, `pages` answers by their number.
    """

    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    replies: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    tokens: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    url: str = ""

    def api(self) -> list[Asked]:
        return [each for each in self.asked if each.target != "/connect/token"]

    def granted(self) -> list[Asked]:
        return [each for each in self.asked if each.target == "/connect/token"]


class Teller(BaseHTTPRequestHandler):
    script: Script
    lock: threading.Lock

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with self.lock:
            self.script.asked.append(Asked(self.command, self.path, dict(self.headers), body))
            number = len(self.script.granted())
            queue = self.script.tokens if self.path == "/connect/token" else self.script.replies
            asked = parse_qs(urlsplit(self.path).query).get("page", [""])[0]
            if self.path == "/connect/token" and not queue:
                granted = {"access_token": f"token-{number}", "expires_in": 900}
                status, headers, text = 200, {}, json.dumps(granted).encode()
            elif asked in self.script.pages:
                status, headers, text = self.script.pages[asked]
            else:
                status, headers, text = queue.pop(0) if len(queue) > 1 else queue[0]
        self.send_response(status)
        for name, value in (
            {"Content-Type": "application/json", "Content-Length": str(len(text))} | headers
        ).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)
        self.close_connection = True

    do_GET = do_POST = do_DELETE = answer  # noqa: N815 - the names are http.server's

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def page(*rows: dict[str, object], more: bool = False, total: int | None = None, number: int = 1) -> bytes:
    envelope = {"page": number, "pageSize": 2, "hasMore": more, "totalCount": total, "data": rows}
    return json.dumps(envelope).encode()


@dataclass
class Clock:
    """A clock that a test moves; sleeping moves it too."""

    now: float = 1000.0
    naps: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds
