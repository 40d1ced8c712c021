"""Many changes as one: previewed, confirmed once, carried out in turn, resumed, taken back."""
