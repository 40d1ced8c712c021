"""One finding: which record, what is wrong with it, what shows that, and what would mend it. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from stcrm_nb.errors import ColumnMissingError

SEVERITIES = ("low", "medium", "high")
RESOURCES = ("customers", "locations", "leads")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one record.

    Parameters
    ----------
    resource : {"customers", "locations", "leads"}
        Where the record is.
    record : int
        Its id.
    problem : str
        What is wrong, in a few words; the same for all findings of a kind.
    evidence : str
        What shows it.
    severity : {"low", "medium", "high"}
        How much harm it does.
    operation : str
        The write that would mend it, such as "remove_contact"; empty if none does.
    arguments : mapping
        Its arguments.
    other : int, optional
        Another record it is about.
    """

    resource: str
    record: int
    problem: str
    evidence: str
    severity: str
    operation: str = ""
    arguments: Mapping[str, object] = field(default_factory=dict)
    other: int | None = None

    @property
    def call(self) -> str | None:
        """The Python that plans the change."""
        if not self.operation:
            return None
        given = ", ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        return f"crm.{self.resource}.{self.operation}({given})"


def as_frame(found: Iterable[Finding], names: Mapping[str, Mapping[int, str]]) -> pd.DataFrame:
    """Return findings as a frame, the gravest first; `names` are those of the records by resource."""
    rows = [
        {
            "resource": each.resource,
            "id": each.record,
            "name": names.get(each.resource, {}).get(each.record),
            "problem": each.problem,
            "evidence": each.evidence,
            "severity": each.severity,
            "other_id": each.other,
            "call": each.call,
            "operation": each.operation or None,
            "arguments": json.dumps(dict(each.arguments)) if each.operation else None,
        }
        for each in found
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    texts = {
        name: "str" for name in COLUMNS if name not in ("id", "other_id", "resource", "problem", "severity")
    }
    frame = frame.astype(
        texts
        | {
            "id": "Int64",
            "other_id": "Int64",
            "resource": pd.CategoricalDtype(list(RESOURCES)),
            "severity": pd.CategoricalDtype(list(SEVERITIES), ordered=True),
            "problem": "category",
        }
    )
    return frame.sort_values(
        ["severity", "resource", "problem", "id"], ascending=[False, True, True, True], kind="stable"
    ).reset_index(drop=True)


def need_findings(frame: pd.DataFrame) -> None:
    """Refuse a frame that is not one of findings."""
    missing = [name for name in ("resource", "id", "operation", "arguments") if name not in frame]
    if missing:
        raise ColumnMissingError(
            f"The frame has no {' and no '.join(missing)}; stcrm.quality.findings(crm) gives one that has."
        )


COLUMNS = [
    "resource", "id", "name", "problem", "evidence", "severity", "other_id", "call", "operation", "arguments",
]  # fmt: skip
