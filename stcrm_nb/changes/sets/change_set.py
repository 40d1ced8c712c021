"""Many writes as a value: one preview, one confirmation, an outcome for each row."""

from collections.abc import Iterable, Mapping
from typing import Protocol, Self

import pandas as pd

from stcrm_nb.catalogue import Operation, Resource
from stcrm_nb.changes.apply import Applier
from stcrm_nb.changes.call import Call, plain_arguments, recalled
from stcrm_nb.changes.change import Change, Place
from stcrm_nb.changes.sets.item import FAILED, OUTCOMES, TO_SEND
from stcrm_nb.changes.sets.rows import arguments_of
from stcrm_nb.changes.sets.summary import as_html, as_text
from stcrm_nb.changes.sets.work import carry_out, prepared, reversed_work
from stcrm_nb.errors import ArgumentError, ChangeError, ChangeSetError, ReadOnlyError
from stcrm_nb.frames.fetch import request_for

COLUMNS = ("row", "record", "outcome", "change", "notes", "error", "call")


class Bound(Protocol):
    """A writing operation of one connection, such as `crm.locations.remove_contact`."""

    facts: Resource
    operation: Operation
    applier: Applier


class ChangeSet:
    """Many planned writes. Look at them, then `apply(dry_run=False)`.

    If an earlier run of the same set did not come to its end, because the kernel died or a change failed,
    the rows done then are not planned again: making the set anew goes on where it stopped.

    Parameters
    ----------
    changes : iterable of Change
        Planned by one connection. They are planned anew; none of them is used up.
    again : bool
        Plan all, also what an earlier run that was cut short has carried out.

    Raises
    ------
    ArgumentError
        There is none, or they are of several connections.

    Examples
    --------
    >>> homes = crm.locations.list().head(2)
    >>> len(stcrm.ChangeSet([crm.locations.add_tag(home, 7702) for home in homes["id"]]))
    2

    Source
    ------
    Requirements W1 to W8.
    """

    def __init__(self, changes: Iterable[Change], *, again: bool = False) -> None:
        given = list(changes)
        appliers = {id(each.connection): each.connection for each in given}
        applier = next(iter(appliers.values()), None)
        if not isinstance(applier, Applier):
            raise ArgumentError("A set needs at least one change, such as crm.customers.add_tag(5, 7702).")
        if len(appliers) > 1:
            raise ArgumentError("The changes are of several connections; make a set for each.")
        calls = [recalled(each.operation.operation_id, each.trail) for each in given]
        self._work = prepared(applier, list(enumerate(calls)), again=again)

    @classmethod
    def from_frame(
        cls,
        operation: Bound,
        frame: pd.DataFrame,
        *,
        columns: Mapping[str, str] | None = None,
        again: bool = False,
        **fixed: object,
    ) -> Self:
        """Plan one write for each row of a frame; nothing is sent.

        Tags of customers are put together, up to a hundred customers in one call.

        Parameters
        ----------
        operation : writing operation of a connection
            Such as `crm.customers.add_tag`.
        frame : DataFrame
            One row a write. Ids of the path are taken from the columns of their names; in a frame of
            contacts, `id` is the contact's and `location_id`, say, its owner's.
        columns : dict of argument to column, optional
            Where else an argument is taken from, such as {"memo": "note"}; a missing value leaves it out.
        again : bool
            Plan all rows, also what an earlier run that was cut short has carried out.
        **fixed
            Arguments that are the same for all rows.

        Returns
        -------
        ChangeSet

        Raises
        ------
        ColumnMissingError
            The frame lacks a column.
        ArgumentError
            The frame has no rows, an id is missing, or a value is refused; nothing was sent.

        Examples
        --------
        >>> customers = crm.customers.list().head(3)
        >>> len(stcrm.ChangeSet.from_frame(crm.customers.add_tag, customers, tag_type_id=7702))
        3
        """
        facts, write, applier = operation.facts, operation.operation, operation.applier
        if not write.writes:
            raise ArgumentError(f"crm.{facts.name}.{write.name} only reads; there is nothing to plan.")
        rows = arguments_of(facts, write, frame, columns=columns or {}, fixed=fixed)
        if not rows:
            raise ArgumentError("The frame has no rows, so there is nothing to change.")
        for given in rows.values():
            request_for(applier.session, write, given)  # refuses what is wrong before anything is read
        made = cls.__new__(cls)
        calls = [(row, Call(facts, write, plain_arguments(given))) for row, given in rows.items()]
        made._work = prepared(applier, calls, again=again)  # noqa: SLF001 - its own, being made
        return made

    def frame(self) -> pd.DataFrame:
        """Return what is planned or came of each row.

        Returns
        -------
        DataFrame, one row for each row given, in its order
            row (object, the label), record, change, notes, error, call (str), outcome (category: planned,
            nothing to do, cannot be planned, done before, done, already gone, failed, unknown, not sent).
        """
        tenant = self._work.applier.session.settings.tenant
        found = {row: item for item in self._work.items for row in item.rows}
        rows = [
            (
                row,
                each.call.record_id(tenant),
                each.outcome,
                each.title,
                each.notes,
                each.error,
                each.call.code,
            )
            for row, each in ((row, found[row]) for row in self._work.order)
        ]
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        texts = {name: "str" for name in COLUMNS if name not in ("row", "outcome")}
        return frame.astype(texts | {"outcome": pd.CategoricalDtype(list(OUTCOMES))})

    def apply(
        self, *, dry_run: bool = True, confirm: int | None = None, keep_going: bool = False
    ) -> pd.DataFrame:
        """Send what is planned, one after the other; without `dry_run=False` nothing is sent.

        Parameters
        ----------
        dry_run : bool
            Only tell what would be done.
        confirm : int, optional
            The number of rows that will be changed; needed in production.
        keep_going : bool
            Go on after a change that failed. Otherwise the rest is not sent; applying again goes on with it.

        Returns
        -------
        DataFrame
            As `frame` returns it.

        Raises
        ------
        ReadOnlyError
            The connection is read-only, or production was not confirmed; nothing was sent.
        StaleChangeError
            A plan is older than ten minutes; nothing was sent.
        ChangeSetError
            A change failed and the rest was not sent; its `frame` tells of each row.
        """
        if dry_run:
            return self.frame()
        waiting = [each for each in self._work.items if each.outcome in TO_SEND]
        self._check(sum(len(each.rows) for each in waiting), confirm)
        for each in waiting:
            if each.change is not None:
                each.change.check_age()
        carry_out(self._work, keep_going=keep_going)
        failed = [each for each in waiting if each.outcome in FAILED]
        if failed and not keep_going:
            frame = self.frame()
            counts = frame["outcome"].value_counts()
            raise ChangeSetError(
                f"{counts['done'] + counts['already gone']} of {len(frame)} rows are done, one "
                f"{failed[0].outcome}, {counts['not sent']} not sent. {failed[0].error} The error's `frame` "
                "tells of each row; apply again to go on with the rest.",
                frame=frame,
            )
        return self.frame()

    def undo(self) -> "ChangeSet":
        """Plan the writes that take back all that was done, the last one first; nothing is sent.

        Returns
        -------
        ChangeSet
            With an outcome "cannot be planned" and the reason for what cannot be taken back.

        Raises
        ------
        ChangeError
            Nothing of this set was done.
        """
        back = reversed_work(self._work)
        if not back.items:
            raise ChangeError("Nothing of this set was done, so there is nothing to take back.")
        made = ChangeSet.__new__(ChangeSet)
        made._work = back  # noqa: SLF001 - its own, being made
        return made

    @property
    def verb(self) -> str:
        """What it does, in the words of a button."""
        return ", ".join(dict.fromkeys(each.verb for each in self._work.items))

    def _check(self, rows: int, confirm: int | None) -> None:
        place = self._place
        if not place.writable:
            raise ReadOnlyError(
                "This connection is read-only, so nothing was sent. Open it with stcrm.connect(..., "
                "writable=True) and make the set again."
            )
        if place.environment == "production" and confirm != rows:
            raise ReadOnlyError(
                f"This is production ({place.words}). Nothing was sent. To go ahead, give back the number of "
                f"rows that will be changed: apply(dry_run=False, confirm={rows})."
            )

    @property
    def _place(self) -> Place:
        settings = self._work.applier.session.settings
        return Place(settings.environment, settings.tenant, settings.place, settings.writable)

    def __len__(self) -> int:
        return len(self._work.order)

    def __repr__(self) -> str:
        return as_text(self._work.items, self._place)

    def _repr_html_(self) -> str:
        return as_html(self._work.items, self._place)
