"""A write as a value: what it does, what is there now, what will be lost. Sends nothing. Pure."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from stcrm_nb import markup
from stcrm_nb.catalogue import Operation
from stcrm_nb.errors import AlreadyAppliedError, ChangeError, ReadOnlyError, StaleChangeError

EXPIRES_AFTER = 600.0  # seconds (requirement W1)
TONES: dict[str, markup.Tone] = {"production": "bad", "integration": "warn", "demo": "good"}

State = Mapping[str, object]
Row = tuple[str, object, object]
Three = tuple[str, object, object, object]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a change would happen."""

    environment: str
    tenant: int
    words: str
    writable: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of a change: applied and read back.

    `change` names it in the journal. `outcome` is "done", or "already gone" if the service had no such record
    any more. `after` holds what was read back, with the id of what was created; None where there is nothing
    left. `trace_id` is the service's own name for its reply, if it gave one. `reverse` plans what takes it
    back.
    """

    change: str
    title: str
    outcome: str
    rows: tuple[Row, ...]
    place: Place
    at: datetime
    after: State | None = None
    trace_id: str = ""
    reverse: Callable[[], "Change"] | None = field(default=None, repr=False)

    def undo(self) -> "Change":
        """Plan the write that takes this one back; nothing is sent.

        Returns
        -------
        Change
            Made from the record as it was before, to be looked at and applied like any other; its notes say
            what even it does not bring back.

        Raises
        ------
        ChangeError
            Nothing takes it back; the message says why.
        StaleChangeError
            The record was changed once more since; the message shows what was, what was written, what is.

        Examples
        --------
        >>> receipt = crm.locations.add_tag(250200001, 7702).apply()  # doctest: +SKIP
        >>> receipt.undo().apply()  # doctest: +SKIP
        """
        if self.reverse is None:
            raise ChangeError(f"{self.title}: there is nothing to take back. Nothing was sent.")
        return self.reverse()

    def __repr__(self) -> str:
        return f"{self.outcome.capitalize()}: {self.title}, in {self.place.words}, at {self._when}"

    def _repr_html_(self) -> str:
        badges = [markup.badge(self.outcome, "good"), markup.badge(self.place.words)]
        trace = f" Trace id {self.trace_id}." if self.trace_id else ""
        told = f"Read back and noted in the journal at {self._when}.{trace}"
        when = f'<p class="quiet">{markup.escape(told)}</p>'
        rows = markup.table(self.rows, headers=("", "Before", "After"))
        return markup.card(self.title, rows, when, tone="good", badges=badges)

    @property
    def _when(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S %Z}"


@dataclass(slots=True, kw_only=True, eq=False)
class Change:
    """One planned write. Look at it, then `apply()` it, once.

    Parameters
    ----------
    operation : Operation
        What would be called.
    record_id : int or str
        The record it is about; the tenant's number where there is none yet.
    title, verb : str
        The change in a sentence, and the verb a button carries.
    call, line : str
        The Python that makes the plan; the exact request that would be sent.
    before, after : mapping or None
        The thing's values now, and those that will change; None where there is no such thing.
    rows : tuple of (label, before, after)
        The same for people.
    notes : tuple of str
        What else there is to know: what stays, what is lost, whether it can be undone.
    place : Place
        Tenant and environment.
    look : callable
        Reads the thing's present values from the service; None if it is not there.
    read_back : callable
        Reads them after the change, given the body of the reply, or None if none came.
    carry_out : callable
        Sends the change; see `stcrm_nb.changes.apply`.
    age : callable
        Seconds since the plan was made.
    connection : object
        What made it; the changes of a set share it.
    trail : mapping
        What the journal keeps, so that after a crash one can look what became of it.

    Examples
    --------
    >>> location = crm.locations.list()["id"].iloc[0]
    >>> contact = crm.locations.contacts(location)["id"].iloc[0]
    >>> crm.locations.remove_contact(location, contact).verb
    'Remove contact'
    """

    operation: Operation
    record_id: int | str
    title: str
    verb: str
    call: str
    line: str
    before: State | None
    after: State | None
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    place: Place
    look: Callable[[], State | None] = field(repr=False)
    read_back: Callable[[bytes | None], State | None] = field(repr=False)
    carry_out: Callable[["Change"], Receipt] = field(repr=False)
    age: Callable[[], float] = field(repr=False)
    connection: object = field(repr=False)
    trail: Mapping[str, object] = field(default_factory=dict, repr=False)
    _taken: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    @property
    def environment(self) -> str:
        """Production, integration or demo."""
        return self.place.environment

    @property
    def tenant(self) -> int:
        """Number of the tenant."""
        return self.place.tenant

    @property
    def writable(self) -> bool:
        """Whether the connection may apply it."""
        return self.place.writable

    @property
    def idle(self) -> bool:
        """Whether all is as it would be afterwards: there is nothing to change."""
        return self.before is not None and self.after is not None and not self.rows

    def request(self) -> str:
        """Return the exact request that would be sent: `METHOD path?query`, and the body."""
        return self.line

    def code(self) -> str:
        """Return the Python that makes this plan, without the confirmation."""
        return f"change = {self.call}"

    def apply(self, *, confirm: int | str | None = None) -> Receipt:
        """Check that nothing moved, send it once, read back, and note it in the journal.

        Parameters
        ----------
        confirm : int or str, optional
            The record's id; needed in production.

        Returns
        -------
        Receipt

        Raises
        ------
        ReadOnlyError
            The connection is read-only, or production was not confirmed; nothing was sent.
        AlreadyAppliedError
            The change was applied before, or takes back what was taken back before; nothing was sent again.
        StaleChangeError
            The plan is older than ten minutes or the record moved; nothing was sent.
        OutcomeUnknownError
            The request left but no reply came, and reading back did not settle it.
        """
        self.check(confirm)
        return self.send_once()

    def check(self, confirm: int | str | None = None) -> None:
        """Raise if it may not be applied now; nothing is sent. See `apply`."""
        if not self.writable:
            raise ReadOnlyError(
                f"This connection is read-only, so nothing was sent. To {self.verb.lower()}, open it with "
                "stcrm.connect(..., writable=True) and make the change again."
            )
        if self.environment == "production" and str(confirm) != str(self.record_id):
            raise ReadOnlyError(
                f"This is production ({self.place.words}). Nothing was sent. To go ahead, give the record's "
                f"id back: apply(confirm={self.record_id!r})."
            )
        self.check_age()

    def check_age(self) -> None:
        """Raise if the plan is too old (requirement W1)."""
        if self.age() > EXPIRES_AFTER:
            raise StaleChangeError(
                "This plan is older than ten minutes. Nothing was sent. Make it again and look once more: "
                f"{self.code()}"
            )

    def send_once(self) -> Receipt:
        """Send it, if it was not sent before: `apply` without asking whether it may be.

        A set of changes asks once for all of them.
        """
        if not self._taken.acquire(blocking=False):
            raise AlreadyAppliedError(
                "This change was applied before and is not sent twice. To do more, make a new change."
            )
        try:
            return self.carry_out(self)
        except (StaleChangeError, AlreadyAppliedError):
            self._taken.release()  # nothing was sent, and trying again says the same
            raise

    def check_unmoved(self, now: State | None) -> None:
        """Raise if the thing is not as it was when the plan was made (requirement W2)."""
        if now == self.before:
            return
        rows = three_ways(self.before, now, self.after)
        named = f" ({', '.join(label for label, *_ in rows)})" if rows else ""
        moved = "is gone" if now is None else f"was changed by someone else{named}"
        raise StaleChangeError(
            f"Stale plan: the record {moved} since it was made. Nothing was sent. Look again and make a new "
            f"plan: {self.code()}. The error's `rows` show what was, what is, and what would be.",
            rows=rows,
        )

    def __repr__(self) -> str:
        width = max((len(label) for label, _, _ in self.rows), default=0)
        lines = [f"  {label:<{width}}  {_text(old)}  ->  {_text(new)}" for label, old, new in self.rows]
        notes = [f"  * {note}" for note in self.notes]
        head = f"Planned, not sent: {self.title}, in {self.place.words}"
        return "\n".join([head, *lines, *notes, f"  {self._next_step}"])

    def _repr_html_(self) -> str:
        badges = [
            markup.badge("planned, nothing sent", "warn"),
            markup.badge(self.place.words, TONES.get(self.environment, "bad")),
        ]
        rows = markup.table(self.rows, headers=("", "Now", "Afterwards"))
        step = f'<p class="quiet">{markup.escape(self._next_step)}</p>'
        return markup.card(self.title, rows, markup.bullets(self.notes), step, tone="warn", badges=badges)

    @property
    def _next_step(self) -> str:
        if self.writable:
            return "To carry it out: change.apply()"
        return "Read-only connection: open it with stcrm.connect(..., writable=True) to apply."


def three_ways(was: State | None, now: State | None, wanted: State | None) -> tuple[Three, ...]:
    """Return what moved, column by column: what it was, what it is, what it would be."""
    before, present, after = was or {}, now or {}, wanted or {}
    return tuple(
        (name.replace("_", " "), before.get(name), present.get(name), after.get(name, before.get(name)))
        for name in {**before, **present}
        if before.get(name) != present.get(name)
    )


def _text(value: object) -> str:
    return "-" if value is None else str(value)
