"""Whether the two hosts of the service can be reached from here, and what time it is there."""

import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import requests

from stcrm_nb.config import Settings
from stcrm_nb.transport.reply import server_clock
from stcrm_nb.upkeep.line import Line

PATIENCE = 15.0  # seconds for a first answer
SLOW = 2.0  # seconds from which an answer is called slow
SKEW = 60.0  # seconds that clocks may differ


def hosts(settings: Settings) -> Iterator[Line]:
    """Reach both hosts without credentials; compare clocks."""
    clock: Line | None = None
    for name, url in (("token endpoint", settings.auth_url), ("API host", settings.api_url)):
        began = time.monotonic()
        try:
            headers = _asked(url, settings)
        except requests.exceptions.SSLError:
            fix = "Behind a company's proxy, name its certificates: connect(ca_bundle=...)."
            yield Line(f"{name} reachable", "fail", f"{url}: its certificate is not trusted here", fix)
        except requests.exceptions.RequestException as fault:
            fix = "Check network, VPN and proxy: connect(proxy=...)."
            yield Line(f"{name} reachable", "fail", f"{url}: no answer ({type(fault).__name__})", fix)
        else:
            took = time.monotonic() - began
            outcome, fix = ("warn", "Lists will be slow; kept replies help.") if took > SLOW else ("pass", "")
            yield Line(f"{name} reachable", outcome, f"{url} answered in {took:.1f} s", fix)
            clock = clock or _clock(headers, settings)
    yield clock or Line("clock", "skipped", "no answer told the time")


def _asked(url: str, settings: Settings) -> dict[str, str]:
    """Ask a host for anything, without credentials, and return the headers of its answer."""
    with requests.Session() as bare:
        bare.trust_env = False  # no proxy or password file of the machine
        answer = bare.get(
            f"{url}/", timeout=PATIENCE, allow_redirects=False, stream=True,
            proxies={"http": settings.proxy, "https": settings.proxy} if settings.proxy else {},
            verify=str(settings.ca_bundle) if settings.ca_bundle else True,
        )  # fmt: skip
        answer.close()
    return {name.lower(): value for name, value in answer.headers.items()}


def _clock(headers: Mapping[str, str], settings: Settings) -> Line | None:
    """Compare this machine's clock with the service's; the demo tenant lives in its own time."""
    theirs = server_clock(headers)
    if theirs is None:
        return None
    apart = abs((datetime.now(UTC) - theirs).total_seconds())
    if settings.environment == "demo":
        return Line("clock", "pass", f"the demo tenant's own: {theirs:%Y-%m-%d %H:%M} UTC")
    if apart > SKEW:
        return Line("clock", "fail", f"this machine and the service are {apart:,.0f} s apart",
                    "Set the machine's clock: tokens and cached replies go by it.")  # fmt: skip
    return Line("clock", "pass", f"{apart:.0f} s apart")
