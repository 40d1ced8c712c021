"""The bar above the grid: where one is, what was fetched, a filter for each column, chips."""
