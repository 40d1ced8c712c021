"""What keeps replies, and whole walks, on this machine."""
