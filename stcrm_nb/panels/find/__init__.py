"""Frame + View -> which rows, in which order, and counts: fast over a million rows."""
