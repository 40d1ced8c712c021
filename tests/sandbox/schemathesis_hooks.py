"""What the published description says wrongly, mended before the cases are made; see the API facts.

- It declares no 401, and 403 for contacts only; the service sends both everywhere.
- It calls never null what is null in practice: parts of addresses, external data, phone settings.
- It allows no unknown names in bodies, and `active` in one spelling; the service takes `true` as well, and
  passes over names that it does not know.
"""

import re
from typing import Any

import schemathesis

NULL_IN_PRACTICE = re.compile(r"^(street|unit|city|state|zip|country|externalData|phoneSettings)$")
METHODS = {"get", "post", "put", "patch", "delete"}


@schemathesis.hook
def before_load_schema(_context: Any, raw_schema: dict[str, Any]) -> None:  # noqa: ANN401 - the tool's own
    for facts in raw_schema["paths"].values():
        for method, operation in facts.items():
            if method in METHODS:
                refused = operation["responses"]["400"]
                for status in ("401", "403"):
                    operation["responses"].setdefault(status, refused)
    for name, schema in raw_schema["components"]["schemas"].items():
        schema.pop("additionalProperties", None)
        if "active" in name.lower() and "enum" in schema:
            schema["enum"] = sorted({*schema["enum"], *(value.lower() for value in schema["enum"])})
        if name.endswith(("Response", "AddressModel", "Address")):
            _mend(schema)


def _mend(schema: dict[str, Any]) -> None:
    for name, part in schema.get("properties", {}).items():
        if NULL_IN_PRACTICE.match(name):
            schema["properties"][name] = {"anyOf": [part, {"type": "null"}]}
