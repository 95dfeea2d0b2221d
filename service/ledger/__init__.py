"""Decided facts about people, and what they add up to (handbook §4.3, §5)."""
