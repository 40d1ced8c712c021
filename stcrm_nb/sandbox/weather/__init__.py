"""What goes wrong between a client and the tenant, on request."""
