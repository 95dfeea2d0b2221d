"""Findings of streams and their revisions."""
