"""`stcrm fetch`, `stcrm journal` and `stcrm cache`: rows into a file, what was written, what is kept."""

import argparse
import ast
from pathlib import Path
from typing import Any

from stcrm_nb.catalogue import RESOURCES
from stcrm_nb.cli import say
from stcrm_nb.door import connect
from stcrm_nb.errors import ArgumentError
from stcrm_nb.frames.export import save

ENTITIES = tuple(
    each.name for each in RESOURCES
    if any(operation.name == "list" and "{" not in operation.path for operation in each.operations)
)  # fmt: skip


def add(commands: "say.Commands") -> None:
    """Add the commands."""
    fetch = say.with_profile(
        commands.add_parser(
            "fetch",
            help="rows of one kind into a file",
            description="Fetch all rows of one kind that pass the filters, and write them to a file.",
        )
    )
    fetch.add_argument("entity", choices=ENTITIES, metavar="ENTITY", help=f"of {', '.join(ENTITIES)}")
    fetch.add_argument("--out", required=True, type=Path, help="a file that ends in .parquet, .csv or .xlsx")
    fetch.add_argument(
        "--filter", action="append", default=[], metavar="NAME=VALUE",
        help="as in Python: status=Open, created_on_or_after=2026-01-01, ids=[1,2]; may be repeated",
    )  # fmt: skip
    fetch.add_argument("--names", action="store_true", help="readable names beside ids")
    fetch.add_argument("--refresh", action="store_true", help="ask the service even if replies are kept")
    fetch.set_defaults(run=_fetch)
    journal = say.with_profile(commands.add_parser("journal", help="what was written from this machine"))
    journal.add_argument("--record", help="only changes of this record")
    journal.add_argument("--day", help="only changes of this day (UTC), such as 2026-01-31")
    only = journal.add_mutually_exclusive_group()
    only.add_argument("--verify", action="store_true", help="check that no line was changed since")
    only.add_argument("--pending", action="store_true", help="settle by reading what a crash left open")
    journal.set_defaults(run=_journal)
    cache = say.with_profile(commands.add_parser("cache", help="what was read before"))
    cache.add_argument("what", choices=["info", "clear"])
    cache.set_defaults(run=_cache)


def _fetch(given: argparse.Namespace) -> None:
    filters = dict(_pair(each) for each in given.filter)
    with connect(given.profile) as crm:
        resource: Any = crm
        for part in given.entity.split("."):
            resource = getattr(resource, part)
        frame = resource.list(names=given.names, refresh=given.refresh, **filters)
        file = save(frame, given.out)
        say.line(f"{len(frame):,} {given.entity} of {crm.settings.place}: {file}")


def _pair(text: str) -> tuple[str, object]:
    """Return a filter's name and value: a Python value if it is one, else the text itself."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise ArgumentError(f"--filter {text!r} is not of the form NAME=VALUE. Nothing was sent.")
    try:
        return name.strip(), ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return name.strip(), value


def _journal(given: argparse.Namespace) -> int:
    with connect(given.profile) as crm:
        if given.verify:
            say.line(f"{crm.journal.verify():,} lines, all sound")
            return 0
        frame = (
            crm.journal.pending() if given.pending else crm.journal.frame(record=given.record, day=given.day)
        )
        say.table(frame)
        return int(given.pending and len(frame) > 0)


def _cache(given: argparse.Namespace) -> None:
    with connect(given.profile) as crm:
        if given.what == "clear":
            crm.cache.clear()
        say.line(str(crm.cache.info()))
