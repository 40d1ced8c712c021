"""Where the rows of a panel come from: a resource of a connection, or any frame."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, Protocol, Self
from zoneinfo import ZoneInfo

import pandas as pd

from stcrm_nb.catalogue.model import NO_RECORD, Record
from stcrm_nb.config import Settings
from stcrm_nb.errors import ArgumentError
from stcrm_nb.frames.names import add_names
from stcrm_nb.panels.find.columns import BETWEEN
from stcrm_nb.quality import review as quality
from stcrm_nb.resources import Resource
from stcrm_nb.transport.walked import Watch

TAGS = "tags"  # the column of the names of tags
PLURAL, SINGULAR = "rows", "row"
FINDINGS, FINDING = "findings", "finding"
READ_ONLY = "Read-only connection: open with stcrm.connect(..., writable=True) to change records."
MASKED = "Masked for a demonstration: open the panel without mask_pii to change records."


class Connection(quality.Connection, Protocol):
    """What findings are about: a connection, as far as a panel needs it."""

    @property
    def settings(self) -> Settings:
        """Where it leads."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a panel is a window on.

    Parameters
    ----------
    resource : Resource, optional
        Fetches the rows by its `list`; None for a frame that is at hand.
    frame : DataFrame, optional
        The frame.
    given : mapping
        What the fetch is restricted to.
    tagged : bool
        Whether the names of each record's tags stand in a column `tags`.
    masked : bool
        Whether names, numbers, streets and free text are blotted out on the screen.
    connection : Connection, optional
        Of a frame of findings: where what they suggest is carried out.
    """

    resource: Resource | None = None
    frame: pd.DataFrame | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    tagged: bool = False
    masked: bool = False
    connection: Connection | None = None

    @classmethod
    def of(
        cls,
        what: "Resource | pd.DataFrame",
        given: Mapping[str, Any],
        *,
        masked: bool = False,
        connection: Connection | None = None,
    ) -> Self:
        """Return the source for what a user handed over; a wrong restriction is refused here, in the cell."""
        if isinstance(what, pd.DataFrame):
            if given:
                raise ArgumentError(
                    f"A frame is browsed as it is; {', '.join(given)} restricts only a fetch."
                )
            if not what.columns.is_unique:
                raise ArgumentError("The frame has columns of the same name; rename them first.")
            rows = what if connection is None else what.reset_index(drop=True)  # a finding is its number
            return cls(frame=rows, masked=masked, connection=connection)
        what.operation("list").request(**given)
        return cls(resource=what, given=dict(given), masked=masked)

    def restricted(self, **given: object) -> Self:
        """Return the source with another restriction of the fetch; None takes one away."""
        both = {**self.given, **given}
        return replace(self, given={name: value for name, value in both.items() if value is not None})

    def instead(self, given: Mapping[str, Any]) -> Self:
        """Return the source restricted in this way alone."""
        return replace(self, given=dict(given))

    def fetch(self, *, refresh: bool = False, watch: Watch | None = None) -> pd.DataFrame:
        """Return the rows, with names beside ids; `watch` follows the walk."""
        if self.resource is None:
            return self.frame if self.frame is not None else pd.DataFrame()
        listing, asked = self.resource.operation("list"), {**self.given, "names": True, "refresh": refresh}
        found: pd.DataFrame = listing.watched(watch, **asked) if watch else listing(**asked)
        return self._with_tags(found)

    def fetch_rows(self, keys: Iterable[int]) -> pd.DataFrame:
        """Return some records as they are now, inactive ones too, as rows of the list."""
        if self.resource is None:
            return pd.DataFrame()
        listing = self.resource.operation("list")
        every = (
            {"active": "Any"} if any(each.field == "active" for each in listing.operation.parameters) else {}
        )
        found: pd.DataFrame = listing(ids=list(keys), names=True, refresh=True, **every)
        return self._with_tags(found)

    def _with_tags(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the frame with the names of the tags of each record, if they are wanted."""
        table = self.resource.table_of(TAGS) if self.resource is not None and self.tagged else None
        if table is None or self.resource is None:
            return frame
        held = add_names(table(frame), self.resource.operation("list").applier.session)
        owner = next(name for name in held.columns if name != "tag_type_id" and name.endswith("_id"))
        texts = held["tag"] if "tag" in held else held["tag_type_id"]
        joined = texts.astype("str").groupby(held[owner]).agg(BETWEEN.join)
        tagged = frame.assign(**{TAGS: frame["id"].map(joined).astype("str")})
        tagged.attrs = dict(frame.attrs)
        return tagged

    @property
    def taggable(self) -> bool:
        """Whether the records have tags that are not shown yet."""
        return self.resource is not None and not self.tagged and self.resource.table_of(TAGS) is not None

    def holding(self, columns: Iterable[str]) -> Self:
        """Return the source with all that some columns need."""
        return replace(self, tagged=True) if TAGS in columns and self.taggable else self

    @property
    def settings(self) -> Settings:
        """The connection's settings; only rows that were fetched have one."""
        found = self.resource or self.connection
        if found is None:
            raise ArgumentError("A frame at hand has no connection.")
        return found.settings

    @property
    def writable(self) -> bool:
        """Whether records may be changed from here."""
        connected = self.resource is not None or self.connection is not None
        return connected and self.settings.writable and not self.masked

    @property
    def why_not(self) -> str:
        """Why records may not be changed from here."""
        return MASKED if self.masked else READ_ONLY

    @property
    def plural(self) -> str:
        """What the rows are."""
        return self.resource.name if self.resource else PLURAL if self.connection is None else FINDINGS

    @property
    def singular(self) -> str:
        """What one row is."""
        return self.resource.singular if self.resource else SINGULAR if self.connection is None else FINDING

    @property
    def record(self) -> Record:
        """Facts about the columns."""
        return self.resource.record if self.resource else NO_RECORD

    @property
    def code(self) -> str:
        """The Python that gives all rows."""
        if self.resource is None:
            return "frame"
        given = "".join(f"{name}={value!r}, " for name, value in self.given.items())
        call = f"crm.{self.resource.name}.list({given}names=True)"
        if not self.tagged:
            return call
        owner = f"{self.resource.singular.replace(' ', '_')}_id"
        return (
            f"{call}\n"
            f"held = stcrm.add_names(crm.{self.resource.name}.tags(frame), crm)\n"
            f"joined = held['tag'].astype('str').groupby(held[{owner!r}]).agg({BETWEEN!r}.join)\n"
            "frame['tags'] = frame['id'].map(joined).astype('str')"
        )

    @property
    def zone(self) -> str:
        """Time zone of the tenant, or the one the frame was fetched for."""
        if self.resource is not None:
            return self.resource.settings.time_zone
        return str(self._said.get("time_zone", "UTC"))

    @property
    def place(self) -> str:
        """Where the rows are from, in words."""
        if self.resource is not None:
            return self.resource.settings.place
        return (
            f"{self._said['environment']}, tenant {self._said['tenant']}" if self._said else "a frame at hand"
        )

    def today(self, frame: pd.DataFrame) -> date:
        """Return the day it was, in the tenant's time zone, when the rows were fetched."""
        told = frame.attrs.get("stcrm", {}).get("fetched_at")
        at = datetime.fromisoformat(told) if told else datetime.now(UTC)
        return at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def _said(self) -> Mapping[str, Any]:
        attrs = self.frame.attrs if self.frame is not None else {}
        found: Mapping[str, Any] = attrs.get("stcrm", {})
        return found
