"""Which replies are kept, where, and what a write forgets. requests-cache keeps them."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import requests
from requests_cache.backends.sqlite import SQLiteCache
from requests_cache.serializers import json_serializer

from stcrm_nb.config import private_folder

EXPIRE = 15 * 60  # seconds a reply is served again without asking
GOOD = 200


def open_cache(folder: Path) -> SQLiteCache:
    """Open the cache of one tenant: a private file, JSON only, no pickle (requirements C1 to C4).

    Parameters
    ----------
    folder : Path
        Made for this environment, tenant and client, readable by its owner only.

    Returns
    -------
    SQLiteCache
    """
    file = private_folder(folder) / "replies.sqlite"
    file.touch(mode=0o600)
    file.chmod(0o600)
    return SQLiteCache(file, serializer=json_serializer, decode_content=False, wal=True, busy_timeout=2000)


def worth_keeping(response: requests.Response) -> bool:
    """Tell whether a reply may be kept: a complete JSON text with status 200 (requirement C8)."""
    if response.status_code != GOOD or "json" not in response.headers.get("Content-Type", ""):
        return False
    try:
        msgspec.json.decode(response.content, type=msgspec.Raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return False
    return True


def strip_secrets(response: requests.Response, *_args: object, **_kwargs: object) -> None:
    """Take everything secret off a reply before it is kept (requirement C3)."""
    response.request.headers.pop("Authorization", None)
    response.request.headers.pop("ST-App-Key", None)
    for headers in (response.headers, response.raw.headers):
        headers.pop("Set-Cookie", None)
    response.cookies.clear()


def forget(cache: SQLiteCache, roots: Iterable[str]) -> None:
    """Drop every kept reply whose path starts with one of these segments, and its feeds."""
    stale = set(roots)
    dropped = [
        response.cache_key
        for response in cache.filter(valid=True, expired=True)
        if stale & set(_segments(response.url)[:2])
    ]
    cache.delete(*[key for key in dropped if key])


def _segments(url: str) -> list[str]:
    """Return the path behind `tenant/{tenant}/`."""
    return urlsplit(url).path.partition("/tenant/")[2].split("/")[1:]
