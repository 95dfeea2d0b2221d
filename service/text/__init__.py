"""Folds with a way back to the raw characters, evasion views, syllables, word boundaries, clauses."""
