"""The record page: one record, what belongs to it, and a form for each change it allows."""
