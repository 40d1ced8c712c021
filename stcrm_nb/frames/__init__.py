"""Bytes to typed DataFrames."""
