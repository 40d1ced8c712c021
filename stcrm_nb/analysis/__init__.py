"""Frame in, tidy frame out: the numbers behind the charts."""

from stcrm_nb.analysis.conversion import booking_conversion, lead_conversion, wilson
from stcrm_nb.analysis.trends import booking_trend, lead_trend

__all__ = ["booking_conversion", "booking_trend", "lead_conversion", "lead_trend", "wilson"]
