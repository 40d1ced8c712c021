"""What sends: sockets, credentials, pace and patience."""
