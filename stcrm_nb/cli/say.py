"""What commands write: tables for people, one line a row."""

import argparse
import sys
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no other name

WIDEST = 100  # characters of a cell


def line(text: str = "") -> None:
    """Write one line."""
    sys.stdout.write(f"{text}\n")


def table(frame: pd.DataFrame) -> None:
    """Write a frame, all rows and columns, long texts cut."""
    if frame.empty:
        line("nothing")
        return
    line(frame.to_string(index=False, max_colwidth=WIDEST, na_rep="-"))


def with_profile(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Let a command be about one profile."""
    parser.add_argument(
        "--profile", help='which tenant: a name given at login, or "demo"; default: as the environment says'
    )
    return parser
