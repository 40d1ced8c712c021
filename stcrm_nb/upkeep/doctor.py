"""A check-up from the credentials to the cache: each line passes, warns or fails, and says what helps."""

import importlib.metadata
import platform
import warnings
from collections.abc import Generator, Iterator
from typing import Unpack

import pandas as pd
from packaging.requirements import Requirement

from stcrm_nb.catalogue import RESOURCES, Operation
from stcrm_nb.client import Client
from stcrm_nb.config import Credentials, Settings, private_file
from stcrm_nb.credentials import gather
from stcrm_nb.door import connect
from stcrm_nb.errors import (
    AccessError,
    ConfigError,
    RateLimitError,
    StcrmError,
    StcrmWarning,
    TransportError,
)
from stcrm_nb.frames.fetch import request_for
from stcrm_nb.transport.reply import CREDENTIALS_REFUSED, Reply, check
from stcrm_nb.transport.session import Session
from stcrm_nb.upkeep.line import Line
from stcrm_nb.upkeep.reach import hosts

PACKAGES = (
    "stcrm_nb",
    "pandas",
    "pyarrow",
    "requests",
    "requests-cache",
    "ipywidgets",
    "anywidget",
    "matplotlib",
)


def diagnose(profile: str | None = None, **credentials: Unpack[Credentials]) -> pd.DataFrame:
    """Check everything between this machine and a tenant; only reads, one record of each kind.

    Parameters
    ----------
    profile : str, optional
        As for `stcrm.connect`; "demo" checks the machine alone, with the demo tenant.
    **credentials
        As for `stcrm.connect`.

    Returns
    -------
    DataFrame, one row a check
        check (str), outcome (category: pass, warn, fail, skipped), told (str), fix (str; empty where all is
        well). No secret is in it.

    Examples
    --------
    >>> found = stcrm.diagnose("demo")
    >>> set(found["outcome"]) <= {"pass", "warn"}
    True

    Source
    ------
    Operations: the list of each kind, one row; the token endpoint.
    """
    lines = list(_lines(profile, credentials))
    frame = pd.DataFrame([(each.check, each.outcome, each.told, each.fix) for each in lines])
    frame.columns = pd.Index(["check", "outcome", "told", "fix"])
    kinds = pd.CategoricalDtype(["pass", "warn", "fail", "skipped"])
    return frame.astype({"check": "str", "outcome": kinds, "told": "str", "fix": "str"})


def _lines(profile: str | None, given: Credentials) -> Iterator[Line]:
    yield _versions()
    try:
        crm = connect(profile, **given)
    except ConfigError as fault:
        yield Line("credentials", "fail", str(fault), "stcrm login NAME, or set the variables named here.")
        return
    with crm, warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always", StcrmWarning)
        yield _credentials(profile, given, crm.settings)
        yield from hosts(crm.settings)
        reached = yield from _token(crm)
        yield from (_scopes(crm) if reached else [])
        yield _limit(crm)
        yield _folders(crm.settings)
        yield _cache(crm, [str(each.message) for each in heard])
        yield _journal(crm)


def _versions() -> Line:
    """Compare what is installed with what the package needs."""
    old = []
    for text in importlib.metadata.requires("stcrm_nb") or []:
        needed = Requirement(text)
        if needed.marker is not None and not needed.marker.evaluate({"extra": ""}):
            continue
        try:
            have = importlib.metadata.version(needed.name)
        except importlib.metadata.PackageNotFoundError:
            have = "missing"
        if have == "missing" or not needed.specifier.contains(have, prereleases=True):
            old.append(f"{needed.name} is {have}, needed {needed.specifier}")
    shown = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    if old:
        return Line("versions", "fail", "; ".join(old), "pip install --upgrade stcrm_nb")
    return Line("versions", "pass", f"Python {platform.python_version()}, {shown}")


def _credentials(profile: str | None, given: Credentials, settings: Settings) -> Line:
    if settings.environment == "demo":
        return Line("credentials", "pass", "the demo tenant, which needs none")
    found = gather(profile, given, ask=lambda _: "")  # what was asked for is not asked again
    by = [
        f"{name.removeprefix('STCRM_').lower()} from {place}" for name, place in sorted(found.places.items())
    ]
    told = f"{settings.place}: {', '.join(by)}"
    if settings.time_zone == "UTC":
        return Line(
            "credentials", "warn", told, "Set the tenant's time zone (STCRM_TIMEZONE): days begin there."
        )
    return Line("credentials", "pass", told)


def _token(crm: Client) -> Generator[Line, None, bool]:
    """Ask for a token; whether there is one is returned."""
    try:
        crm.authenticate()
    except AccessError as fault:
        fix = (
            "Client id and client secret must be of the same app, tenant and environment: stcrm login again."
        )
        yield Line("token", "fail", str(fault), fix)
        return False
    except StcrmError as fault:
        yield Line("token", "fail", str(fault), "See the hosts above.")
        return False
    yield Line("token", "pass", "the service gave one")
    return True


def _scopes(crm: Client) -> Iterator[Line]:
    """Read one row of each kind that has a scope of its own."""
    for scope, operation in _by_scope().items():
        try:
            request = request_for(_session(crm), operation, {"page_size": 1})
            _session(crm).fetch(request, _looked, refresh=True)
        except AccessError as fault:
            own = operation.module.startswith("crm")  # without the others, ids stay without names
            yield Line(f"scope {scope}", "fail" if own else "warn", str(fault), _fix_of(fault, scope))
        except RateLimitError as fault:
            yield Line(
                f"scope {scope}", "fail", str(fault), "Others use this app's limit; try again in a minute."
            )
        except TransportError as fault:
            yield Line(f"scope {scope}", "fail", str(fault), "See the hosts above.")
        except StcrmError as fault:
            yield Line(
                f"scope {scope}", "fail", str(fault), "The service failed; try again, then ask its support."
            )
        else:
            yield Line(f"scope {scope}", "pass", f"{operation.operation_id} answered")


def _by_scope() -> dict[str, Operation]:
    """Return for each reading scope an operation that lists with it, with nothing in its path."""
    found: dict[str, Operation] = {}
    for resource in RESOURCES:
        for each in resource.operations:
            if each.reply == "page" and not each.writes and "{" not in each.path:
                found.setdefault(each.scope, each)
    return found


def _fix_of(fault: AccessError, scope: str) -> str:
    if fault.status == CREDENTIALS_REFUSED:  # the token is good: it was just given
        return "The app key is not this app's, or of the other environment: stcrm login again."
    if "not enabled" in str(fault):
        return "The tenant does not have this feature; everything else works without it."
    return f"Give the app the scope {scope} in the developer portal, then approve the change in ServiceTitan."


def _limit(crm: Client) -> Line:
    over = _session(crm).throttled
    if over:
        told = f"{over} of these few calls were over the limit (429) and sent again"
        fix = "Something else uses this app's calls: another job, or a colleague with the same app."
        return Line("rate limit", "warn", told, fix)
    return Line("rate limit", "pass", "no call was over it")


def _folders(settings: Settings) -> Line:
    try:
        probe = private_file(settings.home / ".doctor")
        probe.unlink()
    except (OSError, StcrmError) as fault:
        return Line("data folder", "fail", f"{settings.home}: {type(fault).__name__}: {fault}",
                    "Give it back to your user, or set STCRM_HOME to another folder.")  # fmt: skip
    return Line("data folder", "pass", str(settings.home))


def _cache(crm: Client, heard: list[str]) -> Line:
    aside = len(list(crm.settings.cache_folder.glob("*.aside")))
    told = str(crm.cache.info()).replace("\n", ", ")
    faults = [each for each in heard if "cache" in each.lower()]
    if faults:
        return Line("cache", "warn", faults[0], "stcrm cache clear")
    if aside:
        return Line("cache", "warn", f"{aside} damaged files were set aside; {told}", "stcrm cache clear")
    return Line("cache", "pass", told)


def _journal(crm: Client) -> Line:
    try:
        lines = crm.journal.verify()
        left = len(crm.journal.unsettled())
    except (StcrmError, OSError) as fault:
        return Line("journal", "fail", str(fault), "Keep the file as it is; it tells where it was changed.")
    if left:
        return Line(
            "journal",
            "warn",
            f"{left} changes are not settled",
            "stcrm journal --pending reads what became of them.",
        )
    return Line("journal", "pass", f"{lines} lines, all sound")


def _session(crm: Client) -> Session:
    return crm._session  # noqa: SLF001 - the connection's own


def _looked(reply: Reply, operation: Operation) -> None:
    check(reply, operation)
