"""The operations of each resource as objects that can be called, bound to one connection."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from stcrm_nb import catalogue, markup
from stcrm_nb.catalogue import Child, Operation
from stcrm_nb.changes.apply import Applier
from stcrm_nb.changes.call import Call, plain_arguments
from stcrm_nb.changes.plan import plan_change
from stcrm_nb.config import Settings
from stcrm_nb.errors import ArgumentError
from stcrm_nb.frames.fetch import fetch, request_for
from stcrm_nb.frames.lists import Exported, iter_frames
from stcrm_nb.frames.names import add_names
from stcrm_nb.frames.record import Record
from stcrm_nb.resources.describe import describe
from stcrm_nb.resources.links import links_of
from stcrm_nb.resources.lists import ChildTable
from stcrm_nb.resources.signature import narrowing, positional, signature
from stcrm_nb.transport.walked import Progress, Watch

OPTIONS = ("names", "refresh")


class BoundOperation:
    """One operation of one connection, ready to call. Its signature and help come from the catalogue.

    Parameters
    ----------
    resource : catalogue.Resource
        Where it belongs.
    operation : Operation
        What it does.
    applier : Applier
        The connection; reads go through its session.
    """

    def __init__(self, resource: catalogue.Resource, operation: Operation, applier: Applier) -> None:
        self.facts = resource
        self.operation = operation
        self.applier = applier
        self.__name__ = operation.name
        self.__qualname__ = f"crm.{resource.name}.{operation.name}"
        self.__signature__ = signature(resource, operation)
        self.__doc__ = describe(resource, operation)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - what comes back depends on the operation
        """Call it; see its signature. Reads return a frame or a Record, writes a Change that sent nothing."""
        return self._called(args, kwargs, progress=True)

    def watched(self, watch: Watch, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as for the call
        """Call it while somebody follows the walk, who may end it: the pages read till then come back."""
        return self._called(args, kwargs, progress=watch)

    def _called(self, args: tuple[Any, ...], kwargs: Mapping[str, Any], *, progress: Progress) -> Any:  # noqa: ANN401
        operation, arguments = self._meant(args, kwargs)
        if operation.writes:
            return plan_change(Call(self.facts, operation, plain_arguments(arguments)), self.applier)
        names, refresh = (bool(arguments.pop(option, False)) for option in OPTIONS)
        session = self.applier.session
        found = fetch(session, operation, arguments, refresh=refresh, progress=progress)
        if isinstance(found, Record):
            return found.linked(links_of(session, self.facts, found))
        if isinstance(found, Exported) and names:
            return found._replace(frame=add_names(found.frame, session))
        return add_names(found, session) if names and isinstance(found, pd.DataFrame) else found

    def iter_frames(self, *args: Any, **kwargs: Any) -> Iterator[pd.DataFrame]:
        """Read a list or a feed page by page: one frame a page, never more than a few in memory.

        Parameters
        ----------
        *args, **kwargs
            Those of the call; `page_size` is the rows of a frame (1 to 5000).

        Yields
        ------
        DataFrame, one row a record, at most `page_size` rows
            The columns of the call. `attrs["stcrm"]["complete"]` is False: each is a part.

        Raises
        ------
        ArgumentError
            The operation is no list; nothing was sent.

        Warns
        -----
        PartialResultWarning
            At the end, if the rows are not the number that the service counted.

        Examples
        --------
        >>> sum(len(part) for part in crm.leads.list.iter_frames()) == len(crm.leads.list())
        True

        Source
        ------
        Paging of the published description: `page`, `pageSize`, `hasMore`; `from`, `continueFrom`.
        """
        operation, arguments = self._meant(args, kwargs)
        if operation.reply not in ("page", "feed"):
            raise ArgumentError(f"{self.__qualname__} is no list, so it has no pages. Nothing was sent.")
        names, refresh = (bool(arguments.pop(option, False)) for option in OPTIONS)
        session = self.applier.session
        parts = iter_frames(session, operation, arguments, refresh=refresh)
        return (add_names(part, session) for part in parts) if names else parts

    def request(self, *args: Any, **kwargs: Any) -> str:
        """Return what a call would send first: `METHOD path?query`, and the body; nothing is sent."""
        operation, arguments = self._meant(args, kwargs)
        kept = {name: value for name, value in arguments.items() if operation.writes or name not in OPTIONS}
        return str(request_for(self.applier.session, operation, kept))

    def _meant(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[Operation, dict[str, Any]]:
        """Return the operation that is meant and its named arguments; values are checked later."""
        operation = self.operation
        narrower = narrowing(self.facts, operation)
        given = dict(kwargs)
        if narrower and given.get(narrower.name) is not None:
            operation = self.facts.operation(operation.narrows)
        elif narrower:
            given.pop(narrower.name, None)
        names = [parameter.name for parameter in positional(self.operation)]
        if len(args) > len(names):
            raise ArgumentError(
                f"{self.__qualname__} takes {len(names)} arguments unnamed ({', '.join(names) or 'none'}), "
                f"{len(args)} were given. Name the others, as in page_size=500. Nothing was sent."
            )
        named = dict(zip(names, args, strict=False))
        twice = [name for name in named if name in given]
        if twice:
            raise ArgumentError(
                f"{self.__qualname__}: {', '.join(twice)} is given twice, once without its name. "
                "Nothing was sent."
            )
        return operation, named | given

    def __repr__(self) -> str:
        operation = self.operation
        return (
            f"{self.__qualname__}{self.__signature__}\n{operation.summary}\n"
            f"{operation.method} {operation.path}, scope {operation.scope} ({operation.operation_id})"
        )


class Resource:
    """The operations on one kind of record; `crm.locations` is one.

    Parameters
    ----------
    facts : catalogue.Resource
        Its record and operations.
    applier : Applier
        The connection.
    """

    def __init__(self, facts: catalogue.Resource, applier: Applier) -> None:
        self._facts = facts
        self._applier = applier
        self.name = facts.name
        self.singular = facts.singular
        self.record = facts.record
        self.settings: Settings = applier.session.settings
        self._operations = {
            operation.name: BoundOperation(facts, operation, applier) for operation in facts.operations
        }
        self.__dict__.update(self._operations)
        self._lists = {child.call: ChildTable(applier.session, facts, child) for child in _tables(facts)}
        self.__dict__.update(self._lists)

    def offers(self, name: str) -> bool:
        """Tell whether there is an operation of this name."""
        return name in self._operations

    def table_of(self, name: str) -> ChildTable | None:
        """Return what makes a table of a list inside the records, such as `tags`; None if they have none."""
        return self._lists.get(name)

    def operation(self, name: str) -> BoundOperation:
        """Return the operation of this name."""
        return self._operations[name]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - an operation or a table of lists
        calls = [*self.__dict__.get("_operations", ()), *self.__dict__.get("_lists", ())]
        near = difflib.get_close_matches(name, calls, n=2, cutoff=0.4)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise AttributeError(f"crm.{self.__dict__.get('name')} has no {name!r}.{hint}")

    def __repr__(self) -> str:
        calls = "\n".join(f"  .{name}: {summary}" for name, summary in self._summaries())
        return f"{self._title}\n{calls}"

    def _repr_html_(self) -> str:
        rows = [(f"crm.{self.name}.{name}", summary) for name, summary in self._summaries()]
        return markup.card(self._title, markup.table(rows))

    @property
    def _title(self) -> str:
        return f"{self.name.replace('_', ' ').capitalize()} of {self.settings.place}"

    def _summaries(self) -> list[tuple[str, str]]:
        operations = [(operation.name, operation.summary) for operation in self._facts.operations]
        return operations + [
            (f"{child.call}(frame)", f"A table of the lists inside a frame: {child.meaning}")
            for child in _tables(self._facts)
        ]


def _tables(facts: catalogue.Resource) -> tuple[Child, ...]:
    """Return the lists of a resource's record, if its rows can be listed."""
    listed = any(operation.name == "list" for operation in facts.operations)
    return facts.record.children if listed else ()
