"""Notebook workbench for the ServiceTitan CRM: fetch, look, chart and fix.

Start with ``crm = stcrm_nb.connect("demo")``. Heavy rooms load on first use.
"""

from stcrm_nb import lazy

TYPE_CHECKING = False  # typing's own costs more to load than all the rest of this file
if TYPE_CHECKING:  # what editors and mypy see; at run time `__getattr__` loads on first use
    from stcrm_nb import analysis, charts, errors, panels, quality
    from stcrm_nb.brevity import show_tracebacks
    from stcrm_nb.changes.sets.change_set import ChangeSet
    from stcrm_nb.client import Client, add_names
    from stcrm_nb.door import connect
    from stcrm_nb.errors import strict
    from stcrm_nb.frames.export import load, save
    from stcrm_nb.panels import browse
    from stcrm_nb.resources import columns, operations
    from stcrm_nb.upkeep import diagnose, scan_notebook, strip_notebook

__version__ = "0.1.0"
__all__ = [
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

__getattr__ = lazy.names(
    __name__,
    {
        "ChangeSet": "changes.sets.change_set",
        "Client": "client",
        "add_names": "client",
        "analysis": "",
        "browse": "panels.browser",
        "charts": "",
        "columns": "resources",
        "connect": "door",
        "diagnose": "upkeep.doctor",
        "errors": "",
        "load": "frames.export",
        "operations": "resources",
        "panels": "",
        "quality": "",
        "save": "frames.export",
        "scan_notebook": "upkeep.notebook",
        "show_tracebacks": "brevity",
        "strict": "errors",
        "strip_notebook": "upkeep.notebook",
    },
)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
