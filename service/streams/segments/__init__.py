"""Kept segments of streams."""
