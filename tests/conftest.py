"""Fixtures are nouns: a sandbox, connections to it, and folders that vanish."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stcrm_nb.client import Client
from stcrm_nb.door import open_sandbox
from stcrm_nb.sandbox.serve import Sandbox, start

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def figures() -> Iterator[None]:
    """Figures that a test, or an example, leaves open are closed."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where one test's cache and journal go."""
    return tmp_path / "home"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A demo tenant of one test's own."""
    with start() as running:
        yield running


@pytest.fixture
def crm(sandbox: Sandbox, home: Path) -> Iterator[Client]:
    """A read-only connection."""
    with open_sandbox(sandbox, home) as client:
        yield client


@pytest.fixture
def writable_crm(sandbox: Sandbox, home: Path) -> Iterator[Client]:
    """A connection that may change records."""
    with open_sandbox(sandbox, home, writable=True) as client:
        yield client


@pytest.fixture(scope="session")
def description() -> Path:
    """The published description, where it is at hand."""
    file = SHARED / "spec" / "crm-v2.json"
    if not file.exists():
        pytest.skip("the published description is not beside this checkout")
    return file


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A read-only connection that the tests of one module share."""
    with start() as running, open_sandbox(running, tmp_path_factory.mktemp("demo")) as client:
        yield client
