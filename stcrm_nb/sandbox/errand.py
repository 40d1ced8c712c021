"""What one call is to do, handed to the function that answers it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from stcrm_nb.catalogue import Operation, Resource
from stcrm_nb.sandbox.rules import Ask, Refusal
from stcrm_nb.sandbox.shelf import Shelf
from stcrm_nb.sandbox.tenant import Tenant, child_shelf


@dataclass(frozen=True, slots=True)
class Errand:
    """Whose data, which kind of record, which operation, what it asks for, what it sends, and the clock.

    `body` holds the checked fields of the body by the API's names; a field that was not sent is absent.
    """

    tenant: Tenant
    resource: Resource
    operation: Operation
    ask: Ask
    body: Mapping[str, Any]
    now: Callable[[], datetime]

    @property
    def records(self) -> Shelf:
        """The rows of the operation's kind of record."""
        return self.tenant.shelves[self.resource.name]

    @property
    def child(self) -> str:
        """Name of the shelf that holds the children that the path names."""
        return child_shelf(self.resource, self.operation.path.split("/")[2])

    @property
    def moment(self) -> str:
        """The sandbox's time, as the service writes times."""
        return self.now().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Answer = Callable[[Errand], bytes | Refusal]
