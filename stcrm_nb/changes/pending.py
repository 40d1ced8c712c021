"""What a crash or a lost reply left open is settled by reading; nothing is sent again (requirement W3)."""

from collections.abc import Mapping

from stcrm_nb.catalogue import OPERATIONS, RESOURCES
from stcrm_nb.changes.change import State
from stcrm_nb.changes.effect import holds
from stcrm_nb.changes.journal import Entry, Journal, now
from stcrm_nb.changes.state import finder, looker
from stcrm_nb.changes.target import getter_of, target_of
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
            outcome = _outcome(session, _plain(journal, str(entry["change"])))
        except (StcrmError, KeyError, StopIteration):
            outcome = "unknown"  # what cannot be read settles nothing
        if outcome != entry["outcome"]:
            told = {"change": entry["change"], "operation": entry["operation"], "step": "outcome"}
            journal.write(told | {"outcome": outcome, "settled": True}, at=now())


def _plain(journal: Journal, change: str) -> Entry:
    """Return the intent as it was written."""
    return next(each for each in journal.lines() if each.get("change") == change and "before" in each)


def _outcome(session: Session, intent: Entry) -> str:
    operation = next(each for each in OPERATIONS if each.operation_id == intent["operation"])
    trail = _mapping(intent["look"])
    arguments = _mapping(trail["arguments"])
    resource = next(each for each in RESOURCES if each.name == trail["resource"])
    target = target_of(operation)
    before, after = (_state(intent[name]) for name in ("before", "after"))
    if target.kind == "create":
        if after is None or not target.of_one_record:
            return "unknown"
        known = trail["known"] if isinstance(trail["known"], list) else []
        getter = getter_of(resource, target)
        find = finder(session, target, arguments, getter=getter, after=after, known=known)
        return "done" if find(None) is not None else "not done"
    found = looker(session, target, arguments)()
    if holds(found, after):
        return "done"
    wanted = before if after is None else {name: (before or {}).get(name) for name in after}
    return "not done" if holds(found, wanted) else "unknown"


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _state(value: object) -> State | None:
    return value if isinstance(value, dict) else None
