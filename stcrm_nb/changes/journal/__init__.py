"""The book of writes: its file, what a crash left open in it, and how to go back to what it tells."""
