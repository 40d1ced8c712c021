"""Every transport fault at every page: the same frame as without it, or a named error and no harm.

`make faults` runs them at every position of a 40-page walk; here a few positions stand for all.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from faults.pager import FINE, PASSING, SLOW, Pager, paging
from faults.settings import settings_of
from faults.teller import Clock

from stcrm_nb.catalogue import LOCATIONS
from stcrm_nb.config import Settings
from stcrm_nb.frames.lists import fetch_frame
from stcrm_nb.transport.limits import Limits
from stcrm_nb.transport.session import Session

LIST = LOCATIONS.operation("list")
PAGES = int(os.environ.get("FAULT_PAGES", "0"))  # 0: a few positions of a short walk
LENGTH, SIZE = PAGES or 5, 4
POSITIONS = range(1, PAGES + 1) if PAGES else (1, 3, 5)
QUICK = Limits(connect=1, read=0.3, call=1.0, body=64 << 20)


@pytest.fixture(scope="module")
def pager() -> Iterator[Pager]:
    with paging(LENGTH * SIZE - 1, SIZE) as running:
        yield running


@pytest.fixture
def settings(pager: Pager, tmp_path: Path) -> Settings:
    pager.faults.clear()
    pager.asked.clear()
    return settings_of(pager.url, tmp_path)


def read(settings: Settings, *, limits: Limits = Limits(), real: bool = False) -> pd.DataFrame:  # noqa: B008 - frozen
    clock = Clock()
    told = {} if real else {"sleep": clock.sleep, "monotonic": clock.monotonic}
    session = Session(settings, limits=limits, **told)
    try:
        return fetch_frame(session, LIST, {"page_size": SIZE}, progress=False)
    finally:
        session.close()


def digest(frame: pd.DataFrame) -> str:
    sink = pa.BufferOutputStream()
    table = pa.Table.from_pandas(frame).replace_schema_metadata()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return hashlib.sha256(sink.getvalue()).hexdigest()


@pytest.fixture(scope="module")
def unharmed(pager: Pager, tmp_path_factory: pytest.TempPathFactory) -> str:
    frame = read(settings_of(pager.url, tmp_path_factory.mktemp("unharmed")))
    assert len(frame) == len(pager.rows)
    assert frame.attrs["stcrm"]["complete"]
    return digest(frame)


@pytest.mark.parametrize("fault", [*PASSING, *FINE])
def test_a_fault_leaves_no_trace_in_the_frame(
    fault: str,
    pager: Pager,
    unharmed: str,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    record_property("faults", len(POSITIONS))
    survived = 0
    for position in POSITIONS:
        pager.faults[position] = [(PASSING | FINE)[fault]]
        pager.asked.clear()
        frame = read(settings_of(pager.url, tmp_path / str(position)))
        assert not pager.faults[position], "the fault was met"
        assert digest(frame) == unharmed, position
        assert frame.attrs["stcrm"]["complete"]
        assert pager.asked[f"GET {position}"] == (2 if fault in PASSING else 1)
        others = [count for page, count in pager.asked.items() if page != f"GET {position}"]
        assert set(others) == {1} or fault == "a name twice in a row", "only the page at fault is asked again"
        survived += 1
    record_property("survived", survived)


@pytest.mark.parametrize("fault", SLOW)
def test_a_slow_page_is_given_up_and_asked_for_again(
    fault: str, pager: Pager, unharmed: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Requirement T4: deadlines hold while bytes drip."""
    record_property("faults", len(POSITIONS))
    survived = 0
    for position in POSITIONS:
        pager.faults[position] = [SLOW[fault]]
        frame = read(settings_of(pager.url, tmp_path / str(position)), limits=QUICK, real=True)
        assert not pager.faults[position], "the fault was met"
        assert digest(frame) == unharmed, position
        survived += 1
    record_property("survived", survived)


def test_two_faults_in_a_row_are_ridden_out(pager: Pager, settings: Settings, unharmed: str) -> None:
    for page in POSITIONS:
        pager.faults[page] = [PASSING["reset in the middle"], PASSING["503"]]
    assert digest(read(settings)) == unharmed
