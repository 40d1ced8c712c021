"""Bytes of pages to Arrow tables, column by column. Pure."""
