"""Notebook workbench for the ServiceTitan CRM: fetch, look, chart and fix.

Start with ``crm = stcrm_nb.connect("demo")``. Heavy rooms load on first use.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what editors and mypy see; at run time `__getattr__` loads on first use
    from stcrm_nb import analysis, charts, errors, panels
    from stcrm_nb.client import Client, add_names, connect
    from stcrm_nb.errors import strict
    from stcrm_nb.resources import columns, operations

__version__ = "0.1.0"
__all__ = [
    "Client",
    "add_names",
    "analysis",
    "charts",
    "columns",
    "connect",
    "errors",
    "operations",
    "panels",
    "strict",
]

_PLACES = {
    "Client": "client",
    "add_names": "client",
    "columns": "resources",
    "connect": "client",
    "operations": "resources",
    "strict": "errors",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - modules, classes and functions
    if name not in __all__:
        raise AttributeError(f"stcrm_nb has no {name!r}; it has {', '.join(__all__)}.")
    module = importlib.import_module(f"stcrm_nb.{_PLACES.get(name, name)}")
    return getattr(module, name) if name in _PLACES else module


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
