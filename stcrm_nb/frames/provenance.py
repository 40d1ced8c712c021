"""What a frame says of itself: where it comes from, how much of it there is, how old it is. Pure."""

import warnings
from datetime import UTC, datetime
from typing import TypedDict

from stcrm_nb.catalogue import Operation
from stcrm_nb.config import Settings
from stcrm_nb.errors import StaleDataWarning
from stcrm_nb.transport.request import Request
from stcrm_nb.transport.walked import Walked


class Provenance(TypedDict):
    """What a frame says of itself in `frame.attrs["stcrm"]` (requirement P3)."""

    operation: str
    parameters: dict[str, str]
    rows: int
    total: int | None
    complete: bool
    environment: str
    tenant: int
    time_zone: str
    fetched_at: str
    from_cache: bool
    stale: bool
    active: str | None
    continue_from: str | None


def warn_if_stale(came: float, *, stale: bool) -> None:
    """Say how old something is that is shown although its time is over.

    Parameters
    ----------
    came : float
        When it came, in seconds since 1970.
    stale : bool
        Whether its time is over.
    """
    if not stale:
        return
    since = datetime.fromtimestamp(came, UTC)
    age = datetime.now(UTC) - since
    old = f"{age.days} days" if age.days > 1 else f"{age.total_seconds() / 3600:.1f} hours"
    warnings.warn(
        f"Shown as of {since:%Y-%m-%d %H:%M} UTC, {old} old, from the cache: the service failed or the "
        "connection is offline. Call again later for news.",
        StaleDataWarning,
        stacklevel=4,
    )


def provenance_of(
    settings: Settings, requests: list[Request], walked: Walked, *, rows: int, complete: bool
) -> Provenance:
    """Return what a frame says of itself: whence, how much of it, how old."""
    operation = requests[0].operation
    return Provenance(
        operation=operation.operation_id,
        parameters=_asked(requests),
        rows=rows,
        total=walked.total,
        complete=complete,
        environment=settings.environment,
        tenant=settings.tenant,
        time_zone=settings.time_zone,
        fetched_at=(walked.fetched_at or datetime.now(UTC)).isoformat(),
        from_cache=walked.from_cache,
        stale=walked.stale,
        active=active_of(operation, requests[0]),
        continue_from=walked.continue_from,
    )


def _asked(requests: list[Request]) -> dict[str, str]:
    """Return the query of a call; the parts of a list that was cut are joined again."""
    asked = dict(requests[0].query)
    for request in requests[1:]:
        for field, text in request.query:
            if text != asked[field]:
                asked[field] = f"{asked[field]},{text}"
    return asked


def active_of(operation: Operation, request: Request | None) -> str | None:
    """Return what the list holds: True means the service left inactive records out (its default)."""
    if all(parameter.field != "active" for parameter in operation.parameters):
        return None
    return dict(request.query if request else ()).get("active", "True")
