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


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_notebook_runs_without_error_or_warning_and_writes_nothing(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in HOMES:
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("PYTHONWARNINGS", "default")
    notebook = nbformat.read(file, as_version=4)
    notebook.cells.append(new_code_cell(WRITES))
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    ).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output for output in outputs if output.get("name") == "stderr"] == []
    assert outputs[-1]["text"].strip() == "True []"
    charts = [cell for cell in notebook.cells if "stcrm.charts." in cell.source and cell.cell_type == "code"]
    pictures = [
        [output for output in cell.outputs if "image/png" in output.get("data", {})] for cell in charts
    ]
    assert [len(each) for each in pictures] == [1] * len(charts)


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_notebook_is_kept_without_outputs_and_with_its_kernel(file: Path) -> None:
    notebook = json.loads(file.read_text())
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["id"] for cell in cells if cell["outputs"] or cell["execution_count"]] == []
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"


def test_there_is_a_quickstart() -> None:
    assert [file.name for file in NOTEBOOKS][:1] == ["01-quickstart.ipynb"]
