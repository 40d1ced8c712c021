"""What a crash or a lost reply left open is settled by reading; nothing is sent again (requirement W3)."""

from collections.abc import Mapping

from stcrm_nb.changes.call import recalled
from stcrm_nb.changes.change import State
from stcrm_nb.changes.journal.book import Entry, Journal, now
from stcrm_nb.changes.readback.effect import holds
from stcrm_nb.changes.readback.state import finder, looker
from stcrm_nb.changes.readback.target import getter_of, target_of
from stcrm_nb.errors import StcrmError
from stcrm_nb.transport.session import Session


def settle(session: Session, journal: Journal) -> None:
    """Look what became of each change without an outcome, and note it.

    Parameters
    ----------
    session : Session
        Reads.
    journal : Journal
        Gets a line for each: "done", "not done" where all is as it was before, else "unknown".
    """
    for entry in journal.unsettled():
        try:
            outcome, found = _outcome(session, _plain(journal, str(entry["change"])))
        except (StcrmError, KeyError, StopIteration):
            outcome, found = "unknown", None  # what cannot be read settles nothing
        if outcome != entry["outcome"]:
            told = {"change": entry["change"], "operation": entry["operation"], "step": "outcome"}
            journal.write(told | {"outcome": outcome, "found": found, "settled": True}, at=now())


def _plain(journal: Journal, change: str) -> Entry:
    """Return the intent as it was written."""
    return next(each for each in journal.lines() if each.get("change") == change and "before" in each)


def _outcome(session: Session, intent: Entry) -> tuple[str, State | None]:
    trail = _mapping(intent["look"])
    call = recalled(str(intent["operation"]), trail)
    arguments = call.arguments
    target = target_of(call.operation)
    before, after = (_state(intent[name]) for name in ("before", "after"))
    if target.kind == "create":
        if after is None or not target.of_one_record:
            return "unknown", None
        known = trail["known"] if isinstance(trail["known"], list) else []
        getter = getter_of(call.resource, target)
        find = finder(session, target, arguments, getter=getter, after=after, known=known)
        made = find(None)
        return "not done" if made is None else "done", made
    found = looker(session, target, arguments)()
    if holds(found, after):
        return "done", found
    wanted = before if after is None else {name: (before or {}).get(name) for name in after}
    return "not done" if holds(found, wanted) else "unknown", None


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _state(value: object) -> State | None:
    return value if isinstance(value, dict) else None
