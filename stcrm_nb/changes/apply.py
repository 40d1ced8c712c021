"""Check, write intent, send once, read back, write outcome, forget. The only way a write leaves."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from stcrm_nb.changes.change import Change, Receipt, State
from stcrm_nb.changes.journal.book import Journal
from stcrm_nb.changes.readback.effect import holds
from stcrm_nb.errors import (
    AlreadyAppliedError,
    NotFoundError,
    OutcomeUnknownError,
    ReplyError,
    StcrmError,
    StoreError,
    TransportError,
)
from stcrm_nb.transport.reply import trace_of
from stcrm_nb.transport.request import Request
from stcrm_nb.transport.session import Session

NOT_DONE = frozenset({"refused", "not done"})


class Sent(NamedTuple):
    """What came of a request: the outcome, what was read back, the service's own name for the reply."""

    outcome: str
    after: State | None
    trace_id: str = ""


class Applier:
    """Carries changes out over one connection.

    Parameters
    ----------
    session : Session
        Who sends.
    journal : Journal
        Where intent and outcome are noted.
    """

    def __init__(self, session: Session, journal: Journal) -> None:
        self.session = session
        self.journal = journal

    def carry_out(self, change: Change, request: Request) -> Receipt:
        """Send one change; see `Change.apply` for what it raises."""
        self.check_not_undone(change.trail.get("undoes"))
        change.check_unmoved(change.look())
        key = str(uuid.uuid4())
        entry: dict[str, object] = {"change": key, "operation": change.operation.operation_id}
        self._note(entry | _intent(change, request))
        try:
            sent = self._send(change, request)
        except StcrmError as fault:
            outcome = "unknown" if isinstance(fault, OutcomeUnknownError) else "refused"
            trace_id = fault.trace_id if isinstance(fault, ReplyError) else ""
            self._note(entry | {"step": "outcome", "outcome": outcome, "trace_id": trace_id})
            raise
        finally:
            self.session.forget(change.operation)
        try:
            told = {"outcome": sent.outcome, "found": sent.after, "trace_id": sent.trace_id}
            at = self._note(entry | {"step": "outcome"} | told)
        except StoreError as fault:
            raise StoreError(
                f"{_named(change)}: {sent.outcome}, and read back from the service. "
                f"Only the note of it is missing. {fault}"
            ) from fault
        return Receipt(
            change=key,
            title=change.title,
            outcome=sent.outcome,
            rows=change.rows,
            place=change.place,
            at=at,
            after=sent.after,
            trace_id=sent.trace_id,
        )

    def check_not_undone(self, change: object) -> None:
        """Raise if the journal says that a change was taken back: what was removed is not made twice."""
        taken_back = change is not None and any(
            _undone(each) == change and each["outcome"] not in NOT_DONE for each in self.journal.changes()
        )
        if taken_back:
            raise AlreadyAppliedError(
                "This change was taken back before, and that is not done twice. Nothing was sent. To do it "
                "once more, plan the write itself; crm.journal.frame() shows what was done."
            )

    def _send(self, change: Change, request: Request) -> Sent:
        """Send, then read back; a lost reply is settled by reading, never by sending again (W3)."""
        try:
            reply = self.session.send(request)
        except NotFoundError:
            if change.after is None and change.look() is None:
                return Sent("already gone", None)
            raise
        except ReplyError as fault:
            if fault.status < 500:  # noqa: PLR2004 - the service refused; nothing was changed
                raise
            return Sent("done", self._settled(change, None, said="failed"), fault.trace_id)
        except TransportError:
            return Sent("done", self._settled(change, None, said="sent no reply one can read"))
        now = self._settled(change, reply.body, said="said it was done")
        return Sent("done", now, trace_of(reply))

    def _settled(self, change: Change, body: bytes | None, *, said: str) -> State | None:
        """Return what reading back shows, if it is what was expected."""
        try:
            now = change.read_back(body)
            if holds(now, change.after):
                return now
        except StcrmError:
            pass  # what cannot be read settles nothing
        raise OutcomeUnknownError(
            f"{_named(change)}: the service {said}, but reading back does not show it. It was sent once and "
            "is not sent again. Look at the record in a few minutes; if it is unchanged, make a new change.",
            effect="unknown",
        )

    def _note(self, entry: dict[str, object]) -> datetime:
        at = datetime.now(UTC)
        self.journal.write(entry, at=at)
        return at


def _intent(change: Change, request: Request) -> dict[str, object]:
    """Return what is noted before anything is sent."""
    return {
        "step": "intent",
        "record": change.record_id,
        "call": change.call,
        "request": str(request),
        "before": change.before,
        "after": change.after,
        "look": change.trail,
    }


def _undone(entry: Mapping[str, object]) -> object:
    """Return which change an entry of the journal takes back, if any."""
    trail = entry.get("look")
    return trail.get("undoes") if isinstance(trail, dict) else None


def _named(change: Change) -> str:
    """Return what was to be done, without a customer's data: errors end in logs."""
    return f"{change.verb}, record {change.record_id} ({change.operation.operation_id})"
