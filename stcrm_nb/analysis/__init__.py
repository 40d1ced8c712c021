"""Frame in, tidy frame out: the numbers behind the charts."""

from stcrm_nb.analysis.clock import arrivals
from stcrm_nb.analysis.conversion import booking_conversion, lead_conversion, wilson
from stcrm_nb.analysis.trends import booking_trend, lead_trend
from stcrm_nb.analysis.worklists import dismissals, follow_ups_due, new_bookings, open_leads

__all__ = [
    "arrivals",
    "booking_conversion",
    "booking_trend",
    "dismissals",
    "follow_ups_due",
    "lead_conversion",
    "lead_trend",
    "new_bookings",
    "open_leads",
    "wilson",
]
