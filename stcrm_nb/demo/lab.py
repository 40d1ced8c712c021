"""The notebooks in a folder of one's own, and JupyterLab on them."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from stcrm_nb.errors import ConfigError, StoreError

FOLDERS = (
    Path(__file__).parents[1] / "data" / "notebooks",  # installed
    Path(__file__).parents[2] / "notebooks",  # in the checkout
)
FIRST = "01-quickstart.ipynb"


def open_notebooks(folder: str | Path, *, show: bool = True) -> int:
    """Copy the notebooks into a folder, those that are there stay, and run JupyterLab until it ends.

    Parameters
    ----------
    folder : path
        Where the copies go; made if it is not there.
    show : bool
        Open a browser.

    Returns
    -------
    int
        The exit code of JupyterLab.

    Raises
    ------
    ConfigError
        JupyterLab is not installed.
    StoreError
        The notebooks are not in this installation.

    Examples
    --------
    >>> open_notebooks("stcrm-demo")  # doctest: +SKIP
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise ConfigError('The demo runs in JupyterLab, which is not installed: pip install "stcrm_nb[lab]"')
    place = copy_notebooks(folder)
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # as in a container
    quiet = [] if show else ["--no-browser"]
    here = [f"--ServerApp.root_dir={place}", f"--LabApp.default_url=/lab/tree/{FIRST}"]
    words = [sys.executable, "-m", "jupyterlab", *here, *root, *quiet]
    return subprocess.run(words, check=False).returncode  # noqa: S603 - our own words


def copy_notebooks(folder: str | Path) -> Path:
    """Copy the notebooks into a folder and return it; a copy that is there is somebody's work and stays."""
    source = next((each for each in FOLDERS if (each / FIRST).is_file()), None)
    if source is None:
        raise StoreError("The notebooks are not in this installation. Install the package anew.")
    place = Path(folder).resolve()
    place.mkdir(parents=True, exist_ok=True)
    for each in sorted(source.glob("*.ipynb")):
        if not (place / each.name).exists():
            shutil.copyfile(each, place / each.name)
    return place
