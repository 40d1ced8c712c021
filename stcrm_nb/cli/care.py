"""`stcrm doctor` and `stcrm notebook`: what is wrong here, and what must not leave the house."""

import argparse

from stcrm_nb import upkeep
from stcrm_nb.cli import say

SIGNS = {"pass": "ok  ", "warn": "WARN", "fail": "FAIL", "skipped": "-   "}


def add(commands: "say.Commands") -> None:
    """Add the commands."""
    doctor = say.with_profile(
        commands.add_parser(
            "doctor",
            help="check credentials, network, scopes, cache and journal",
            description="Check all between this machine and a tenant; it reads one record of each kind.",
        )
    )
    doctor.set_defaults(run=_doctor)
    notebook = commands.add_parser(
        "notebook", help="find secrets and customer data in notebooks, or strip them"
    )
    notebook.add_argument("what", choices=["scan", "strip"], help="scan only looks; strip takes outputs out")
    notebook.add_argument("files", nargs="+", metavar="FILE")
    notebook.set_defaults(run=_notebook)


def _doctor(given: argparse.Namespace) -> int:
    found = upkeep.diagnose(given.profile)
    width = int(found["check"].str.len().max())
    rows: list[list[str]] = found.astype("object").to_numpy().tolist()
    for check, outcome, told, fix in rows:
        say.line(f"{SIGNS[outcome]}  {check.ljust(width)}  {told}")
        if fix:
            say.line(f"      {' ' * width}  -> {fix}")
    return int((found["outcome"] == "fail").any())


def _notebook(given: argparse.Namespace) -> int:
    if given.what == "strip":
        changed = upkeep.strip_notebook(given.files)
        say.line(f"{changed} of {len(given.files)} notebooks held outputs; they are gone.")
        return 0
    found = upkeep.scan_notebook(given.files)
    say.table(found)
    return int(len(found) > 0)
