"""A write as a value: planned, shown, confirmed, applied once, read back."""
