"""A reply's body off the socket: in time, not too large, and whole (requirements T4, T5)."""

import contextlib
import io
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from stcrm_nb.transport.limits import Limits

CHUNK = 1 << 18
GZIP = 16 + zlib.MAX_WBITS


class NotWholeError(Exception):
    """The body is cut off, damaged or too large; the text says which."""


class TooSlowError(Exception):
    """The body did not arrive before the deadline."""


class Raw(Protocol):
    """What is needed of urllib3's response."""

    headers: Any

    def read1(self, amt: int, *, decode_content: bool) -> bytes:
        """Return what has arrived."""


def read_content(raw: Raw, *, until: float, most: int, monotonic: Callable[[], float]) -> bytes:
    """Read a body to its end.

    Parameters
    ----------
    raw : urllib3.HTTPResponse
        Not yet read.
    until : float
        The deadline, on the monotonic clock.
    most : int
        Bytes it may hold, unpacked.
    monotonic : callable
        Tells the time in seconds.

    Returns
    -------
    bytes, unpacked

    Raises
    ------
    NotWholeError, TooSlowError
        Whatever was read is dropped.
    """
    packing = raw.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("identity", "", "gzip", "x-gzip"):
        raise NotWholeError(f"a body packed as {packing!r}, which was not asked for")
    arriving = _timed(raw, until=until, most=most, monotonic=monotonic)
    whole = io.BytesIO(bytes(min(_announced(raw) or 0, most)))  # joining parts would hold a page twice
    for part in _unpacked(arriving, most=most) if "gzip" in packing else arriving:
        whole.write(part)
    whole.truncate()
    return whole.getvalue()


def _timed(raw: Raw, *, until: float, most: int, monotonic: Callable[[], float]) -> Iterator[bytes]:
    """Yield what arrives; complain about too much, too late, or less than was announced."""
    length = _announced(raw)
    if length is not None and length > most:
        raise NotWholeError(f"a body of {length} bytes, more than the {most} that are read")
    got = 0
    while chunk := _chunk(raw, until=until, monotonic=monotonic):
        got += len(chunk)
        if got > most:
            raise NotWholeError(f"a body of more than the {most} bytes that are read")
        yield chunk
    if length is not None and got != length:
        raise NotWholeError(f"{got} of {length} bytes")


def _announced(raw: Raw) -> int | None:
    """Return how many bytes the reply says it has."""
    said = raw.headers.get("Content-Length", "")
    return int(said) if said.isdecimal() else None


def _chunk(raw: Raw, *, until: float, monotonic: Callable[[], float]) -> bytes:
    """Return what has arrived, before the deadline."""
    try:
        chunk = raw.read1(CHUNK, decode_content=False)
    except HTTPError as fault:
        if monotonic() >= until:
            raise TooSlowError from fault
        raise
    if monotonic() >= until:
        raise TooSlowError
    return chunk


def _unpacked(arriving: Iterator[bytes], *, most: int) -> Iterator[bytes]:
    """Yield what gzip unpacks to; its own end and checksum must be there."""
    unpacker = zlib.decompressobj(GZIP)
    size = 0
    for chunk in arriving:
        rest = chunk
        while rest:
            if unpacker.eof:  # one more member follows
                unpacker = zlib.decompressobj(GZIP)
            try:
                part = unpacker.decompress(rest, most - size + 1)
            except zlib.error as fault:
                raise NotWholeError("a damaged gzip body") from fault
            size += len(part)
            if size > most:
                raise NotWholeError(f"a body of more than the {most} bytes that are read")
            yield part
            rest = unpacker.unconsumed_tail or unpacker.unused_data
    if not unpacker.eof:
        raise NotWholeError("a gzip body without its end")


class WatchedConnection(HTTPConnection):
    """Ends itself if its reply has not even begun by the deadline, however slowly it drips."""

    watch = Limits().call

    def getresponse(self) -> Any:  # noqa: ANN401 - urllib3's response, which http.client's is not
        """Wait for status and headers, at most `watch` seconds."""
        timer = threading.Timer(self.watch, _hang_up, (self.sock,))
        timer.daemon = True
        timer.start()
        try:
            return super().getresponse()
        finally:
            timer.cancel()


class WatchedSecureConnection(WatchedConnection, HTTPSConnection):
    """The same over TLS."""


def _hang_up(wire: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it is closed already
        wire.shutdown(socket.SHUT_RDWR)


def connections(limits: Limits) -> dict[str, type[HTTPConnection]]:
    """Return the kinds of connection, by scheme, that keep to the limits."""
    kinds = {"http": WatchedConnection, "https": WatchedSecureConnection}
    return {scheme: type(kind.__name__, (kind,), {"watch": limits.call}) for scheme, kind in kinds.items()}
