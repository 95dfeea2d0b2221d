"""Cases that people decide: opening, listing, decisions."""
