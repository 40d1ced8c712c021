"""The oldest versions that are allowed, as constraints for pip: `make lowest`."""

import sys
import tomllib
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]

for requirement in PROJECT["dependencies"]:
    name, version = requirement.split(">=")
    sys.stdout.write(f"{name}=={version}\n")
