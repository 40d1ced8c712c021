"""The gallery in the docs: every chart is on it, its lines run, nothing is clipped."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure

import stcrm_nb
from stcrm_nb import charts

ROOT = Path(__file__).parents[2]


def gallery() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gallery", ROOT / "docs" / "gallery.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def test_every_chart_is_in_the_gallery_with_its_picture() -> None:
    page = (ROOT / "docs" / "gallery.md").read_text()
    assert page == gallery().page()
    assert set(re.findall(r"stcrm\.charts\.(\w+)\(", page)) == set(charts.__all__)
    pictures = {ROOT / "docs" / name for name in re.findall(r"\]\((img/gallery/[^)]+)\)", page)}
    folder = ROOT / "docs" / "img" / "gallery"
    assert pictures == set(folder.glob("*.png"))
    assert (folder / "VERSION").read_text().strip() == stcrm_nb.__version__, "run `make gallery`"
    assert (folder.parent / "VERSION").read_text().strip() == stcrm_nb.__version__, "run `make pictures`"


def test_every_line_of_the_gallery_draws_inside_its_figure() -> None:
    module = gallery()
    names = module.read()
    for name, _, line in module.CHARTS:
        ax = module.drawn(line, names)
        figure = ax if isinstance(ax, Figure) else ax.figure
        figure.canvas.draw()
        box, inside = figure.get_tightbbox(), figure.bbox_inches
        assert box.x0 >= inside.x0 - 0.02, name
        assert box.x1 <= inside.x1 + 0.02, name
        assert box.y0 >= inside.y0 - 0.02, name
        assert box.y1 <= inside.y1 + 0.02, name
        plt.close("all")
