"""What users install: the same versions everywhere, and a wheel that carries its data."""

import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
CONDA_NAMES = {"matplotlib": "matplotlib-base", "tzdata": "python-tzdata"}


def bounds(requirements: list[str]) -> dict[str, str]:
    return dict(requirement.split(">=") for requirement in requirements if ">=" in requirement)


def test_conda_and_pip_name_the_same_lower_bounds() -> None:
    needed = bounds(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["lab"])
    expected = {CONDA_NAMES.get(name, name): version for name, version in needed.items()}
    expected["python"] = PROJECT["requires-python"].removeprefix(">=")
    lines = re.findall(r"^  - ([\w.-]+>=[\w.]+)$", (ROOT / "environment.yml").read_text(), re.MULTILINE)
    assert bounds(lines) == expected


def test_every_dependency_is_a_decision() -> None:
    decisions = (ROOT / "docs" / "decisions.md").read_text()
    assert [name for name in bounds(PROJECT["dependencies"]) if f"**{name}**" not in decisions] == []


def test_no_version_is_pinned_from_above() -> None:
    every = PROJECT["dependencies"] + [
        each for extra in PROJECT["optional-dependencies"].values() for each in extra
    ]
    assert [each for each in every if "<" in each or "==" in each] == []


def test_the_wheel_carries_scripts_styles_types_and_the_demo_tenant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    wheel = zipfile.ZipFile(tmp_path / build_wheel(str(tmp_path)))
    with wheel:
        held = set(wheel.namelist())
    files = [
        *(ROOT / "stcrm_nb").rglob("*.js"),
        *(ROOT / "stcrm_nb").rglob("*.css"),
        ROOT / "stcrm_nb" / "py.typed",
    ]
    expected = {str(file.relative_to(ROOT)) for file in files}
    expected |= {f"stcrm_nb/data/demo/{file.name}" for file in (ROOT / "data" / "demo").iterdir()}
    assert expected <= held
    assert not [name for name in held if name.startswith(("tests", "notebooks", "data/"))]
