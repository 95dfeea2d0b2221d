"""Seeded transforms of samples: what recognisers, evaders and stream cuts do to the same words."""
