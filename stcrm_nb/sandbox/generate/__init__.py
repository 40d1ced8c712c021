"""Writes the demo tenant: seeded, at any scale, a story and not noise."""
