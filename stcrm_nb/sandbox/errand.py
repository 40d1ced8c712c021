"""What one call is to do, handed to the function that answers it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from stcrm_nb.catalogue import LOOKUPS, Operation, Resource
from stcrm_nb.sandbox.rules import Ask, Refusal
from stcrm_nb.sandbox.shelf import Shelf
from stcrm_nb.sandbox.tenant import Tenant

SINGULAR = {
    "customers": "customer",
    "locations": "location",
    "leads": "lead",
    "bookings": "booking",
    "contacts": "contact",
    "contact-methods": "contact_method",
}
SHELVES = {
    "contact_contact-methods": "contact_methods",
    "booking-provider-tags": "booking_provider_tags",
}


@dataclass(frozen=True, slots=True)
class Errand:
    """Whose data, which kind of record, which operation, what it asks for, what it sends, and the clock.

    `body` holds the checked fields of the body by the API's names; a field that was not sent is absent.
    """

    tenant: Tenant
    resource: Resource
    operation: Operation
    ask: Ask
    body: dict[str, Any]
    now: Callable[[], datetime]

    @property
    def shelf(self) -> Shelf:
        """The rows that the path names."""
        return self.tenant.shelves[shelf_name(self.resource, self.operation)]

    @property
    def moment(self) -> str:
        """The sandbox's time, as the service writes times."""
        return self.now().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    @property
    def owner(self) -> tuple[str, Any] | None:
        """Shelf and id of the record whose children the path names, if it names one."""
        words = _words(self.operation)
        if len(words) < 3 or not words[1].startswith("{"):  # noqa: PLR2004 - records/{id}/children
            return None
        return words[0].replace("-", "_"), self.ask.values[words[1].strip("{}")]


Answer = Callable[[Errand], bytes | Refusal]


def shelf_name(resource: Resource, operation: Operation) -> str:
    """Return the name of the shelf that holds what a path names.

    >>> from stcrm_nb.catalogue import CUSTOMERS
    >>> shelf_name(CUSTOMERS, CUSTOMERS.operation("custom_fields"))
    'customer_custom_fields'
    """
    if resource is LOOKUPS:
        return operation.name
    words = [word for word in _words(operation) if not word.startswith("{")]
    if operation.path == "contacts/relationships/{relationshipId}":
        words = ["contacts"]  # it lists the contacts of a relationship
    if len(words) == 1:
        return SHELVES.get(words[0], words[0])
    name = f"{SINGULAR[words[-2]]}_{words[-1]}"
    return SHELVES.get(name, name).replace("-", "_")


def unknown(errand: Errand, what: str = "") -> Refusal:
    """Return the refusal of a call on a record that does not exist."""
    named = what or f"{errand.resource.singular.capitalize()}"
    ids = ", ".join(str(errand.ask.values[field]) for field in _fields(errand.operation))
    return Refusal(HTTPStatus.NOT_FOUND, f"{named} {ids} does not exist.")


def _words(operation: Operation) -> list[str]:
    words = operation.path.split("/")
    return words[2:] if words[0] == "booking-provider" else words


def _fields(operation: Operation) -> list[str]:
    return [word.strip("{}") for word in _words(operation) if word.startswith("{")]
