"""One line of a check-up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One check: what, how it went ("pass", "warn", "fail", "skipped"), what was seen, what helps."""

    check: str
    outcome: str
    told: str
    fix: str = ""
