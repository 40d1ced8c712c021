"""A relay between client and sandbox that loses replies on request."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

Forward = Callable[[], None]
OnWrite = Callable[[Forward], None]


class Relay:
    """Passes every call on; what becomes of a write is up to `on_write`, which may raise `Lost`."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.url = ""
        self.on_write: OnWrite = lambda forward: forward()
        self.headers: dict[str, str] = {}  # put on every reply


class Lost(Exception):  # noqa: N818 - a signal, no error
    """The reply never reaches the client."""


def lost_after(forward: Forward) -> None:
    """The service carries the write out; its reply gets lost."""
    forward()
    raise Lost


def lost_before(_forward: Forward) -> None:
    """The write never reaches the service."""
    raise Lost


class Post(BaseHTTPRequestHandler):
    relay: Relay

    def pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kept = {
            name: text for name, text in self.headers.items() if name.lower() not in ("host", "connection")
        }
        replies: list[requests.Response] = []

        def forward() -> None:
            url = f"{self.relay.target}{self.path}"
            replies.append(requests.request(self.command, url, headers=kept, data=body, timeout=10))

        self.close_connection = True
        try:
            if self.command != "GET" and self.path != "/connect/token":
                self.relay.on_write(forward)
            else:
                forward()
        except Lost:
            return
        self.send_response_only(replies[0].status_code)
        for name in ("Content-Type", "Date"):
            if name in replies[0].headers:
                self.send_header(name, replies[0].headers[name])
        for name, text in self.relay.headers.items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(replies[0].content)))
        self.end_headers()
        self.wfile.write(replies[0].content)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = pass_on  # noqa: N815 - the names are http.server's

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def relaying(target: str) -> Iterator[Relay]:
    """Run a relay in front of a server."""
    relay = Relay(target)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OnePost", (Post,), {"relay": relay}))
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    relay.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield relay
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
