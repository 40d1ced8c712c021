"""What a write is about, what it should leave behind, and how that is read."""
