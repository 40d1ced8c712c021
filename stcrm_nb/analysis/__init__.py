"""Frame in, tidy frame out: the numbers behind the charts."""
