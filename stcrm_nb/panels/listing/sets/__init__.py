"""One change for many selected rows: asked for, planned, confirmed, told row by row."""
