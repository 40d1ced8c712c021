"""Tidy frame in, matplotlib Axes out."""
