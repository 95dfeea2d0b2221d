"""The exemption table of item c (handbook §2.c, Guideline of 2023 art. 4–7) and its linguistic rows."""
