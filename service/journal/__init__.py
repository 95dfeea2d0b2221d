"""Accepted segments: kept before they are answered, handed out until they are done or failed."""
