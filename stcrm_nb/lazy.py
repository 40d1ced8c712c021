"""Names of a package that load on first use: importing it stays cheap."""

import importlib
from collections.abc import Callable, Mapping


def names(package: str, places: Mapping[str, str]) -> Callable[[str], object]:
    """Return the `__getattr__` of a package.

    Parameters
    ----------
    package : str
        Its `__name__`.
    places : mapping of str to str
        Each promised name and the module behind the package that holds it; "" for a module of that name.

    Returns
    -------
    callable
        Takes a name, loads its module, returns what is meant; an unknown name is an AttributeError.
    """

    def load(name: str) -> object:
        if name not in places:
            raise AttributeError(f"{package} has no {name!r}; it has {', '.join(places)}.")
        module = importlib.import_module(f"{package}.{places[name] or name}")
        return getattr(module, name) if places[name] else module

    return load
