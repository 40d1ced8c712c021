"""One prepared request, there and back, on connections that are kept open."""

import logging
from collections.abc import Callable
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from stcrm_nb.config import Settings
from stcrm_nb.transport.limits import Limits
from stcrm_nb.transport.reply import Reply
from stcrm_nb.transport.wire.content import connections, read_content

CONNECTIONS = 20  # pages on the way at once; a walk of 100 000 rows is 20 pages


class _Discreet(logging.Filter):
    """Takes the query off what urllib3 logs at DEBUG: it may hold a customer's name or number (T10)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record through, without queries."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                each.partition("?")[0] if isinstance(each, str) and "/tenant/" in each else each
                for each in record.args
            )
        return True


_DISCREET = _Discreet()


def deliver(
    adapter: HTTPAdapter,
    prepared: requests.PreparedRequest,
    settings: Settings,
    *,
    limits: Limits,
    monotonic: Callable[[], float],
) -> Reply:
    """Send one prepared request and read the whole reply; no redirect, cookie or proxy of the machine."""
    until = monotonic() + limits.call
    response = adapter.send(
        prepared,
        stream=True,
        timeout=(limits.connect, limits.read),
        verify=str(settings.ca_bundle) if settings.ca_bundle else True,
        proxies={"http": settings.proxy, "https": settings.proxy} if settings.proxy else {},
    )
    try:
        body = read_content(response.raw, until=until, most=limits.body, monotonic=monotonic)
    except BaseException:
        response.raw.close()
        raise
    response.raw.release_conn()
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Reply(response.status_code, headers, body)


def open_adapter(limits: Limits) -> HTTPAdapter:
    """Return what keeps the connections of one session open and in time."""
    logging.getLogger("urllib3.connectionpool").addFilter(_DISCREET)  # adding it again changes nothing
    adapter = HTTPAdapter(pool_connections=2, pool_maxsize=CONNECTIONS)
    kinds = connections(limits)
    pools: dict[str, Any] = adapter.poolmanager.pool_classes_by_scheme
    adapter.poolmanager.pool_classes_by_scheme = {
        scheme: type(pool.__name__, (pool,), {"ConnectionCls": kinds[scheme]})
        for scheme, pool in pools.items()
    }
    return adapter
