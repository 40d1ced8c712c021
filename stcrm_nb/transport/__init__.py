"""One request, there and back: bytes in, bytes out."""
