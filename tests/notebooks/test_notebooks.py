"""Each notebook runs from top to bottom, quietly, and writes nothing."""

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WRITES = """
calls = [(call.method, call.path) for call in crm.sandbox.calls if call.path != "/connect/token"]
print(len(calls) > 0, [call for call in calls if call[0] != "GET"])
"""
HOMES = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR")


@pytest.fixture
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run in, with configuration of nobody."""
    for name in HOMES:
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("PYTHONWARNINGS", "default")
    return tmp_path


def executed(notebook: nbformat.NotebookNode, folder: Path) -> list[nbformat.NotebookNode]:
    """Run all cells, the last one telling what was written; return what they put out."""
    notebook.cells.append(new_code_cell(WRITES))
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": folder}}
    )
    client.execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output for output in outputs if output.get("name") == "stderr"] == []
    return outputs


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_notebook_runs_without_error_or_warning_and_writes_nothing(file: Path, clean: Path) -> None:
    notebook = nbformat.read(file, as_version=4)
    notebook.cells += [cell.copy() for cell in notebook.cells]  # Run All, twice (requirement W4)
    assert executed(notebook, clean)[-1]["text"].strip() == "True []"
    charts = [cell for cell in notebook.cells if "stcrm.charts." in cell.source and cell.cell_type == "code"]
    pictures = [
        [output for output in cell.outputs if "image/png" in output.get("data", {})] for cell in charts
    ]
    assert [len(each) for each in pictures] == [1] * len(charts)


def test_the_fix_is_carried_out_and_taken_back_where_that_is_switched_on(clean: Path) -> None:
    notebook = nbformat.read(ROOT / "notebooks" / "02-fix-a-record.ipynb", as_version=4)
    switch = next(cell for cell in notebook.cells if "GO = False" in cell.source)
    switch.source = switch.source.replace("GO = False", "GO = True")
    told = executed(notebook, clean)[-1]["text"]
    several = told.count("DELETE") - 1
    assert several > 20
    assert told.count("POST") == 1 + several, "each is added again"
    html = [each["data"]["text/html"] for each in notebook_outputs(notebook) if "text/html" in each["data"]]
    assert any(">done<" in each for each in html), "a receipt is drawn"


def notebook_outputs(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [output for cell in code for output in cell.outputs if "data" in output]


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_notebook_is_kept_without_outputs_and_with_its_kernel(file: Path) -> None:
    notebook = json.loads(file.read_text())
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["id"] for cell in cells if cell["outputs"] or cell["execution_count"]] == []
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"


def test_there_is_a_quickstart() -> None:
    assert [file.name for file in NOTEBOOKS][:1] == ["01-quickstart.ipynb"]
