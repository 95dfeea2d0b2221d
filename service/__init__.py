"""Bozheng 播正: content compliance for Chinese live-commerce streams."""

__version__ = "0.1.0"
