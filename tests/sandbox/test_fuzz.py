"""Schemathesis makes cases of the published description, good and bad; answers are as published."""

import json
import os
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest
import requests

from stcrm_nb.sandbox.serve import Sandbox

EXAMPLES = os.environ.get("FUZZ_EXAMPLES", "3")  # `make fuzz` asks for more
PHASES = os.environ.get("FUZZ_PHASES", "examples,coverage,fuzzing")


def token(sandbox: Sandbox) -> str:
    known = sandbox.credentials
    form = {"client_id": known.client_id, "client_secret": known.client_secret}
    form |= {"grant_type": "client_credentials"}
    reply = requests.post(f"{sandbox.auth_url}/connect/token", data=form, timeout=5)
    return str(reply.json()["access_token"])


def for_one_tenant(description: Path, tenant: int, folder: Path) -> Path:
    """The description with the only tenant that there is; the token comes as a header."""
    whole = json.loads(description.read_text())
    whole.pop("security", None)
    for path in whole["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", ()):
                if parameter["name"] == "tenant":
                    parameter["schema"] = {"type": "integer", "enum": [tenant]}
    file = folder / "description.json"
    file.write_text(json.dumps(whole))
    return file


def test_no_case_is_answered_other_than_published(
    sandbox: Sandbox, description: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = for_one_tenant(description, sandbox.credentials.tenant, tmp_path)
    command = [str(Path(sysconfig.get_path("scripts")) / "schemathesis"), "run", str(file)]
    command += ["--url", f"{sandbox.api_url}/crm/v2", "--max-examples", EXAMPLES, "--phases", PHASES]
    command += ["--header", f"Authorization: Bearer {token(sandbox)}"]
    command += ["--header", f"ST-App-Key: {sandbox.credentials.app_key}"]
    command += ["--continue-on-failure", "--seed", "1", "--no-color"]
    command += [
        "--exclude-checks",
        "positive_data_acceptance",
    ]  # ids must name something; the schema cannot say
    hooks = {"SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": str(Path(__file__).parent)}
    ran = subprocess.run(  # noqa: S603 - our own tool, our own arguments
        command, env={**os.environ, **hooks}, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    said = ran.stdout[-6000:]
    assert ran.returncode == 0, said
    assert "Tested: 86" in said
    cases = re.search(r"(\d+) generated, (\d+) passed", said)
    assert cases
    assert cases[1] == cases[2]
    with capsys.disabled():
        print(f"\nschemathesis: {cases[1]} cases over 86 operations, 0 failures")  # noqa: T201 - the figure is asked for
