"""What a user can name, and what it costs to import."""

import pickle
import subprocess
import sys
import warnings

import pytest

import stcrm_nb
from stcrm_nb import errors

HEAVY = {"pandas", "numpy", "requests", "pyarrow", "matplotlib", "ipywidgets", "starlette", "requests_cache"}


def test_the_promised_names_are_there() -> None:
    assert stcrm_nb.__all__ == sorted(stcrm_nb.__all__)
    assert stcrm_nb.__all__ == [
        "ChangeSet",
        "Client",
        "add_names",
        "analysis",
        "browse",
        "charts",
        "columns",
        "connect",
        "diagnose",
        "errors",
        "load",
        "operations",
        "panels",
        "quality",
        "save",
        "scan_notebook",
        "show_tracebacks",
        "strict",
        "strip_notebook",
    ]
    for name in stcrm_nb.__all__:
        assert getattr(stcrm_nb, name) is not None
        assert name in dir(stcrm_nb)


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(AttributeError, match="connect"):
        stcrm_nb.conect  # noqa: B018 - the access is the point


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, stcrm_nb; print(*{name.split('.')[0] for name in sys.modules})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert HEAVY.isdisjoint(ran.stdout.split())


def test_importing_changes_nothing_global() -> None:
    code = (
        "import logging, warnings, pandas as pd, matplotlib as mpl\n"
        "def state(): return (dict(mpl.rcParams), pd.describe_option(_print_desc=False),"
        " logging.root.handlers[:], logging.root.level, list(warnings.filters))\n"
        "before = state()\n"
        "import stcrm_nb.client, stcrm_nb.charts, stcrm_nb.panels\n"
        "assert state()[:2] == before[:2], 'options'\n"
        "assert state()[2:4] == before[2:4], 'logging'\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)  # noqa: S603


@pytest.mark.parametrize(
    "error",
    [
        errors.RateLimitError("wait", wait=3.0, operation="Leads_Get"),
        errors.NotFoundError("gone", status=404, trace_id="t"),
        errors.ArgumentError("wrong", faults=["a", "b"]),
        errors.OutcomeUnknownError("who knows", effect="unknown"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_keeps_its_facts_between_processes(error: errors.StcrmError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.__dict__ == error.__dict__


def test_strict_makes_warnings_errors_and_puts_back_what_was_there() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = list(warnings.filters)
        with stcrm_nb.strict(), pytest.raises(errors.DriftWarning):
            warnings.warn("new field", errors.DriftWarning, stacklevel=1)
        assert list(warnings.filters) == before
        warnings.warn("new field", errors.DriftWarning, stacklevel=1)
