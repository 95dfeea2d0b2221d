"""The bare form in which texts are compared: width and case folded, only letters and digits left."""

import unicodedata


def plain(text: str) -> str:
    """NFKC, lower case, without punctuation, symbols and spaces."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).lower() if char.isalnum())
