"""Tidy frame in, matplotlib Axes out."""

from stcrm_nb.charts.trends import booking_trend, lead_trend

__all__ = ["booking_trend", "lead_trend"]
