"""Generated fixes: a write of a random kind, on a random record, with random values."""

import random
from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from stcrm_nb.changes.change import Change
from stcrm_nb.client import Client

Make = Callable[[], Change]
WORDS = (
    "Gate code",
    "Ask for Ana",
    "Café Müller",
    "=1+1",
    "<b>dog</b>",
    "O'Neil",
    "Unit \N{NUMERO SIGN} 5",
    "long " * 40,
)
PREFERENCES = (
    "job_reminders_enabled",
    "marketing_updates_enabled",
    "invoice_statement_notification",
    "invoice_notification",
    "statement_notification",
)


class Fixer:
    """Draws fixes that can be taken back, from what the tenant holds."""

    def __init__(self, crm: Client, draw: random.Random) -> None:
        self.crm = crm
        self.draw = draw
        self.customers = crm.customers.list()["id"].tolist()
        self.locations = crm.locations.list()["id"].tolist()
        self.leads = crm.leads.list(status="Open")["id"].tolist()
        self.tags = crm.lookups.tag_types()["id"].tolist()
        self.kinds = [
            self.added_contact,
            self.removed_contact,
            self.edited_contact,
            self.edited_customer,
            self.edited_location,
            self.edited_lead,
            self.added_note,
            self.removed_note,
            self.tag,
            self.tags_of_many,
            self.technician,
        ]

    def fix(self) -> Make:
        """Return what plans a fix; calling it again plans the same one."""
        while True:
            made = self.draw.choice(self.kinds)()
            if made is not None:
                return made

    def owner(self) -> tuple[Any, int]:
        resource, ids = self.draw.choice(
            [(self.crm.customers, self.customers), (self.crm.locations, self.locations)]
        )
        return resource, self.draw.choice(ids)

    def words(self) -> str:
        return f"{self.draw.choice(WORDS)} {self.draw.randrange(1000)}"

    def contact_values(self) -> dict[str, object]:
        kind = self.draw.choice(["Phone", "MobilePhone", "Email", "Fax"])
        number = self.draw.randrange(100, 999)
        value = f"someone{number}@example.com" if kind == "Email" else f"608-555-0{number}"
        return {"type": kind, "value": value, "memo": self.words()}

    def added_contact(self) -> Make:
        resource, key = self.owner()
        return partial(resource.add_contact, key, **self.contact_values())

    def some_contact(self) -> tuple[Any, int, int] | None:
        resource, key = self.owner()
        contacts = resource.contacts(key)["id"].tolist()
        return (resource, key, self.draw.choice(contacts)) if contacts else None

    def removed_contact(self) -> Make | None:
        found = self.some_contact()
        return partial(found[0].remove_contact, *found[1:]) if found else None

    def edited_contact(self) -> Make | None:
        found = self.some_contact()
        if found is None:
            return None
        resource, key, contact = found
        row = resource.contacts(key).set_index("id").loc[contact]
        given: dict[str, object] = {}
        if isinstance(row["memo"], str):  # what was empty cannot be made empty again
            given["memo"] = self.words()
        if pd.notna(row["preferences_job_reminders_enabled"]):
            given["preferences"] = self.preferences()
        if row["type"] != "Email":
            given["value"] = f"608-555-0{self.draw.randrange(100, 999)}"
        return partial(resource.update_contact, key, contact, **self.some(given)) if given else None

    def preferences(self) -> dict[str, bool]:
        """All five; the old combined one is true only if both of what it combined are."""
        given = {name: self.draw.random() < 0.5 for name in PREFERENCES}
        both = given["invoice_notification"] and given["statement_notification"]
        return given | {"invoice_statement_notification": both}

    def edited_customer(self) -> Make:
        fields = {"name": self.words(), "do_not_mail": self.draw.random() < 0.5}
        return partial(self.crm.customers.update, self.draw.choice(self.customers), **self.some(fields))

    def edited_location(self) -> Make:
        fields = {"name": self.words(), "tag_type_ids": self.draw.sample(self.tags, 2)}
        return partial(self.crm.locations.update, self.draw.choice(self.locations), **self.some(fields))

    def edited_lead(self) -> Make:
        fields = {"priority": self.draw.choice(["Low", "Normal", "High", "Urgent"]), "summary": self.words()}
        return partial(self.crm.leads.update, self.draw.choice(self.leads), **self.some(fields))

    def some(self, fields: dict[str, object]) -> dict[str, object]:
        names = self.draw.sample(list(fields), self.draw.randint(1, len(fields)))
        return {name: fields[name] for name in names}

    def added_note(self) -> Make:
        resource, key = self.owner()
        return partial(resource.add_note, key, text=self.words(), pin_to_top=self.draw.random() < 0.5)

    def removed_note(self) -> Make | None:
        resource, key = self.owner()
        notes = resource.notes(key)["id"].tolist()
        return partial(resource.remove_note, key, self.draw.choice(notes)) if notes else None

    def tag(self) -> Make:
        resource, key = self.owner()
        held, tag = resource.get(key)["tag_type_ids"] or [], self.draw.choice(self.tags)
        return partial(resource.remove_tag if tag in held else resource.add_tag, key, tag)

    def tags_of_many(self) -> Make:
        several = self.draw.sample(self.customers, self.draw.randint(1, 8))
        tags = self.draw.sample(self.tags, self.draw.randint(1, 3))
        write = self.draw.choice([self.crm.tags.add, self.crm.tags.remove])
        return partial(write, customer_ids=several, tag_type_ids=tags)

    def technician(self) -> Make | None:
        key = self.draw.choice(self.locations)
        if self.crm.locations.preferred_technician(key) is None:
            return None
        return partial(
            self.crm.locations.set_preferred_technician, key, self.draw.choice([19001, 19002, 19003])
        )
