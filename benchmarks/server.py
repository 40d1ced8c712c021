"""A server of made-up pages in a process of its own: each reply waits a chosen time. Prints its port."""

import asyncio
import sys
from urllib.parse import parse_qs, urlsplit

from rows import MAKERS, encoded, page_of

TOKEN = b'{"access_token":"bench","expires_in":900,"token_type":"Bearer"}'


class Pages:
    """Pages by list, number and size, each put together once."""

    def __init__(self, count: int) -> None:
        self._rows = {name: encoded(name, count) for name in MAKERS}
        self._made: dict[tuple[str, int, int], bytes] = {}

    def body(self, target: str) -> bytes:
        parts = urlsplit(target)
        if parts.path == "/connect/token":
            return TOKEN
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        name = parts.path.partition("/tenant/")[2].partition("/")[2]
        key = (name, int(asked.get("page", 1)), int(asked.get("pageSize", 50)))
        if key not in self._made:
            self._made[key] = page_of(self._rows[name], key[1], key[2])
        return self._made[key]


async def serve(count: int, delay: float) -> None:
    pages = Pages(count)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            line, *headers = head.decode("latin-1").split("\r\n")
            length = next(
                (int(h.split(":")[1]) for h in headers if h.lower().startswith("content-length:")), 0
            )
            if length:
                await reader.readexactly(length)
            target = line.split(" ")[1]
            body = pages.body(target)
            if "/tenant/" in target:
                await asyncio.sleep(delay)
            kind = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(
                body
            )
            writer.write(kind)
            writer.write(body)
            await writer.drain()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0, limit=1 << 20)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2])))
