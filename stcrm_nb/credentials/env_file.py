"""Lines of a `.env` file. Nothing of it is put into the environment."""

from collections.abc import Collection
from pathlib import Path

from dotenv import dotenv_values


def lines_of(file: Path, wanted: Collection[str]) -> dict[str, str]:
    """Return the lines with these names that have a value."""
    held = dotenv_values(file, interpolate=False)
    return {key: value for key, value in held.items() if key in wanted and value}
