"""Uploaded bytes → 16 kHz mono sound, decoded in limited child processes; and where in it speech is."""
