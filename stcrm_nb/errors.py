"""Every exception and warning of stcrm_nb, in one tree.

StcrmError
├─ ConfigError (ValueError)
├─ ArgumentError (ValueError)
│  └─ UnknownParameterError (TypeError)
├─ TransportError (ConnectionError)
│  ├─ ReplyTimeoutError (TimeoutError)
│  ├─ BrokenReplyError
│  └─ OfflineError
├─ ReplyError
│  ├─ BadRequestError (ValueError)
│  ├─ AccessError (PermissionError)
│  ├─ NotFoundError (LookupError)
│  ├─ ConflictError
│  ├─ RateLimitError
│  └─ ServiceError
├─ ContractError
├─ ColumnMissingError (LookupError)
├─ ChangeError
│  ├─ ReadOnlyError (PermissionError)
│  ├─ StaleChangeError
│  ├─ AlreadyAppliedError
│  ├─ ChangeSetError
│  └─ OutcomeUnknownError
└─ StoreError (OSError)
StcrmWarning (UserWarning)
├─ CacheWarning
├─ DriftWarning
├─ MissingScopeWarning
├─ PartialResultWarning
└─ StaleDataWarning
"""

import contextlib
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, TypedDict, Unpack

from stcrm_nb import brevity

Effect = Literal["none", "done", "unknown"]


def _rebuild(kind: type["StcrmError"], message: str, facts: dict[str, object]) -> "StcrmError":
    error = kind(message)
    error.__dict__.update(facts)
    return error


class StcrmError(Exception):
    """Base of all errors raised on purpose; the message says what to do and holds no secret."""

    _render_traceback_ = brevity.lines_of  # IPython asks for it

    def __reduce__(self) -> tuple[Callable[..., "StcrmError"], tuple[object, ...]]:
        """Keep keyword-only facts when the error travels between processes."""
        return _rebuild, (type(self), str(self), dict(self.__dict__))


class ConfigError(StcrmError, ValueError):
    """No usable credential or setting; raised before anything is sent. Not for a refused login."""


class ArgumentError(StcrmError, ValueError):
    """The catalogue refuses a call; nothing was sent. `faults` lists every fault of the call.

    Parameters
    ----------
    message : str
        The faults as one readable text.
    faults : sequence of str
        One sentence a fault.
    """

    def __init__(self, message: str, *, faults: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


class UnknownParameterError(ArgumentError, TypeError):
    """A name that the operation does not have; the message offers the nearest ones."""


class TransportError(StcrmError, ConnectionError):
    """No reply that one can read came back. Not for a reply that says no (`ReplyError`)."""


class ReplyTimeoutError(TransportError, TimeoutError):
    """The reply did not arrive in time."""


class BrokenReplyError(TransportError):
    """The reply was cut off, is not JSON, redirects, or is not from this service."""


class OfflineError(TransportError):
    """The connection is offline by request and what was asked for is not in the cache; nothing was sent."""


class ReplyFacts(TypedDict, total=False):
    """What else an answer of no may carry; see `ReplyError`."""

    trace_id: str
    operation: str
    title: str
    field_errors: Mapping[str, object]


class ReplyError(StcrmError):
    """The service answered no.

    Parameters
    ----------
    message : str
        What was asked, what the service said, what to do.
    status : int
        HTTP status.
    trace_id : str
        The service's own id of the reply, for its support; empty if it gave none.
    operation : str
        Operation id of the published description.
    title : str
        What the service says, in its words.
    field_errors : mapping
        What it says of single fields, by their names.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 0,
        trace_id: str = "",
        operation: str = "",
        title: str = "",
        field_errors: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.trace_id = trace_id
        self.operation = operation
        self.title = title
        self.field_errors = dict(field_errors or {})


class BadRequestError(ReplyError, ValueError):
    """400: the service refuses a value."""


class AccessError(ReplyError, PermissionError):
    """401 or 403: credentials refused or a scope is missing. Not for a read-only connection."""


class NotFoundError(ReplyError, LookupError):
    """404: there is no such record."""


class ConflictError(ReplyError):
    """409: the record is in a state that does not allow this."""


class RateLimitError(ReplyError):
    """429: too many calls; `wait` is the number of seconds the service asks for, if it said.

    Parameters
    ----------
    message : str
        What was asked and how long to wait.
    wait : float or None
        Seconds.
    status, **facts
        As in `ReplyError`.
    """

    def __init__(
        self, message: str, *, wait: float | None = None, status: int = 429, **facts: Unpack[ReplyFacts]
    ) -> None:
        super().__init__(message, status=status, **facts)
        self.wait = wait


class ServiceError(ReplyError):
    """5xx: the service failed."""


class ContractError(StcrmError):
    """A good status, but not what the published description says."""


class ColumnMissingError(StcrmError, LookupError):
    """A frame that was handed over lacks a column; nothing was computed, nothing sent."""


class ChangeError(StcrmError):
    """A change could not be applied.

    Parameters
    ----------
    message : str
        What was and what was not changed, and what to do.
    effect : {"none", "done", "unknown"}
        What is known of the record at the service.
    """

    def __init__(self, message: str, *, effect: Effect = "none") -> None:
        super().__init__(message)
        self.effect: Effect = effect


class ReadOnlyError(ChangeError, PermissionError):
    """The connection was opened without `writable=True`; nothing was sent."""


class StaleChangeError(ChangeError):
    """The record moved, or the plan grew old, since it was made; nothing was sent.

    Parameters
    ----------
    message : str
        What moved, by the names of the columns, and what to do.
    effect : {"none", "done", "unknown"}
        What is known of the record at the service.
    rows : sequence of (label, was, is, would be)
        The three-way view of what moved: customer data, so not in the message.
    """

    def __init__(
        self, message: str, *, effect: Effect = "none", rows: Sequence[tuple[str, *tuple[object, ...]]] = ()
    ) -> None:
        super().__init__(message, effect=effect)
        self.rows = tuple(rows)


class AlreadyAppliedError(ChangeError):
    """The change was applied before; nothing was sent again."""


class ChangeSetError(ChangeError):
    """A set of changes stopped before its end; the rows done until then are done.

    Parameters
    ----------
    message : str
        How many were done, which one failed and why.
    frame : DataFrame, optional
        The outcome of each row, as `ChangeSet.frame()` gives it.
    """

    def __init__(self, message: str, *, frame: object = None) -> None:
        super().__init__(message, effect="done")
        self.frame = frame


class OutcomeUnknownError(ChangeError):
    """The request left, no reply came, and reading back could not settle what happened."""


class StoreError(StcrmError, OSError):
    """A local file cannot be written: full, locked or damaged. Says what is safe."""


class StcrmWarning(UserWarning):
    """Base of all warnings of this package; their text names the page of the guide."""

    __str__ = brevity.guided


class CacheWarning(StcrmWarning):
    """The cache cannot be read or written; everything comes from the service. Not for an old reply."""


class DriftWarning(StcrmWarning):
    """The service sent a field or a type that the catalogue does not know; the rows are kept."""


class MissingScopeWarning(StcrmWarning):
    """The app may not read a look-up list, so ids stay without names. Not for a refused read."""


class PartialResultWarning(StcrmWarning):
    """A frame lacks rows that were asked for, or that a count needs, or mixes what is not to be mixed."""


class StaleDataWarning(StcrmWarning):
    """A frame comes from the cache and is older than asked for."""


@contextlib.contextmanager
def strict() -> Iterator[None]:
    """Make every warning of this package an error inside a `with`; put back what was there before.

    Examples
    --------
    >>> with strict():
    ...     leads = crm.leads.list()
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", StcrmWarning)
        yield
