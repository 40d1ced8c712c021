"""Notebook workbench for the ServiceTitan CRM."""
