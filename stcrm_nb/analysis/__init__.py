"""Frame in, tidy frame out: the numbers behind the charts."""

from stcrm_nb.analysis.trends import booking_trend, lead_trend

__all__ = ["booking_trend", "lead_trend"]
