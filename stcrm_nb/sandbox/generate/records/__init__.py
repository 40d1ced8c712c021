"""One module for each kind of record: rows exactly as the service's replies have them."""
