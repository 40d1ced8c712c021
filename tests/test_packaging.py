"""What users install: the same versions everywhere, and a wheel that carries its data."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
CONDA_NAMES = {"duckdb": "python-duckdb", "matplotlib": "matplotlib-base", "tzdata": "python-tzdata"}


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


def made(*words: str) -> "subprocess.CompletedProcess[str]":
    program = shutil.which("make")
    if program is None:
        pytest.skip("there is no make")
    own = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTHON"))
    }
    return subprocess.run(  # noqa: S603 - ours; without what an outer make hands down
        [program, *words], cwd=ROOT, env=own, capture_output=True, text=True, check=False
    )


def fake_python(folder: Path, script: str) -> str:
    file = folder / "python"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return f"PYTHON={file}"


def test_make_alone_lists_the_targets() -> None:
    listed = [line.split()[1] for line in made().stdout.splitlines()]
    first = ["help", "demo", "test", "check", "stubs", "fuzz", "faults", "soak", "lowest", "package"]
    assert listed == [
        *first,
        "bench",
        "bench-panels",
        "bench-analysis",
        "pictures",
        "docs",
        "gallery",
        "clean",
    ]


@pytest.mark.parametrize("target", ["demo", "test"])
def test_make_refuses_an_old_python_in_one_line(target: str, tmp_path: Path) -> None:
    ran = made(target, f"VENV={tmp_path / 'venv'}", fake_python(tmp_path, "exit 1"))
    assert ran.returncode != 0
    assert ran.stdout == (
        f"Python 3.11 or newer is needed, and {tmp_path / 'python'} is older. "
        f"Name a newer one: make {target} PYTHON=python3.12\n"
    )


def test_make_says_when_there_is_no_python(tmp_path: Path) -> None:
    ran = made("demo", f"VENV={tmp_path / 'venv'}", "PYTHON=no-such-python")
    assert ran.returncode != 0
    assert ran.stdout.startswith("There is no no-such-python.")


def test_a_half_made_environment_is_taken_away(tmp_path: Path) -> None:
    script = '[ "$2" = venv ] || exit 0; mkdir -p "$3/bin"; touch "$3/bin/python"; exit 1'
    ran = made("demo", f"VENV={tmp_path / 'venv'}", fake_python(tmp_path, script))
    assert "cannot make a virtual environment" in ran.stdout
    assert not (tmp_path / "venv").exists()


def test_the_readmes_ten_lines_run(tmp_path: Path) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    code = "\n".join([*blocks, "print(len(leads), receipt.outcome)"])
    environment = {"MPLBACKEND": "agg", "MPLCONFIGDIR": str(tmp_path), "HOME": str(tmp_path)}
    ran = subprocess.run(  # noqa: S603 - our own lines
        [sys.executable, "-W", "error", "-c", code],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split()[-1] == "done"


def test_pictures_of_the_readme_are_there() -> None:
    named = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text())
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_wheel_alone_works_outside_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dependencies come from here, the rest from the wheel; `make package` makes all anew."""
    monkeypatch.chdir(ROOT)
    wheel = tmp_path / build_wheel(str(tmp_path))
    place = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(place)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    own = {**os.environ, "PYTHONPATH": str(place), "HOME": str(tmp_path)}
    code = (
        "import stcrm_nb; print(stcrm_nb.__file__); from stcrm_nb.cli import main; raise SystemExit(main())"
    )
    for words, last in ((["demo", "--check"], "all rooms work"), (["doctor", "--profile", "demo"], "")):
        ran = subprocess.run(  # noqa: S603 - ours
            [sys.executable, "-c", code, *words],
            cwd=elsewhere,
            env=own,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert ran.stdout.startswith(str(place))
        assert ran.stdout.rstrip().endswith(last)
    assert (place / "stcrm_nb" / "data" / "notebooks" / "01-quickstart.ipynb").is_file()
    assert (place / "stcrm_nb" / "data" / "NOTICE.md").is_file()
    assert list(place.glob("*.dist-info/licenses/LICENSE"))
