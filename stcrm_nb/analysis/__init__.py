"""Frame in, tidy frame out: the numbers behind the charts."""

from stcrm_nb.analysis.clock import arrivals
from stcrm_nb.analysis.conversion import booking_conversion, lead_conversion
from stcrm_nb.analysis.counting.intervals import newcombe, ratio, wilson
from stcrm_nb.analysis.flow import funnel
from stcrm_nb.analysis.growth import customer_growth, location_growth, new_and_repeat
from stcrm_nb.analysis.levels import change_points
from stcrm_nb.analysis.segments import compare, compare_periods
from stcrm_nb.analysis.spread import location_map, locations_per_customer
from stcrm_nb.analysis.trends import booking_trend, lead_trend
from stcrm_nb.analysis.waiting import answered, lead_time, waiting_time
from stcrm_nb.analysis.worklists import dismissals, follow_ups_due, key_figures, new_bookings, open_leads

__all__ = [
    "answered",
    "arrivals",
    "booking_conversion",
    "booking_trend",
    "change_points",
    "compare",
    "compare_periods",
    "customer_growth",
    "dismissals",
    "follow_ups_due",
    "funnel",
    "key_figures",
    "lead_conversion",
    "lead_time",
    "lead_trend",
    "location_growth",
    "location_map",
    "locations_per_customer",
    "new_and_repeat",
    "new_bookings",
    "newcombe",
    "open_leads",
    "ratio",
    "waiting_time",
    "wilson",
]
