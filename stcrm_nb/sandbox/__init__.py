"""A tenant over real HTTP, for trying and for tests. Shares facts with the client, never code."""
