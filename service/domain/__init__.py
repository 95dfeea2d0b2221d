"""Frozen records that every room shares. Standard library only (held by a test)."""
