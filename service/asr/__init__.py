"""Waveform → transcript: engines, windows, guards against invented text, token times."""
