"""One measure in a process of its own: prints seconds, without imports, and the peak of memory, as JSON."""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

CONNECTIONS = 20
LISTS = ("customers", "leads", "customers/contacts")
Run = Callable[[], object]


def connected(url: str) -> Callable[..., Any]:
    import stcrm_nb as stcrm

    keys = dict.fromkeys(("client_id", "client_secret", "app_key"), "bench")
    crm = stcrm.connect(tenant=1, api_url=url, auth_url=url, allow_custom_host=True, **keys)
    return crm.customers.list


def floor(url: str, rows: int, size: int, home: str) -> Run:
    """Bytes only, on as many connections as ours; no pace, no check, nothing kept."""
    import requests

    session = requests.Session()
    session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=CONNECTIONS))

    def page(number: int) -> int:
        asked = {"page": number, "pageSize": size, "includeTotal": "true"}
        with session.get(f"{url}/crm/v2/tenant/1/customers", params=asked, stream=True) as reply:
            return len(reply.raw.read())

    def run() -> object:
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            return sum(pool.map(page, range(1, rows // size + 1)))

    return run


def paced(url: str, rows: int, size: int, home: str) -> Run:
    """The same bytes at the pace that the service allows: 50 calls a second, 5 at once."""
    import requests

    from stcrm_nb.transport.wire.limiter import CallLimiter

    limiter = CallLimiter(Path(home, "floor", "pace.sqlite"), sleep=time.sleep, monotonic=time.monotonic)
    session = requests.Session()
    session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=CONNECTIONS))

    def page(number: int) -> int:
        limiter.take()
        asked = {"page": number, "pageSize": size, "includeTotal": "true"}
        with session.get(f"{url}/crm/v2/tenant/1/customers", params=asked, stream=True) as reply:
            return len(reply.raw.read())

    def run() -> object:
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            return sum(pool.map(page, range(1, rows // size + 1)))

    return run


def ours(url: str, rows: int, size: int, home: str) -> Run:
    """`crm.customers.list`: typed, checked, paced, kept."""
    listed = connected(url)
    import pandas  # noqa: F401 - imports are counted apart
    import pyarrow.json  # noqa: F401

    from stcrm_nb.frames import fetch  # noqa: F401

    if not Path(home, "cache").exists():
        import stcrm_nb.transport.cache.bodies
        import stcrm_nb.transport.wire.exchange  # noqa: F401

    def run() -> object:
        frame = listed(page_size=size)
        assert len(frame) == rows
        return len(frame)

    return run


def loop(url: str, rows: int, size: int, home: str) -> Run:
    """What notebooks do: a page, `json_normalize`, the next page, `concat`."""
    import pandas as pd
    import requests

    def run() -> object:
        frames, number, more = [], 1, True
        while more:
            asked = {"page": number, "pageSize": size, "includeTotal": "true"}
            reply = requests.get(f"{url}/crm/v2/tenant/1/customers", params=asked, timeout=60).json()
            frames.append(pd.json_normalize(reply["data"]))
            number, more = number + 1, reply["hasMore"]
        return len(pd.concat(frames, ignore_index=True))

    return run


def servicepytan(url: str, rows: int, size: int, home: str) -> Run:
    """servicepytan from the registry: `get_all`, then a DataFrame."""
    import pandas as pd
    from servicepytan import Endpoint

    conn = dict.fromkeys(
        ("SERVICETITAN_APP_KEY", "SERVICETITAN_CLIENT_ID", "SERVICETITAN_CLIENT_SECRET"), "bench"
    )
    conn |= {"SERVICETITAN_TENANT_ID": "1", "auth_root": url, "api_root": url}

    def run() -> object:
        return len(pd.DataFrame(Endpoint("crm", "customers", conn).get_all({"pageSize": size})))

    return run


def keep_parquet(url: str, rows: int, size: int, home: str) -> Run:
    """Writes the same frame for `parquet` to read."""
    listed = connected(url)

    def run() -> object:
        listed(page_size=size).to_parquet(Path(home) / "rows.parquet")
        return rows

    return run


def parquet(url: str, rows: int, size: int, home: str) -> Run:
    """`read_parquet` of the same rows."""
    import pandas as pd

    return lambda: len(pd.read_parquet(Path(home) / "rows.parquet"))


def made(name: str, rows: int, size: int) -> tuple[list[bytes], Any]:
    """Pages of a list, and the operation that they answer."""
    from rows import encoded, page_of

    from stcrm_nb.catalogue import OPERATIONS

    texts = encoded(name, rows)
    operation = next(each for each in OPERATIONS if each.path == name and each.paging == "pages")
    return [page_of(texts, number, size) for number in range(1, rows // size + 1)], operation


def alone(name: str) -> Callable[..., Run]:
    """The parser that ours stands on, on as many threads: nothing checked, the result dropped."""

    def prepare(url: str, rows: int, size: int, home: str) -> Run:
        import pyarrow as pa
        from pyarrow import json as arrow_json

        from stcrm_nb.frames.parse.decode import THREADS, groups
        from stcrm_nb.frames.parse.schema import fields_of

        pages, operation = made(name, rows, size)
        lines = [b"".join(page + b"\n" for page in group) for group in groups(pages)]
        schema = pa.schema([pa.field("data", pa.list_(pa.struct(fields_of(operation.record))))])
        options = arrow_json.ParseOptions(explicit_schema=schema)

        def parsed(text: bytes) -> int:
            whole = arrow_json.ReadOptions(block_size=len(text) + 1, use_threads=False)
            return len(arrow_json.read_json(pa.BufferReader(text), read_options=whole, parse_options=options))

        def run() -> object:
            with ThreadPoolExecutor(THREADS) as pool:
                return sum(pool.map(parsed, lines))

        return run

    return prepare


def parse(how: str, name: str) -> Callable[..., Run]:
    """Bytes of pages to a frame, nothing sent: ours, `json_normalize`, or `orjson`, the result dropped."""

    def prepare(url: str, rows: int, size: int, home: str) -> Run:
        import orjson
        import pandas as pd

        from stcrm_nb.frames.frame import to_frame
        from stcrm_nb.frames.parse.decode import Reader
        from stcrm_nb.transport.reply import Reply, read_envelope

        pages, operation = made(name, rows, size)
        kind = {"content-type": "application/json"}

        def ours() -> object:
            with Reader(operation.record) as reader:  # as a walk does it
                for page in pages:
                    read_envelope(Reply(200, kind, page), operation)
                    reader.feed(page)
                return len(to_frame(reader.finish(), operation.record))

        def normalized() -> object:
            frames = [pd.json_normalize(json.loads(page)["data"]) for page in pages]
            return len(pd.concat(frames, ignore_index=True))

        def dropped() -> object:
            return sum(len(orjson.loads(page)["data"]) for page in pages)

        return {"ours": ours, "normalize": normalized, "orjson": dropped}[how]

    return prepare


MEASURES: dict[str, Callable[..., Run]] = (
    {f"arrow:{name}": alone(name) for name in LISTS}
    | {
        "floor": floor,
        "paced": paced,
        "keep_parquet": keep_parquet,
        "ours": ours,
        "loop": loop,
        "servicepytan": servicepytan,
        "parquet": parquet,
    }
    | {f"{how}:{name}": parse(how, name) for how in ("ours", "normalize", "orjson") for name in LISTS}
)

if __name__ == "__main__":
    name, url, count, size, home = sys.argv[1:]
    run = MEASURES[name](url, int(count), int(size), home)
    repeats = 1
    if ":" in name:
        run()  # memory is got and threads are started; a parse alone is what counts
        repeats = 3
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        got = run()
        times.append(time.perf_counter() - began)
    took = statistics.median(times)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": took, "rows": got, "peak": peak / 1024, "before": before / 1024}))
