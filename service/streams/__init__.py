"""Streams and time (architecture §3): windows, whose violation, matching and revisions, candidate events."""
